"""Police who act on plans of the real planner alone: what ``tasking.planning`` proposes is what is done.

Every week what bodies know of the lines that trade becomes a problem for the planner (its ways to work a line, its
choice, its weeks). What a plan begins in its first week is carried out, its days are spent, and the rest is planned
anew a week later. People, hours and dice are those of every other policy; only who plans, of what they know, differs:

- *national*: one plan of all lines that somebody knows enough of, intelligence shared;
- *greedy*: the same knowledge, lines in order of harm, each in the best way whose days are there;
- *apart*: each force plans by itself, of its own evidence, with its own people, its own area first.

Days that nobody uses are there a week later, up to a plan's worth of weeks: a small force saves for an operation. What
importing forces add to somebody else's operation costs their days here and changes nothing in the simulation, which
knows no such support: that weighs against the two that may ask for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from throughline.simulation.lines import HUB
from throughline.simulation.nation import Nation
from throughline.simulation.places import bodies
from throughline.simulation.policies import APART, GREEDY
from throughline.simulation.policing import Police
from throughline.tasking.planning.plan import propose
from throughline.tasking.planning.problem import Option, Pool, Problem, Work
from throughline.tasking.planning.tactics import tactics
from throughline.tasking.planning.ways import Case, ways_to_work
from throughline.tasking.planning.weeks import Board, Laid

WEEKS, ENOUGH, SECONDS = 4, 1.5, 2.0
"""Weeks of a plan; evidence (reports) with which a body acts at all, as the simulation has it; seconds of search."""
HIGH, MEDIUM = 6.0, 3.0
"""Evidence from which confidence counts as high or medium: an assumption, the same for all."""


class PlannedPolice(Police):
    """Police who act on plans alone."""

    def __init__(self, nation: Nation) -> None:
        super().__init__(nation)
        self.due: dict[int, list[tuple[int, int, str]]] = {}
        self.under_way: dict[str, int] = {}
        self.saved: dict[Pool, float] = {}
        self.promised: dict[tuple[Pool, int], float] = {}
        self.operations = 0

    def operate(self) -> None:
        """Plan where a week begins, and do what is due today."""
        nation, thrown = self.nation, self.nation.stream("plans")
        if nation.day_number % 7 == 0:
            self._plan(nation.day_number // 7)
        known = nation.fleet.known(nation.policy.shared)
        for slot, line, body in self.due.pop(nation.day_number, ()):
            if nation.fleet.alive[slot] and nation.fleet.at(slot).id == line:
                columns = np.flatnonzero(nation.fleet.bodies[slot] == nation.body_index[body])
                knows = float(known[slot, columns].max()) if len(columns) else 0.0
                self.operations += 1
                self._go_for(nation.fleet.at(slot), body, knows, thrown)

    def _plan(self, now: int) -> None:
        self.under_way = {ref: week for ref, week in self.under_way.items() if week >= now}
        for problem in self._problems(now):
            left = {pool: days[0] for pool, days in problem.capacity.items()}
            begun = [(ref, lead, laid) for ref, lead, laid in self._chosen(problem) if laid[0].week == 1]
            for place, (ref, lead, laid) in enumerate(begun):
                slot, line = map(int, ref.split("-"))
                self.under_way[ref] = now + laid[-1].week - 1
                self.due.setdefault(7 * self.under_way[ref] + place % 7, []).append((slot, line, lead))
                for one in laid:
                    pool = one.body, one.skill
                    if one.week == 1:
                        left[pool] -= one.days
                    at = pool, now + one.week - 1
                    self.promised[at] = self.promised.get(at, 0.0) + one.days
            self.saved |= {pool: min(days, WEEKS * self._a_week(pool)) for pool, days in left.items()}

    def _chosen(self, problem: Problem) -> list[tuple[str, str, list[Laid]]]:
        """What is to be done: the line, the lead, and its days in order of weeks."""
        if self.nation.policy.planner == GREEDY:
            found = _greedily(problem)
        else:
            found = [(one.ref, one.lead, one.weeks) for one in propose(problem, seconds=SECONDS).assignments]
        return [(ref, lead, sorted(laid, key=lambda day: day.week)) for ref, lead, laid in found]

    def _problems(self, now: int) -> Iterator[Problem]:
        works, days = list(self._works()), self._days(now)
        if self.nation.policy.planner != APART:
            yield Problem(tuple(works), days)
            return
        for code in self.nation.body_codes:
            own = [replace(w, options=tuple(o for o in w.options if o.lead == code)) for w in works]
            if any(work.options for work in own):
                yield Problem(
                    tuple(w for w in own if w.options), {p: d for p, d in days.items() if p[0] == code}
                )

    def _a_week(self, pool: Pool) -> float:
        each = sum(takes.days for takes in tactics().takes if takes.skill == pool[1])
        return 7 * float(self.plans_a_day[self.nation.body_index[pool[0]]]) * each

    def _days(self, now: int) -> Mapping[Pool, tuple[float, ...]]:
        """Days for as many operations a week as the body is good for, in every skill that one takes."""
        pools = {(code, takes.skill) for code in self.nation.body_codes for takes in tactics().takes}
        return {
            pool: tuple(
                max(
                    0.0,
                    self._a_week(pool)
                    + (0 if n else self.saved.get(pool, 0.0))
                    - self.promised.get((pool, now + n), 0.0),
                )
                for n in range(WEEKS)
            )
            for pool in sorted(pools)
        }

    def _works(self) -> Iterator[Work]:
        fleet, nation = self.nation.fleet, self.nation
        known, harm = fleet.known(nation.policy.shared), fleet.selling()
        for slot in np.flatnonzero(fleet.alive).tolist():
            ref = f"{slot}-{fleet.at(slot).id}"
            options = () if ref in self.under_way else tuple(self._options(slot, known[slot], harm[slot]))
            if options:
                importer = nation.body_codes[int(fleet.bodies[slot, 1])]
                yield Work(ref, bodies()[importer].region, options)

    def _options(self, slot: int, known: NDArray[np.float64], harm: NDArray[np.float64]) -> Iterator[Option]:
        """Worth is the harm done everywhere or, alone, in the own area first; ways and chances are the planner's."""
        nation, row = self.nation, self.nation.fleet.bodies[slot]
        importers = sorted({nation.body_codes[int(body)] for body in row[1:] if body >= 0})
        knows: dict[str, float] = {}
        for column in np.flatnonzero((row >= 0) & (known >= ENOUGH)).tolist():
            knows.setdefault(nation.body_codes[int(row[column])], float(known[column]))
        for code, much in knows.items():
            is_hub, here = (
                nation.body_codes[int(row[HUB])] == code,
                float(harm[row[1:] == nation.body_index[code]].sum()),
            )
            everywhere, alone = float(harm.sum()), self.nation.policy.planner == APART
            worth = here + nation.assumed.elsewhere * (everywhere - here) * is_hub if alone else everywhere
            sure = "high" if much >= HIGH else "medium" if much >= MEDIUM else "low"
            case = Case(10 * worth, sure, [code] if alone else importers)
            yield from ways_to_work(case, {code: "exporter" if is_hub else "importer"}, tactics())


def _greedily(problem: Problem) -> list[tuple[str, str, Sequence[Laid]]]:
    """In order of what the best way of each is worth, each in the best way whose days are there, and as soon."""
    board, done = Board.of(problem), list[tuple[str, str, Sequence[Laid]]]()
    for work in sorted(problem.works, key=lambda w: -max(o.gain for o in w.options)):
        for place in sorted(range(len(work.options)), key=lambda at: -work.options[at].gain):
            if board.lay_whole(work, place):
                done.append((work.ref, work.options[place].lead, board.laid[work.ref]))
                break
    return done


def police_of(nation: Nation) -> Police:
    """The police of a nation: those who act on plans, where its policy says so; else by the model's own rule."""
    return PlannedPolice(nation) if nation.policy.planner else Police(nation)
