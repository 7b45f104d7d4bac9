"""What is done around every view: its reader, security headers and nonce, and a page for each refusal."""

import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.reader import NotAllowed, reading
from throughline.web.errors import bad_request, forbidden
from throughline.web.request import Visit
from throughline.web.session.memory import remembered

POLICY = (
    "default-src 'self'",
    "script-src 'self' 'nonce-{nonce}'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # A page shows intelligence: no copy stays in a browser or on the way. Static files set their own.
    "Cache-Control": "no-store",
}


TLS_ALONE = "max-age=63072000; includeSubDomains"
"""Two years in which a browser that was here comes back by TLS alone."""


def secure_pages(get_response: Callable[[Visit], HttpResponse]) -> Callable[[Visit], HttpResponse]:
    """Middleware that gives the request its nonce and the answer its headers; one already set is kept."""

    def answer(request: Visit) -> HttpResponse:
        request.nonce = secrets.token_urlsafe(16)
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", "; ".join(POLICY).format(nonce=request.nonce))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.BEHIND_PROXY:
            response.headers.setdefault("Strict-Transport-Security", TLS_ALONE)
        return response

    return answer


def know_reader(get_response: Callable[[Visit], HttpResponse]) -> Callable[[Visit], HttpResponse]:
    """Middleware that looks up who is signed in, afresh for each request: a role taken away is gone at once."""

    def answer(request: Visit) -> HttpResponse:
        request.reader = remembered(request)
        return get_response(request)

    return answer


def refuse_nul(get_response: Callable[[Visit], HttpResponse]) -> Callable[[Visit], HttpResponse]:
    """Middleware against a NUL in an address: no text holds one, and PostgreSQL takes none."""

    def answer(request: Visit) -> HttpResponse:
        return (
            bad_request(request)
            if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path
            else get_response(request)
        )

    return answer


class ExplainRefusals:
    """Turns a service's refusal into the page that says so, wherever in a view it was raised."""

    def __init__(self, get_response: Callable[[Visit], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Visit) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Visit, exception: Exception) -> HttpResponse | None:
        """Django asks this of every exception that a view lets through."""
        if not isinstance(exception, NotAllowed):
            return None
        if request.reader and request.resolver_match:
            with reading(request.reader):
                journal.note(Verb.REFUSE, "page", why=request.resolver_match.view_name)
        return forbidden(request, exception)
