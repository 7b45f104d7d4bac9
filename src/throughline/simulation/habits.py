"""How a line uses its phone: no two quite alike, and some are quiet, keep office hours or send no offers.

Nothing is published on any of it: the shares are our assumption, and keep a search for lines from one pattern.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from throughline.simulation.clock_of_day import ALL_DAY, OFFICE, Clock
from throughline.simulation.dice import dice

RINGS, TEXTS, TEXTS_BACK, RINGS_BACK, RINGS_OWN, OWN_RINGS = range(6)
"""What is done: a customer rings, texts; the line texts back, rings back; the line rings its people, and they it."""
_SHARES: Final = (0.56, 0.15, 0.10, 0.08, 0.05, 0.06)
_SHARES_SPREAD, _SECONDS, _SECONDS_SPREAD = 0.6, 34.0, 0.35
_QUIET, _OFFICE_HOURS, _NO_OFFERS = 0.2, 0.1, 0.3
_QUIET_CALLS, _QUIET_CUSTOMERS = 0.15, 0.25
_ONCE_OFF: Final = (0.8, 39.0)
"""The share of the trade that is with people who never ring again: a beta distribution."""


@dataclass(frozen=True, slots=True)
class Habit:
    """Factors on a line's calls and customers; the shares of what is done, running up to 1; the median call in seconds;
    the share of once-off buyers; its hours; whether it sends offers."""

    calls: float
    customers: float
    shares: tuple[float, ...]
    seconds: float
    once_off: float
    clock: Clock
    sends_offers: bool

    @property
    def is_quiet(self) -> bool:
        """Whether it has few customers."""
        return self.calls < 1


@cache
def habit(seed: int, line: int) -> Habit:
    """The habit of a line, for as long as it lives."""
    thrown = dice(seed, "habit", line)
    quiet, hours, offers = thrown.random(3)
    shares = np.array(_SHARES) * np.exp(_SHARES_SPREAD * thrown.standard_normal(len(_SHARES)))
    return Habit(
        calls=_QUIET_CALLS if quiet < _QUIET else 1.0,
        customers=_QUIET_CUSTOMERS if quiet < _QUIET else 1.0,
        shares=tuple((np.cumsum(shares) / shares.sum()).tolist()),
        seconds=_SECONDS * float(np.exp(_SECONDS_SPREAD * thrown.standard_normal())),
        once_off=float(thrown.beta(*_ONCE_OFF)),
        clock=OFFICE if hours < _OFFICE_HOURS else ALL_DAY,
        sends_offers=offers >= _NO_OFFERS,
    )


MEAN_CALLS: Final = 1 - _QUIET * (1 - _QUIET_CALLS)
"""The mean of the factor on calls: a line's full trade is set so that the mean of all is what is published."""
