"""Numbers that the state gives: which series each is, and whether it was mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.selectors.kinds.check_digits import letter_of_23
from throughline.selectors.kinds.kind import NotASelector
from throughline.selectors.kinds.national_id import normalise_national_id, show_national_id


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("qq 12 34 56 c", "NINO:QQ123456C"),
        ("NINO QQ123456C", "NINO:QQ123456C"),
        ("National Insurance number: QQ 12 34 56 C", "NINO:QQ123456C"),
        ("2002/0073319Z", "PNC:2002/0073319Z"),
        ("20020073319Z", "PNC:2002/0073319Z"),
        ("02/73319z", "PNC:2002/0073319Z"),
        ("PNC 2002/73319Z", "PNC:2002/0073319Z"),
        ("99/123456X", "PNC:1999/0123456X"),
        ("97501/98T", "CRO:097501/98T"),
        ("cro: 097501/98T", "CRO:097501/98T"),
        ("123456789", "PASSPORT:123456789"),
        ("Passport no. 123 456 789", "PASSPORT:123456789"),
        ("MORGA 657054 SM9IJ", "LICENCE:MORGA657054SM9IJ"),
        ("MORGA657054SM9IJ 35", "LICENCE:MORGA657054SM9IJ"),
    ],
)
def test_it_recognises_the_series(written: str, key: str) -> None:
    assert normalise_national_id(written) == key
    assert normalise_national_id(show_national_id(key)) == key


@pytest.mark.parametrize("prefix", ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ", "DA", "AO", "FA", "AU"])
def test_it_refuses_national_insurance_prefixes_never_given(prefix: str) -> None:
    with pytest.raises(NotASelector):
        normalise_national_id(f"{prefix}123456A")


@pytest.mark.parametrize(
    "written",
    [
        "AB123456E",
        "2002/0073319A",
        "1802/0073319Z",
        "097501/98A",
        "SF39/123A",
        "000000000",
        "MORGA633054SM9IJ",
        "MORGA657994SM9IJ",
        "M0RGA657054SM9IJ",
        "passport AB1234567",
        "hello",
    ],
)
def test_it_refuses_a_wrong_check_letter_or_form(written: str) -> None:
    with pytest.raises(NotASelector, match="check letter"):
        normalise_national_id(written)


@given(st.integers(0, 25), st.integers(0, 9_999_999))
def test_it_reads_the_short_and_the_long_form_of_a_pnc_number_alike(year: int, serial: int) -> None:
    letter = letter_of_23(f"{year:02}{serial:07}")
    key = f"PNC:20{year:02}/{serial:07}{letter}"
    assert normalise_national_id(f"PNC {year:02}/{serial}{letter}") == key
    assert normalise_national_id(f"20{year:02}/{serial:07}{letter.lower()}") == key


@given(st.integers(10, 99), st.integers(1, 999_999))
def test_it_keeps_files_without_fingerprints_apart(year: int, serial: int) -> None:
    letter = letter_of_23(f"{year}{serial}")
    assert normalise_national_id(f"SF{year}/{serial:06}{letter}") == f"CRO:SF{year}/{serial}{letter}"
