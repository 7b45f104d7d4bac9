"""The weight of a pair of records, at once: the levels of the batch by its very conditions, and its very weights.

No second copy of a rule stands here. The conditions of the model file are what an engine runs over a nation; here they
are compiled, and run over a handful of records in the same process.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from throughline.matching.linkage.compiled import compiled
from throughline.matching.linkage.preparing import Prepared
from throughline.matching.linkage.weighing import Levels, Numbers, Pairs, Places, Weights, log_odds
from throughline.matching.people.model import Learnt, people_model

Pair = tuple[int, int]
"""Two records by their places."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One pair's bits, the prior included, and for each comparison its level (-1 for nothing said) and its bits."""

    bits: float
    parts: dict[str, tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Scored:
    """Pairs with the level that each reaches in each comparison, and their bits, the prior included."""

    weights: Weights
    pairs: Pairs
    bits: Numbers

    def of_at_least(self, bits: float) -> "Scored":
        """Those of at least so many bits."""
        chosen = self.bits >= bits
        return Scored(self.weights, self.pairs[chosen], self.bits[chosen])

    @classmethod
    def of(cls, parts: Sequence["Scored"]) -> "Scored":
        """Several parts as one, all by the same weights."""
        bits = np.concatenate([one.bits for one in parts])
        return cls(parts[0].weights, Pairs.of([one.pairs for one in parts]), bits)

    def at(self, places: Sequence[int]) -> list[Weighed]:
        """Some of the pairs in full, part by part."""
        some = self.pairs[np.array(places, dtype=np.int64)]
        parts = {one.name: self.weights.part(one, some).tolist() for one in self.weights.comparisons}
        reached = {name: each.tolist() for name, each in some.levels.items()}
        return [
            Weighed(float(self.bits[place]), {name: (reached[name][n], parts[name][n]) for name in parts})
            for n, place in enumerate(places)
        ]


def score(learnt: Learnt, records: Sequence[Prepared], pairs: Pairs) -> Scored:
    """The bits of pairs whose levels are known."""
    weights = learnt.weights(records)
    return Scored(weights, pairs, weights.evidence(pairs) + log_odds(learnt.prior))


def compared(records: Sequence[Prepared], ends: Places) -> Pairs:
    """Pairs of records by their places, one a row, with the level that each reaches in each comparison."""
    return Pairs(ends[:, 0], ends[:, 1], levels_of(records, ends))


def weigh(learnt: Learnt, records: Sequence[Prepared], pairs: Sequence[Pair]) -> list[Weighed]:
    """The weights of these pairs in full, in their order."""
    if not pairs:
        return []
    ends = np.array(pairs, dtype=np.int64)
    return score(learnt, records, compared(records, ends)).at(range(len(ends)))


def reads() -> tuple[str, ...]:
    """The values of a record that are compared."""
    return compiled(people_model().comparisons).reads


def levels_of(records: Sequence[Prepared], ends: Places) -> Levels:
    """The level that each pair reaches in each comparison."""
    comparisons = people_model().comparisons
    read = compiled(comparisons)
    rows = [read.row(record) for record in records]
    found = [read.levels(rows[one], rows[other]) for one, other in ends.tolist()]
    levels = np.array(found, dtype=np.int8).reshape(-1, len(comparisons))
    return {one.name: levels[:, place] for place, one in enumerate(comparisons)}
