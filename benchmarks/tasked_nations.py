"""Simulated nations tasked by the planner itself: nationally on shared intelligence, greedily, each force alone.

``python -m benchmarks.tasked_nations [--nations N] [--lines N]``. Every four weeks what bodies know of the lines
that trade becomes a problem for ``tasking.planning``, its plan is carried out in the simulation, and the next is made
of what is known then. People, hours and dice are the same under each; only who plans, of what they know, differs:

- *planned nationally*: one plan of all lines that somebody knows enough of, intelligence shared;
- *greedy by score*: the same knowledge, lines in order of harm, each by the first lead whose days are there;
- *each force alone*: each force plans by itself, of its own evidence, with its own people, its own area first.

Days that a plan leaves are there in the next, up to as many again: a small force saves for an operation. It is a
model, and what it says follows from its assumptions (docs/simulation.md); it is no forecast.
"""

import argparse
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Figure, show
from throughline.simulation.lines import HUB
from throughline.simulation.nation import Nation
from throughline.simulation.places import bodies
from throughline.simulation.policies import ALONE, TASKED
from throughline.simulation.policing import Police
from throughline.simulation.what_if import WHAT_IF, Interval, interval
from throughline.simulation.world import World
from throughline.tasking.planning.choosing import Room
from throughline.tasking.planning.plan import propose
from throughline.tasking.planning.problem import Need, Option, Pool, Problem, Work, days_of
from throughline.tasking.planning.tactics import tactics

WEEKS, ENOUGH, SECONDS = 4, 1.5, 2.0
"""Weeks of a plan; evidence (reports) with which a body acts at all, as the simulation has it; seconds of search."""
HIGH, MEDIUM = 6.0, 3.0
"""Evidence from which confidence counts as high or medium: a choice of this benchmark, the same for all."""
NATIONAL, GREEDY, APART = "planned nationally", "greedy by score", "each force alone"
POLICIES = {NATIONAL: TASKED, GREEDY: TASKED, APART: ALONE}
OUTCOMES = ("harm days", "days of children in lines", "operations carried out")


class Tasked(Police):
    """Police who act on plans alone."""

    def __init__(self, nation: Nation, regime: str) -> None:
        super().__init__(nation)
        self.regime = regime
        self.due: dict[int, list[tuple[int, int, str]]] = {}
        self.saved: dict[Pool, float] = {}
        self.operations = 0

    def operate(self) -> None:
        """Plan where a horizon begins, and do what is due today."""
        nation, thrown = self.nation, self.nation.stream("plans")
        if nation.day_number % (7 * WEEKS) == 0:
            self._plan()
        known = nation.fleet.known(nation.policy.shared)
        for slot, line, body in self.due.pop(nation.day_number, ()):
            if nation.fleet.alive[slot] and nation.fleet.at(slot).id == line:
                columns = np.flatnonzero(nation.fleet.bodies[slot] == nation.body_index[body])
                knows = float(known[slot, columns].max()) if len(columns) else 0.0
                self.operations += 1
                self._go_for(nation.fleet.at(slot), body, knows, thrown)

    def _plan(self) -> None:
        for problem in self._problems():
            if self.regime == GREEDY:
                chosen = _greedily(problem)
            else:
                plan = propose(problem, seconds=SECONDS)
                chosen = [(one.ref, one.lead, one.last_week) for one in plan.assignments]
            self._save(problem, {(ref, lead) for ref, lead, _ in chosen})
            for place, (ref, lead, week) in enumerate(chosen):
                slot, line = map(int, ref.split("-"))
                day = self.nation.day_number + 7 * (week - 1) + place % 7
                self.due.setdefault(day, []).append((slot, line, lead))

    def _problems(self) -> Iterator[Problem]:
        works, days = list(self._works()), self._days()
        if self.regime != APART:
            yield Problem(tuple(works), days)
            return
        for code in self.nation.body_codes:
            own = [replace(w, options=tuple(o for o in w.options if o.lead == code)) for w in works]
            if any(work.options for work in own):
                yield Problem(
                    tuple(w for w in own if w.options), {p: d for p, d in days.items() if p[0] == code}
                )

    def _save(self, problem: Problem, chosen: set[tuple[str, str]]) -> None:
        """What the plan leaves, for the next, up to a horizon's days."""
        left = {pool: problem.days(pool) for pool in problem.capacity}
        for work in problem.works:
            for option in work.options:
                if (work.ref, option.lead) in chosen:
                    for pool, days in days_of(option).items():
                        left[pool] -= days
        self.saved |= {pool: min(days, WEEKS * self._a_week(pool)) for pool, days in left.items()}

    def _a_week(self, pool: Pool) -> float:
        each = sum(takes.days for takes in tactics().takes if takes.skill == pool[1])
        return 7 * float(self.plans_a_day[self.nation.body_index[pool[0]]]) * each

    def _days(self) -> Mapping[Pool, tuple[float, ...]]:
        """Days for as many operations a week as the body is good for, in every skill that one takes."""
        pools = [(code, takes.skill) for code in self.nation.body_codes for takes in tactics().takes]
        return {
            pool: (self._a_week(pool) + self.saved.get(pool, 0.0) / WEEKS,) * WEEKS
            for pool in dict.fromkeys(pools)
        }

    def _works(self) -> Iterator[Work]:
        fleet, nation = self.nation.fleet, self.nation
        known, harm = fleet.known(nation.policy.shared), fleet.selling()
        for slot in np.flatnonzero(fleet.alive).tolist():
            options = tuple(self._options(slot, known[slot], harm[slot]))
            if options:
                importer = nation.body_codes[int(fleet.bodies[slot, 1])]
                yield Work(f"{slot}-{fleet.at(slot).id}", bodies()[importer].region, options)

    def _options(self, slot: int, known: NDArray[np.float64], harm: NDArray[np.float64]) -> Iterator[Option]:
        nation, row = self.nation, self.nation.fleet.bodies[slot]
        importers = sorted({nation.body_codes[int(body)] for body in row[1:] if body >= 0})
        seen: set[str] = set()
        for column in np.flatnonzero((row >= 0) & (known >= ENOUGH)).tolist():
            code = nation.body_codes[int(row[column])]
            if code not in seen:
                seen.add(code)
                yield self._option(code, float(known[column]), harm, row, importers)

    def _option(
        self,
        code: str,
        known: float,
        harm: NDArray[np.float64],
        row: NDArray[np.int16],
        importers: Sequence[str],
    ) -> Option:
        """Worth is the harm done everywhere or, alone, in the own area first; chances are those of the tactics."""
        is_hub, here = (
            self.nation.body_codes[int(row[HUB])] == code,
            float(harm[row[1:] == self.nation.body_index[code]].sum()),
        )
        everywhere, alone = float(harm.sum()), self.regime == APART
        worth = here + self.nation.assumed.elsewhere * (everywhere - here) * is_hub if alone else everywhere
        sure = "high" if known >= HIGH else "medium" if known >= MEDIUM else "low"
        chance = tactics().chance["exporter" if is_hub else "importer"] * tactics().confidence[sure]
        needs = [
            Need(body, takes.skill, takes.days, takes.stage)
            for takes in tactics().takes
            if not takes.only_if_exploited
            for body in (([code] if alone else importers) if takes.by_importer else [code])
        ]
        return Option(code, 10 * worth * chance, tuple(needs))


