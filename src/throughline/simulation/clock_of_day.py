"""When in the day people ring."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

# How much of a day's trade is done by the end of each hour: little before nine, most from noon to nine at night.
_HOURLY: Final = (
    1.2, 0.7, 0.4, 0.2, 0.2, 0.3, 0.6, 1.3, 2.4, 4.0, 5.4, 6.2,
    6.8, 6.8, 6.6, 6.6, 6.9, 7.3, 7.5, 7.2, 6.5, 5.8, 4.4, 2.7,
)  # fmt: skip
_CLOCK = np.concatenate(([0.0], np.cumsum(_HOURLY) / sum(_HOURLY)))


def times_of_day(thrown: np.random.Generator, count: int) -> NDArray[np.int64]:
    """So many times, in seconds since midnight, as a day's trade is spread."""
    hours = np.interp(thrown.random(count), _CLOCK, np.arange(len(_CLOCK)))
    return (hours * 3600).astype(np.int64)
