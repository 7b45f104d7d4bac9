"""Bank accounts, line names and pseudonyms."""

import pytest

from throughline.selectors.kinds.account import normalise_account, show_account
from throughline.selectors.kinds.brand import normalise_brand, show_brand
from throughline.selectors.kinds.kind import NotASelector
from throughline.selectors.kinds.opaque import normalise_opaque


@pytest.mark.parametrize(
    "written",
    [
        "60-16-13 31926819",
        "601613 31926819",
        "60161331926819",
        "31926819 60-16-13",
        "Sort code: 60-16-13, account number: 31926819",
        "GB29 NWBK 6016 1331 9268 19",
        "IBAN GB29NWBK60161331926819",
    ],
)
def test_it_keys_a_british_account_and_its_iban_alike(written: str) -> None:
    assert normalise_account(written) == "601613/31926819"
    assert show_account("601613/31926819") == "60-16-13 31926819"


def test_it_reads_an_iban_from_abroad() -> None:
    assert normalise_account("DE89 3704 0044 0532 0130 00") == "DE89370400440532013000"
    assert show_account("DE89370400440532013000") == "DE89 3704 0044 0532 0130 00"


@pytest.mark.parametrize(
    "written",
    [
        "GB29 NWBK 6016 1331 9268 18",
        "601613 3192681",
        "60-16-13 00000000",
        "6.01613E+13",
        "GB82WEST",
        "account",
    ],
)
def test_it_refuses_what_is_not_an_account(written: str) -> None:
    with pytest.raises(NotASelector):
        normalise_account(written)


@pytest.mark.parametrize(
    "written",
    [
        "Ricky",
        "the Ricky Line",
        "RICKY county line",
        "Ricky's line",
        "ricky\u2019s deal line",
        "“Ricky” line",
        "RICKY",
    ],
)
def test_it_keys_a_line_by_its_name_alone(written: str) -> None:
    assert normalise_brand(written) == "RICKY"
    assert normalise_brand(show_brand("RICKY")) == "RICKY"


def test_it_keeps_short_names_in_capitals() -> None:
    assert show_brand("AJ 2") == "AJ 2 line"
    assert show_brand("RICKY") == "Ricky line"


@pytest.mark.parametrize("written", ["the line", "line", "🔥", "...", "x" * 61])
def test_it_refuses_a_line_without_a_name(written: str) -> None:
    with pytest.raises(NotASelector, match="not the name of a line"):
        normalise_brand(written)


def test_it_keeps_a_pseudonym_exactly() -> None:
    assert normalise_opaque("  p:Ab;1／x ") == "p:Ab;1／x"  # noqa: RUF001 kept as given, full width and all
    assert normalise_opaque("P1") != normalise_opaque("p1")
    for wrong in ["", "  ", "a\x00b", "a\u202eb", "x" * 201, "a\nb"]:
        with pytest.raises(NotASelector):
            normalise_opaque(wrong)
