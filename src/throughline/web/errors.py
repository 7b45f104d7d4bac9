"""The pages for when something goes wrong; none tells what the person may not know."""

from django.http import HttpResponse
from django.template.loader import render_to_string

from throughline.web.page import page
from throughline.web.request import Visit

BARE: dict[str, object] = {
    "title": "Sorry, something went wrong",
    "marking": "OFFICIAL",
    "reader": None,
    "first_bar": [],
    "second_bar": [],
    "may_search": False,
    "flash": "",
    "problems": [],
    "csrf_token": "",
}


def bad_request(request: Visit, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent makes no sense."""
    return page(
        request, "errors/400.html", title="Something in the request was wrong", status=400, marking="OFFICIAL"
    )


def forbidden(request: Visit, exception: Exception | None = None) -> HttpResponse:
    """403: the person's role does not let them. It speaks of the role alone, never of a record."""
    return page(request, "errors/403.html", title="You cannot do this", status=403, marking="OFFICIAL")


def csrf_failure(request: Visit, reason: str = "") -> HttpResponse:
    """403 for a form whose token is stale or missing, named in the setting CSRF_FAILURE_VIEW."""
    return page(
        request, "errors/expired.html", title="This page was open too long", status=403, marking="OFFICIAL"
    )


def not_found(request: Visit, exception: Exception | None = None) -> HttpResponse:
    """404: also for a record that exists and is closed to the reader, since existence is content too."""
    return page(request, "errors/404.html", title="Page not found", status=404, marking="OFFICIAL")


def server_error(request: Visit) -> HttpResponse:
    """500: a fault of ours. Made of nothing that could fail again: no session, no reader, no token."""
    return HttpResponse(
        render_to_string("errors/500.html", {**BARE, "nonce": getattr(request, "nonce", "")}), status=500
    )
