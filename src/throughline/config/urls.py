"""Every address of the house."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("throughline.interop.urls")),
    path("taxii2/", include("throughline.interop.taxii.urls")),
    path("", include("throughline.web.urls")),
]
handler400 = "throughline.web.errors.bad_request"
handler403 = "throughline.web.errors.forbidden"
handler404 = "throughline.web.errors.not_found"
handler500 = "throughline.web.errors.server_error"
