"""What a plan is made from: lines that could be worked, ways to work each, and the days that each body has."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Pool = tuple[str, str]
"""A body's code and a skill: whose days, of which kind."""


@dataclass(frozen=True, slots=True)
class Need:
    """Officer-days of one skill that a body gives to one piece of work.

    ``stage`` orders them: what is of a later stage starts no earlier than the week in which the earlier is finished
    (an arrest before the order on the number, or with it).
    """

    body: str
    skill: str
    days: float
    stage: int = 1

    @property
    def pool(self) -> Pool:
        return self.body, self.skill


@dataclass(frozen=True, slots=True)
class Option:
    """One way to work a line: who leads, what it takes from whom, and the harm it is expected to take away.

    ``gain`` is in points of the line's score, as is ``spread``, one standard deviation of what may come of it.
    """

    lead: str
    gain: float
    needs: tuple[Need, ...]
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """A line that could be worked, and what people have said of it.

    ``must`` and ``child_at_risk`` go before everything else; ``pinned`` leaves one lead only; ``begins`` is the week in
    which its first day falls, where people moved it (the first of the horizon is 1, and 0 leaves it open); ``kept`` is
    the lead that it has in the plan now in force.
    """

    ref: str
    region: str
    options: tuple[Option, ...]
    must: bool = False
    child_at_risk: bool = False
    pinned: str = ""
    begins: int = 0
    kept: str = ""
    cannot: frozenset[str] = frozenset()

    @property
    def open_options(self) -> tuple[Option, ...]:
        """The ways that people leave open."""
        return tuple(
            o
            for o in self.options
            if o.lead not in self.cannot and (not self.pinned or o.lead == self.pinned)
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """How the plan weighs what cannot all be had. Each is a choice of the meeting's, shown with the plan.

    ``floor`` is the share of a region's attainable gain below which planning falls short there, and ``floor_weight``
    what a point short counts, in points. ``keep`` is what staying with the present lead adds, as a share of the gain.
    """

    floor: float = 0.15
    floor_weight: float = 3.0
    keep: float = 0.05


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that one plan rests on. ``capacity`` gives free officer-days for each week of the horizon."""

    works: tuple[Work, ...]
    capacity: Mapping[Pool, tuple[float, ...]]
    rules: Rules = field(default_factory=Rules)

    def days(self, pool: Pool, *, begins: int = 0) -> float:
        """A pool's days over the horizon, or from a week on: none where nobody has given any."""
        return sum(self.capacity.get(pool, ())[max(0, begins - 1) :])

    def fits(self, option: Option, *, begins: int = 0) -> bool:
        """Whether its bodies have the days at all, were nothing else done, from the week in which it begins."""
        return all(days <= self.days(pool, begins=begins) + 1e-9 for pool, days in days_of(option).items())

    def worth(self, work: Work, option: Option) -> float:
        """What choosing it adds to the objective, in points: its gain, and a little for a lead that stays."""
        return option.gain * (1 + (self.rules.keep if option.lead == work.kept else 0))

    def floors(self) -> dict[str, float]:
        """For each region the points that its lines should bring: a share of what the best option of each would."""
        best: dict[str, float] = {}
        for work in self.works:
            gains = [o.gain for o in work.open_options if self.fits(o, begins=work.begins)]
            best[work.region] = best.get(work.region, 0.0) + max(gains, default=0.0)
        return {region: self.rules.floor * total for region, total in sorted(best.items()) if total}


def days_of(option: Option) -> dict[Pool, float]:
    """The days that an option takes from each pool."""
    taken: dict[Pool, float] = {}
    for need in option.needs:
        taken[need.pool] = taken.get(need.pool, 0.0) + need.days
    return taken


Choice = dict[str, int]
"""For the reference of each piece of work that is done, the place of its option in ``open_options``."""
