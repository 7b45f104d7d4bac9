"""People by name and date of birth: one key for one person, however the name is written."""

from datetime import UTC, datetime

import pytest

from throughline.kernel import clock
from throughline.selectors.kinds.kind import NotASelector
from throughline.selectors.kinds.person import normalise_person, show_person

TODAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "O'Brien-Smith, Zoë, 2001-05-03",
        "OBRIEN SMITH, ZOE 2001-05-03",
        "Zoë O\u2019Brien\u2011Smith 3/5/2001",
        "Ms Zoe O'Brien - Smith, born 3 May 2001",
        "zoe o`brien-smith (dob 03.05.2001)",
        "Dr. Zoë O'Brien-Smith 3rd May 2001",
        "O'Brien-Smith, Ms Zoë, d.o.b. 03-05-2001",
        "OBRIEN SMITH|ZOE|2001-05-03",
    ],
)
def test_it_gives_one_key_for_one_person(written: str) -> None:
    assert normalise_person(written) == "OBRIEN SMITH|ZOE|2001-05-03"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Maria de la Cruz 2001-05-03", "DE LA CRUZ|MARIA|2001-05-03"),
        ("de la Cruz, Maria, 2001-05-03", "DE LA CRUZ|MARIA|2001-05-03"),
        ("Al Green 2001-05-03", "GREEN|AL|2001-05-03"),
        ("Sam J. Example 2001-05-03", "EXAMPLE|SAM J|2001-05-03"),
        ("Łukasz Straße 2001-05-03", "STRASSE|LUKASZ|2001-05-03"),
        ("Lord, Sam, 2001-05-03", "LORD|SAM|2001-05-03"),
    ],
)
def test_it_tells_surname_from_given_names(written: str, key: str) -> None:
    assert normalise_person(written) == key


def test_it_reads_back_what_it_shows() -> None:
    assert show_person("DE LA CRUZ|MARIA JO|2001-05-03") == "DE LA CRUZ, Maria Jo, born 3 May 2001"
    assert normalise_person("DE LA CRUZ, Maria Jo, born 3 May 2001") == "DE LA CRUZ|MARIA JO|2001-05-03"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("Sam Example", "a name alone is not an exact selector"),
        ("Sam Example 3/5/01", "two digits for the year"),
        ("Sam Example 13/13/2001", "not a date"),
        ("Sam Example 2001-02-30", "not a date"),
        ("Sam Example 3 Mxy 2001", "not a date"),
        ("Sam Example 2026-03-02", "not in the past"),
        ("Sam Example 2030-01-01", "not in the past"),
        ("Sam Example 1905-03-01", "more than 120 years ago"),
        ("Sam 2001-05-03", "needs a given name and a surname"),
        ("2001-05-03", "needs a given name and a surname"),
        ("Example, Mr, 2001-05-03", "needs a given name and a surname"),
        ("S4m Example 2001-05-03", "not part of a name"),
        ("=cmd| Example 2001-05-03", "not part of a name"),
        (f"{'A' * 101} Example 2001-05-03", "more than 100 letters"),
    ],
)
def test_it_says_what_is_missing(written: str, reason: str) -> None:
    with clock.stopped(TODAY), pytest.raises(NotASelector, match=reason):
        normalise_person(written)


def test_it_allows_an_age_of_120_years() -> None:
    with clock.stopped(TODAY):
        assert normalise_person("Sam Example 1905-03-03") == "EXAMPLE|SAM|1905-03-03"
