"""Where a line probably comes from: votes of who was seen with its numbers, away from home."""

from hypothesis import given
from hypothesis import strategies as st

from throughline.lines.attribution import Likely, SeenWith, attributed, force_of_place

AREAS = st.sampled_from(["MPS", "NORF", "KENT", "SUFF"])
SEEN = st.lists(
    st.builds(SeenWith, st.uuids().map(str), AREAS, st.frozensets(AREAS, max_size=2)), max_size=12
)


def seen(*said: tuple[str, str]) -> list[SeenWith]:
    return [SeenWith(str(n), area, frozenset(homes.split())) for n, (area, homes) in enumerate(said)]


def test_it_comes_from_where_those_live_who_are_seen_elsewhere() -> None:
    found = attributed(seen(("NORF", "MPS"), ("NORF", "MPS NORF"), ("SUFF", ""), ("MPS", "MPS")))
    assert found.comes_from == Likely("MPS", 2, 2)
    assert [one.area for one in found.sells_in] == ["NORF", "SUFF"]


def test_one_traveller_may_be_a_visitor_and_two_areas_may_be_equal() -> None:
    assert attributed(seen(("NORF", "MPS"))).comes_from is None
    assert attributed(seen(("NORF", "MPS KENT"), ("NORF", "KENT MPS"))).comes_from is None


def test_a_line_whose_people_are_all_at_home_stays_there() -> None:
    found = attributed(seen(*[("NORF", "NORF")] * 3))
    assert found.comes_from is not None
    assert [one.area for one in found.sells_in] == ["NORF"]


@given(SEEN)
def test_the_order_does_not_matter_and_no_area_is_in_doubt(reports: list[SeenWith]) -> None:
    found = attributed(reports)
    assert found == attributed(list(reversed(reports)))
    assert sum(one.votes for one in found.sells_in) <= len(reports)
    assert found.comes_from is None or found.comes_from.votes <= found.comes_from.of


def test_a_place_is_in_the_force_that_its_postcode_opens_with() -> None:
    assert (force_of_place("3 MILL LANE|NR99 9ZZ"), force_of_place("IP1 1AA"), force_of_place("Norwich")) == (
        "NORF", "SUFF", "",
    )  # fmt: skip
