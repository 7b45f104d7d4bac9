"""Handsets, subscriptions and SIM cards, and the digits that check them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.selectors.kinds.check_digits import luhn_digit, passes_luhn
from throughline.selectors.kinds.iccid import normalise_iccid
from throughline.selectors.kinds.imei import normalise_imei
from throughline.selectors.kinds.imsi import normalise_imsi
from throughline.selectors.kinds.kind import NotASelector

DIGITS = "0123456789"


@pytest.mark.parametrize(
    "written",
    [
        "490154203237518",
        "49-015420-323751-8",
        "49015420323751",
        "4901542032375189",
        "49 015420 323751",
        "490154203237518.0",
    ],
)
def test_it_reads_an_imei_with_and_without_its_check_digit_and_software_version(written: str) -> None:
    assert normalise_imei(written) == "490154203237518"


def test_it_says_which_digit_an_imei_should_end_in() -> None:
    with pytest.raises(NotASelector, match="should be 8"):
        normalise_imei("490154203237519")


@pytest.mark.parametrize(
    "written", ["123", "4.90154E+14", "000000000000000", "49015420323751X", "49015420323751890"]
)
def test_it_refuses_what_is_not_an_imei(written: str) -> None:
    with pytest.raises(NotASelector):
        normalise_imei(written)


@given(st.text(DIGITS, min_size=14, max_size=14), st.text(DIGITS, min_size=2, max_size=2))
def test_it_gives_one_key_for_one_handset(body: str, version: str) -> None:
    if len(set(body)) > 1:
        key = normalise_imei(body)
        assert key == normalise_imei(body + luhn_digit(body)) == normalise_imei(body + version)
        assert passes_luhn(key)


@given(st.text(DIGITS, min_size=14, max_size=14), st.integers(0, 13), st.integers(1, 9))
def test_it_catches_any_one_wrong_digit(body: str, place: int, by: int) -> None:
    wrong = body[:place] + str((int(body[place]) + by) % 10) + body[place + 1 :]
    assert luhn_digit(wrong) != luhn_digit(body)


def test_it_reads_an_imsi() -> None:
    assert normalise_imsi("234 15 0123456789") == "234150123456789"
    assert normalise_imsi("23415012345678") == "23415012345678"


@pytest.mark.parametrize(
    "written", ["134150123456789", "834150123456789", "2341501234567", "222222222222222"]
)
def test_it_refuses_an_imsi_of_no_country(written: str) -> None:
    with pytest.raises(NotASelector):
        normalise_imsi(written)


@pytest.mark.parametrize(
    "written",
    [
        "8944110000000000008",
        "8944 1100 0000 0000 008",
        "894411000000000000",
        "8944110000000000008F",
        "8944110000000000008f",
    ],
)
def test_it_reads_a_sim_card(written: str) -> None:
    assert normalise_iccid(written) == "8944110000000000008"


@pytest.mark.parametrize(
    "written", ["8944110000000000003", "1234567890123456789", "89441100", "8.94411E+18", "F", "89F"]
)
def test_it_refuses_what_is_not_a_sim_card(written: str) -> None:
    with pytest.raises(NotASelector):
        normalise_iccid(written)
