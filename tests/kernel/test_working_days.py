"""Working days, months and times of day: every rule as a table of cases with its source, and what always holds."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from throughline.kernel.working_days import (
    NATION_NAMES,
    Nation,
    NoSuchTime,
    add_months,
    add_working_days,
    at_in_london,
    end_of_day,
    is_working_day,
    working_days_between,
)

E, W, S, N = Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NORTHERN_IRELAND
BANK_HOLIDAYS = [
    # Day, the nations that keep it, and the source: Banking and Financial Dealings Act 1971 (BFDA), Schedule 1, and
    # proclamations under its section 1.
    (date(2026, 1, 1), {E, W, S, N}, "New Year's Day: BFDA sch 1 (Scotland); proclaimed elsewhere"),
    (date(2026, 1, 2), {S}, "2 January: BFDA sch 1 para 2"),
    (date(2028, 1, 4), {S}, "2 January 2028 is a Sunday, 3 January stands for 1 January: the day after"),
    (date(2026, 3, 17), {N}, "St Patrick's Day: BFDA sch 1 para 3"),
    (date(2026, 4, 3), {E, W, S, N}, "Good Friday: common law; BFDA sch 1 para 2 in Scotland"),
    (date(2026, 4, 6), {E, W, N}, "Easter Monday: BFDA sch 1 paras 1 and 3"),
    (date(2020, 5, 8), {E, W, S, N}, "VE Day: moved from 4 May by proclamation"),
    (date(2022, 6, 3), {E, W, S, N}, "Platinum Jubilee: proclaimed"),
    (date(2022, 9, 19), {E, W, S, N}, "Funeral of Queen Elizabeth II: proclaimed"),
    (date(2023, 5, 8), {E, W, S, N}, "Coronation: proclaimed"),
    (date(2027, 7, 12), {N}, "Battle of the Boyne: proclaimed each year"),
    (date(2026, 8, 3), {S}, "First Monday in August: BFDA sch 1 para 2"),
    (date(2026, 8, 31), {E, W, N}, "Last Monday in August: BFDA sch 1 paras 1 and 3"),
    (date(2026, 11, 30), {S}, "St Andrew's Day: St Andrew's Day Bank Holiday (Scotland) Act 2007"),
    (date(2026, 12, 28), {E, W, S, N}, "26 December 2026 is a Saturday: the Monday after"),
    (date(2027, 12, 27), {E, W, S, N}, "25 December 2027 is a Saturday: the Monday after"),
]
FIFTH_DAYS = [
    # SI 2017/1240 reg 3(4): the end of the fifth working day after the day of the order.
    (date(2026, 11, 2), E, date(2026, 11, 9), "a week without holidays, from a Monday"),
    (date(2026, 11, 7), E, date(2026, 11, 13), "made on a Saturday: Monday is the first"),
    (date(2026, 12, 23), E, date(2027, 1, 4), "Christmas, its substitute day and New Year"),
    (date(2026, 12, 23), S, date(2027, 1, 5), "in Scotland 4 January stands for 2 January as well"),
    (date(2026, 11, 25), S, date(2026, 12, 3), "St Andrew's Day"),
    (date(2026, 11, 25), W, date(2026, 12, 2), "no St Andrew's Day"),
    (date(2027, 7, 8), N, date(2027, 7, 16), "12 July"),
    (date(2027, 7, 8), E, date(2027, 7, 15), "no 12 July"),
    (date(2027, 3, 24), S, date(2027, 4, 1), "Easter without its Monday"),
    (date(2027, 3, 24), E, date(2027, 4, 2), "Easter with its Monday"),
    (date(2028, 2, 25), E, date(2028, 3, 3), "over 29 February"),
]  # fmt: skip
MONTHS = [
    # The corresponding date rule: Dodds v Walker [1981] 1 WLR 1027 (not read).
    (date(2026, 9, 30), 4, date(2027, 1, 30)),
    (date(2026, 1, 31), 1, date(2026, 2, 28)),
    (date(2028, 1, 31), 1, date(2028, 2, 29)),
    (date(2028, 2, 29), 12, date(2029, 2, 28)),
    (date(2028, 2, 29), 48, date(2032, 2, 29)),
    (date(2026, 8, 31), 6, date(2027, 2, 28)),
    (date(2026, 12, 31), 3, date(2027, 3, 31)),
    (date(2026, 5, 15), 0, date(2026, 5, 15)),
]


@pytest.mark.parametrize(("day", "kept_in", "source"), BANK_HOLIDAYS)
def test_a_bank_holiday_is_kept_in_its_nations_alone(day: date, kept_in: set[Nation], source: str) -> None:
    assert {nation for nation in Nation if not is_working_day(day, nation)} == kept_in, source


@pytest.mark.parametrize(("made", "nation", "due", "why"), FIFTH_DAYS)
def test_the_fifth_working_day(made: date, nation: Nation, due: date, why: str) -> None:
    assert add_working_days(made, 5, nation) == due, why


@pytest.mark.parametrize(("start", "months", "end"), MONTHS)
def test_months_end_on_the_corresponding_date(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        (date(2026, 10, 24), time(23, 59), datetime(2026, 10, 24, 22, 59, tzinfo=UTC)),
        # The clocks go back at 02:00 on 25 October 2026 (Summer Time Act 1972): 01:30 comes twice, the first is meant.
        (date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(23, 59), datetime(2026, 10, 25, 23, 59, tzinfo=UTC)),
        (date(2026, 3, 29), time(23, 59), datetime(2026, 3, 29, 22, 59, tzinfo=UTC)),
    ],
)
def test_a_time_of_day_is_london_time(day: date, at: time, utc: datetime) -> None:
    assert at_in_london(day, at) == utc


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(NoSuchTime, match="no 01:30"):
        at_in_london(date(2026, 3, 29), time(1, 30))


def test_every_nation_has_its_name() -> None:
    assert NATION_NAMES.keys() == set(Nation)


def test_what_cannot_be_counted_is_refused() -> None:
    for count in (0, -1):
        with pytest.raises(ValueError, match="number 1"):
            add_working_days(date(2026, 1, 1), count, E)
    with pytest.raises(ValueError, match="not in 2150"):
        is_working_day(date(2150, 1, 5), E)


_DAYS = some.dates(date(2015, 1, 1), date(2035, 12, 31))
_NATIONS = some.sampled_from(Nation)
_COUNTS = some.integers(1, 30)


@settings(max_examples=60, deadline=None)
@given(_DAYS, _COUNTS, _COUNTS, _NATIONS)
def test_working_days_add_up(day: date, first: int, more: int, nation: Nation) -> None:
    due = add_working_days(day, first, nation)
    assert is_working_day(due, nation)
    assert working_days_between(day, due, nation) == first
    assert add_working_days(due, more, nation) == add_working_days(day, first + more, nation)
    assert due < add_working_days(day, first + 1, nation)


@settings(max_examples=60, deadline=None)
@given(_DAYS, some.integers(0, 120))
def test_months_never_run_over_and_never_shrink(day: date, months: int) -> None:
    end = add_months(day, months)
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == day.day or ((end + timedelta(days=1)).day == 1 and end.day < day.day)
    assert add_months(day, months + 1) > end


@settings(max_examples=60, deadline=None)
@given(_DAYS)
def test_a_day_ends_once_in_every_season(day: date) -> None:
    minutes = (end_of_day(day + timedelta(days=1)) - end_of_day(day)) / timedelta(minutes=1)
    assert minutes in (23 * 60, 24 * 60, 25 * 60)
