"""From when to when an event lasts: read off a wall clock in the United Kingdom, kept in UTC."""

import re
from datetime import date, datetime, time, timedelta

from throughline.kernel import clock
from throughline.kernel.working_days import NoSuchTime, at_in_london

LONGEST = timedelta(days=28)
"""An event that lasted for ever would warn of everybody who ever comes near: that is a look-out and not an event."""
FURTHEST = timedelta(days=366)
"""How far ahead an event may end."""
_TIME = re.compile(r"(\d{1,2})[:.]?(\d{2})", re.ASCII)


class TimeProblem(ValueError):
    """What is wrong with a time, for the field named (``starts`` or ``ends``)."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def read_time(text: str) -> time:
    """``14:30``, ``14.30`` or ``1430``.

    Raises:
        ValueError: with a sentence.
    """
    found = _TIME.fullmatch(text.strip())
    try:
        return time(int(found[1]), int(found[2])) if found else _not_a_time()
    except ValueError:
        return _not_a_time()


def _not_a_time() -> time:
    raise ValueError("Enter a time from 00:00 to 23:59, such as 14:30")


def in_london(day: date, at: time, *, fold: int = 0) -> datetime:
    """The moment in UTC at which clocks in London show this; ``fold`` 1 takes the second of an hour that comes twice.

    Raises:
        ValueError: clocks skip this time, on the night on which they go forward.
    """
    try:
        return at_in_london(day, at, fold=fold)
    except NoSuchTime:
        raise ValueError("Clocks go forward that night, and skip this time. Enter another") from None


def check_times(*, starts_at: datetime, ends_at: datetime) -> None:
    """Refuse what cannot be planned.

    Raises:
        TimeProblem: for the field that needs mending.
    """
    now = clock.now()
    if ends_at <= starts_at:
        raise TimeProblem("ends", "It must end after it starts")
    if ends_at <= now:
        raise TimeProblem("ends", "It must end in the future")
    if ends_at - starts_at > LONGEST:
        raise TimeProblem(
            "ends", f"It can last {LONGEST.days} days at most. Plan what follows as another event"
        )
    if ends_at > now + FURTHEST:
        raise TimeProblem("ends", "It must end within a year from now")
