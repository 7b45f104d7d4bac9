"""What a person does with a proposed plan: says what is so of a line, works it out anew, adopts it, sets it aside."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from throughline.access.permissions import Permission
from throughline.organisations.queries import body_cards
from throughline.tasking.adopting import adopt_plan, say_of_line, set_aside_plan
from throughline.tasking.days import weeks_from
from throughline.tasking.plan_queries import KeptLine, line_names, plan_opened
from throughline.tasking.proposing import MOVED, MUST, PINNED, Asked, AskProblem, ask_for_plan
from throughline.web.fields import Choice
from throughline.web.flash import tell
from throughline.web.forms import beside_fields, is_done
from throughline.web.page import page
from throughline.web.plans.forms import SayForm, WhyForm
from throughline.web.plans.words import MOVES
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import day

WAYS = {"adopt": adopt_plan, "set-aside": set_aside_plan}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_PROPOSE)
def plan_say(request: Request, ref: str, line: str) -> HttpResponse:
    """Say what is so of a line in a proposed plan."""
    found = plan_opened(request.reader, ref, why="to say what is so of a line")
    row = next((one for one in found.lines if one.ref == line), None) if found else None
    if found is None or row is None or found.row.state != "proposed":
        raise Http404
    names = {card.code: card.name for card in body_cards().values()}
    bodies = [Choice(code, names.get(code, code)) for code in row.could_lead]
    weeks = [
        Choice(monday.isoformat(), f"Week {n}, from {day(monday)}")
        for n, monday in enumerate(weeks_from(found.row.starts_on, found.row.weeks), start=1)
    ]
    form = SayForm.sent(
        request, choices={"body": bodies, "week": weeks}, start=_stands(row, moving="move" in request.GET)
    )
    if form.is_valid():
        with beside_fields(form):
            say_of_line(by=request.reader, ref=ref, saying=form.saying(line))
            tell(request, "Kept. Work the plan out anew when you have said all.")
            return redirect("plan", ref)
    name = line_names(request.reader, [row.line]).get(row.line, line)
    return page(
        request, "plans/say.html", title=f"Say what is so: {line}", active="plans", form=form, ref=ref, line=line,
        name=name, reasons=row.reasons,
    )  # fmt: skip


def _stands(row: KeptLine, *, moving: bool) -> dict[str, str]:
    """What was said of the line last stands in the boxes: the last word on a line takes the place of the one before."""
    last = row.said[-1] if row.said else None
    week = last.week.isoformat() if last and last.week else ""
    # A line that must be worked, or by whom it is worked, stays so when it is moved.
    keeps = last is not None and (not moving or last.what in (MUST, PINNED))
    what = last.what if last and keeps else MOVED if moving else ""
    return {"what": what, "body": last.body if last else "", "week": week}


@require_POST
@needs(Permission.PLAN_PROPOSE)
def plan_again(request: Request, ref: str) -> HttpResponse:
    """Work a proposed plan out anew around what people said."""
    found = plan_opened(request.reader, ref, why="to work it out anew")
    if found is None or found.row.state != "proposed":
        raise Http404
    try:
        again = ask_for_plan(
            by=request.reader, after=ref, asked=Asked(found.row.weeks, found.row.starts_on, found.seconds)
        )
    except AskProblem as problem:
        tell(request, str(problem))
        return redirect("plan", ref)
    tell(request, "The plan is being worked out anew. You may leave this page.")
    return redirect("plan", again)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_PROPOSE)
def plan_move(request: Request, ref: str, verb: str) -> HttpResponse:
    """Adopt a plan as its chair, or set it aside; a move that is not this reader's is not there."""
    found = plan_opened(request.reader, ref, why=f"to {verb}") if verb in WAYS else None
    if found is None or verb.replace("-", " ") not in found.moves:
        raise Http404
    form = WhyForm.sent(request)
    if form.is_valid() and is_done(form, lambda: WAYS[verb](by=request.reader, ref=ref, why=form.why)):
        tell(request, MOVES[verb].done)
        return redirect("plan", ref)
    return page(
        request, "plans/move.html", title=f"{MOVES[verb].name}: {ref}", active="plans", form=form, ref=ref,
        act=MOVES[verb],
    )  # fmt: skip
