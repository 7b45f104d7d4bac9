"""The people of the reader's own body: finding them, adding one, and changing what roles one holds."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.four_eyes import answer_wish, wish_for, wishes_to_answer
from throughline.access.leaving import bring_back_person, has_left, retire_person
from throughline.access.passwords import give_password
from throughline.access.permissions import Permission, Role
from throughline.access.provider import is_on
from throughline.access.queries import UnknownPerson, looked_after, people_page
from throughline.access.reader import Reader
from throughline.access.second_factor import CodeProblem, reset_second_factor
from throughline.access.services import add_person, change_roles
from throughline.access.sessions import end_sessions, sessions_of
from throughline.access.sign_on import join_subject, subject_of
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.page import page
from throughline.web.people.forms import (
    AddForm,
    CodeForm,
    FindForm,
    LeaveForm,
    PasswordForm,
    RolesForm,
    SessionsForm,
    SignOnForm,
    WishForm,
)
from throughline.web.people.shown import Whom, choices_of, next_address, rows_of
from throughline.web.request import Request
from throughline.web.session.memory import key_of
from throughline.web.view import needs
from throughline.web.words import plural


@require_safe
@needs(Permission.PERSON_READ)
def people(request: Request) -> HttpResponse:
    """Those of the reader's body, by username."""
    form = FindForm(request.GET)
    text = form.text if form.is_valid() else ""
    after = request.GET.get("after", "")
    cards, following = people_page(request.reader, text=text, after=after)
    return page(
        request, "people/people.html", title="People", active="people", form=form, text=text, is_later=bool(after),
        rows=rows_of(request.reader, cards), next=next_address(text, following) if following else "",
        may_manage=request.reader.may(Permission.PERSON_MANAGE),
        wishes=wishes_to_answer(request.reader) if request.reader.may(Permission.PERSON_MANAGE) else [],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_MANAGE)
def person_add(request: Request) -> HttpResponse:
    """Give someone a log-in and roles."""
    form = AddForm.sent(request)
    if form.is_valid():
        with beside_fields(form):
            add_person(
                by=request.reader, username=form.username, name=form.name, password=form.password,
                roles=_roles(form.roles),
            )  # fmt: skip
            tell(request, f"{form.name} can now sign in." + _waits(request, form.username))
            return redirect("people")
    return page(request, "people/add.html", title="Add a person", active="people", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_MANAGE)
def person_roles(request: Request, username: str) -> HttpResponse:
    """Change the roles that someone holds."""
    person = _of_own_body(request.reader, username)
    form = RolesForm.sent(request, start={"roles": tuple(sorted(person.roles))})
    if form.is_valid():
        with beside_fields(form):
            change_roles(by=request.reader, username=person.username, roles=_roles(form.roles), why=form.why)
            waiting = _waits(request, person.username)
            tell(request, waiting.strip() or f"The roles of {person.name} are changed from now on.")
            return redirect("people")
    whom = _whom(request, person)
    return page(
        request, "people/roles.html", title=f"Roles of {whom.name}", active="people", form=form, whom=whom,
        wish=wish_for(request.reader, person.username),
    )  # fmt: skip


def _waits(request: Request, username: str) -> str:
    """What to say where roles wait for a second administrator; '' where none do."""
    wish = wish_for(request.reader, username.strip().lower())
    return " Their new roles wait until another administrator agrees." if wish else ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_MANAGE)
def person_wish(request: Request, username: str) -> HttpResponse:
    """Agree to the roles that another administrator wants someone to have, or decline them."""
    person = _of_own_body(request.reader, username)
    wish = wish_for(request.reader, person.username)
    if wish is None:
        raise Http404
    form = WishForm.sent(request)
    if form.is_valid():
        with beside_fields(form):
            agrees = form.answer == "agree"
            answer_wish(by=request.reader, username=person.username, agrees=agrees, why=form.why)
            tell(request, f"{person.name} {'now has' if agrees else 'does not get'} these roles.")
            return redirect("people")
    return page(
        request, "people/wish.html", title=f"Roles that wait for {person.name}", active="people", form=form,
        whom=_whom(request, person), wish=wish,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_MANAGE)
