"""Days and moments as they are printed: a weekday that does not agree with its date is refused."""

import re
from datetime import date, datetime
from typing import Final

from throughline.clashes.times import in_london, read_time

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
LONGEST: Final = 92
"""Days of one operation: a quarter of a year. A longer one is several."""
_WEEKDAY: Final = rf"(?:({'|'.join(f'{d}|{d[:3]}' for d in DAYS)}),?\s+)?"
_BY_DAY: Final = re.compile(rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?\s+([A-Za-z]{{3,9}}),?\s+(\d{{4}})", re.I)
_BY_MONTH: Final = re.compile(
    rf"{_WEEKDAY}([A-Za-z]{{3,9}})\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.I
)
_IN_FIGURES: Final = re.compile(
    rf"{_WEEKDAY}(?:(\d{{4}})-(\d\d)-(\d\d)|(\d{{1,2}})/(\d{{1,2}})/(\d{{4}}))", re.I
)


class PeriodProblem(ValueError):
    """What is wrong with a day or a period, in a sentence."""


def read_day(text: str) -> date:
    """A day such as ``Monday 23 June 2025``, ``Sunday December 1st 2024``, ``2025-06-23`` or ``23/6/2025``.

    Raises:
        PeriodProblem: no calendar has it, or the weekday is not that of the date.
    """
    words = " ".join(text.split())
    weekday, day = _read(words)
    if weekday and not DAYS[day.weekday()].lower().startswith(weekday.lower()):
        right = DAYS[day.weekday()]
        raise PeriodProblem(
            f"{day.day} {MONTHS[day.month - 1]} {day.year} was a {right}, and not a {_full(weekday)}: look at the date "
            "again"
        )
    return day


def _full(weekday: str) -> str:
    return next(day for day in DAYS if day.lower().startswith(weekday.lower()))


def _read(words: str) -> tuple[str, date]:
    try:
        if found := _IN_FIGURES.fullmatch(words):
            year, month, day = (found[2], found[3], found[4]) if found[2] else (found[7], found[6], found[5])
            return found[1] or "", date(int(year), int(month), int(day))
        if found := _BY_DAY.fullmatch(words):
            return found[1] or "", date(int(found[4]), _month(found[3]), int(found[2]))
        if found := _BY_MONTH.fullmatch(words):
            return found[1] or "", date(int(found[4]), _month(found[2]), int(found[3]))
    except ValueError:
        raise PeriodProblem(f"No calendar has the day {words}") from None
    raise PeriodProblem("Write a day such as Monday 23 June 2025, or 23/6/2025")


def _month(name: str) -> int:
    """1 to 12. Raises ValueError for no month of that name."""
    return next((n for n, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower())), 0)


def read_moment(text: str) -> datetime:
    """A day and a time in the United Kingdom, such as ``23 June 2025 14:30``.

    Raises:
        PeriodProblem: it is none.
    """
    day, _, at = " ".join(text.replace(" at ", " ").split()).rpartition(" ")
    try:
        return in_london(read_day(day), read_time(at))
    except PeriodProblem:
        raise
    except ValueError as problem:
        raise PeriodProblem(str(problem)) from None


def check_period(starts: date, ends: date) -> None:
    """Refuse a period that runs backwards or too long."""
    if ends < starts:
        raise PeriodProblem("The last day must not be before the first")
    if (ends - starts).days >= LONGEST:
        raise PeriodProblem(f"An operation lasts at most {LONGEST} days: make several of it")
