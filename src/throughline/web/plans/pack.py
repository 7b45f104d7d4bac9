"""The pack of a tasking meeting: what to decide on, the plan before it, what was declined or is late, the days."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.organisations.queries import body_cards
from throughline.tasking.days import days_of_bodies, monday_of, weeks_from
from throughline.tasking.plan_queries import KeptPlan, line_names, plan_list, plan_opened
from throughline.tasking.queries import BidRow, bid_list
from throughline.tasking.using import used_days
from throughline.tasking.words import LEVELS
from throughline.web.documents import Part, document_answer
from throughline.web.plans.fairness import regions_of
from throughline.web.plans.words import STATES
from throughline.web.request import Request
from throughline.web.tasking.words import STATES as BID_STATES
from throughline.web.view import needs
from throughline.web.words import day, plural

MOST = 200
"""Rows of one table: more than any meeting looks at; the pages have them all."""
WHY = "printed the pack of the meeting"


@require_safe
@needs(Permission.PLAN_READ)
def meeting_pack(request: Request) -> HttpResponse:
    """The pack for the next meeting of the reader's body, at its own level."""
    reader = request.reader
    level = body_cards()[reader.body].level
    open_bids = bid_list(reader, state="open", body=reader.body_code, size=MOST).rows
    newest = next((row for row in plan_list(reader) if row.state in ("proposed", "adopted")), None)
    plan = plan_opened(reader, newest.ref, why=WHY) if newest else None
    parts = [
        _of_bids("Bids to decide on", [bid for bid in open_bids if bid.state == "assessed"]),
        _of_bids(
            "Bids on their way to the meeting",
            [b for b in open_bids if b.state in ("bid", "referred", "deconflicted")],
        ),
        *(_of_plan(request, plan) if plan else [Part("Plan", ("No plan is proposed or adopted.",))]),
        _of_bids("Declined", bid_list(reader, pile="declined", body=reader.body_code, size=MOST).rows),
        _of_bids("Overdue, and results missing", [bid for bid in open_bids if bid.is_overdue]),
        _of_days(request),
    ]
    title = f"{LEVELS[level]} tasking meeting: {reader.body_name}"
    return document_answer(reader, title, parts, name=f"tasking-{reader.body_code.lower()}-{clock.today()}")


def _of_bids(heading: str, bids: Iterable[BidRow]) -> Part:
    rows = tuple(
        (
            f"{bid.title} ({bid.ref}){_child(bid)}", bid.owner_name,
            "" if bid.score is None else f"{bid.score}, {bid.confidence}",
            BID_STATES[bid.state], f"{bid.waits_for}: {bid.what} by {day(bid.due_at)}" if bid.waits_for else "",
        )
        for bid in bids
    )  # fmt: skip
    return Part(
        heading,
        () if rows else ("None that you may know.",),
        ("Bid", "By", "Score#", "State#", "Waits for"),
        rows,
    )


def _child(bid: BidRow) -> str:
    return ". Child at risk" if bid.child_at_risk else ""


def _of_plan(request: Request, plan: KeptPlan) -> list[Part]:
    names = line_names(request.reader, [line.line for line in plan.lines[:MOST]])
    near = (
        f" It is within {100 * plan.gap:.1f} in 100 of the best there could be."
        if plan.gap is not None
        else ""
    )
    said = (
        f"{STATES[plan.row.state]}: {plural(plan.row.weeks, 'week')} from {day(plan.row.starts_on)}, {plan.row.ref}. "
        f"{plural(len(plan.lines_in), 'line')} of {len(plan.lines):,}, {plan.gain:,.0f} points of harm expected to go, "
        f"give or take {plan.spread:,.0f}.{near}",
        "Officer-days and chances of success are assumed, alike for every body.",
    )
    heads = ("Line", "Lead#", "Weeks#", "Gain#", "Why")
    lines = tuple(
        (
            f"{names.get(x.line, x.ref)} ({x.ref})", x.lead, f"{x.first_week} to {x.last_week}", f"{x.gain:.1f}",
            " ".join(x.reasons),
        )
        for x in plan.lines_in[:MOST]
    )  # fmt: skip
    out = tuple(
        (f"{names.get(x.line, x.ref)} ({x.ref})", f"{x.gain:.1f}", " ".join(x.reasons))
        for x in plan.lines_out[:MOST]
    )
    regions = tuple((r.region, r.lines, r.days, r.gain, r.floor) for r in regions_of(plan))
    return [
        Part("Plan: lines to work", said, heads, lines),
        Part("Plan: not now, and what would have to give", (), ("Line", "Gain#", "Why"), out),
        Part(
            "Plan: how it falls on the regions",
            (),
            ("Region", "Lines", "Officer-days#", "Gain#", "Floor#"),
            regions,
        ),
    ]


def _of_days(request: Request) -> Part:
    weeks = weeks_from(monday_of(clock.today()))
    used = used_days(request.reader, weeks)
    rows = tuple(
        (row.name, f"{row.days:,.0f}", f"{row.reserved:,.0f}", f"{used.get(row.code, 0.0):,.0f}")
        for row in days_of_bodies(request.reader, starts_on=weeks[0])
        if row.weeks_said
    )
    words = () if rows else ("Nobody has stated any.",)
    return Part(
        "Officer-days of the next eight weeks",
        words,
        ("Body", "There are#", "Reserved#", "In the plan#"),
        rows,
    )
