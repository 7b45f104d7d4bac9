"""Figures, printed days, definitions and checks, without a database."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.operations.checking import faults_of, known, read_figures, unsupported, unusual
from throughline.operations.figures import (
    Figure,
    FigureProblem,
    added,
    change_between,
    figures_in,
    read_figure,
)
from throughline.operations.measures import definitions_of, measures_on
from throughline.operations.periods import PeriodProblem, check_period, read_day, read_moment
from throughline.operations.slots import slots_of

NOW = measures_on(date(2026, 11, 2))
SEPTEMBER_2020 = measures_on(date(2020, 9, 14))


def figure(text: str) -> Figure:
    found = read_figure(text, whole=False)
    assert found
    return found


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("586", "586"), ("1,041", "1,041"), ("over 600", "over 600"), ("More than £1 million", "over 1,000,000"),
        ("£1.2m", "1,200,000"), ("about 178", "about 178"), ("10-12", "10 to 12"), ("15.3 kg", "15.3"),
        ("up to 5", "up to 5"), ("almost 600", "almost 600"),
    ],
)  # fmt: skip
def test_a_figure_is_kept_as_it_was_said(typed: str, kept: str) -> None:
    assert str(figure(typed)) == kept
    assert figure(kept) == figure(typed)


@pytest.mark.parametrize("typed", ["many", "-3", "12 to 10", "1e9", "over 3 to 5", "999999999999"])
def test_what_is_no_figure_is_refused(typed: str) -> None:
    with pytest.raises(FigureProblem):
        read_figure(typed)


def test_nothing_typed_is_nothing_said() -> None:
    assert read_figure("  ") is None
    with pytest.raises(FigureProblem, match="whole number"):
        read_figure("1.5")


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=20))
def test_exact_figures_add_up_in_any_order(numbers: list[int]) -> None:
    figures = [Figure(Decimal(n)) for n in numbers]
    assert added(figures) == added(figures[::-1]) == Figure(Decimal(sum(numbers)))
    # One that is "over" makes the sum an "over" that the exact sum agrees with.
    assert added([*figures, Figure(Decimal(5), "over")]).agrees_with(Figure(Decimal(sum(numbers) + 6)))


def test_a_weekday_that_is_not_that_of_its_date_is_refused() -> None:
    assert read_day("Sunday December 1st 2024") == date(2024, 12, 1)
    with pytest.raises(PeriodProblem, match="2 December 2024 was a Monday, and not a Sunday"):
        read_day("Sunday December 2nd 2024")
    for text in ("Mon 23 June 2025", "23/6/2025", "2025-06-23", "23rd June 2025"):
        assert read_day(text) == date(2025, 6, 23)
    for text in ("31 June 2025", "June 2025", "soon"):
        with pytest.raises(PeriodProblem):
            read_day(text)
    assert read_moment("Monday 23 June 2025 at 14:30").isoformat() == "2025-06-23T13:30:00+00:00"
    with pytest.raises(PeriodProblem, match="before the first"):
        check_period(date(2025, 6, 29), date(2025, 6, 23))


def test_returns_fall_due_by_the_clock_of_the_country() -> None:
    days = slots_of(starts=date(2026, 10, 23), ends=date(2026, 10, 26), every="day")
    assert [slot.due_at.hour for slot in days] == [9, 10, 10, 10]  # clocks went back on 25 October
    (whole,) = slots_of(starts=date(2025, 6, 23), ends=date(2025, 6, 29), every="week")
    assert whole.due_at.isoformat() == "2025-07-01T11:00:00+00:00"


def test_every_part_and_definition_stands_on_every_day() -> None:
    for day in (date(2019, 1, 1), date(2020, 9, 14), date(2025, 6, 23), date(2026, 11, 2)):
        measures = measures_on(day)
        assert len(measures) == 41
        for measure in measures.values():
            assert set(measure.parts) <= measures.keys()
            assert {measures[part].unit for part in measure.parts} <= {measure.unit}
    for key in NOW:
        versions = definitions_of(key)
        for before, after in pairwise(versions):
            assert before.ends
            assert after.starts
            assert (after.starts - before.ends).days == 1


def test_parts_that_do_not_add_up_are_caught_until_the_rest_is_called_other() -> None:
    typed = {"weapons": "196", "firearms": "18", "bladed": "135", "weapons_other": "10"}
    figures, _ = read_figures(typed, SEPTEMBER_2020)
    assert faults_of(figures, SEPTEMBER_2020) == {
        "weapons": "Weapons: the parts come to 163, and the total says 196: "
        "put the 33 that are left under “Other weapons”"
    }
    figures, _ = read_figures(typed | {"weapons_other": "43"}, SEPTEMBER_2020)
    assert faults_of(figures, SEPTEMBER_2020) == {}


def test_what_was_not_said_is_never_zero() -> None:
    figures, faults = read_figures(
        {"cocaine_gbp": "876000", "crack_gbp": "87k", "heroin_gbp": "234k", "nrm": "x"}, NOW
    )
    assert faults.keys() == {"nrm"}
    assert str(known(figures, "class_a_gbp", NOW)) == str(known(figures, "drugs_gbp", NOW)) == "1,197,000"
    assert known(figures, "weapons", NOW) is None


def test_a_figure_far_from_those_of_the_last_weeks_is_asked_about() -> None:
    past = [{"arrests": figure("40")}, {"arrests": figure("55")}]
    assert unusual({"arrests": figure("160")}, past, NOW) == {}
    assert unusual({"arrests": figure("400")}, past, NOW)["arrests"].endswith(
        "where your last returns said 40 to 55"
    )
    assert "arrests" in unusual({"arrests": figure("4")}, past, NOW)
    assert unusual({"arrests": figure("400")}, past[:1], NOW) == {}


def test_a_lead_is_held_against_the_totals() -> None:
    assert [str(one) for one in figures_in("More than 500 arrests, almost 600, and £1.2m")] == [
        "over 500", "almost 600", "1,200,000",
    ]  # fmt: skip
    for lead in ("more than 500 arrested", "almost 600 arrested", "586 arrested"):
        assert unsupported(figures_in(lead), [figure("586")]) == []
    assert unsupported(figures_in("more than 700 arrested"), [figure("743")]) == []
    assert unsupported(figures_in("more than 700 arrested"), [figure("586")]) != []


def test_a_change_is_worked_out_for_exact_figures_alone() -> None:
    assert change_between(figure("104"), figure("172")) == Decimal("65.4")
    assert change_between(figure("over 600"), figure("743")) is None
    assert change_between(figure("0"), figure("5")) is None
