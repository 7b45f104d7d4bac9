"""Whether a body's share differs from that of all by more than chance: the limits of a funnel chart."""

import math
from dataclasses import dataclass
from typing import Final

WARNING, ALARM = 1.96, 3.09
"""Standard errors of the two limits: 95% and 99.8%. Source: Spiegelhalter, Statistics in Medicine 24 (2005), 1185."""
WITHIN: Final = "Within what chance brings"


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which shares 95% and 99.8% of bodies with so many cases would lie by chance."""

    low: float
    high: float
    lowest: float
    highest: float


def limits_of(share: float, cases: float) -> Limits:
    """The limits about a common share for a body with so many cases, by the normal approximation; 0 to 1."""
    spread = math.sqrt(share * (1 - share) / cases)
    low, high, lowest, highest = (
        min(1.0, max(0.0, share + z * spread)) for z in (-WARNING, WARNING, -ALARM, ALARM)
    )
    return Limits(low, high, lowest, highest)


def verdict_of(share: float, cases: int, common: float) -> str:
    """Where a share of so many cases lies beside the common one, in words."""
    found = limits_of(common, cases)
    if share < found.lowest or share > found.highest:
        return "Far above the rest" if share > common else "Far below the rest"
    if share < found.low or share > found.high:
        return "Above the rest" if share > common else "Below the rest"
    return WITHIN
