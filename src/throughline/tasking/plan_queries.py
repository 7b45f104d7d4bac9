"""Plans as their reader may know them: each line by the line's own policy, and totals of what is shown alone."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import sqrt

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel.history import Moved, moves_of
from throughline.lines.models import CountyLine
from throughline.lines.queries import known_lines
from throughline.tasking.models import Plan, PlanLine, PlanSaid
from throughline.tasking.planning.plan import Change, Floor, Price
from throughline.tasking.planning.weeks import Laid
from throughline.tasking.workflow import PLAN

_REF = re.compile(r"\bCL-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@dataclass(frozen=True, slots=True)
class SaidView:
    """What a person said of a line."""

    what: str
    body: str
    week: date | None
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One line of a plan, in it or out of it. Bodies are codes; ``gain`` and ``spread`` are in points."""

    line: int
    ref: str
    place: int
    is_in: bool
    lead: str
    before: str
    support: tuple[str, ...]
    region: str
    gain: float
    spread: float
    child_at_risk: bool
    first_week: int
    last_week: int
    days: tuple[Laid, ...]
    could_lead: tuple[str, ...]
    reasons: tuple[str, ...]
    said: tuple[SaidView, ...]
    bid: str

    @property
    def officer_days(self) -> float:
        """The days that it takes of every body together."""
        return sum(one.days for one in self.days)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan in a list."""

    ref: str
    state: str
    starts_on: date
    weeks: int
    asked_at: datetime
    asked_by: str


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan with those of its lines that the reader may know.

    What the solver said of the whole (``objective``, ``bound``, ``gap``, prices and floors) is given to whoever may
    know each line of it, and to nobody else.
    """

    row: PlanRow
    seconds: float
    worked_out_at: datetime | None
    after: str
    trouble: str
    objective: float | None
    bound: float | None
    gap: float | None
    took: float | None
    prices: tuple[Price, ...]
    floors: tuple[Floor, ...]
    lines: tuple[KeptLine, ...]
    excluded: tuple[tuple[str, SaidView], ...]
    said_since: int
    history: tuple[Moved, ...]
    moves: tuple[str, ...]

    @property
    def lines_in(self) -> tuple[KeptLine, ...]:
        """The lines to work, the greatest gain first."""
        return tuple(line for line in self.lines if line.is_in)

    @property
    def lines_out(self) -> tuple[KeptLine, ...]:
        """The lines not to work now, the greatest gain first."""
        return tuple(line for line in self.lines if not line.is_in)

    @property
    def gain(self) -> float:
        """Points of harm that the lines in are expected to take away."""
        return sum(line.gain for line in self.lines_in)

    @property
    def spread(self) -> float:
        """One standard deviation of it, the outcomes of lines being taken as independent."""
        return sqrt(sum(line.spread**2 for line in self.lines_in))

    @property
    def changes(self) -> tuple[Change, ...]:
        """Lines whose lead is another than in the plan that was in force."""
        return tuple(Change(x.ref, x.before, x.lead) for x in self.lines if x.before and x.before != x.lead)


def plan_list(reader: Reader, *, size: int = 25, offset: int = 0) -> tuple[PlanRow, ...]:
    """The plans of the reader's body, the newest first."""
    reader.require(Permission.PLAN_READ)
    with reading(reader):
        return tuple(_row(plan) for plan in Plan.objects.order_by("-pk")[offset : offset + size])


def plans_waiting(reader: Reader) -> tuple[PlanRow, ...]:
    """The plans of the reader's body that are proposed: a chair adopts one, a co-ordinator brings it to the chair."""
    reader.require(Permission.PLAN_READ)
    with reading(reader):
        return tuple(_row(plan) for plan in Plan.objects.filter(state="proposed").order_by("pk"))


def plan_opened(reader: Reader, ref: str, *, why: str = "opened the plan") -> KeptPlan | None:
    """Open one plan, journalled; None when the reader may know of no such plan."""
    reader.require(Permission.PLAN_READ)
    with reading(reader):
        plan = Plan.objects.select_related("after").filter(ref=ref).first()
        if plan is None:
            return None
        rows = list(PlanLine.objects.filter(plan=plan).select_related("line").order_by("place"))
        said = list(PlanSaid.objects.filter(plan=plan).select_related("line").order_by("pk"))
        history = moves_of(PLAN.name, [plan.pk])
        journal.note(Verb.CONSULT, "plan", ref, why=why, owner=plan.body)
    is_whole = len(rows) == plan.lines
    views = _said_by_line(said)
    return KeptPlan(
        row=_row(plan), seconds=plan.seconds, worked_out_at=plan.worked_out_at,
        after=plan.after.ref if plan.after else "", trouble=plan.trouble,
        objective=plan.objective if is_whole else None, bound=plan.bound if is_whole else None,
        gap=plan.gap if is_whole else None, took=plan.took,
        prices=tuple(Price(**one) for one in plan.prices) if is_whole else (),
        floors=tuple(Floor(**one) for one in plan.floors) if is_whole else (),
        lines=_lines(rows, views), excluded=_excluded(rows, views),
        said_since=sum(plan.worked_out_at is not None and one.at > plan.worked_out_at for one in said),
        history=history, moves=tuple(dict.fromkeys(PLAN.moves_open(by=reader, state=plan.state))),
    )  # fmt: skip


def _row(plan: Plan) -> PlanRow:
    return PlanRow(plan.ref, plan.state, plan.starts_on, plan.weeks, plan.asked_at, plan.asked_by)


def _said_by_line(said: Iterable[PlanSaid]) -> dict[str, list[SaidView]]:
    views: dict[str, list[SaidView]] = {}
    for one in said:
        views.setdefault(one.line.ref, []).append(
            SaidView(one.what, one.body, one.week, one.why, one.by_name, one.at)
        )
    return views


def _excluded(
    rows: Sequence[PlanLine], said: Mapping[str, list[SaidView]]
) -> tuple[tuple[str, SaidView], ...]:
    """Lines that people left alone before the plan was worked out: they are in no other part of it."""
    there = {row.line.ref for row in rows}
    last = {ref: views[-1] for ref, views in said.items() if ref not in there}
    return tuple((ref, view) for ref, view in last.items() if view.what == "excluded")


def _lines(rows: Sequence[PlanLine], said: Mapping[str, list[SaidView]]) -> tuple[KeptLine, ...]:
    known = {row.line.ref for row in rows}
    return tuple(
        KeptLine(
            row.line_id, row.line.ref, row.place, row.is_in, row.lead, row.before, tuple(row.support), row.region,
            row.gain, row.spread, row.child_at_risk, row.first_week, row.last_week,
            tuple(Laid(*day) for day in row.days), tuple(row.could_lead), _told(row.reasons, known),
            tuple(said.get(row.line.ref, ())), row.bid,
        )
        for row in rows
    )  # fmt: skip


def _told(reasons: Iterable[str], known: set[str]) -> tuple[str, ...]:
    """The reasons that name no line beyond those known: what would have to give may be closed to this reader."""
    return tuple(reason for reason in reasons if known.issuperset(_REF.findall(reason)))


def line_names(reader: Reader, lines: Iterable[int]) -> dict[int, str]:
    """What these lines are called, by id, as far as the reader may know them."""
    with reading(reader):
        found = list(CountyLine.objects.filter(pk__in=list(lines)))
        return {pk: known.name for pk, known in known_lines(reader, found).items()}
