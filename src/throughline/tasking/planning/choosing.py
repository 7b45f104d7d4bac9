"""Which work is done, and by whom: as near to the relaxed plan as whole work can come.

First what people have named and where a child is at risk, a hard rule: as many as fit, before anything is weighed.
Then the options that the relaxed plan does, by share; then whatever else fits, the least costly first. From that plan
SCIP searches the options that the relaxed plan finds worth their days, or nearly so.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.tasking.planning.model import Firsts, Model, Place, Relaxed
from throughline.tasking.planning.problem import Choice, Pool, Problem, Work, days_of

NEAR = 0.3
"""Points by which an option may cost more than it brings and still be searched; all are, where there are few."""
FEW = 3_000
"""So many options are searched without leaving any out."""
GAP = 1e-4
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice, and the relaxed plan beside which it stands."""

    choice: Choice
    relaxed: Relaxed


@dataclass(slots=True)
class Room:
    """The days that are left in each pool while work is being chosen."""

    left: dict[Pool, float]
    choice: Choice

    @classmethod
    def of(cls, problem: Problem) -> "Room":
        return cls({pool: problem.days(pool) for pool in problem.capacity}, {})

    def take(self, work: Work, place: int) -> None:
        """Do this work so, if it is not done yet and its days are there."""
        days = days_of(work.open_options[place])
        if work.ref in self.choice or any(self.left.get(p, 0.0) < d - _TINY for p, d in days.items()):
            return
        for pool, needed in days.items():
            self.left[pool] = self.left.get(pool, 0.0) - needed
        self.choice[work.ref] = place


def choose(problem: Problem, *, seconds: float) -> Chosen:
    """The best choice that can be found in about so many seconds."""
    places = [
        (work.ref, place)
        for work in problem.works
        for place, option in enumerate(work.open_options)
        if problem.fits(option, begins=work.begins)
    ]
    firsts, safe = _firsts(problem, places, seconds=seconds / 5)
    part = Model(problem, places, whole=False)
    part.hold(firsts)
    part.seek_worth()
    relaxed = part.in_part()
    near = _rounded(problem, relaxed, firsts, safe)
    found = _searched(problem, relaxed, firsts, near, seconds=seconds)
    best = max((near, found), key=lambda one: objective(problem, one))
    return Chosen(best, relaxed)


def objective(problem: Problem, choice: Choice) -> float:
    """What a choice is worth in points: gains, something for leads that stay, less what regions fall short."""
    short, worth = problem.floors(), 0.0
    for work in problem.works:
        if work.ref in choice:
            option = work.open_options[choice[work.ref]]
            worth += problem.worth(work, option)
            short[work.region] = short.get(work.region, 0.0) - option.gain
    return worth - problem.rules.floor_weight * sum(points for points in short.values() if points > 0)


def _firsts(problem: Problem, places: Iterable[Place], *, seconds: float) -> tuple[Firsts, Choice]:
    """As many as fit of the work that goes first: what people named before where a child is at risk."""
    first = {work.ref: work for work in problem.works if work.must or work.child_at_risk}
    if not first:
        return Firsts(0, 0), {}
    model = Model(problem, [at for at in places if at[0] in first], whole=True)
    model.seek(lambda work: (len(first) + 1) * work.must + work.child_at_risk)
    choice = model.whole({}, seconds=seconds, gap=0.0)
    return _counted(first.values(), choice), choice


def _counted(works: Iterable[Work], choice: Choice) -> Firsts:
    done = [work for work in works if work.ref in choice]
    return Firsts(sum(work.must for work in done), sum(work.child_at_risk for work in done))


def _rounded(problem: Problem, relaxed: Relaxed, firsts: Firsts, safe: Choice) -> Choice:
    """A plan near the relaxed one. ``safe`` is the work that goes first, should rounding lose any of it."""
    works = {work.ref: work for work in problem.works}
    first = {ref: work for ref, work in works.items() if work.must or work.child_at_risk}
    order = sorted(relaxed.share, key=lambda at: (-round(relaxed.share[at], 6), -relaxed.cost[at], at))
    room = Room.of(problem)
    for ref, place in sorted((at for at in order if at[0] in first), key=lambda at: not first[at[0]].must):
        room.take(first[ref], place)
    if _counted(first.values(), room.choice) != firsts:
        room = Room.of(problem)
        for ref, place in safe.items():
            room.take(works[ref], place)
    for ref, place in order:
        room.take(works[ref], place)
    return room.choice


def _searched(problem: Problem, relaxed: Relaxed, firsts: Firsts, near: Choice, *, seconds: float) -> Choice:
    least = -NEAR if len(relaxed.cost) > FEW else float("-inf")
    places = [at for at, cost in relaxed.cost.items() if cost >= least or near.get(at[0]) == at[1]]
    model = Model(problem, places, whole=True)
    model.hold(firsts)
    model.seek_worth()
    return model.whole(near, seconds=seconds, gap=GAP)
