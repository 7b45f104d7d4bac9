"""Simulated nations tasked by the planner itself: nationally on shared intelligence, greedily, each force alone.

``python -m benchmarks.tasked_nations [--nations N] [--lines N] [--first SEED]``. The nations, the policies and how
plans are carried out are those of ``throughline simulate --what-if`` (``simulation/planned.py``); here nations are as
small and as many as one asks for, operations are counted, and the plan is held against greedy as well. It is a model,
and what it says follows from its assumptions (docs/simulation.md); it is no forecast.
"""

import argparse
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from statistics import mean

from benchmarks.figures import Figure, show
from throughline.simulation.planned import PlannedPolice
from throughline.simulation.policies import GREEDILY, PLANNED, PLANNED_APART, Policy
from throughline.simulation.what_if import WHAT_IF, Interval, interval
from throughline.simulation.world import World

POLICIES = (PLANNED, GREEDILY, PLANNED_APART)
OUTCOMES = ("harm days", "days of children in lines", "operations carried out")


def lived(policy: Policy, seed: int, lines: int) -> tuple[str, int, dict[str, float]]:
    """A year of one nation under one policy."""
    world = World(replace(WHAT_IF, lines=lines), seed, policy=policy, calls=False, told=False)
    for _ in world.days():
        pass
    operations = world.police.operations if isinstance(world.police, PlannedPolice) else 0
    values = (world.outcomes.harm_days, float(world.outcomes.child_days), float(operations))
    return policy.name, seed, dict(zip(OUTCOMES, values, strict=True))


def compared(seeds: range, lines: int, workers: int) -> Iterator[tuple[str, str, float, Interval]]:
    """For each policy but the last, and each outcome: its mean, and the difference beside each force alone."""
    asked = [(policy, seed, lines) for policy in POLICIES for seed in seeds]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        found = {(name, seed): values for name, seed, values in pool.map(lived, *zip(*asked, strict=True))}
    for policy, beside in ((PLANNED, PLANNED_APART), (GREEDILY, PLANNED_APART), (PLANNED, GREEDILY)):
        for outcome in OUTCOMES:
            usual = mean(found[beside.name, seed][outcome] for seed in seeds)
            each = [
                (found[policy.name, seed][outcome] - found[beside.name, seed][outcome]) / usual
                for seed in seeds
            ]
            yield policy.name, f"{outcome}, beside {beside.name}", usual, interval(each)


def main() -> None:
    """Run the nations and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nations", type=int, default=20)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first nation")
    parser.add_argument("--lines", type=int, default=150)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    seeds = range(chosen.first, chosen.first + chosen.nations)
    begun = time.perf_counter()
    figures = [
        Figure(
            f"{policy}: {outcome}", "in 100", 100 * found.mean,
            note=f"95% of it from {100 * found.low:.1f} to {100 * found.high:.1f}; {chosen.nations} nations of "
            f"{chosen.lines} lines, a year each; beside a mean of {usual:,.0f}",
        )
        for policy, outcome, usual, found in compared(seeds, chosen.lines, chosen.workers)
    ]  # fmt: skip
    show([*figures, Figure("time that it all took", "s", time.perf_counter() - begun)], {})


if __name__ == "__main__":
    main()
