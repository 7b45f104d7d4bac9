"""The way to the sign-in page and back: where someone wanted to go, and why they must sign in first."""

from urllib.parse import urlencode, urlsplit

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from throughline.web.request import Visit
from throughline.web.session.memory import has_timed_out

SAFE_METHODS = ("GET", "HEAD")
REASONS = {
    "time-out": "You were signed out because you did nothing for 30 minutes. Sign in to go on where you were.",
    "time-out-form": "You were signed out because you did nothing for 30 minutes. What you had just typed was not "
    "kept: sign in, and you come back to the page to type it again.",
}
"""Why a person who was signed in has to do it again, by the word in the address of the sign-in page."""


def to_sign_in(request: Visit) -> HttpResponse:
    """Off to the sign-in page, which leads back to the page that was wanted."""
    wanted = {"next": _wanted(request)}
    if has_timed_out(request):
        wanted["because"] = "time-out" if request.method in SAFE_METHODS else "time-out-form"
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
    """The sentence for the reason that the address names, if it names one that we know."""
    return REASONS.get(request.GET.get("because", ""), "")


def back(request: Visit) -> HttpResponse:
    """On to the page named in the address, when it is a path of ours; otherwise to the desk."""
    wanted = request.GET.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return HttpResponseRedirect(wanted if is_ours else reverse("desk"))
