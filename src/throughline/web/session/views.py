"""Signing in and signing out."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from throughline.access import sessions
from throughline.access.provider import is_on
from throughline.web.flash import tell
from throughline.web.page import page
from throughline.web.request import Request, Visit
from throughline.web.session.forms import CodeForm, SignInForm
from throughline.web.session.memory import forget, half_remembered, key_of, remember, remember_half
from throughline.web.session.way_back import back, why_signed_out
from throughline.web.view import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Visit) -> HttpResponse:
    """Ask for a username and a password, and go on to the page that was wanted."""
    if request.reader:
        return back(request)
    form = SignInForm.sent(request)
    if form.is_valid():
        if form.waits:
            remember_half(request, form.reader)
            return redirect(f"{reverse('sign-in-code')}?{request.GET.urlencode()}")
        remember(request, form.reader, has_code=False)
        return back(request)
    why = why_signed_out(request)
    return page(
        request, "session/sign_in.html", title="Sign in", marking="OFFICIAL", form=form, why=why,
        single=_to_provider(request), provider=settings.SIGN_ON_NAME,
    )  # fmt: skip


def _to_provider(request: Visit) -> str:
    """The way to the single sign-on, which leads back to the page that was wanted; '' where there is none."""
    wanted = request.GET.get("next", "")
    address = reverse("sign-on") if is_on() else ""
    return f"{address}?{urlencode({'next': wanted})}" if address and wanted else address


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: Visit) -> HttpResponse:
    """Ask for the one-time code of someone whose password was right."""
    reader = half_remembered(request)
    if request.reader or reader is None:
        return back(request)
    form = CodeForm.sent(request)
    form.reader = reader
    if form.is_valid():
        remember(request, reader, has_code=True)
        return back(request)
    return page(request, "session/code.html", title="Enter your code", marking="OFFICIAL", form=form)


@require_POST
@signed_in
def sign_out(request: Request) -> HttpResponse:
    """End the session, in the journal as well."""
    sessions.sign_out(by=request.reader, key=key_of(request))
    forget(request)
    tell(request, "You have signed out.")
    response = redirect("sign-in")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
