"""How often each thing may be done on the pages, and the page that says so when it was too often.

The figures are ours: several times what busy people do, and a hundredth of what a script would. Passwords and codes are
limited by account as well (access/signing_in.py); a whole force may stand behind one address, so there only what was
refused counts.
"""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpResponse

from throughline.access.addresses import address_of
from throughline.access.pace import Limit, TooOften, is_spent, spend
from throughline.web.page import page
from throughline.web.request import Visit

SIGN_IN = Limit("sign in", 100, timedelta(minutes=15))
CHECK = Limit("check", 300, timedelta(minutes=15))
LIST = Limit("list of checks", 20, timedelta(hours=1))
SEARCH = Limit("search", 300, timedelta(minutes=15))
FILE = Limit("file", 60, timedelta(hours=1))

REFUSED = {"sign-in": SIGN_IN, "sign-in-code": SIGN_IN, "sign-on-answer": SIGN_IN}
"""Routes of which only what was refused counts, by the address that it came from."""
ASKED = {"check": CHECK, "check-lists": LIST, "rights": SEARCH, "search": SEARCH}
"""Routes of which each form that is sent counts, by person."""
FILES = {
    "calendar", "chart-file", "check-list-file", "clocks-calendar", "days-file", "line-profile", "lines-csv",
    "lines-geojson", "load-errors", "meeting-pack", "operation-summary", "order-paper", "problem-profile",
    "referral-notice-file", "referral-sheet", "report-file", "self-assessment", "target-profile",
    "certificate-file", "quality-csv", "rights", "rights-answer",
}  # fmt: skip
"""Routes that hand over what is held as a file, of which each counts, by person."""


class KeepPace:
    """Middleware that counts what has a limit and answers with a page of its own once it is reached."""

    def __init__(self, get_response: Callable[[Visit], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Visit) -> HttpResponse:
        response = self.get_response(request)
        limit = REFUSED.get(_route(request))
        if limit and _was_refused(request, response):
            spend(limit, who=address_of(request), by=None)
        return response

    def process_view(self, request: Visit, *_: object) -> HttpResponse | None:
        """Django asks this once it knows which view is to answer."""
        held_up = _held_up(request, _route(request))
        return too_often(request, held_up) if held_up else None


def _route(request: Visit) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _held_up(request: Visit, route: str) -> TooOften | None:
    sent = request.method == "POST"
    if route in REFUSED:
        return is_spent(REFUSED[route], who=address_of(request))
    limit = ASKED.get(route) if sent else FILE if route in FILES else None
    if limit is None or request.reader is None:
        return None
    return spend(limit, who=request.reader.username, by=request.reader)


def _was_refused(request: Visit, response: HttpResponse) -> bool:
    """A form of signing in that is shown again, or an answer of the provider that proves nobody."""
    return response.status_code == 403 or (request.method == "POST" and response.status_code == 200)  # noqa: PLR2004


def too_often(request: Visit, held_up: TooOften) -> HttpResponse:
    """429: with how long to wait, for people and for programs."""
    seconds = held_up.seconds
    response = page(
        request, "errors/429.html", title="Too many in a short time", status=429, marking="OFFICIAL",
        minutes=-(-seconds // 60),
    )  # fmt: skip
    response.headers["Retry-After"] = str(seconds)
    return response
