"""What the levels that a pair reaches are worth as evidence, learnt without being told who is who.

A level is worth log2(m / u): m its share among pairs of one person, u among pairs of two (I. P. Fellegi and A. B.
Sunter, Journal of the American Statistical Association 64, 1969). The same value is worth more the rarer it is. u is
counted on pairs drawn at random; m comes from expectation-maximisation on pairs that agree on something else (W. E.
Winkler, Proceedings of the Section on Survey Research Methods, American Statistical Association, 1988).
The figures of the model file count as so many pairs seen before, so that a handful of records is not over-learnt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from throughline.matching.linkage.model import Comparison

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Levels = dict[str, npt.NDArray[np.int8]]
"""For each comparison the level that each pair reaches, 0 the best; -1 where one of the two says nothing."""
Shares = dict[str, Numbers]
"""For each comparison the share of each level, adding up to 1."""

BEFORE = 100
"""How many pairs the figures of the model file count for."""
HALF = 0.5
"""What a level counts for that no pair has reached yet (H. Jeffreys, 1946)."""
ROUNDS = 25
STEPS_OF_PRIOR, STEPS_OF_BIT = 100, 64
AT_ONCE = 1_000_000
"""Pairs weighed at a time, to bound the memory."""
SURE = 60.0
"""Bits beyond which one more makes no difference to a probability."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of records by number, and the level that each reaches in each comparison."""

    left: Places
    right: Places
    levels: Levels

    def __getitem__(self, chosen: npt.NDArray[np.bool_] | Places | slice) -> "Pairs":
        levels = {name: reached[chosen] for name, reached in self.levels.items()}
        return Pairs(self.left[chosen], self.right[chosen], levels)

    @classmethod
    def of(cls, parts: Sequence["Pairs"]) -> "Pairs":
        """Several parts as one."""
        levels = {name: np.concatenate([one.levels[name] for one in parts]) for name in parts[0].levels}
        return cls(
            np.concatenate([one.left for one in parts]), np.concatenate([one.right for one in parts]), levels
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """A model as it was learnt: shares of each level among pairs of one person (``m``) and of two (``u``)."""

    comparisons: tuple[Comparison, ...]
    m: Shares
    u: Shares
    frequencies: Mapping[str, Numbers]
    """For each value whose rarity counts: how often each record's own stands among the others, 0 to 1."""

    def evidence(self, pairs: Pairs) -> Numbers:
        """Bits for (positive) or against each pair being one person, before any prior."""
        total = np.zeros(len(pairs.left))
        for start in range(0, len(total), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            for one in self.comparisons:
                total[some] += self.part(one, pairs[some])
        return total

    def part(self, one: Comparison, pairs: Pairs) -> Numbers:
        """What one comparison adds for each pair, in bits; 0 where nothing is said."""
        reached = pairs.levels[one.name]
        worth = np.append(np.log2(self.m[one.name] / self.u[one.name]), 0.0)[reached]
        for place, level in enumerate(one.levels):
            if level.frequency_of:
                same = np.flatnonzero(reached == place)
                often = self.frequencies[level.frequency_of]
                rarity = np.maximum(often[pairs.left[same]], often[pairs.right[same]])
                worth[same] += np.log2(self.u[one.name][place] / rarity)
        return worth


def whole_names(
    weights: Weights, pairs: Pairs, parts: Sequence[str], others: Numbers, *, share: float, records: int
) -> Numbers:
    """What a whole name is worth less than its parts, in bits, 0 or below, for each pair.

    The parts of a name go together more often than chance: families and communities have their own. Where two records
    agree on every one of these ``parts``, the whole is taken to stand as often as it is borne by ``others`` (how many
    other records say the same as each), less those expected to be of the same person: the mean number of other
    records of one, by the ``share`` of all pairs that are. It never counts for more than its parts.
    """
    found = np.zeros(len(pairs.left))
    compares = {one.name: one for one in weights.comparisons}
    same = np.flatnonzero(np.all([pairs.levels[name] == 0 for name in parts], axis=0))
    left, right = pairs.left[same], pairs.right[same]
    apart = np.ones(len(same))
    for name in parts:
        often = weights.frequencies[compares[name].levels[0].frequency_of]
        apart *= np.maximum(often[left], often[right])
    together = (others[left] - share * (records - 1)) / max(records - 1, 1)
    found[same] = np.log2(apart / np.maximum(apart, together))
    return found


def learn(
    comparisons: tuple[Comparison, ...], *, often: Mapping[str, Numbers], drawn: Pairs,
    sessions: Sequence[tuple[frozenset[str], Pairs]],
) -> Weights:  # fmt: skip
    """Weights from pairs drawn at random and, for each session, pairs that agree on the values it names.

    A comparison that reads one of those values learns nothing from that session. Twice over, since some of
    those drawn are of one person, which only the weights of the first round can tell. ``often``: as in ``Weights``.
    """
    m = {one.name: shares_of([level.m for level in one.levels]) for one in comparisons}
    u = _shares(comparisons, drawn, np.ones(len(drawn.left)), _file_u(comparisons))
    for _ in range(2):
        m = _learn_m(Weights(comparisons, m, u, often), sessions)
        found = Weights(comparisons, m, u, often)
        evidence = found.evidence(drawn)
        likely = probability(evidence + log_odds(prior(evidence, len(evidence))))
        u = _shares(comparisons, drawn, 1 - likely, _file_u(comparisons))
    return Weights(comparisons, m, u, often)


def _learn_m(begun: Weights, sessions: Sequence[tuple[frozenset[str], Pairs]]) -> Shares:
    """The mean over the sessions, each counted by the pairs of one person that it seems to hold."""
    counted = {one.name: BEFORE * shares_of([level.m for level in one.levels]) for one in begun.comparisons}
    for agreed, pairs in sessions:
        others = tuple(one for one in begun.comparisons if agreed.isdisjoint(one.reads))
        for name, count in _maximise(
            Weights(others, dict(begun.m), begun.u, begun.frequencies), pairs
        ).items():
            counted[name] = counted[name] + count
    return {name: shares_of(count + HALF / len(count)) for name, count in counted.items()}


def _maximise(begun: Weights, pairs: Pairs) -> Shares:
    """Expectation-maximisation of m and of the share of one person's pairs; gives the expected counts of each level."""
    m, share = begun.m, 0.5
    counts: Shares = {}
    for _ in range(ROUNDS):
        now = Weights(begun.comparisons, m, begun.u, begun.frequencies)
        likely = probability(now.evidence(pairs) + log_odds(share))
        share = float(np.clip(likely.mean(), 1e-6, 1 - 1e-6)) if len(likely) else share
        counts = _counts(begun.comparisons, pairs, likely)
        m = {
            one.name: shares_of(counts[one.name] + BEFORE * shares_of([level.m for level in one.levels]))
            for one in begun.comparisons
        }
    return counts


def _counts(comparisons: Sequence[Comparison], pairs: Pairs, each: Numbers) -> Shares:
    return {
        one.name: np.bincount(
            pairs.levels[one.name].astype(np.int64) + 1, weights=each, minlength=len(one.levels) + 1
        )[1:].astype(np.float64)
        for one in comparisons
    }


def _shares(comparisons: Sequence[Comparison], pairs: Pairs, each: Numbers, before: Shares) -> Shares:
    counts = _counts(comparisons, pairs, each)
    return {
        name: shares_of(counts[name] + BEFORE * before[name] + HALF / len(before[name])) for name in counts
    }


def _file_u(comparisons: Sequence[Comparison]) -> Shares:
    return {one.name: shares_of([level.u for level in one.levels]) for one in comparisons}


def held(weights: Weights) -> Weights:
    """The same, with the shares of the file for each comparison that is held."""
    kept = [one for one in weights.comparisons if one.is_held]
    m = {one.name: shares_of([level.m for level in one.levels]) for one in kept}
    return Weights(weights.comparisons, weights.m | m, weights.u | _file_u(kept), weights.frequencies)


def shares_of(counts: Sequence[float] | Numbers) -> Numbers:
    """Counts as shares of their sum."""
    every = np.asarray(counts, dtype=np.float64)
    return np.asarray(every / every.sum())


def prior(evidence: Numbers, pairs: int) -> float:
    """The share of all ``pairs`` that are of one person, at which the probabilities of those compared add up to it.

    The fixed point of the expectation step with every m and u held: no share of recall is guessed, and no threshold.
    Evidence is counted in steps of 1/64 bit, each at its mean, so that a nation's pairs are gone through once.
    """
    least = 1 / max(pairs, 2)
    share, (bits, many) = least, _counted(evidence)
    for _ in range(STEPS_OF_PRIOR):
        added = float((probability(bits + log_odds(share)) * many).sum())
        found = float(np.clip(added / max(pairs, 1), least, 0.5))
        if abs(found - share) <= share * 1e-6:
            break
        share = found
    return share


def _counted(evidence: Numbers) -> tuple[Numbers, Numbers]:
    """Means of the evidence in steps, and how many pairs each stands for."""
    steps = np.rint((np.clip(evidence, -2 * SURE, 2 * SURE) + 2 * SURE) * STEPS_OF_BIT).astype(np.int32)
    many = np.bincount(steps).astype(np.float64)
    sums = np.bincount(steps, weights=evidence)
    return sums[many > 0] / many[many > 0], many[many > 0]


def log_odds(share: float) -> float:
    """A probability as bits."""
    return float(np.log2(share / (1 - share)))


def probability(bits: Numbers) -> Numbers:
    """Bits as a probability."""
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -SURE, SURE))), dtype=np.float64)
