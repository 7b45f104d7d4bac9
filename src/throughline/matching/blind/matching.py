"""Which encodings of two bodies may be of one person: every pair compared, each record in one pair at most.

Likeness is how many bits agree beyond those that would by chance: 1 for equal encodings, about 0 for two strangers
(Hamming, since folding leaves half of the bits set, which Dice does not bear as well). Pairs are taken the likest
first, one to one. From which likeness a pair is proposed is learnt without labels: a record's second best is somebody
else, which shows how alike strangers are; the best are a mixture of those and of one person's
(expectation-maximisation; A. P. Dempster, N. M. Laird and D. B. Rubin, JRSS B 39, 1977).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from throughline.matching.blind.encoding import Bits
from throughline.matching.blind.model import blind_model

Numbers = npt.NDArray[np.float64]
MOST_PAIRS = 20_000_000_000
"""So many pairs are compared at most: some ten minutes on two processors."""
AT_ONCE = 1_000
KEPT = 4
"""Of each record so many of the likest others are looked at."""
ROUNDS = 200
HALF = 0.5
_LEAST_SPREAD = 1e-3


class TooMany(Exception):
    """More pairs than can be compared; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records by their places, how alike their bits are, and how likely they are one person."""

    left: int
    right: int
    likeness: float
    probability: float


@dataclass(frozen=True, slots=True)
class Matched:
    """The pairs proposed, the likest first, the likeness from which they are, and how many pairs were compared."""

    pairs: tuple[Pair, ...]
    threshold: float
    compared: int


def match(left: Bits, right: Bits) -> Matched:
    """Propose pairs of one record on each side. ``TooMany`` beyond MOST_PAIRS."""
    compared = len(left) * len(right)
    if compared > MOST_PAIRS:
        raise TooMany(
            f"{len(left):,} and {len(right):,} records are {compared:,} pairs, and at most {MOST_PAIRS:,} "
            "are compared. Match them in parts."
        )
    rows, columns, alike, seconds = _likest(left, right)
    chosen = _one_to_one(rows, columns, alike)
    likely, threshold = _probabilities(alike[chosen], seconds, fewest=min(len(left), len(right)))
    found = (
        Pair(int(rows[place]), int(columns[place]), float(alike[place]), float(each))
        for place, each in zip(chosen, likely, strict=True)
    )
    return Matched(tuple(pair for pair in found if pair.likeness >= threshold), threshold, compared)


def _likest(left: Bits, right: Bits) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Numbers, Numbers]:
    """Of each record on the left its likest on the right: places, likeness, and the second best of each."""
    signs = (2 * right.astype(np.float32) - 1).T
    kept = min(KEPT, len(right))
    rows, columns, alike, seconds = [], [], [], []
    for start in range(0, len(left), AT_ONCE):
        likeness = (2 * left[start : start + AT_ONCE].astype(np.float32) - 1) @ signs / left.shape[1]
        best = np.argpartition(-likeness, kept - 1, axis=1)[:, :kept]
        found = np.take_along_axis(likeness, best, axis=1)
        rows.append(np.repeat(np.arange(start, start + len(likeness)), kept))
        columns.append(best.ravel())
        alike.append(found.ravel())
        if kept > 1:
            seconds.append(np.sort(found, axis=1)[:, -2])
    return (
        np.concatenate(rows), np.concatenate(columns), np.concatenate(alike).astype(np.float64),
        np.concatenate(seconds).astype(np.float64) if seconds else np.zeros(0),
    )  # fmt: skip


def _one_to_one(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], alike: Numbers) -> list[int]:
    """The likest first, each record once; of equals the first in the file."""
    taken_left, taken_right, chosen = set[int](), set[int](), list[int]()
    for place in np.lexsort((columns, rows, -alike)).tolist():
        one, other = int(rows[place]), int(columns[place])
        if one not in taken_left and other not in taken_right:
            taken_left.add(one)
            taken_right.add(other)
            chosen.append(place)
    return chosen


def _probabilities(alike: Numbers, seconds: Numbers, *, fewest: int) -> tuple[Numbers, float]:
    """How likely each pair is one person, and the likeness from which that is likelier than not."""
    model = blind_model()
    if fewest < model.fewest_to_learn:
        return np.where(alike >= model.threshold, 1.0, 0.0), model.threshold
    mean, spread = float(seconds.mean()), max(float(seconds.std()), _LEAST_SPREAD)
    share, same, wide = HALF, float(alike.max() + mean) / 2, max(float(alike.std()), _LEAST_SPREAD)
    likely = np.zeros(len(alike))
    for _ in range(ROUNDS):
        strangers = (1 - share) * np.where(alike > mean, _normal(alike, mean, spread), 1 / spread)
        one = share * _normal(alike, same, wide)
        likely = np.where(alike > mean, one / (one + strangers + np.finfo(float).tiny), 0.0)
        total = max(float(likely.sum()), 1e-9)
        share = float(np.clip(likely.mean(), 1e-6, 1 - 1e-6))
        same = float((likely * alike).sum() / total)
        wide = max(float(np.sqrt((likely * (alike - same) ** 2).sum() / total)), _LEAST_SPREAD)
    # A bell falls off on either side of its middle, yet what is more alike is never less likely to be one person.
    likely = np.maximum.accumulate(likely[::-1])[::-1] if len(likely) else likely
    reached = alike[likely >= HALF]
    return likely, float(reached.min()) if len(reached) else float(alike.max(initial=0.0)) + 1e-9


def _normal(values: Numbers, mean: float, spread: float) -> Numbers:
    found: Numbers = np.exp(-((values - mean) ** 2) / (2 * spread**2)) / spread
    return found
