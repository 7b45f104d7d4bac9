"""The days that bodies give: stated by a body for its own weeks, read by it and by those who co-ordinate it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem
from throughline.organisations.queries import BodyCard, body_cards, coordinators
from throughline.tasking.models import Capacity
from throughline.tasking.planning.capacity import MOST
from throughline.tasking.planning.problem import Pool
from throughline.tasking.planning.tactics import tactics

HORIZON = 8
"""Weeks ahead for which days are asked: two rounds of a monthly tactical meeting."""
LONGEST = 200
_WEEK = timedelta(weeks=1)


class DaysProblem(FieldProblem):
    """What is wrong with days that were stated, in a sentence, for the field named ('' for the whole)."""


@dataclass(frozen=True, slots=True)
class Days:
    """Officer-days of one skill in the week from a Monday; ``reserved`` of them go to other priorities, named."""

    skill: str
    week: date
    days: float
    reserved: float = 0.0
    reserved_for: str = ""

    @property
    def free(self) -> float:
        """What a plan may draw on."""
        return self.days - self.reserved


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def next_monday() -> date:
    """The first Monday from today on: a plan starts there unless another is named."""
    return monday_of(clock.today() + timedelta(days=6))


def weeks_from(monday: date, weeks: int = HORIZON) -> tuple[date, ...]:
    """So many Mondays."""
    return tuple(monday + place * _WEEK for place in range(weeks))


@writes
def state_days(*, by: Reader, stated: Iterable[Days]) -> int:
    """State the days of the reader's own body; what was said of the same week and skill before gives way.

    Returns how many statements changed anything.

    Raises:
        DaysProblem: a statement cannot be used; the field is ``skill``, ``week``, ``days`` or ``reserved``.
    """
    by.require(Permission.CAPACITY_KEEP)
    wanted = {(one.skill, one.week): _checked(one) for one in stated}
    weeks = {week for _, week in wanted}
    before = {(row.skill, row.week): row for row in Capacity.objects.filter(body=by.body, week__in=weeks)}
    changed = [one for at, one in wanted.items() if at not in before or _as_days(before[at]) != one]
    Capacity.objects.bulk_create(
        [
            Capacity(
                body=by.body, skill=one.skill, week=one.week, days=one.days, reserved=one.reserved,
                reserved_for=one.reserved_for, said_at=clock.now(), said_by=by.name,
            )
            for one in changed
        ],
        update_conflicts=True, unique_fields=["body", "skill", "week"],
        update_fields=["days", "reserved", "reserved_for", "said_at", "said_by"],
    )  # fmt: skip
    if changed:
        journal.note(Verb.ALTER, "capacity", by.body_code, why="stated officer-days", rows=len(changed))
    return len(changed)


def _checked(one: Days) -> Days:
    if one.skill not in tactics().skills:
        raise DaysProblem("skill", f"{one.skill or 'Blank'} is no skill. Use {', '.join(tactics().skills)}")
    if one.week.weekday():
        raise DaysProblem("week", "Give a week by its Monday")
    for field, days in (("days", one.days), ("reserved", one.reserved)):
        if not (math.isfinite(days) and 0 <= days <= MOST):
            raise DaysProblem(field, f"Enter officer-days from 0 to {MOST:,.0f}")
    if one.reserved > one.days:
        raise DaysProblem("reserved", "No more can be reserved than there is")
    if len(one.reserved_for) > LONGEST:
        raise DaysProblem("reserved_for", f"Say it in {LONGEST} characters or fewer")
    return one


def _as_days(row: Capacity) -> Days:
    return Days(row.skill, row.week, row.days, row.reserved, row.reserved_for)


def days_of_body(
    reader: Reader, *, body: int, starts_on: date, weeks: int = HORIZON
) -> dict[tuple[str, date], Days]:
    """What a body has said of these weeks, by skill and Monday; nothing where the reader may not know it."""
    reader.require(Permission.PLAN_READ)
    with reading(reader):
        rows = list(Capacity.objects.filter(body=body, week__in=weeks_from(starts_on, weeks)))
    return {(row.skill, row.week): _as_days(row) for row in rows}


def free_days(
    reader: Reader, *, starts_on: date, weeks: int, but: Iterable[str] = ()
) -> dict[Pool, tuple[float, ...]]:
    """The days that a plan may draw on in each week: of every body whose days the reader may know, by code."""
    reader.require(Permission.PLAN_READ)
    mondays, cards, left_out = weeks_from(starts_on, weeks), body_cards(on=clock.today()), frozenset(but)
    with reading(reader):
        rows = list(Capacity.objects.filter(week__in=mondays))
    free: dict[Pool, list[float]] = {}
    for row in rows:
        if row.body in cards and cards[row.body].code not in left_out:
            pool = free.setdefault((cards[row.body].code, row.skill), [0.0] * weeks)
            pool[mondays.index(row.week)] = _as_days(row).free
    return {pool: tuple(days) for pool, days in sorted(free.items())}


@dataclass(frozen=True, slots=True)
class BodyDays:
    """The days of a body over some weeks: what there is, what goes elsewhere, and when anything was last said."""

    code: str
    name: str
    region: str
    days: float
    reserved: float
    weeks_said: int


def days_of_bodies(reader: Reader, *, starts_on: date, weeks: int = HORIZON) -> tuple[BodyDays, ...]:
    """The reader's own body and those that it co-ordinates, by name, also those that have said nothing."""
    reader.require(Permission.PLAN_READ)
    cards = body_cards(on=clock.today())
    with reading(reader):
        rows = list(Capacity.objects.filter(week__in=weeks_from(starts_on, weeks)))
    return tuple(
        _summed(cards[body], [row for row in rows if row.body == body]) for body in seen_by(reader, cards)
    )


def _summed(card: BodyCard, rows: list[Capacity]) -> BodyDays:
    return BodyDays(
        card.code, card.name, card.region, sum(row.days for row in rows), sum(row.reserved for row in rows),
        len({row.week for row in rows}),
    )  # fmt: skip


def seen_by(reader: Reader, cards: Mapping[int, BodyCard]) -> list[int]:
    """The bodies whose days the reader may see, by name: its own, those of its region, or every one."""
    above = coordinators(on=clock.today())
    own = cards.get(reader.body)
    is_centre = own is not None and own.kind == "coordination"
    return [body for body in cards if body == reader.body or is_centre or above.get(body) == reader.body]
