"""Working days, months, years and times of day in the nations of the United Kingdom, as clocks in law count them."""

import functools
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

import holidays

from throughline.kernel.clock import LONDON


class Nation(StrEnum):
    """Where a court sits: its bank holidays count. The value is the nation's part of ISO 3166-2:GB."""

    ENGLAND = "ENG"
    WALES = "WLS"
    SCOTLAND = "SCT"
    NORTHERN_IRELAND = "NIR"


NATION_NAMES: Final = {
    Nation.ENGLAND: "England", Nation.WALES: "Wales", Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}  # fmt: skip
YEARS: Final = range(1990, 2100)
"""Years for which working days are counted. For years to come days may still be proclaimed: see `bank_holidays`."""
_SATURDAY: Final = 5
_LAST_MINUTE: Final = time(23, 59)


class NoSuchTime(ValueError):
    """A time of day that the clocks skip on that day; the text says so."""


@functools.cache
def bank_holidays(year: int, nation: Nation) -> frozenset[date]:
    """The days on which banks are closed in a nation, with Good Friday and Christmas Day.

    Source: Banking and Financial Dealings Act 1971, Schedule 1, with proclamations under section 1, as the package
    ``holidays`` (vacanza/holidays, MIT) has them. A day that is proclaimed later is known with a newer package only.

    Raises:
        ValueError: a year outside `YEARS`.
    """
    if year not in YEARS:
        raise ValueError(f"Working days are counted from {YEARS[0]} to {YEARS[-1]}, not in {year}.")
    return frozenset(holidays.country_holidays("GB", subdiv=nation.value, years=year))


def is_working_day(day: date, nation: Nation) -> bool:
    """Whether a day is no Saturday, no Sunday and no bank holiday of the nation.

    That SI 2017/1240 reg 3(7) leaves out weekends and bank holidays was read; its exact words were not.
    """
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year, nation)


def add_working_days(day: date, count: int, nation: Nation) -> date:
    """The ``count``-th working day after a day, which itself is not counted, whether it is one or not.

    Raises:
        ValueError: a count below 1, or a year outside `YEARS`.
    """
    if count < 1:
        raise ValueError(f"The first working day after a day is number 1, so {count} is none.")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, nation)
    return day


def working_days_between(after: date, until: date, nation: Nation) -> int:
    """How many working days come after a day, up to another and with it."""
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(is_working_day(day, nation) for day in days)


def add_months(day: date, months: int) -> date:
    """The corresponding date so many months on; the last day of the month where it has no such date.

    Always from the first day of the period, never month by month: 31 January is followed by 28 February and 31 March.
    Source: the corresponding date rule, Dodds v Walker [1981] 1 WLR 1027 (HL); from general knowledge, not read.

    Raises:
        ValueError: a number of months below 0.
    """
    if months < 0:
        raise ValueError("A period has no months below 0.")
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def years_after(day: date, years: int) -> date:
    """The same day so many years on; the day before for 29 February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + years, day=28 if is_leap_day else day.day)


def age_on(day: date, born: date) -> int:
    """How old somebody born on a day is, in whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def at_in_london(day: date, at: time, *, fold: int = 0) -> datetime:
    """A time of day in the United Kingdom as a moment in UTC.

    Of a time that comes twice, when the clocks go back, the first is meant: no clock is longer than it was said to be.
    ``fold`` 1 takes the second.

    Raises:
        NoSuchTime: the clocks skip it.
    """
    moment = datetime.combine(day, at, tzinfo=LONDON).replace(fold=fold).astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != datetime.combine(day, at):
        raise NoSuchTime(
            f"The clocks go forward on {day.day} {day:%B %Y}: there is no {at:%H:%M} on that day."
        )
    return moment


def end_of_day(day: date) -> datetime:
    """The last minute of a day in the United Kingdom: 23:59, since midnight is read as either day's."""
    return at_in_london(day, _LAST_MINUTE)
