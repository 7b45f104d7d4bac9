"""The kinds of array that the reckoning is done in, and a sum in logarithms."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def log_sum(logarithms: Floats, *, axis: int) -> Floats:
    """The logarithm of a sum, of logarithms; the axis stays, with a length of 1."""
    top = logarithms.max(axis=axis, keepdims=True, initial=-1e12)
    total: Floats = top + np.log(np.exp(logarithms - top).sum(axis=axis, keepdims=True) + 1e-300)
    return total
