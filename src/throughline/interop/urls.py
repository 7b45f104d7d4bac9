"""The addresses of machines: those of the table, and its document."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET

from throughline.interop.api import api
from throughline.interop.document import document


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document; it tells of shapes alone, and is open to everyone."""
    return JsonResponse(document())


urlpatterns = [
    path("openapi.json", openapi, name="api-document"),
    *(route for route in api.urls[0] if isinstance(route, URLPattern) and route.name != "api-root"),
]
