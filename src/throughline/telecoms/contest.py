"""Where several silent numbers could have had one newcomer: what the others leave of it to each.

A number has one successor at most, and a newcomer took over from one number at most. So the chances of a number are not
its own alone: they are its share of one assignment of all (soft, as S. Gold and A. Rangarajan, 1996, by R. Sinkhorn's
scaling, 1967; what a newcomer is worth to the others is its price in D. Bertsekas's auction, 1988). Nothing is added
that would have to be learnt.
"""

from typing import Final

import numpy as np

from throughline.telecoms.arrays import Floats, log_sum

_SCALINGS: Final = 8
_CERTAIN: Final = -1e-12
"""The logarithm of a share that is as good as 1."""


def left_by_others(odds: Floats) -> Floats:
    """The logarithm of the chance that no other silent number (row) has each newcomer (column); 0 where none could.

    ``odds`` are the logarithms of each pair's odds against nobody, each pair by itself; very low where it cannot be.
    """
    if len(odds) < 2 or not odds.size:  # noqa: PLR2004 there are no others
        return np.zeros(odds.shape)
    rows, columns = np.zeros((len(odds), 1)), np.zeros((1, odds.shape[1]))
    for _ in range(_SCALINGS):
        rows = -np.logaddexp(0, log_sum(odds + columns, axis=1))
        columns = -np.logaddexp(0, log_sum(odds + rows, axis=0))
    claims = odds + rows
    every = log_sum(claims, axis=0)
    # Without its own claim, which is a share of all of them.
    others = every + np.log(-np.expm1(np.minimum(claims - every, _CERTAIN)))
    left: Floats = -np.logaddexp(0, others)
    return left
