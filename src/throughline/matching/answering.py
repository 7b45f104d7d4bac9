"""How long a body has to answer a hit: the periods, and the moment at which one ends. No law sets them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from throughline.kernel import clock

ORDINARY_DAYS = 5
"""Working days: a week lets a desk that is staffed on weekdays see each hit at least once with time to ask."""
URGENT_DAYS = 1
"""A rare value in two bodies alone is as telling as a hit gets, and a line moves its number in days."""
URGENT_FROM = 0.9
"""The rarity from which a hit is rare: a telling value, such as a number, seen once in each of two bodies."""
CLOSES = time(17)
"""The hour of the last day, United Kingdom time: one moment for all that fall due on a day, in desk hours."""
LONGEST_DAYS = 60
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Deadlines:
    """By when a hit told now is to be answered: an ordinary one, and a rare one."""

    ordinary: datetime
    urgent: datetime


def answer_by(told_at: datetime, working_days: int) -> datetime:
    """The close of the last of so many working days after the day on which a body was told.

    Monday to Friday count. Bank holidays do too: they differ between the nations that share one hit.
    """
    day = clock.day_of(told_at)
    for _ in range(working_days):
        day += timedelta(days=1)
        while day.weekday() > _FRIDAY:
            day += timedelta(days=1)
    return datetime.combine(day, CLOSES, clock.LONDON)


def is_rare(rarity: float) -> bool:
    """Whether a hit is rare enough to be urgent."""
    return rarity >= URGENT_FROM
