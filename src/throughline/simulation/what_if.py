"""What if policing chose otherwise: the same seeds under several policies, with intervals.

This is a model, and what it says follows from its assumptions; it is never a forecast, and its numbers are those of
a smaller nation. What may be read from it is which way and how far outcomes move when one choice is changed and
all else (people, hours, lines that would have come, dice) is held equal.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from math import sqrt
from multiprocessing import get_context
from statistics import mean, stdev
from typing import Final

from throughline.simulation.assumed import ASSUMED, DIFFERENTLY, Assumed
from throughline.simulation.policies import ALONE, BESIDE, COMPARED, TASKED, Policy
from throughline.simulation.scales import NATIONAL, Scale
from throughline.simulation.world import World

WHAT_IF: Final = replace(NATIONAL, name="what if", lines=300, noise=0.0, intensive=())
"""A third of the nation's lines over a year, without weeks of action, so that policies alone differ."""

OUTCOMES: Final = ("harm days", "children drawn in", "days of children in lines", "line-days alive")
ASSUMPTIONS: Final = (
    "The same people and hours under every policy; only what a body knows, whom it goes for and with what differ.",
    "Evidence comes from reports that name a line: more where it sells than where it is run from; it ages in months.",
    "A body acts once it knows enough; the more it knows, the likelier that the holder is found.",
    "A force alone seldom reaches a holder in another force's area; tasking makes the holder's own force act.",
    "Three policies are planned week by week by the real planner; the others choose by the model's own rule.",
    "An area that comes first counts harm done elsewhere by its own lines at a quarter.",
    "An order silences a number for hours or days; few lines stay down, and most customers are kept.",
    "Where the number goes with the holder, an elder takes the line on half as often.",
    "Customers left without a line draw new lines in, so that closing lines lowers their number by less.",
    "A raid lowers trade in a town for some weeks, and one in five moves it to another town.",
    "Sharing and tasking cost nothing here, and mistakes, courts, prisons and children's services have no limits.",
)
# Student's t at 97.5% for 1 to 30 degrees of freedom; beyond, the normal.
_T = (12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.10,
      2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04)  # fmt: skip
_NORMAL = 1.96


@dataclass(frozen=True, slots=True)
class Run:
    """What one seed under one policy came to."""

    policy: str
    seed: int
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean over seeds and where it lies with 95% confidence."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Effect:
    """A policy's outcomes, and how each differs from those of the policy `beside` it, as a part of their mean."""

    policy: str
    words: str
    outcomes: dict[str, Interval]
    beside: str
    difference: dict[str, Interval]


def run(policy: Policy, seed: int, scale: Scale = WHAT_IF, assumed: Assumed = ASSUMED) -> Run:
    """One nation from one seed under one policy, without call data and without people's details."""
    world = World(scale, seed, policy=policy, calls=False, told=False, assumed=assumed)
    for _ in world.days():
        pass
    found = world.outcomes
    values = (found.harm_days, found.drawn_in, found.child_days, found.line_days)
    return Run(policy.name, seed, dict(zip(OUTCOMES, map(float, values), strict=True)))


def runs(
    seeds: Sequence[int],
    policies: Iterable[Policy] = COMPARED,
    *,
    scale: Scale = WHAT_IF,
    assumed: Assumed = ASSUMED,
    workers: int = 2,
) -> Iterator[Run]:
    """Every seed under every policy, in that order, by this many processes."""
    pairs = [(policy, seed, scale, assumed) for policy in policies for seed in seeds]
    if workers == 1:
        yield from (run(*pair) for pair in pairs)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(run, *zip(*pairs, strict=True), chunksize=max(1, len(pairs) // (4 * workers)))


def effects(found: Iterable[Run], policies: Sequence[Policy] = COMPARED) -> list[Effect]:
    """The policies side by side: means with 95% intervals (Student's t), and differences paired by seed."""
    by_policy: dict[str, dict[int, dict[str, float]]] = {}
    for one in found:
        by_policy.setdefault(one.policy, {})[one.seed] = one.values
    return [_effect(by_policy, policy) for policy in policies]


def otherwise(
    seeds: Sequence[int], *, scale: Scale = WHAT_IF, workers: int = 2
) -> Iterator[tuple[str, Interval]]:
    """The effect of national tasking on harm days with each assumption made otherwise, beside that with none."""
    for words, assumed in {"as assumed": ASSUMED, **DIFFERENTLY}.items():
        found = runs(seeds, (ALONE, TASKED), scale=scale, assumed=assumed, workers=workers)
        yield words, effects(found, (ALONE, TASKED))[1].difference["harm days"]


def interval(values: Sequence[float]) -> Interval:
    """The mean of at least two values, and its 95% interval by Student's t."""
    degrees = len(values) - 1
    reach = (_T[degrees - 1] if degrees <= len(_T) else _NORMAL) * stdev(values) / sqrt(len(values))
    middle = mean(values)
    return Interval(middle, middle - reach, middle + reach)


def _effect(found: dict[str, dict[int, dict[str, float]]], policy: Policy) -> Effect:
    mine, beside = found[policy.name], BESIDE[policy]
    return Effect(
        policy.name,
        policy.words,
        {outcome: interval([values[outcome] for values in mine.values()]) for outcome in OUTCOMES},
        beside.name,
        {outcome: _difference(mine, found[beside.name], outcome) for outcome in OUTCOMES},
    )


def _difference(
    those: dict[int, dict[str, float]], these: dict[int, dict[str, float]], outcome: str
) -> Interval:
    usual = mean(values[outcome] for values in these.values())
    return interval([(those[seed][outcome] - these[seed][outcome]) / usual for seed in these])
