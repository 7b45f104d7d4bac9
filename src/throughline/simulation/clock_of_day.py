"""When in the day people ring."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Clock = tuple[float, ...]
"""How much is done in each hour of a day, in shares of any sum."""
ALL_DAY: Final[Clock] = (
    1.2, 0.7, 0.4, 0.2, 0.2, 0.3, 0.6, 1.3, 2.4, 4.0, 5.4, 6.2,
    6.8, 6.8, 6.6, 6.6, 6.9, 7.3, 7.5, 7.2, 6.5, 5.8, 4.4, 2.7,
)  # fmt: skip
"""A day's trade: little before nine, most from noon to nine at night."""
OFFICE: Final[Clock] = (
    0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, 1.0, 4.0, 8.0, 9.0, 9.0,
    7.0, 8.0, 8.5, 8.0, 6.5, 3.5, 1.5, 0.6, 0.3, 0.1, 0.0, 0.0,
)  # fmt: skip
EVENING: Final[Clock] = (
    1.0, 0.3, 0.1, 0.0, 0.0, 0.0, 0.1, 0.5, 0.6, 0.6, 0.8, 2.0,
    4.0, 3.5, 2.0, 3.0, 5.5, 8.5, 10.0, 10.0, 8.5, 7.0, 4.5, 2.2,
)  # fmt: skip
LATE: Final[Clock] = (
    6.0, 4.5, 3.0, 1.8, 0.8, 0.5, 0.8, 1.5, 2.0, 2.0, 2.2, 2.8,
    3.2, 3.4, 3.5, 3.8, 4.5, 5.5, 6.5, 7.0, 7.5, 8.5, 9.0, 8.0,
)  # fmt: skip


def times_of_day(thrown: np.random.Generator, count: int, clock: Clock = ALL_DAY) -> NDArray[np.int64]:
    """So many times, in seconds since midnight, as a day's trade is spread."""
    by_hour = np.concatenate(([0.0], np.cumsum(clock) / sum(clock)))
    hours = np.interp(thrown.random(count), by_hour, np.arange(len(by_hour)))
    return (hours * 3600).astype(np.int64)
