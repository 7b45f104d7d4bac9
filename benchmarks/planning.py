"""The plan of a nation: gap and time at 2,500 lines, and its gain beside greedy by score and each force by itself.

``python -m benchmarks.planning [--lines N] [--nations N] [--seconds S]``. The lines are drawn, not simulated: real
bodies and regions, four exporting areas with most of the lines, one to three importing forces each, scores and sizes by
chance, and days for about 45 in 100 of what the first choice of lead would take. Peers plan with the same days:

- *greedy by score*: lines in order of score, each by the first lead whose days are there;
- *each force alone*: every force takes the lines that harm or leave its own area in order of score, by its own people
  only; a line that two take counts once, and what others would have to give is not asked for.
"""

import argparse
import functools
import random
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from benchmarks.figures import Figure, show
from throughline.simulation.places import bodies
from throughline.tasking.planning.choosing import Room, objective
from throughline.tasking.planning.plan import propose
from throughline.tasking.planning.problem import Choice, Option, Problem, Work, days_of
from throughline.tasking.planning.tactics import tactics
from throughline.tasking.planning.ways import Case, ways_to_work

WEEKS = 8
EXPORTERS = ("MPS", "MERS", "WMP", "GMP")
FROM_THEM, MUST, CHILD, EXPLOITED = 0.7, 0.016, 0.03, 0.5
"""Shares of lines: from the four exporting areas, named by people, with a child at risk, with people exploited."""
TIGHT = 0.45
"""Days there are, as a share of those that the first lead of every line would take."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A nation's problem, and for each line the forces that it leaves or harms."""

    problem: Problem
    touched: dict[str, frozenset[str]]
    score: dict[str, float]


def draw(seed: int, *, lines: int) -> Drawn:
    """A nation of so many lines, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 the same nations every time
    forces = [code for code, one in bodies().items() if one.kind == "territorial"]
    touched: dict[str, frozenset[str]] = {}
    score: dict[str, float] = {}
    works, wanted = [], dict[tuple[str, str], float]()
    for n in range(lines):
        ref = f"CL-{n:05}"
        exporter = dice.choice(EXPORTERS) if dice.random() < FROM_THEM else dice.choice(forces)
        importers = dice.sample(forces, dice.choice((1, 1, 2, 3)))
        score[ref] = min(100.0, max(5.0, dice.gauss(45, 18)))
        touched[ref] = frozenset((exporter, *importers))
        options = tuple(_options(dice, score[ref], exporter, importers))
        for pool, days in days_of(options[0]).items():
            wanted[pool] = wanted.get(pool, 0.0) + days
        works.append(
            Work(
                ref,
                bodies()[importers[0]].region,
                options,
                must=dice.random() < MUST,
                child_at_risk=dice.random() < CHILD,
            )
        )
    capacity = {
        (code, skill): ((wanted.get((code, skill), 0.0) * TIGHT + (8 if code in forces else 60)) / WEEKS,)
        * WEEKS
        for code in bodies()
        for skill in tactics().skills
    }
    return Drawn(Problem(tuple(works), capacity), touched, score)


@functools.cache
def _units() -> dict[str, str]:
    """The regional unit of each region that has one."""
    return {one.region: code for code, one in bodies().items() if one.kind == "rocu"}


def _options(dice: random.Random, score: float, exporter: str, importers: list[str]) -> Iterator[Option]:
    """The ways of each body that could lead, at what it would take it and with what chance; the exporter first."""
    size, exploited = dice.choice((0.5, 1, 1, 1.5, 2.5)), dice.random() < EXPLOITED
    units = [
        _units()[bodies()[code].region]
        for code in (importers[0], exporter)
        if bodies()[code].region in _units()
    ]
    for lead in dict.fromkeys([exporter, *importers, *units, "NCA"]):
        place = "exporter" if lead == exporter else "importer" if lead in importers else "region"
        harm, size_here = score * dice.uniform(0.7, 1.2), round(size * dice.uniform(0.8, 1.3), 1)
        yield from ways_to_work(Case(harm, "high", importers, exploited, size_here), {lead: place}, tactics())


def greedy(drawn: Drawn) -> Choice:
    """By score, each line by the first lead whose days are there."""
    room = Room.of(drawn.problem)
    for work in sorted(drawn.problem.works, key=lambda one: -drawn.score[one.ref]):
        for place in range(len(work.open_options)):
            room.take(work, place)
    return room.choice


def each_alone(drawn: Drawn) -> float:
    """The gain when every force works the lines of its own area by its own people alone."""
    best: dict[str, float] = {}
    works = {work.ref: work for work in drawn.problem.works}
    for force in {code for codes in drawn.touched.values() for code in codes}:
        room = Room.of(drawn.problem)
        for work in sorted(drawn.problem.works, key=lambda one: -drawn.score[one.ref]):
            if force not in drawn.touched[work.ref]:
                continue
            for place, option in enumerate(work.open_options):
                if option.lead == force:
                    room.take(_by_own_people(work, force), place)
        for ref, place in room.choice.items():
            best[ref] = max(best.get(ref, 0.0), works[ref].open_options[place].gain)
    return sum(best.values())


def _by_own_people(work: Work, force: str) -> Work:
    """The same with the days of others left out, which is kinder to this peer than the truth."""
    return replace(
        work, options=tuple(
            replace(one, needs=tuple(need for need in one.needs if need.body == force)) for one in work.options
        ),
    )  # fmt: skip


def figures(*, lines: int, nations: Iterable[int], seconds: float) -> Iterator[Figure]:
    """One nation at full size, then the gain of the plan beside its peers on each nation."""
    for seed in nations:
        drawn, begun = draw(seed, lines=lines), time.perf_counter()
        plan = propose(drawn.problem, seconds=seconds)
        took = time.perf_counter() - begun
        peer = greedy(drawn)
        yield Figure(f"nation {seed}: seconds to propose", "s", took, judged=took, most=60)
        yield Figure(
            f"nation {seed}: gap to the proven bound", "%", 100 * plan.gap, judged=100 * plan.gap, most=1
        )
        yield Figure(
            f"nation {seed}: objective beside greedy by score", "points", plan.objective,
            objective(drawn.problem, peer), "greedy by score",
        )  # fmt: skip
        yield Figure(
            f"nation {seed}: gain beside each force alone",
            "points",
            plan.gain,
            each_alone(drawn),
            "each alone",
        )


def main() -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.planning", description=__doc__)
    parser.add_argument("--lines", type=int, default=2_500)
    parser.add_argument("--nations", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=45)
    chosen = parser.parse_args()
    nations = range(1, chosen.nations + 1)
    show(list(figures(lines=chosen.lines, nations=nations, seconds=chosen.seconds)), {})
    return 0


if __name__ == "__main__":
    sys.exit(main())
