"""How dates, spans, numbers and grades are written."""

from datetime import UTC, date, datetime, timedelta

import pytest

from throughline.web import words

WINTER = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
SUMMER = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)


def test_it_writes_dates_by_the_british_wall_calendar() -> None:
    assert words.day(date(2026, 10, 3)) == "3 October 2026"
    assert words.day(SUMMER) == "1 August 2026"
    assert words.moment(WINTER) == "3 November 2026 at 09:05"
    assert words.moment(SUMMER) == "1 August 2026 at 00:30"
    assert words.day(None) == words.moment(None) == ""


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=23, minutes=59), "23 hours"),
        (timedelta(days=2, hours=5), "2 days"),
        (-timedelta(days=1), "1 day"),
        (timedelta(days=730), "2 years"),
    ],
)
def test_it_writes_a_span_in_its_largest_unit(span: timedelta, text: str) -> None:
    assert words.duration(span) == text


def test_it_counts() -> None:
    assert words.number(1234567) == "1,234,567"
    assert words.plural(1, "report") == "1 report"
    assert words.plural(2000, "report") == "2,000 reports"
    assert words.plural(0, "body", "bodies") == "0 bodies"


@pytest.mark.parametrize("grade", ["1BP", "[1BP]"])
def test_it_spells_out_a_grade(grade: str) -> None:
    assert words.grade_in_words(grade) == (
        "source reliable; known indirectly to the source but corroborated; lawful sharing permitted"
    )


@pytest.mark.parametrize("text", ["", "2B2", "9ZP", "ungraded"])
def test_it_spells_out_nothing_that_is_not_a_grade(text: str) -> None:
    assert words.grade_in_words(text) == ""
