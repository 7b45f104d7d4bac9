"""How long something lasts when some of it is still going on: the product-limit estimate with its intervals.

Kaplan EL, Meier P. Nonparametric estimation from incomplete observations. J Am Stat Assoc 1958;53:457-481. Variance by
Greenwood M. The natural duration of cancer. Reports on Public Health and Medical Subjects 33, 1926. Intervals on the
scale of log(-log S), which stay between 0 and 1: Kalbfleisch JD, Prentice RL. The Statistical Analysis of Failure Time
Data, 1980, section 1.4. Where all or none are going that scale has no width, and the exact interval of a share stands:
Clopper CJ, Pearson ES. Biometrika 1934;26:404-413.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

Z95: Final = 1.959964
"""The 97.5th percentile of the normal distribution."""
TAIL: Final = 0.025


@dataclass(frozen=True, slots=True)
class Spell:
    """A span of days that ended (``has_ended``), or was still going on when it was last looked at."""

    days: int
    has_ended: bool


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on: the share still going, its standard error, a 95% interval, and how many were followed."""

    day: int
    share: float
    error: float
    low: float
    high: float
    at_risk: int


def product_limit(spells: Sequence[Spell]) -> tuple[Step, ...]:
    """The share still going after each day on which something ended; nothing for no spells.

    A spell that was still going on the day on which others ended was followed through that day.
    """
    steps, share, greenwood = [], 1.0, 0.0
    for day in sorted({spell.days for spell in spells if spell.has_ended}):
        at_risk = sum(spell.days >= day for spell in spells)
        ended = sum(spell.days == day and spell.has_ended for spell in spells)
        share *= 1 - ended / at_risk
        if ended < at_risk:
            greenwood += ended / (at_risk * (at_risk - ended))
        low, high = _interval(share, greenwood)
        steps.append(Step(day, share, share * math.sqrt(greenwood), low, high, at_risk))
    return tuple(steps)


def _interval(share: float, greenwood: float) -> tuple[float, float]:
    if not 0 < share < 1:
        return share, share
    spread = Z95 * math.sqrt(greenwood) / abs(math.log(share))
    return share ** math.exp(spread), share ** math.exp(-spread)


def share_at(steps: Sequence[Step], day: int) -> Step:
    """The step in force on a day; before the first, all are going."""
    return next((step for step in reversed(steps) if step.day <= day), Step(0, 1.0, 0.0, 1.0, 1.0, 0))


def with_width(step: Step, followed: int) -> Step:
    """A step at which all or none of so many (1 or more) are going, with the exact interval of such a share."""
    if 0 < step.share < 1:
        return step
    reach = TAIL ** (1 / followed)
    return replace(step, low=reach, high=1.0) if step.share else replace(step, low=0.0, high=1 - reach)


def median_of(steps: Sequence[Step]) -> int | None:
    """The first day from which half or fewer are still going; None where it has not come to that."""
    return next((step.day for step in steps if step.share <= 1 / 2), None)
