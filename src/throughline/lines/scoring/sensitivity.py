"""How far a ranking depends on the weights: how often each line stays among the first when they are drawn at random."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from throughline.lines.scoring.scheme import Scheme

DRAWS, FIRST, SEED = 500, 10, 1
LEAST, MOST = 0.5, 1.5
"""Each weight is drawn evenly between half of what it is and one and a half times that, each by itself."""


def shares_among_the_first(
    reached: Mapping[str, Sequence[int]], scheme: Scheme, *, draws: int = DRAWS, first: int = FIRST,
    seed: int = SEED,
) -> dict[str, float]:  # fmt: skip
    """For each line, by its reference, the share of draws in which it stands among the ``first``, 0 to 1.

    ``reached`` are the levels of each part. The same lines, seed and scheme give the same shares, in whatever order
    the lines come; of equals, the one whose reference comes first in the alphabet stands first.
    """
    refs = list(_with_a_chance(reached, first))
    if not refs:
        return {}
    held = np.array([reached[ref] for ref in refs], dtype=np.float64)
    declared = np.array([part.weight for part in scheme.parts], dtype=np.float64)
    drawn = np.random.default_rng(seed).uniform(LEAST, MOST, (draws, len(declared))) * declared
    times = np.zeros(len(refs), dtype=np.int64)
    for weights in drawn:
        order = np.argsort(-np.round(held @ weights, 9), kind="stable")
        times[order[:first]] += 1
    found = {ref: float(count) / draws for ref, count in zip(refs, times, strict=True)}
    return {ref: found.get(ref, 0.0) for ref in sorted(reached)}


def _with_a_chance(reached: Mapping[str, Sequence[int]], first: int) -> Iterator[str]:
    """The references that can stand among the first: of those whose levels are the same, no more than there is room."""
    alike: Counter[tuple[int, ...]] = Counter()
    for ref in sorted(reached):
        levels = tuple(reached[ref])
        alike[levels] += 1
        if alike[levels] <= first:
            yield ref
