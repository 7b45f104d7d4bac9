"""The terms that clocks count: so many working days, days, months or hours from an event, under a basis in law."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from throughline.kernel import clock
from throughline.kernel.working_days import (
    Nation,
    add_months,
    add_working_days,
    end_of_day,
    working_days_between,
)


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working days"
    DAYS = "days"
    MONTHS = "months"
    HOURS = "hours"
    STATED = "as stated"
    """The end is stated by whoever may, such as a court: nothing is counted."""


@dataclass(frozen=True, slots=True)
class Term:
    """One rule of time: its key and name, its basis with the source, how long it is, and when to remind before its end.

    ``is_first_counted``: a period that begins *with* the day of the event, not on the day after it. ``warn_hours`` are
    distances before the end. ``is_unverified``: the basis was not read in its source, and pages say so. ``pause`` says
    under what it may stand still; '' where nothing lets it.
    """

    key: str
    name: str
    basis: str
    unit: Unit
    length: int = 0
    warn_hours: tuple[int, ...] = (24,)
    is_first_counted: bool = False
    is_unverified: bool = False
    pause: str = ""


def end_of(term: Term, *, started_at: datetime, nation: Nation) -> datetime:
    """The moment at which a term ends that began with this moment; days are those of London, ends are 23:59 there.

    Raises:
        ValueError: the end of such a term is stated, not counted; or a year for which no working days are kept.
    """
    if term.unit is Unit.STATED:
        raise ValueError(f"The end of {term.name} is stated, not counted.")
    if term.unit is Unit.HOURS:
        return started_at + timedelta(hours=term.length)
    return end_of_day(_last_day(term, clock.day_of(started_at), nation))


def _last_day(term: Term, first: date, nation: Nation) -> date:
    if term.unit is Unit.MONTHS:
        return (
            last_day_of_months(first, term.length)
            if term.is_first_counted
            else add_months(first, term.length)
        )
    before = first - timedelta(days=1) if term.is_first_counted else first
    if term.unit is Unit.WORKING_DAYS:
        return add_working_days(before, term.length, nation)
    return before + timedelta(days=term.length)


def last_day_of_months(first: date, months: int) -> date:
    """The last day of a period of so many months that begins *with* a day: the day before the corresponding date.

    Where the last month has no such date, its last day: 3 months beginning with 30 November end with February.
    """
    corresponding = add_months(first, months)
    has_none = corresponding.day < first.day
    assert not has_none or corresponding.day == monthrange(corresponding.year, corresponding.month)[1]  # noqa: S101
    return corresponding if has_none else corresponding - timedelta(days=1)


def end_after_pause(
    unit: Unit, *, due_at: datetime, paused_at: datetime, resumed_at: datetime, nation: Nation
) -> datetime:
    """When a term ends that stood still between two moments: later by what was lost, in what the term is counted in.

    Days count by the calendar, so a pause within one day moves no term that is counted in days: never too long. An end
    that is stated is a moment and not the end of a day, so it moves by the time that was lost.
    """
    if unit in (Unit.HOURS, Unit.STATED):
        return due_at + (resumed_at - paused_at)
    first, last, due = clock.day_of(paused_at), clock.day_of(resumed_at), clock.day_of(due_at)
    if first == last:
        return due_at
    if unit is Unit.WORKING_DAYS:
        lost = working_days_between(first, last, nation)
        return end_of_day(add_working_days(due, lost, nation)) if lost else due_at
    return end_of_day(due + (last - first))
