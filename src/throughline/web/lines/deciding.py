"""Moving and closing a line, leading it, withdrawing evidence, and looking back after a closure."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.kernel.workflow import MoveRefused
from throughline.lines.queries import LinePage, check_back_page, check_backs_due, line_page
from throughline.lines.services import (
    LineProblem,
    close_line,
    give_up_lead,
    look_back,
    move_line,
    take_lead,
    withdraw_evidence,
)
from throughline.lines.workflow import LINE
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.lines.forms import CloseForm, LeadForm, LookBackForm, ReasonForm
from throughline.web.lines.words import MOVES, Act
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

WITHDRAW = Act(
    "Withdraw the evidence", "It counts no longer. It stays to be seen as withdrawn, with your reason.",
    "The evidence is withdrawn.",
)  # fmt: skip
LEAD = Act(
    "Who leads on it",
    "Your body leads on the line, and this officer answers for it.",
    "Your body leads on the line.",
)
GIVE_UP = Act(
    "Give up the lead", "The line waits for a body that takes it. Whoever knows of it sees that nobody leads.",
    "Your body leads on the line no longer.",
)  # fmt: skip
MOST = 200
FIELDS = {"item_1": {"type 1": "charged", "type 2": "out_of_use"}, "item_2": {"type 1": "out_of_use"}}
"""Where the form of a closure asks for what the service counts."""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_KEEP)
def line_move(request: Request, ref: str, verb: str) -> HttpResponse:
    """Accept, dismiss, reopen or reconsider a line, with a reason."""
    if verb not in MOVES:
        raise Http404
    request.reader.require(next(Permission(move.needs) for move in LINE.moves if move.verb == verb))
    form = ReasonForm.sent(request)
    return _with_reason(
        request, _opened(request, ref), form, MOVES[verb],
        lambda: move_line(by=request.reader, line=ref, verb=verb, why=form.why),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_KEEP)
def line_withdraw(request: Request, ref: str, evidence: str) -> HttpResponse:
    """Withdraw a piece of evidence, with a reason."""
    held, form = _opened(request, ref), ReasonForm.sent(request)
    if evidence not in {piece.ref for piece in held.pieces}:
        raise Http404
    return _with_reason(
        request, held, form, WITHDRAW,
        lambda: withdraw_evidence(by=request.reader, line=ref, evidence=evidence, why=form.why),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_KEEP)
def line_lead(request: Request, ref: str) -> HttpResponse:
    """Take the lead on a line that nobody leads on, or name its officer."""
    held = _opened(request, ref)
    form = LeadForm.sent(request, start={"officer": held.officer})
    return _with_reason(
        request, held, form, LEAD,
        lambda: take_lead(by=request.reader, line=ref, officer=form.officer, why=form.why),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_DECIDE)
def line_give_up(request: Request, ref: str) -> HttpResponse:
    """Lead on a line no longer."""
    form = ReasonForm.sent(request)
    return _with_reason(
        request, _opened(request, ref), form, GIVE_UP,
        lambda: give_up_lead(by=request.reader, line=ref, why=form.why),
    )  # fmt: skip


def _with_reason(
    request: Request, held: LinePage, form: Form, act: Act, service: Callable[[], object]
) -> HttpResponse:
    if form.is_valid() and _is_done(form, service):
        tell(request, act.done)
        return redirect("line", held.ref)
    title = f"{act.name}: {held.ref}"
    return page(
        request, "lines/reason.html", title=title, active="lines", form=form, ref=held.ref, name=held.known.name,
        act=act, asks=list(reversed(form.fields)),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_DECIDE)
def line_close(request: Request, ref: str) -> HttpResponse:
    """Close a line as Type 1 or Type 2; its check-backs are set."""
    held, form = _opened(request, ref), CloseForm.sent(request)
    if form.is_valid() and _is_done(
        form,
        lambda: close_line(
            by=request.reader,
            line=ref,
            closure=form.closure,
            closed_on=form.day,
            items=form.items,
            why=form.why,
        ),
    ):
        tell(request, "The line is closed, and its check-backs are set.")
        return redirect("line", ref)
    return page(
        request,
        "lines/close.html",
        title=f"Close {ref}",
        active="lines",
        form=form,
        ref=ref,
        name=held.known.name,
    )


@require_safe
@needs(Permission.LINE_DECIDE)
def check_backs(request: Request) -> HttpResponse:
    """The check-backs that are due."""
    rows = check_backs_due(request.reader, size=MOST)
    return page(request, "lines/check_backs.html", title="Check-backs due", active="lines", rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_DECIDE)
def check_back(request: Request, ref: str) -> HttpResponse:
    """Look whether a closed line has come back, and say what was found."""
    held, form = check_back_page(request.reader, ref), LookBackForm.sent(request)
    if held is None:
        raise Http404
    if form.is_valid() and _is_done(
        form,
        lambda: look_back(by=request.reader, check_back=ref, is_alive=form.alive == "yes", found=form.found),
    ):
        tell(request, "The line is reopened." if form.alive == "yes" else "The line stays closed.")
        return redirect("line", held.line)
    return page(
        request,
        "lines/check_back.html",
        title=f"Check-back on {held.line}",
        active="lines",
        form=form,
        held=held,
    )


def _opened(request: Request, ref: str) -> LinePage:
    found = line_page(request.reader, ref)
    if found is None:
        raise Http404
    return found


def _is_done(form: Form, service: Callable[[], object]) -> bool:
    """Call the service, or put the sentence that refuses it on the form."""
    try:
        service()
    except ObjectDoesNotExist:
        raise Http404 from None
    except LineProblem as problem:
        closure = str(form.answers.get("closure", ""))
        field = FIELDS.get(problem.field, {}).get(closure, problem.field)
        form.refuse(field if field in form.fields else "", str(problem))
        return False
    except MoveRefused as problem:
        form.refuse("", str(problem))
        return False
    return True
