"""The way to the sign-in page and back: where someone wanted to go, and why they must sign in first."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from throughline.access.sessions import Ended
from throughline.web.request import Visit
from throughline.web.session.memory import why_ended

SAFE_METHODS = ("GET", "HEAD")
GO_ON = "Sign in to go on where you were."
LOST = "What you had just typed was not kept: sign in, and you come back to the page to type it again."
FORM = "-form"
REASONS = {
    "time-out": "You were signed out because you did nothing for 30 minutes.",
    Ended.SIGNED_OUT: "You signed out of this session.",
    Ended.BY_PERSON: "This session was ended from another of your sessions. If it was not you who ended it, tell your "
    "administrator.",
    Ended.BY_ADMINISTRATOR: "Your administrator ended this session.",
    Ended.LASTED: "You were signed out because you had been signed in for 12 hours.",
    Ended.CODE_TAKEN: "Your administrator took away your code at sign-in, which ended your sessions.",
    Ended.PASSWORD: "Your password was changed, which ended your sessions.",
    Ended.LEFT: "Your account was closed. If that is wrong, tell your administrator.",
}
"""Why a person who was signed in has to do it again, by the word in the address of the sign-in page."""


def to_sign_in(request: Visit) -> HttpResponse:
    """Off to the sign-in page, which leads back to the page that was wanted."""
    wanted = {"next": _wanted(request)}
    why = why_ended(request)
    if why:
        wanted["because"] = why if request.method in SAFE_METHODS else why + FORM
    return HttpResponseRedirect(f"{reverse('sign-in')}?{urlencode(wanted)}")


def _wanted(request: Visit) -> str:
    """This page; for a form that was sent, the page that it stood on, since only that one can be opened."""
    if request.method in SAFE_METHODS:
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    if page.netloc != request.get_host():
        return reverse("desk")
    return f"{page.path}?{page.query}" if page.query else page.path


def why_signed_out(request: Visit) -> str:
    """The sentences for the reason that the address names, if it names one that we know."""
    named = request.GET.get("because", "")
    reason = REASONS.get(named.removesuffix(FORM), "")
    if not reason or named.startswith(Ended.LEFT):
        return reason  # whoever has left is not told to sign in
    return f"{reason} {LOST if named.endswith(FORM) else GO_ON}"


def back(request: Visit) -> HttpResponse:
    """On to the page named in the address, when it is a path of ours; otherwise to the desk."""
    return HttpResponseRedirect(wanted_path(request.GET.get("next", "")))


def wanted_path(wanted: str) -> str:
    """Where somebody wanted to go, when it is a path of ours; otherwise the desk."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else reverse("desk")
