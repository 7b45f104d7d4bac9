"""Addresses, postcodes and property numbers."""

import pytest

from throughline.selectors.kinds.address import normalise_address, show_address
from throughline.selectors.kinds.kind import NotASelector
from throughline.selectors.kinds.postcode import normalise_postcode
from throughline.selectors.kinds.uprn import normalise_uprn, show_uprn


@pytest.mark.parametrize(
    "written",
    [
        "12 Wherry Road, NR1 1AA",
        "12 wherry rd nr11aa",
        "12, Wherry Rd., Norwich, Norfolk, NR1 1AA.",
        "No. 12 Wherry Road Norwich NR1 1AA",
        "12 Wherry Road, Norwich, NR1 IAA",
        "12 WHERRY ROAD|NR1 1AA",
    ],
)
def test_it_gives_one_key_for_one_address(written: str) -> None:
    assert normalise_address(written) == "12 WHERRY ROAD|NR1 1AA"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Flat 2, 12 Mary St, Norwich", "FLAT 2 12 MARY STREET"),
        ("Apt2 12 Mary Street", "FLAT 2 12 MARY STREET"),
        ("12 St Mary Street, Norwich", "12 ST MARY STREET"),
        ("12 High St, Bury St Edmunds", "12 HIGH STREET"),
        ("12 High Street Bury St Edmunds", "12 HIGH STREET"),
        ("5 Grove Road East, Norwich", "5 GROVE ROAD EAST"),
        ("1 Lane End Road, Norwich", "1 LANE END ROAD"),
        ("Wherry House, Station Road", "WHERRY HOUSE STATION ROAD"),
        ("2a King's Lynn Close", "2A KINGS LYNN CLOSE"),
        ("12-14 Wherry Road", "12-14 WHERRY ROAD"),
        ("Flat 1/2, 12 Wherry Road", "FLAT 1/2 12 WHERRY ROAD"),
        ("The Old Barn", "THE OLD BARN"),
    ],
)
def test_it_reads_the_line_down_to_the_street(written: str, line: str) -> None:
    key = f"{line}|NR1 1AA"
    assert normalise_address(f"{written}, NR1 1AA") == key
    assert normalise_address(show_address(key)) == key


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("12 Wherry Road, Norwich", "no UK postcode"),
        ("12 Wherry Road, ZZ1 1AA", "not a full UK postcode"),
        ("NR1 1AA", "needs a house and a street"),
        ("12 NR1 1AA", "needs a house and a street"),
        (f"12 {'Long ' * 60} Road NR1 1AA", "needs a house and a street"),
    ],
)
def test_it_says_what_an_address_lacks(written: str, reason: str) -> None:
    with pytest.raises(NotASelector, match=reason):
        normalise_address(written)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("nr11aa", "NR1 1AA"),
        (" NR1  1AA ", "NR1 1AA"),
        ("SW1A OAA", "SW1A 0AA"),
        ("m1-1ae", "M1 1AE"),
        ("BT1 5GS", "BT1 5GS"),
    ],
)
def test_it_reads_postcodes(written: str, key: str) -> None:
    assert normalise_postcode(written) == key


@pytest.mark.parametrize(
    "written", ["NR1", "QQ1 1AA", "NR01 1AA", "ZZ99 3VZ", "12345", "NR1 1A", "ﬃ1 1AA", "SW1A"]
)
def test_it_refuses_what_is_not_a_postcode(written: str) -> None:
    with pytest.raises(NotASelector, match="not a full UK postcode"):
        normalise_postcode(written)


def test_it_reads_property_numbers() -> None:
    assert normalise_uprn("10001234567") == normalise_uprn("010001234567") == "010001234567"
    assert show_uprn("010001234567") == "10001234567"
    for wrong in ["0", "1234567890123", "1.2E+10", "12a"]:
        with pytest.raises(NotASelector):
            normalise_uprn(wrong)
