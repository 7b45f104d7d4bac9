"""What measures, roles and phases mean: reasons, advice, what changes, and where things are drawn."""

import pytest

from throughline.network.attributes import groups_of, protected, resources_of
from throughline.network.change import Shift, change_between
from throughline.network.places import SIDE, places
from throughline.network.reasons import advice_for, reasons_for

POINTS = {"degree": 30.0, "betweenness": 10.0}


@pytest.mark.parametrize(
    ("roles", "attributes"),
    [([], {"age": "15"}), (["child"], {}), (["runner", "Victim"], {}), (["victim", "suspect"], {"age": "30"}),
     ([], {"is_child": "yes"}), ([], {"juvenile": "1"}), (["cuckooed occupier"], {})],
)  # fmt: skip
def test_a_child_or_a_victim_is_protected_and_never_a_target(
    roles: list[str], attributes: dict[str, str]
) -> None:
    advice = advice_for(roles, attributes, POINTS)
    assert advice.protect
    assert advice.pursue == ""


@pytest.mark.parametrize(
    ("roles", "attributes"),
    [([], {}), (["suspect"], {"age": "18"}), (["organiser"], {"age": "unknown"}), ([], {"age": "nan"})],
)  # fmt: skip
def test_anybody_else_may_be_pursued_with_a_word_of_caution(
    roles: list[str], attributes: dict[str, str]
) -> None:
    advice = advice_for(roles, attributes, POINTS)
    assert advice.protect == ""
    assert "no evidence of an offence" in advice.pursue


def test_a_victim_who_is_a_suspect_too_has_both_said() -> None:
    assert "Also named as suspect" in advice_for(["suspect", "victim"], {}, POINTS).protect


def test_a_victim_who_is_grown_up_is_no_child() -> None:
    assert protected(["victim"], {"age": "40"}).is_child is False


def test_reasons_stand_in_order_of_their_points() -> None:
    said = reasons_for({"degree": 1, "betweenness": 0.125, "constraint": 0.4}, POINTS, {"ranking": "2"})
    assert said == [
        "Their ranking is stated as 2, where 1 is the highest.", "Tied to 1 other (30.0 points).",
        "On 12.5% of the shortest ways between others (10.0 points).",
    ]  # fmt: skip


def test_groups_and_resources_are_found_among_the_attributes() -> None:
    rows = [{"gang": "a", "arrests": "4", "ranking": "1"}, {"gang": "b", "arrests": "0", "ranking": "5"}, {}]
    assert groups_of(rows) == ("gang", ["a", "b", ""])
    used, resources = resources_of(rows)
    assert used == ("arrests", "ranking")
    assert resources.tolist() == [1, 0, 0]


def test_change_names_who_comes_goes_rises_and_falls() -> None:
    ranks = {"1": {"a": 1, "b": 2, "c": 9, "d": 20}, "2": {"c": 1, "a": 2, "b": 6, "d": 17, "e": 3}, "3": {}}
    found = change_between("1", "2", ranks=ranks, ties={"1": 4, "2": 7}, happenings={"2": ["300 kg"]})
    assert (found.appear, found.disappear) == (("e",), ())
    assert found.rise == (Shift("c", 9, 1),)
    assert found.fall == (Shift("b", 2, 6),)
    assert (found.first_before, found.first, found.happened) == ("a", "c", ("300 kg",))
    assert change_between("2", "3", ranks=ranks, ties={}, happenings={}).disappear == (
        "c",
        "a",
        "e",
        "b",
        "d",
    )


def test_places_are_always_the_same_and_stay_when_more_is_added() -> None:
    ties = [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 4.0)]
    first = places(4, ties)
    assert first == places(4, ties)
    assert len(set(first)) == 4
    more = places(6, [*ties, (3, 4, 1.0)], dict(enumerate(first)))
    assert more[:4] == first
    assert all(0 <= c <= SIDE for place in more for c in place)
    assert places(0, []) == []
    assert len(places(1, [])) == 1
