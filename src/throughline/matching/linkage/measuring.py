"""How right a linkage is, beside the truth: pairs, B-cubed, and what every threshold would give."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from throughline.matching.linkage.weighing import Numbers, Places, log_odds

THRESHOLDS = (0.01, 0.05, 0.1, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision, recall and F1, each 0 to 1; None where there is nothing to divide by."""

    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class AtThreshold:
    """The pairs compared whose probability reaches a threshold, one by one and before any grouping."""

    threshold: float
    measure: Measure


def by_pairs(groups: Sequence[Hashable], truth: Sequence[Hashable]) -> Measure:
    """Every pair of records in one group against every pair of one person, whether or not it was ever compared."""
    right = _pairs(list(zip(groups, truth, strict=True)))
    return measure(right, _pairs(groups), _pairs(truth))


def true_pairs(truth: Sequence[Hashable]) -> int:
    """The pairs of records of one person."""
    return _pairs(truth)


def _pairs(groups: Sequence[Hashable]) -> int:
    return sum(size * (size - 1) // 2 for size in Counter(groups).values())


def by_records(groups: Sequence[Hashable], truth: Sequence[Hashable]) -> Measure:
    """B-cubed: for each record, how much of its group is its person's, and how much of its person is in its group.

    Means over the records (A. Bagga and B. Baldwin, LREC Workshop on Linguistic Coreference, 1998).
    """
    return (
        by_records_of(groups, truth, [""] * len(truth)).get("", Share(0, Measure(None, None, None))).measure
    )


@dataclass(frozen=True, slots=True)
class Share:
    """How right a linkage is for the records of one kind, and how many they are."""

    records: int
    measure: Measure


def by_records_of(
    groups: Sequence[Hashable], truth: Sequence[Hashable], kinds: Sequence[str]
) -> dict[str, Share]:
    """The same for the records of each kind, against everybody: who bears the errors. Kinds in alphabetical order."""
    both, grouped, person = Counter(zip(groups, truth, strict=True)), Counter(groups), Counter(truth)
    sums: dict[str, list[float]] = {}
    for group, one, kind in zip(groups, truth, kinds, strict=True):
        of_kind, shared = sums.setdefault(kind, [0, 0.0, 0.0]), both[group, one]
        of_kind[0] += 1
        of_kind[1] += shared / grouped[group]
        of_kind[2] += shared / person[one]
    return {kind: _share(int(count), *both_sums) for kind, (count, *both_sums) in sorted(sums.items())}


def _share(count: int, precision: float, recall: float) -> Share:
    precision, recall = precision / count, recall / count
    return Share(count, Measure(precision, recall, 2 * precision * recall / (precision + recall)))


def measure(right: int, found: int, true: int) -> Measure:
    """From counts of pairs."""
    precision, recall = right / found if found else None, right / true if true else None
    return Measure(precision, recall, 2 * right / (found + true) if found + true else None)


def curve(bits: Numbers, is_true: Sequence[bool] | Places, true: int) -> list[AtThreshold]:
    """What each threshold on the probability of a pair would give, pairs never compared counted as lost."""
    marks = np.asarray(is_true, dtype=bool)
    over = ((threshold, bits >= log_odds(threshold)) for threshold in THRESHOLDS)
    return [
        AtThreshold(threshold, measure(int((reached & marks).sum()), int(reached.sum()), true))
        for threshold, reached in over
    ]
