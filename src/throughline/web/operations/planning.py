"""The pages on which an operation is planned and moved, and packs and duties are put into it."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.operations.packs import add_pack, give_duty
from throughline.operations.planning import move_operation, plan_operation
from throughline.operations.publishing import publish_operation
from throughline.operations.queries import OperationPage, operation_page
from throughline.operations.results import record_pack_result
from throughline.organisations.queries import body_cards
from throughline.web.fields import Choice
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.operations.forms import DutyForm, MoveForm, PackForm, PlanForm, PublishForm, ResultForm
from throughline.web.operations.words import MOVES
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs


def bodies_now() -> list[Choice]:
    """Every body that stands today."""
    return [Choice(card.code, card.name) for card in body_cards(on=clock.today()).values()]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.OPERATION_PLAN)
def operation_plan(request: Request) -> HttpResponse:
    """Plan an operation that the reader's body leads."""
    bodies, made = bodies_now(), list[str]()
    form = PlanForm.sent(request, choices={"bodies": bodies})
    if form.is_valid() and is_done(
        form,
        lambda: made.append(
            plan_operation(by=request.reader, draft=form.draft(tuple(choice.value for choice in bodies)))
        ),
    ):
        tell(request, "It is planned, and the bodies that take part are being told.")
        return redirect("operation", made[0])
    return page(
        request, "operations/ask.html", title="Plan an operation", active="operations", form=form, ref="", name="",
        follows="It opens to the bodies that take part, and to nobody else. What is done about a line goes into a "
        "target pack, which opens to those alone whom you name.", button="Plan it",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TASK_READ)
def operation_move(request: Request, ref: str, verb: str) -> HttpResponse:
    """Move an operation; a move that is not this reader's to make is not there."""
    found = _opened(request, ref, f"to {verb}")
    if verb.replace("-", " ") not in found.moves or verb not in MOVES:
        raise Http404
    by, act = request.reader, MOVES[verb]
    form: Form = PublishForm.sent(request) if verb == "publish" else MoveForm.sent(request)
    if form.is_valid() and is_done(form, lambda: _move(by, ref, verb.replace("-", " "), form)):
        tell(request, act.done)
        return redirect("operation", ref)

    return page(
        request, "operations/ask.html", title=f"{act.name}: {found.row.name}", active="operations", form=form, ref=ref,
        name=found.row.name, follows=act.follows, button=act.name,
    )  # fmt: skip


def _move(by: Reader, ref: str, verb: str, form: Form) -> None:
    if isinstance(form, PublishForm):
        publish_operation(by=by, ref=ref, lead=form.lead, why=form.words)
    elif isinstance(form, MoveForm):
        move_operation(by=by, ref=ref, verb=verb, why=form.words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.OPERATION_PLAN)
def operation_pack(request: Request, ref: str) -> HttpResponse:
    """Put a target pack into an operation."""
    found = _open_to_add(request, ref)
    form = PackForm.sent(request, choices={"bodies": _part(found)})
    if form.is_valid() and is_done(
        form,
        lambda: add_pack(
            by=request.reader, ref=ref, title=form.title, words=form.words, line=form.line, bid=form.bid,
            bodies=form.bodies,
        ),
    ):  # fmt: skip
        tell(request, "The pack is in the operation.")
        return redirect("operation", ref)
    return page(
        request, "operations/ask.html", title="Put in a target pack", active="operations", form=form, ref=ref,
        name=found.row.name, follows="The pack is a record of your body. Its line and bid open to nobody through it.",
        button="Put the pack in",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.OPERATION_PLAN)
def operation_duty(request: Request, ref: str) -> HttpResponse:
    """Say who does what on a day."""
    found = _open_to_add(request, ref)
    packs = [Choice(pack.ref, pack.title) for pack in found.packs]
    form = DutyForm.sent(request, choices={"body": _part(found), "pack": packs})
    if form.is_valid() and is_done(
        form,
        lambda: give_duty(
            by=request.reader,
            ref=ref,
            day=form.day,
            body=form.body,
            who=form.who,
            what=form.what,
            pack=form.pack,
        ),
    ):
        tell(request, "It stands in the operation.")
        return redirect("operation", ref)
    return page(
        request, "operations/ask.html", title="Say who does what", active="operations", form=form, ref=ref,
        name=found.row.name, follows="The body that leads says it of every body, and each body of its own people.",
        button="Add it",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_KEEP)
def pack_result(request: Request, ref: str, pack: str) -> HttpResponse:
    """Write down what came of a pack whose line the reader may know."""
    found = _opened(request, ref, "to write down what came of a pack")
    row = next((one for one in found.packs if one.ref == pack and one.line), None)
    if row is None:
        raise Http404
    form = ResultForm.sent(request)
    if form.is_valid() and is_done(
        form,
        lambda: record_pack_result(
            by=request.reader, ref=pack, day=form.day, text=form.text, found=form.found
        ),
    ):
        tell(request, "It is written down, and is evidence on the line.")
        return redirect("line", row.line)
    return page(
        request, "operations/ask.html", title="Write down what came of it", active="operations", form=form, ref=ref,
        name=found.row.name, follows="It becomes a report of your body, graded 1A P, and evidence on the line, whose "
        "score rests on it from then on. Circulate the report as you would any other.", button="Write down the result",
    )  # fmt: skip


def _part(found: OperationPage) -> list[Choice]:
    names = {name for name, _ in found.taking_part}
    return [Choice(card.code, card.name) for card in body_cards().values() if card.name in names]


def _opened(request: Request, ref: str, why: str) -> OperationPage:
    found = operation_page(request.reader, ref, why=why)
    if found is None:
        raise Http404
    return found


def _open_to_add(request: Request, ref: str) -> OperationPage:
    found = _opened(request, ref, "to add to it")
    if not found.may_add:
        raise Http404
    return found
