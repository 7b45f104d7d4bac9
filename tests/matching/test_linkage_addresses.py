"""Addresses in their parts, and which are one place: flats apart, ways of writing together."""

import pytest

from benchmarks.address_town import invented
from throughline.matching.linkage.addressing import prepare_address
from throughline.matching.linkage.linking import link
from throughline.matching.linkage.model import addresses
from throughline.selectors.premises import Premises, premises_of


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("12 Wherry Rd", ("", "", "12", "WHERRY ROAD")),
        ("Flat 3, 12 Wherry Road, Norwich", ("3", "", "12", "WHERRY ROAD")),
        ("Apt 3 12 Wherry Rd.", ("3", "", "12", "WHERRY ROAD")),
        ("3/12 Wherry Road", ("3", "", "12", "WHERRY ROAD")),
        ("12A Wherry Road", ("A", "", "12", "WHERRY ROAD")),
        ("Flat A, 12 Wherry Road", ("A", "", "12", "WHERRY ROAD")),
        ("Flat A, 12A Wherry Road", ("A", "", "12", "WHERRY ROAD")),
        ("Ground Floor Flat, 12 Wherry Road", ("GROUND", "", "12", "WHERRY ROAD")),
        ("Wherry Court, 12 Mill Lane", ("", "WHERRY COURT", "12", "MILL LANE")),
        ("Rose Cottage, Mill Lane", ("", "ROSE COTTAGE", "", "MILL LANE")),
        ("Rose Cottage", ("", "ROSE COTTAGE", "", "")),
        ("", ("", "", "", "")),
    ],
)
def test_it_reads_the_parts_of_a_line(line: str, parts: tuple[str, ...]) -> None:
    assert premises_of(line) == Premises(*parts)


def _places(*written: tuple[str, str]) -> list[int]:
    """Which of these are one place, by the model file alone: a handful teaches nothing."""
    records = [{"address": line, "postcode": postcode} for line, postcode in written]
    return list(link(records, model=addresses(), prepared=prepare_address).group_of)


def test_ways_of_writing_are_one_place_and_flats_are_not() -> None:
    here = "NR1 1AA"
    assert _places(
        ("12 Wherry Road", here), ("12 Wherry Rd", "NR1 1AB"), ("12 Wherrey Road", here), ("14 Wherry Road", here),
        ("Flat 3, 30 Mill Lane", here), ("3/30 Mill Ln", here), ("Flat 4, 30 Mill Lane", here),
        ("Rose Cottage, Mill Lane", here), ("Rose Cottage", here),
    ) == [0, 0, 0, 3, 4, 4, 6, 7, 7]  # fmt: skip


def test_it_is_right_on_an_invented_town() -> None:
    rows, truth = invented(buildings=200)
    few = len(rows)
    records = [row | {"identifier": row["uprn"]} for row in rows]
    found = link(records, model=addresses(), prepared=prepare_address).group_of
    pairs = {(a, b) for a in range(few) for b in range(a) if found[a] == found[b]}
    true = {(a, b) for a in range(few) for b in range(a) if truth[a] == truth[b]}
    assert len(pairs & true) > 0.9 * len(pairs)
    assert len(pairs & true) > 0.85 * len(true)
