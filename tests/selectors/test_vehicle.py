"""Vehicle marks of every era, and the only confusion that is mended."""

import pytest

from throughline.selectors.kinds.kind import NotASelector
from throughline.selectors.kinds.vehicle import era_of, normalise_vehicle, show_vehicle


@pytest.mark.parametrize(
    ("written", "key", "shown", "era"),
    [
        ("ab12 cde", "AB12CDE", "AB12 CDE", "current"),
        ("AB-12-CDE", "AB12CDE", "AB12 CDE", "current"),
        ("a123 bcd", "A123BCD", "A123 BCD", "prefix"),
        ("ABC 123D", "ABC123D", "ABC 123D", "suffix"),
        ("Q123 ABC", "Q123ABC", "Q123 ABC", "q"),
        ("AIZ 1234", "AIZ1234", "AIZ 1234", "northern ireland"),
        ("ABC 123", "ABC123", "ABC 123", "dateless"),
        ("A1", "A1", "A 1", "dateless"),
        ("1234 AB", "1234AB", "1234 AB", "reversed"),
        ("W-ÄB 123 E", "WAB123E", "WAB 123E", "suffix"),
        ("1234 BCD", "1234BCD", "1234BCD", None),
    ],
)
def test_it_reads_marks_of_every_era(written: str, key: str, shown: str, era: str | None) -> None:
    assert normalise_vehicle(written) == key
    assert show_vehicle(key) == shown
    assert era_of(key) == era


@pytest.mark.parametrize("written", ["ABO2CDE", "ab o2 cde", "AB 02 CDE"])
def test_it_mends_the_letter_o_where_only_a_current_mark_can_be_meant(written: str) -> None:
    assert normalise_vehicle(written) == "AB02CDE"


@pytest.mark.parametrize(
    ("written", "key"),
    [("ABI2CDE", "AB12CDE"), ("AB12C0E", "AB12COE"), ("0A12CDE", "OA12CDE")],
)
def test_it_mends_one_other_mistaken_character(written: str, key: str) -> None:
    assert normalise_vehicle(written) == key


@pytest.mark.parametrize("mark", ["AB100CD", "0012BCD", "AB1OO2D", "O123ABC", "ABC10D", "ABOICDE1"])
def test_it_leaves_alone_what_may_be_another_mark(mark: str) -> None:
    assert normalise_vehicle(mark) == mark


@pytest.mark.parametrize("written", ["ABCDE", "12345", "A", "AB12CDE-AB12CDE", "AB12_CDE", "=A1", "A1?"])
def test_it_refuses_what_is_not_a_mark(written: str) -> None:
    with pytest.raises(NotASelector, match="not a vehicle mark"):
        normalise_vehicle(written)
