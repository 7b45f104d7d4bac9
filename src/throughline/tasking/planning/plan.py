"""A plan to put before a meeting: work within the days there are, each line in and each line out with its reasons."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from throughline.tasking.planning.choosing import choose, objective
from throughline.tasking.planning.explaining import Reasoner
from throughline.tasking.planning.problem import Choice, Need, Pool, Problem, Work
from throughline.tasking.planning.weeks import Laid, lay_out

SECONDS = 30.0
"""How long the search may take."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """One line to work, by whom and when. ``gain`` is the harm expected to go, in points of the line's score."""

    ref: str
    lead: str
    support: tuple[str, ...]
    gain: float
    spread: float
    needs: tuple[Need, ...]
    weeks: tuple[Laid, ...]
    first_week: int
    last_week: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One line not to work now, why, and what would have to give."""

    ref: str
    gain: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """A body's days of one skill: what there is, what the plan takes, and what one more would add, in points."""

    body: str
    skill: str
    days: float
    used: float
    price: float


@dataclass(frozen=True, slots=True)
class Floor:
    """The points that a region's lines should bring at least, and those that they do."""

    region: str
    floor: float
    gain: float


@dataclass(frozen=True, slots=True)
class Change:
    """A line whose lead is another than in the plan in force; '' where it is in one plan alone."""

    ref: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A proposal. ``gap`` is the share of the ``bound`` by which the objective may fall short of the best plan.

    ``gain`` is the expected harm taken away, in points, and ``spread`` one standard deviation of it, the outcomes of
    different lines being taken as independent.
    """

    objective: float
    bound: float
    gap: float
    seconds: float
    gain: float
    spread: float
    assignments: tuple[Assignment, ...]
    left_out: tuple[LeftOut, ...]
    prices: tuple[Price, ...]
    floors: tuple[Floor, ...]
    changes: tuple[Change, ...]

    @property
    def lines_in(self) -> tuple[Assignment, ...]:
        """The lines to work, as a kept plan names them."""
        return self.assignments

    @property
    def lines_out(self) -> tuple[LeftOut, ...]:
        """The lines not to work now."""
        return self.left_out


def propose(problem: Problem, *, seconds: float = SECONDS) -> Plan:
    """The best plan that can be found in about so many seconds; never over any body's days in any week.

    Raises:
        PlanProblem: the figures allow no plan at all.
    """
    begun = time.perf_counter()
    chosen = choose(problem, seconds=seconds)
    choice, calendar = lay_out(problem, chosen.choice)
    reasons = Reasoner(problem, choice, calendar, chosen.relaxed.prices)
    works = sorted(problem.works, key=lambda work: -_gain(work, choice))
    assignments = tuple(
        _assignment(work, choice[work.ref], calendar[work.ref], reasons)
        for work in works
        if work.ref in choice
    )
    reached, bound = objective(problem, choice), chosen.relaxed.bound
    return Plan(
        objective=reached, bound=bound, gap=max(0.0, (bound - reached) / bound) if bound else 0.0,
        seconds=time.perf_counter() - begun, gain=sum(one.gain for one in assignments),
        spread=sqrt(sum(w.open_options[choice[w.ref]].spread ** 2 for w in works if w.ref in choice)),
        assignments=assignments,
        left_out=tuple(_left_out(work, reasons) for work in works if work.ref not in choice),
        prices=_prices(problem, choice, chosen.relaxed.prices), floors=_floors(problem, choice),
        changes=_changes(problem, choice),
    )  # fmt: skip


def _gain(work: Work, choice: Choice) -> float:
    if work.ref in choice:
        return work.open_options[choice[work.ref]].gain
    return max((option.gain for option in work.open_options), default=0.0)


def _assignment(work: Work, place: int, laid: tuple[Laid, ...], reasons: Reasoner) -> Assignment:
    option = work.open_options[place]
    support = sorted({need.body for need in option.needs} - {option.lead})
    weeks = [one.week for one in laid] or [1]
    return Assignment(
        work.ref, option.lead, tuple(support), option.gain, option.spread, option.needs, laid, min(weeks), max(weeks),
        reasons.why_in(work, place),
    )  # fmt: skip


def _left_out(work: Work, reasons: Reasoner) -> LeftOut:
    return LeftOut(work.ref, _gain(work, {}), reasons.why_out(work))


def _prices(problem: Problem, choice: Choice, prices: Mapping[Pool, float]) -> tuple[Price, ...]:
    used: dict[Pool, float] = dict.fromkeys(problem.capacity, 0.0)
    for work in problem.works:
        if work.ref in choice:
            for need in work.open_options[choice[work.ref]].needs:
                used[need.pool] = used.get(need.pool, 0.0) + need.days
    rows = [Price(*pool, problem.days(pool), used[pool], prices.get(pool, 0.0)) for pool in sorted(used)]
    return tuple(sorted(rows, key=lambda row: -row.price))


def _floors(problem: Problem, choice: Choice) -> tuple[Floor, ...]:
    floors = problem.floors()
    gains = dict.fromkeys(floors, 0.0)
    for work in problem.works:
        if work.ref in choice:
            gains[work.region] = gains.get(work.region, 0.0) + work.open_options[choice[work.ref]].gain
    return tuple(Floor(region, floors[region], gains[region]) for region in floors)


def _changes(problem: Problem, choice: Choice) -> tuple[Change, ...]:
    leads = {w.ref: w.open_options[choice[w.ref]].lead for w in problem.works if w.ref in choice}
    return tuple(
        Change(work.ref, work.kept, leads.get(work.ref, ""))
        for work in problem.works
        if work.kept and leads.get(work.ref, "") != work.kept
    )
