"""What people do with a proposed plan: say what is so of a line in it, adopt it as a chair, or set it aside."""

from collections.abc import Sequence
from math import ceil

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.queries import reader_numbered
from throughline.access.reader import Reader, reading, writes
from throughline.kernel.history import moves_of
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.workflow import MoveRefused
from throughline.lines.models import CountyLine
from throughline.lines.queries import known_lines
from throughline.lines.workflow import OPEN_STATES
from throughline.organisations.queries import body_cards
from throughline.tasking.bidding import MOST_DAYS, BidDraft, make_bid
from throughline.tasking.deciding import adopt_bid, offer_to
from throughline.tasking.events import PlanAdopted, PlanMoved
from throughline.tasking.models import Bid, Plan, PlanLine
from throughline.tasking.moving import BidProblem, held, said
from throughline.tasking.proposing import CANNOT, MOVED, PINNED, SAYINGS, AskProblem, Saying, keep_sayings
from throughline.tasking.workflow import ENDED, PLAN


def _held(by: Reader, ref: str) -> Plan:
    plan = Plan.objects.select_for_update(no_key=True).get(ref=ref)
    if plan.state != "proposed":
        raise MoveRefused(f"This plan is {plan.state}: only one that is proposed can be changed.")
    return plan


@writes
def say_of_line(*, by: Reader, ref: str, saying: Saying) -> None:
    """Keep what a person says of a line in a proposed plan; the plan is worked out anew around it when asked.

    Raises:
        AskProblem: for the field that needs mending.
        Plan.DoesNotExist: the reader may know of no such plan.
        MoveRefused: it is proposed no more.
    """
    by.require(Permission.PLAN_PROPOSE)
    plan = _held(by, ref)
    said("why", saying.why, "Say why")
    row = PlanLine.objects.filter(plan=plan, line__ref=saying.line).first()
    if saying.what not in SAYINGS:
        raise AskProblem("what", "Choose what is so")
    if saying.what in (PINNED, CANNOT) and not saying.body:
        raise AskProblem("body", "Choose the body that you mean")
    if saying.what == MOVED and not saying.week:
        raise AskProblem("week", "Choose the week that you mean")
    if saying.body and (row is None or saying.body not in row.could_lead):
        raise AskProblem("body", "Choose a body that could lead it")
    keep_sayings(by, plan, [saying])
    journal.note(Verb.ALTER, "plan", ref, why=saying.why, owner=by.body, line=saying.line)


@writes
def set_aside_plan(*, by: Reader, ref: str, why: str) -> None:
    """Set a proposed plan aside: nothing follows from it.

    Raises:
        BidProblem: no reason.
        MoveRefused: it is proposed no more.
    """
    words = said("why", why, "Say why")
    PLAN.make("set aside", Plan.objects.select_for_update(no_key=True).get(ref=ref), by=by, why=words)
    journal.note(Verb.ALTER, "plan", ref, why=words, owner=by.body)


@writes
def adopt_plan(*, by: Reader, ref: str, why: str) -> None:
    """Adopt a proposed plan, as the chair who is named with it: the flow has a bid stand for each line in it.

    Raises:
        BidProblem: no reason.
        MoveRefused: it is proposed no more, or the reader decides on no tasking.
    """
    words = said("why", why, "Say why: it is kept with the decision")
    plan = Plan.objects.select_for_update(no_key=True).get(ref=ref)
    PLAN.make("adopt", plan, by=by, why=words)
    for old in Plan.objects.filter(state="adopted").exclude(pk=plan.pk):
        PLAN.make("supersede", old, by=by, why=f"{ref} is adopted")
    journal.note(Verb.ALTER, "plan", ref, why=words, owner=by.body)
    announce(PlanMoved(plan=plan.pk, verb="adopt"), PlanAdopted(plan=plan.pk, person=by.person))


CHILD_SAID = "What is known of the line says that a child is exploited or at risk in it"
"""The words of a bid for a line that asks for a child's sake, until a person writes better ones."""


def place_bids(facts: Sequence[Payload]) -> None:
    """Have a bid stand for each line of an adopted plan, as the chair who adopted it."""
    for fact in facts:
        by = reader_numbered(fact["person"])
        if by and by.may(Permission.TASK_DECIDE):
            with reading(by):
                _place(by, fact["plan"])


def _place(by: Reader, number: int) -> None:
    plan = Plan.objects.get(pk=number)
    why = next(move.why for move in reversed(moves_of(PLAN.name, [number])) if move.verb == "adopt")
    lines = list(
        PlanLine.objects.filter(plan=plan, is_in=True, bid="", line__state__in=OPEN_STATES)
        .select_related("line").order_by("place")
    )  # fmt: skip
    ids = [line.line_id for line in lines]
    called = known_lines(by, CountyLine.objects.filter(pk__in=ids))
    standing = {
        bid.line_id: bid
        for bid in Bid.objects.filter(desk=by.body, line__in=ids).exclude(state__in=ENDED).order_by("pk")
    }
    words = f"Plan {plan.ref}, adopted by {by.name}: {why}"
    for line in lines:
        bid = standing.get(line.line_id)
        if bid and bid.state == "assessed" and not bid.stopped:
            adopt_bid(by=by, ref=bid.ref, why=words)
        try:
            ref = bid.ref if bid else make_bid(
                by=by, line=line.line.ref, draft=_draft(by, line, called[line.line_id].name, words)
            )  # fmt: skip
        except BidProblem:
            continue  # merged into another line since: that one stands for it
        PlanLine.objects.filter(pk=line.pk).update(bid=ref)


def _draft(by: Reader, line: PlanLine, name: str, words: str) -> BidDraft:
    days: dict[str, float] = {}
    for _, body, skill, count, _ in line.days:
        days[f"{body} {skill}"] = days.get(f"{body} {skill}", 0.0) + count
    laid_out = "; ".join(f"{pool} {count:g}" for pool, count in days.items())
    support = f", supported by {', '.join(line.support)}" if line.support else ""
    tactics = ("arrest", "order", "visits", *(("safeguarding",) if line.child_at_risk else ()))
    return BidDraft(
        title=f"Work on the line {name}"[:120],
        asked=f"{line.lead} to lead{support}, in weeks {line.first_week} to {line.last_week} of the plan.", why=words,
        officer_days=min(MOST_DAYS, max(1, ceil(sum(days.values())))), level=body_cards()[by.body].level,
        pursue=f"Officer-days as planned: {laid_out}.", tactics=tactics, asked_body=line.lead,
        child_at_risk=CHILD_SAID if line.child_at_risk else "",
    )  # fmt: skip


def planned_lead(bid: Bid) -> str:
    """The code of the body that the adopted plan of the bid's desk names for it; '' where the reader knows of none."""
    found = PlanLine.objects.filter(bid=bid.ref, plan__state="adopted", plan__body=bid.desk).order_by("-pk")
    return found.values_list("lead", flat=True).first() or ""


@writes
def allocate_bid(*, by: Reader, ref: str, words: str) -> None:
    """Offer the work to the body that the adopted plan names: deconflicted, it needs no second decision.

    Raises:
        BidProblem: no plan names a body, no words, or the step is another body's.
        MoveRefused: the bid is not in that state.
    """
    bid = held(by, ref, "allocate")
    offer_to(bid, "allocate", by=by, body=planned_lead(bid), words=words)
