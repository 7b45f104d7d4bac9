"""The methods that ours is to beat: Dice and Hellinger on the top contacts, and the rarity-weighted cosine.

Dice and Hellinger on the top-k signature: C. Cortes, D. Pregibon and C. Volinsky, Communities of Interest, IDA 2001;
S. Hill, D. Agarwal, R. Bell and C. Volinsky 2006. The cosine weighs each contact by the logarithm of its inverse
frequency, as is usual for documents (G. Salton and C. Buckley 1988).
"""

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
TOP: Final = 9
"""Contacts in a signature, as in the paper."""

Peer = Callable[[Matrix, Matrix], Matrix]
"""From counts (old numbers, contacts) and (newcomers, contacts) to the likeness of each pair."""


def _top(counts: Matrix) -> Matrix:
    """The shares of each number's top contacts, all else 0."""
    kept = counts.copy()
    if counts.shape[1] > TOP:
        least = -np.sort(-counts, axis=1)[:, TOP - 1 : TOP]
        kept[counts < least] = 0
    total: Matrix = kept / np.maximum(kept.sum(axis=1, keepdims=True), 1e-9)
    return total


def dice(old: Matrix, new: Matrix) -> Matrix:
    """Weighted Dice: the share of both signatures that is on contacts of both."""
    one, other = _top(old), _top(new)
    in_one, in_other = (one > 0).astype(float), (other > 0).astype(float)
    shared: Matrix = (one @ in_other.T + in_one @ other.T) / 2
    return shared


def hellinger(old: Matrix, new: Matrix) -> Matrix:
    """One less the squared Hellinger distance: the sum over contacts of the root of both shares."""
    affinity: Matrix = np.sqrt(_top(old)) @ np.sqrt(_top(new)).T
    return affinity


def cosine(old: Matrix, new: Matrix) -> Matrix:
    """The cosine of contacts weighed by inverse frequency."""
    holders = (old > 0).sum(axis=0) + (new > 0).sum(axis=0)
    rarity = np.log((len(old) + len(new)) / np.maximum(holders, 1))
    one, other = old * rarity, new * rarity
    one /= np.maximum(np.linalg.norm(one, axis=1, keepdims=True), 1e-9)
    other /= np.maximum(np.linalg.norm(other, axis=1, keepdims=True), 1e-9)
    likeness: Matrix = one @ other.T
    return likeness


PEERS: Final[dict[str, Peer]] = {"Dice": dice, "Hellinger": hellinger, "rarity cosine": cosine}
