"""The list of requests for access, and the pages on which one is made, read and answered."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.access.permissions import Permission
from throughline.kernel.workflow import MoveRefused
from throughline.sharing.queries import RequestPage, askable, request_list, request_page
from throughline.sharing.services import (
    RequestProblem,
    ask_for_access,
    grant_access,
    grant_sanitised,
    refuse_access,
    withdraw_request,
)
from throughline.web.filtering import address, selected
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.sharing.forms import AskForm, FilterForm, GrantForm, RefuseForm, SanitiseForm
from throughline.web.sharing.shown import report_choices, request_shown
from throughline.web.view import needs


@require_safe
@needs(Permission.REQUEST_MAKE)
def requests(request: Request) -> HttpResponse:
    """Requests of the reader's body, made and received, the next to be answered first."""
    form = FilterForm(request.GET)
    form.is_valid()
    asked = {name: str(form.answers.get(name, "")) for name in form.fields}
    after = request.GET.get("after", "")
    found = request_list(request.reader, ours=asked["ours"], state=asked["state"], after=after)
    return page(
        request, "sharing/requests.html", title="Requests for access", active="requests", form=form,
        rows=found.rows,
        selected=selected(form, asked, lambda name: address("requests", asked | {name: ""})),
        is_first=not after, first_href=address("requests", asked),
        next_href=address("requests", asked | {"after": found.next_after}) if found.next_after else "",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REQUEST_MAKE)
def request_of_check(request: Request, ref: str, body: str) -> HttpResponse:
    """Ask a body to which a check of one's own pointed."""
    return _ask(request, ref, body)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REQUEST_MAKE)
def request_of_hit(request: Request, ref: str) -> HttpResponse:
    """Ask the other side of a hit."""
    return _ask(request, ref, "")


def _ask(request: Request, source_ref: str, body: str) -> HttpResponse:
    found, form = askable(request.reader, source_ref, body=body), AskForm.sent(request)
    if found is None:
        raise Http404
    if form.is_valid():
        try:
            ref = ask_for_access(by=request.reader, source_ref=source_ref, body=body, why=form.why)
        except RequestProblem as problem:
            form.refuse("why", str(problem))
        else:
            if ref is None:
                raise Http404
            tell(request, f"You asked {found.holder_name} for access.")
            return redirect("request", ref)
    return page(
        request, "sharing/ask.html", title="Ask for access", active="requests", asked=found, form=form
    )


@require_safe
@needs(Permission.REQUEST_MAKE)
def request(request: Request, ref: str) -> HttpResponse:
    """One request, as either side reads it."""
    shown = request_shown(request.reader, _found(request, ref))
    return page(request, "sharing/request.html", title=f"Request {ref}", active="requests", asked=shown)


def _found(request: Request, ref: str, *, why: str = "opened the request") -> RequestPage:
    found = request_page(request.reader, ref, why=why)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REQUEST_ANSWER)
def grant(request: Request, ref: str) -> HttpResponse:
    """Open a report to the asker as it stands."""
    found = _to_answer(request, ref)
    form = GrantForm.sent(request, choices={"report": report_choices(found)})
    if form.is_valid() and _done(
        form, "report", lambda: grant_access(by=request.reader, ref=ref, report=form.report)
    ):
        tell(request, f"The report is open to {found.asker_name}, and they are being told.")
        return redirect("request", ref)
    return _answer_page(request, "grant", "Open a report", found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REQUEST_ANSWER)
def sanitise(request: Request, ref: str) -> HttpResponse:
    """Write a sanitised version for the asker."""
    found = _to_answer(request, ref)
    form = SanitiseForm.sent(request, choices={"report": report_choices(found)})
    if form.is_valid() and _done(form, "report", lambda: _write_sanitised(request, ref, form)):
        tell(request, f"The sanitised report is open to {found.asker_name}, and they are being told.")
        return redirect("request", ref)
    return _answer_page(request, "sanitise", "Write a sanitised version", found, form)


def _write_sanitised(request: Request, ref: str, form: SanitiseForm) -> None:
    grant_sanitised(by=request.reader, ref=ref, report=form.report, title=form.heading, text=form.words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REQUEST_ANSWER)
def refuse(request: Request, ref: str) -> HttpResponse:
    """Refuse, with a reason."""
    found, form = _to_answer(request, ref), RefuseForm.sent(request)
    if form.is_valid() and _done(
        form, "", lambda: refuse_access(by=request.reader, ref=ref, reason=form.reason, words=form.words)
    ):
        tell(request, f"You refused. {found.asker_name} is being told why.")
        return redirect("request", ref)
    return _answer_page(request, "refuse", "Refuse access", found, form)


def _to_answer(request: Request, ref: str) -> RequestPage:
    """A request that this reader's body was asked; one of their own making is not there to be answered."""
    found = _found(request, ref, why="answering")
    if found.is_ours:
        raise Http404
    return found


def _done(form: Form, field: str, act: Callable[[], None]) -> bool:
    """Answer, or put on the form why it cannot be done: a colleague may have been quicker."""
    try:
        act()
    except ObjectDoesNotExist:
        raise Http404 from None
    except RequestProblem as problem:
        form.refuse(field, str(problem))
    except MoveRefused as refused:
        form.refuse("", str(refused))
    else:
        return True
    return False


def _answer_page(request: Request, verb: str, title: str, found: RequestPage, form: Form) -> HttpResponse:
    shown = request_shown(request.reader, found)
    return page(request, f"sharing/{verb}.html", title=title, active="requests", asked=shown, form=form)


@require_POST
@needs(Permission.REQUEST_MAKE)
def withdraw(request: Request, ref: str) -> HttpResponse:
    """Take a request back."""
    try:
        withdraw_request(by=request.reader, ref=ref)
        tell(request, "The request is withdrawn.")
    except ObjectDoesNotExist:
        raise Http404 from None
    except MoveRefused as refused:
        tell(request, str(refused))
    return redirect("request", ref)
