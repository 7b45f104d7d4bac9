"""A person's own account: the second factor on and off, the sessions open, and lending roles while away."""

import io
from dataclasses import dataclass

import segno
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.access.delegation import (
    delegate_roles,
    delegations_of,
    end_delegations,
    roles_to_lend,
)
from throughline.access.passwords import change_password
from throughline.access.permissions import Role
from throughline.access.second_factor import (
    CodeProblem,
    asks_for_code,
    begin_second_factor,
    confirm_second_factor,
    end_second_factor,
)
from throughline.access.sessions import end_other_sessions, end_own_session, own_sessions
from throughline.web.account.forms import CodeForm, PasswordForm, StandInForm, choices_of
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.session.memory import has_set_up, key_of
from throughline.web.view import signed_in
from throughline.web.words import plural


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture that an app reads, as SVG, and the same secret in groups of four letters to type."""

    svg: str
    letters: str


@require_safe
@signed_in
def account(request: Request) -> HttpResponse:
    """What is set for the person who is signed in."""
    lent, borrowed = delegations_of(request.reader)
    return page(
        request, "account/account.html", title="Your account", has_code=asks_for_code(request.reader),
        roles=sorted(role.capitalize() for role in request.reader.roles), lent=lent, borrowed=borrowed,
        may_lend=bool(roles_to_lend(request.reader)),
        sessions=own_sessions(request.reader, key=key_of(request)),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def password(request: Request) -> HttpResponse:
    """Choose a new password; whoever does signs in with it again."""
    form = PasswordForm.sent(request)
    if form.is_valid():
        with beside_fields(form):
            change_password(by=request.reader, current=form.current, password=form.password)
            return redirect("account")
    return page(request, "account/password.html", title="Change your password", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def code(request: Request) -> HttpResponse:
    """Turn the second factor on: a picture for the app, then a code that shows that it works."""
    if asks_for_code(request.reader):
        return redirect("account")
    form, setup = CodeForm.sent(request), begin_second_factor(by=request.reader)
    if form.is_valid():
        try:
            spares = confirm_second_factor(by=request.reader, code=form.code)
        except CodeProblem as problem:
            form.refuse("code", str(problem))
        else:
            has_set_up(request)
            return page(request, "account/spares.html", title="Your spare codes", spares=spares)
    drawn = Drawn(_picture(setup.address), " ".join(setup.secret[n : n + 4] for n in range(0, 32, 4)))
    return page(request, "account/code.html", title="Sign in with a code", form=form, drawn=drawn)


def _picture(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, scale=5, title="Picture for your app", omitsize=False
    )
    return out.getvalue().decode()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def code_off(request: Request) -> HttpResponse:
    """Turn the second factor off, with a last code."""
    if not asks_for_code(request.reader):
        return redirect("account")
    form = CodeForm.sent(request)
    if form.is_valid():
        try:
            end_second_factor(by=request.reader, code=form.code)
        except CodeProblem as problem:
            form.refuse("code", str(problem))
        else:
            tell(request, "You now sign in without a code.")
            return redirect("account")
    return page(request, "account/code_off.html", title="Turn the code off", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def stand_in(request: Request) -> HttpResponse:
    """Lend roles to a colleague until a day."""
    form = StandInForm.sent(request, choices=choices_of(roles_to_lend(request.reader)))
    if form.is_valid():
        with beside_fields(form):
            delegate_roles(
                by=request.reader, roles=frozenset(Role(role) for role in form.roles), username=form.username,
                last_day=form.last_day, why=form.why,
            )  # fmt: skip
            tell(request, f"{form.username} stands in for you up to and including {form.last_day:%-d %B %Y}.")
            return redirect("account")
    return page(request, "account/stand_in.html", title="Have a colleague stand in", form=form)


@require_POST
@signed_in
def stand_in_end(request: Request) -> HttpResponse:
    """Take back what was lent to one colleague."""
    ended = end_delegations(by=request.reader, username=posted(request, "username"))
    tell(request, f"{plural(ended, 'role')} taken back.")
    return redirect("account")


@require_POST
@signed_in
def session_end(request: Request) -> HttpResponse:
    """End one of the reader's own sessions."""
    is_ended = end_own_session(by=request.reader, ref=posted(request, "session"))
    tell(request, "The session has ended." if is_ended else "That session had ended already.")
    return redirect("account")


@require_POST
@signed_in
def sessions_end_others(request: Request) -> HttpResponse:
    """End all of the reader's own sessions but this one."""
    ended = end_other_sessions(by=request.reader, key=key_of(request))
    tell(request, f"{plural(ended, 'session')} ended. You are signed in here alone.")
    return redirect("account")
