"""Which returns an operation asks for, and by when each is due."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from throughline.clashes.times import in_london

DAILY, WEEKLY = "day", "week"
EVERY: Final = {DAILY: "One return for each day", WEEKLY: "One return for the whole period"}
DAY_DUE, WEEK_DUE = time(10), time(12)
"""A return for a day is due at 10:00 on the day after, and one for the whole at noon two days after the last.

Defaults of this product: no published rule was found.
"""


@dataclass(frozen=True, slots=True)
class Slot:
    """One return that is asked of each body: for which day (the first, if for the whole), and due by when."""

    day: date
    due_at: datetime


def slots_of(*, starts: date, ends: date, every: str) -> tuple[Slot, ...]:
    """The returns asked of each body, in order."""
    if every == WEEKLY:
        return (Slot(starts, in_london(ends + timedelta(days=2), WEEK_DUE)),)
    days = [starts + timedelta(days=n) for n in range((ends - starts).days + 1)]
    return tuple(Slot(day, in_london(day + timedelta(days=1), DAY_DUE)) for day in days)
