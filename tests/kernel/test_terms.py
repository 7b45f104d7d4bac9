"""Terms as clocks count them: each rule as a table of cases with its source, and rules that hold for every term."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.kernel import clock
from throughline.kernel.terms import Term, Unit, end_after_pause, end_of, last_day_of_months
from throughline.kernel.working_days import (
    Nation,
    at_in_london,
    end_of_day,
    is_working_day,
    working_days_between,
)

ENG, SCT, NIR, WLS = Nation.ENGLAND, Nation.SCOTLAND, Nation.NORTHERN_IRELAND, Nation.WALES


def _term(unit: Unit, length: int, *, first: bool = False) -> Term:
    return Term("t", "A term", "A source", unit, length, is_first_counted=first)


def _on(day: str, at: str = "10:00") -> datetime:
    return at_in_london(date.fromisoformat(day), time.fromisoformat(at))


@pytest.mark.parametrize(
    ("unit", "length", "first", "began", "nation", "ends"),
    [
        # Working days after the day of the event (SI 2017/1240 reg 3(4); Banking and Financial Dealings Act 1971).
        (Unit.WORKING_DAYS, 5, False, "2026-11-02", ENG, "2026-11-09"),
        (Unit.WORKING_DAYS, 5, False, "2026-12-23", ENG, "2027-01-04"),
        (Unit.WORKING_DAYS, 5, False, "2026-12-23", SCT, "2027-01-05"),  # 2 January is kept as well
        (Unit.WORKING_DAYS, 5, False, "2027-03-12", NIR, "2027-03-22"),  # St Patrick's Day
        (Unit.WORKING_DAYS, 5, False, "2027-03-12", ENG, "2027-03-19"),
        (Unit.WORKING_DAYS, 5, False, "2026-11-27", SCT, "2026-12-07"),  # St Andrew's Day
        (Unit.WORKING_DAYS, 5, False, "2027-03-25", ENG, "2027-04-05"),  # Good Friday and Easter Monday
        (Unit.WORKING_DAYS, 5, False, "2027-03-25", SCT, "2027-04-02"),  # Easter Monday is worked
        (Unit.WORKING_DAYS, 5, False, "2026-07-10", NIR, "2026-07-20"),  # 13 July, in lieu of the 12th
        (Unit.WORKING_DAYS, 1, False, "2026-08-28", WLS, "2026-09-01"),  # the last Monday of August
        (Unit.WORKING_DAYS, 1, False, "2026-10-24", ENG, "2026-10-26"),  # over the end of summer time
        # Days: not before 30 calendar days from reasonable grounds (general guidance on the devolved pilot).
        (Unit.DAYS, 30, False, "2026-02-01", ENG, "2026-03-03"),
        (Unit.DAYS, 30, False, "2028-02-01", ENG, "2028-03-02"),  # a leap year
        (Unit.DAYS, 28, True, "2026-01-01", ENG, "2026-01-28"),  # beginning with the day itself
        # Months beginning with a day end on the day before the corresponding date (PACE 1984 s.47ZB).
        (Unit.MONTHS, 3, True, "2026-01-02", ENG, "2026-04-01"),
        (Unit.MONTHS, 3, True, "2026-01-01", ENG, "2026-03-31"),
        (Unit.MONTHS, 3, True, "2025-11-30", ENG, "2026-02-28"),  # there is no 30 February
        (Unit.MONTHS, 3, True, "2027-11-30", ENG, "2028-02-29"),  # a leap year
        (Unit.MONTHS, 3, True, "2027-11-29", ENG, "2028-02-28"),
        (Unit.MONTHS, 6, True, "2026-08-31", ENG, "2027-02-28"),
        (Unit.MONTHS, 12, True, "2028-02-29", ENG, "2029-02-28"),
        (Unit.MONTHS, 9, True, "2026-03-01", ENG, "2026-11-30"),
        # Months after a day end on the corresponding date (Dodds v Walker [1981] 1 WLR 1027, not read).
        (Unit.MONTHS, 1, False, "2026-01-31", ENG, "2026-02-28"),
    ],
)
def test_a_term_ends_with_the_day_that_its_rule_names(
    unit: Unit, length: int, *, first: bool, began: str, nation: Nation, ends: str
) -> None:
    found = end_of(_term(unit, length, first=first), started_at=_on(began), nation=nation)
    assert found == end_of_day(date.fromisoformat(ends))


def test_hours_run_through_both_changes_of_the_clocks() -> None:
    day = _term(Unit.HOURS, 72)
    assert end_of(day, started_at=_on("2026-03-28", "12:00"), nation=ENG) == _on("2026-03-31", "13:00")
    assert end_of(day, started_at=_on("2026-10-24", "12:00"), nation=ENG) == _on("2026-10-27", "11:00")
    with pytest.raises(ValueError, match="stated"):
        end_of(_term(Unit.STATED, 0), started_at=_on("2026-10-24"), nation=ENG)


@pytest.mark.parametrize(
    ("unit", "due", "paused", "resumed", "ends"),
    [
        (Unit.DAYS, "2026-03-10", "2026-03-02", "2026-03-05", "2026-03-13"),
        (Unit.DAYS, "2026-03-10", "2026-03-02", "2026-03-02", "2026-03-10"),  # within a day: nothing is lost
        (Unit.MONTHS, "2026-02-27", "2026-02-20", "2026-02-22", "2026-03-01"),
        (Unit.WORKING_DAYS, "2026-03-10", "2026-03-06", "2026-03-09", "2026-03-11"),  # over a weekend
        (Unit.WORKING_DAYS, "2026-03-10", "2026-03-07", "2026-03-08", "2026-03-10"),  # a weekend alone
    ],
)
def test_a_pause_moves_an_end_by_what_was_lost(
    unit: Unit, due: str, paused: str, resumed: str, ends: str
) -> None:
    found = end_after_pause(
        unit, due_at=end_of_day(date.fromisoformat(due)), paused_at=_on(paused), resumed_at=_on(resumed, "16:00"),
        nation=ENG,
    )  # fmt: skip
    assert found == end_of_day(date.fromisoformat(ends))


def test_a_stated_end_keeps_its_moment_but_for_the_time_that_was_lost() -> None:
    due, lost = _on("2026-12-12"), timedelta(days=5, hours=14)
    paused = _on("2026-12-01")
    assert end_after_pause(
        Unit.STATED, due_at=due, paused_at=paused, resumed_at=paused + lost, nation=ENG
    ) == due + lost  # fmt: skip


DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
NATIONS = st.sampled_from(Nation)


@given(DAYS, st.integers(1, 30), NATIONS)
def test_a_term_of_working_days_holds_exactly_so_many_and_ends_on_one(
    day: date, length: int, nation: Nation
) -> None:
    end = clock.day_of(end_of(_term(Unit.WORKING_DAYS, length), started_at=end_of_day(day), nation=nation))
    assert is_working_day(end, nation)
    assert working_days_between(day, end, nation) == length


@given(DAYS, st.integers(1, 24))
def test_months_beginning_with_a_day_are_as_long_wherever_they_begin(day: date, months: int) -> None:
    end = last_day_of_months(day, months)
    assert end > day
    # The next period begins with the day after: none overlaps, none leaves a day out, but where a month is short.
    assert end <= last_day_of_months(day + timedelta(days=1), months)
    assert (end - day).days + 1 <= 31 * months


@given(
    DAYS.map(end_of_day), st.integers(0, 2000), st.sampled_from(list(Unit)), NATIONS
)  # fmt: skip
def test_a_pause_never_shortens_a_term_and_never_gives_more_than_it_took(
    paused: datetime, hours: int, unit: Unit, nation: Nation
) -> None:
    resumed, due = paused + timedelta(hours=hours), end_of_day(clock.day_of(paused) + timedelta(days=3))
    end = end_after_pause(unit, due_at=due, paused_at=paused, resumed_at=resumed, nation=nation)
    assert end >= due
    if unit is Unit.WORKING_DAYS:
        lost = working_days_between(clock.day_of(paused), clock.day_of(resumed), nation)
        assert working_days_between(clock.day_of(due), clock.day_of(end), nation) == lost
    else:
        # A day that the clocks change is an hour longer or shorter.
        assert end - due <= timedelta(hours=hours + 25)