def person_code(request: Request, username: str) -> HttpResponse:
    """Take the second factor from someone who has lost their phone and their spare codes."""
    person = _of_own_body(request.reader, username)
    form = CodeForm.sent(request)
    if form.is_valid():
        try:
            reset_second_factor(by=request.reader, username=person.username, why=form.why)
        except CodeProblem as problem:
            form.refuse("why", str(problem))
        else:
            tell(request, f"{person.name} now signs in with a password alone, and can turn a code on again.")
            return redirect("people")
    whom = _whom(request, person)
    return page(
        request, "people/code.html", title=f"Code of {whom.name}", active="people", form=form, whom=whom
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_MANAGE)
def person_sessions(request: Request, username: str) -> HttpResponse:
    """See where someone is signed in, and end what should not be open."""
    person = _of_own_body(request.reader, username)
    cards = sessions_of(by=request.reader, username=person.username, key=key_of(request))
    form = SessionsForm.sent(request, choices={"sessions": choices_of(cards)})
    if form.is_valid():
        with beside_fields(form):
            ended = end_sessions(
                by=request.reader, username=person.username, refs=form.sessions, why=form.why
            )
            tell(request, f"{plural(ended, 'session')} of {person.name} ended.")
            return redirect("person-sessions", person.username)
    whom = _whom(request, person)
    return page(
        request, "people/sessions.html", title=f"Sessions of {whom.name}", active="people", form=form, whom=whom,
        is_any=bool(cards),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_MANAGE)
def person_sign_on(request: Request, username: str) -> HttpResponse:
    """Join an account to whom the single sign-on knows, or part the two."""
    person = _of_own_body(request.reader, username)
    form = SignOnForm.sent(request, start={"subject": subject_of(request.reader, person.username)})
    if is_on() and form.is_valid():
        with beside_fields(form):
            join_subject(by=request.reader, username=person.username, subject=form.subject, why=form.why)
            tell(
                request,
                f"{person.name} now signs in through the single sign-on as well."
                if form.subject
                else f"{person.name} no longer signs in through the single sign-on.",
            )
            return redirect("people")
    whom = _whom(request, person)
    return page(
        request, "people/sign_on.html", title=f"Single sign-on of {whom.name}", active="people", form=form, whom=whom,
        is_on=is_on(), provider=settings.SIGN_ON_NAME,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_MANAGE)
def person_password(request: Request, username: str) -> HttpResponse:
    """Give someone who has forgotten theirs a new first password."""
    person = _of_own_body(request.reader, username)
    form = PasswordForm.sent(request)
    if form.is_valid():
        with beside_fields(form):
            give_password(by=request.reader, username=person.username, password=form.password, why=form.why)
            tell(request, f"{person.name} signs in with the new password from now on.")
            return redirect("people")
    whom = _whom(request, person)
    return page(
        request,
        "people/password.html",
        title=f"Password of {whom.name}",
        active="people",
        form=form,
        whom=whom,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_MANAGE)
def person_leave(request: Request, username: str) -> HttpResponse:
    """Close the account of someone who leaves."""
    person = _of_own_body(request.reader, username)
    form = LeaveForm.sent(request)
    if form.is_valid():
        with beside_fields(form):
            retire_person(by=request.reader, username=person.username, why=form.why)
            tell(request, f"{person.name} can no longer sign in.")
            return redirect("people")
    whom = _whom(request, person)
    return page(
        request, "people/leave.html", title=f"{whom.name} leaves", active="people", form=form, whom=whom
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_MANAGE)
def person_return(request: Request, username: str) -> HttpResponse:
    """Open the account of someone who had left, without any role."""
    try:
        name = has_left(request.reader, username)
    except UnknownPerson:
        raise Http404 from None
    form = PasswordForm.sent(request)
    if form.is_valid():
        with beside_fields(form):
            bring_back_person(by=request.reader, username=username, password=form.password, why=form.why)
            tell(request, f"{name} can sign in again. Give them their roles.")
            return redirect("person-roles", username)
    whom = Whom(username, name, is_self=False)
    return page(request, "people/return.html", title=f"{name} returns", active="people", form=form, whom=whom)


def _whom(request: Request, person: Reader) -> Whom:
    return Whom(person.username, person.name, is_self=person.person == request.reader.person)


def _of_own_body(reader: Reader, username: str) -> Reader:
    """Whoever has this username in the reader's body; of another body nobody is shown to exist."""
    try:
        return looked_after(reader, username)
    except UnknownPerson:
        raise Http404 from None


def _roles(chosen: tuple[str, ...]) -> frozenset[Role]:
    return frozenset(Role(role) for role in chosen)
