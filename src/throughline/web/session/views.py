"""Signing in and signing out."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from throughline.access import services
from throughline.web.flash import tell
from throughline.web.page import page
from throughline.web.request import Request, Visit
from throughline.web.session.forms import SignInForm
from throughline.web.session.memory import forget, remember
from throughline.web.session.way_back import back, why_signed_out
from throughline.web.view import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Visit) -> HttpResponse:
    """Ask for a username and a password, and go on to the page that was wanted."""
    if request.reader:
        return back(request)
    form = SignInForm.sent(request)
    if form.is_valid():
        remember(request, form.reader)
        return back(request)
    why = why_signed_out(request)
    return page(request, "session/sign_in.html", title="Sign in", marking="OFFICIAL", form=form, why=why)


@require_POST
@signed_in
def sign_out(request: Request) -> HttpResponse:
    """End the session, in the journal as well."""
    services.sign_out(by=request.reader)
    forget(request)
    tell(request, "You have signed out.")
    return redirect("sign-in")
