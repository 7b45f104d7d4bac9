"""Phone numbers: one key however they are written, and nothing damaged let in."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.selectors.kinds.kind import NotASelector
from throughline.selectors.kinds.phone import by_full_rules, normalise_phone, show_phone

KEY = "+447700900123"
FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
UK_MOBILES = st.from_regex(r"7[1-57-9][0-9]{8}", fullmatch=True)


@pytest.mark.parametrize(
    "written",
    [
        "07700 900123",
        "07700900123",
        "+447700900123",
        "00447700900123",
        "447700900123",
        "+44 (0)7700 900 123",
        "+44(0)7700900123",
        "(07700) 900-123",
        "07700.900.123",
        "07700/900123",
        "7700900123",
        "07700\u00a0900123",
        "\u202a07700 900123\u202c",
        "07700900123".translate(FULL_WIDTH),
        "07700\u2011900\u2011123",
        "'07700900123",
        '="07700900123"',
        "447700900123.0",
        "7700900123.0",
        "4.47700900123E+11",
    ],
)
def test_it_reads_every_way_of_writing_a_number(written: str) -> None:
    assert normalise_phone(written) == KEY


@pytest.mark.parametrize(
    "written", ["4.47701E+11", "4.47701E11", "4,47701e+11", "4.477009E+11", "7.7E9", "1E3"]
)
def test_it_refuses_what_a_spreadsheet_has_shortened(written: str) -> None:
    with pytest.raises(NotASelector, match="spreadsheet"):
        normalise_phone(written)


@pytest.mark.parametrize("written", ["999", "101", "61234", "116123"])
def test_it_refuses_short_codes_and_says_why(written: str) -> None:
    with pytest.raises(NotASelector, match="short code"):
        normalise_phone(written)


@pytest.mark.parametrize(
    "written",
    [
        "077009001",
        "0770090012345",
        "01999 000000",
        "+999 123456789",
        "+44 0000 000000",
        "1999000000",
        "00000000000",
    ],
)
def test_it_refuses_numbers_that_no_plan_holds(written: str) -> None:
    with pytest.raises(NotASelector, match="not a phone number"):
        normalise_phone(written)


@pytest.mark.parametrize("written", ["07700 900123 ext 4", "Sam 07700900123", "withheld", "=SUM(1)", "++44"])
def test_it_refuses_anything_beside_the_number(written: str) -> None:
    with pytest.raises(NotASelector):
        normalise_phone(written)


@pytest.mark.parametrize(
    ("written", "key", "shown"),
    [
        ("01632 960123", "+441632960123", "01632 960123"),
        ("020 7946 0018", "+442079460018", "020 7946 0018"),
        ("2079460018", "+442079460018", "020 7946 0018"),
        ("0808 157 0123", "+448081570123", "0808 157 0123"),
        ("+1 202 555 0123", "+12025550123", "+1 202-555-0123"),
        ("0033 6 12 34 56 78", "+33612345678", "+33 6 12 34 56 78"),
        ("07624 200123", "+447624200123", "07624 200123"),
    ],
)
def test_it_reads_landlines_drama_numbers_and_numbers_from_abroad(written: str, key: str, shown: str) -> None:
    assert normalise_phone(written) == key
    assert show_phone(key) == shown
    assert normalise_phone(shown) == key


@given(UK_MOBILES, st.sampled_from(["", "0", "44", "0044", "+44"]))
def test_it_reads_a_mobile_quickly_and_in_full_alike(national: str, opening: str) -> None:
    written = opening + national
    assert normalise_phone(written) == by_full_rules(written, written)


@given(UK_MOBILES)
def test_it_agrees_with_the_published_numbering_plan(national: str) -> None:
    number = phonenumbers.parse(f"0{national}", "GB")
    if phonenumbers.is_valid_number(number):
        key = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        assert normalise_phone(f"0{national}") == key
        assert show_phone(key) == phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


@given(st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True))
def test_it_keeps_its_own_key_for_any_country(written: str) -> None:
    try:
        key = normalise_phone(written)
    except NotASelector:
        return
    assert normalise_phone(key) == key
    assert normalise_phone(show_phone(key)) == key
