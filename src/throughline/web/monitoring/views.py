"""For programs that watch: no sign-in, nothing about anybody, and so nothing for the journal."""

from functools import cache
from http import HTTPStatus

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from throughline.access.addresses import address_of
from throughline.web.monitoring.figures import CONTENT_TYPE, figures
from throughline.web.request import Visit

_KNOWN = "select app || '.' || name from django_migrations"


@require_safe
def alive(request: Visit) -> HttpResponse:
    """The process answers; it asks nothing of the database. Restart it where this fails."""
    return HttpResponse("alive\n", content_type="text/plain; charset=utf-8")


@require_safe
def ready(request: Visit) -> JsonResponse:
    """Whether pages can be answered: 503 while the database is away or not as this version needs it.

    What stands is said and nothing more: a database that refuses is not quoted.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN)
            missing = _migrations() - {name for (name,) in cursor.fetchall()}
        said = {"database": "ok", "migrations": "run throughline migrate" if missing else "ok"}
    except Error:
        said = {"database": "away"}
    is_ready = all(word == "ok" for word in said.values())
    return JsonResponse(said, status=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE)


@cache
def _migrations() -> frozenset[str]:
    """Every migration of the code that runs here."""
    held = MigrationLoader(None).disk_migrations
    return frozenset(f"{app}.{name}" for app, name in held)


@require_safe
def metrics(request: Visit) -> HttpResponse:
    """Figures as Prometheus reads them, for the addresses of THROUGHLINE_METRICS_FROM; others find nothing here."""
    if address_of(request) not in settings.METRICS_FROM:
        raise Http404
    return HttpResponse(figures(), content_type=CONTENT_TYPE)