def _greedily(problem: Problem) -> list[tuple[str, str, int]]:
    """In order of what the best option of each is worth, each by the first lead whose days are there."""
    room = Room.of(problem)
    for work in sorted(problem.works, key=lambda w: -max(o.gain for o in w.options)):
        for place in range(len(work.open_options)):
            room.take(work, place)
    done = [work for work in problem.works if work.ref in room.choice]
    return [(w.ref, w.open_options[room.choice[w.ref]].lead, 1 + n % WEEKS) for n, w in enumerate(done)]


def lived(regime: str, seed: int, lines: int) -> tuple[str, int, dict[str, float]]:
    """A year of one nation under one regime."""
    world = World(replace(WHAT_IF, lines=lines), seed, policy=POLICIES[regime], calls=False, told=False)
    police = world.police = world.harm.police = Tasked(world.nation, regime)
    for _ in world.days():
        pass
    values = (world.outcomes.harm_days, float(world.outcomes.child_days), float(police.operations))
    return regime, seed, dict(zip(OUTCOMES, values, strict=True))


def compared(nations: int, lines: int, workers: int) -> Iterator[tuple[str, str, float, Interval]]:
    """For each regime but the last, and each outcome: its mean, and the difference beside each force alone."""
    asked = [(regime, seed, lines) for regime in POLICIES for seed in range(nations)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        found = {
            (regime, seed): values for regime, seed, values in pool.map(lived, *zip(*asked, strict=True))
        }
    pairs = ((NATIONAL, APART), (GREEDY, APART), (NATIONAL, GREEDY))
    for regime, beside in pairs:
        for outcome in OUTCOMES:
            usual = mean(found[beside, seed][outcome] for seed in range(nations))
            each = [
                (found[regime, seed][outcome] - found[beside, seed][outcome]) / usual
                for seed in range(nations)
            ]
            yield regime, f"{outcome}, beside {beside}", usual, interval(each)


def main() -> None:
    """Run the nations and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nations", type=int, default=20)
    parser.add_argument("--lines", type=int, default=150)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    begun = time.perf_counter()
    figures = [
        Figure(
            f"{regime}: {outcome}", "in 100", 100 * found.mean,
            note=f"95% of it from {100 * found.low:.1f} to {100 * found.high:.1f}; {chosen.nations} nations of "
            f"{chosen.lines} lines, a year each; beside a mean of {usual:,.0f}",
        )
        for regime, outcome, usual, found in compared(chosen.nations, chosen.lines, chosen.workers)
    ]  # fmt: skip
    show([*figures, Figure("time that it all took", "s", time.perf_counter() - begun)], {})


if __name__ == "__main__":
    main()
