"""Decisions and grounds as data: which decision can stand, and that nothing is taken for verified."""

import pytest

from throughline.rights.grounds import DECISIONS, KINDS, grounds, grounds_for, trouble_with


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_decisions_and_a_ground_of_its_own(kind: str) -> None:
    assert list(DECISIONS[kind]) == ["give", "part", "withhold"]
    assert set(grounds_for(kind)) > {"namesake"}


def test_each_ground_names_kinds_that_there_are_and_its_source() -> None:
    for ground in grounds().values():
        assert set(ground.kinds) <= set(KINDS)
        assert ground.words
        assert ground.source
        assert not ground.is_verified


def test_the_grounds_of_section_45_4_are_offered_for_access_and_not_in_a_case() -> None:
    five = {"inquiry", "crime", "public-security", "national-security", "others"}
    assert five <= set(grounds_for("access"))
    assert not five & set(grounds_for("disclosure"))


@pytest.mark.parametrize(
    ("kind", "decision", "ground", "words", "field"),
    [
        ("access", "give", "", "", ""),
        ("access", "withhold", "crime", "", ""),
        ("access", "part", "others", "You were seen.", ""),
        ("access", "", "", "", "decision"),
        ("access", "burn", "", "", "decision"),
        ("access", "withhold", "", "", "ground"),
        ("access", "withhold", "sensitive", "", "ground"),
        ("access", "part", "", "You were seen.", "ground"),
        ("access", "part", "others", "  ", "words"),
        ("access", "give", "crime", "", "ground"),
        ("disclosure", "withhold", "sensitive", "", ""),
        ("rectification", "withhold", "accurate", "", ""),
    ],
)
def test_less_than_all_needs_a_ground_of_its_kind_and_a_part_needs_words(
    kind: str, decision: str, ground: str, words: str, field: str
) -> None:
    trouble = trouble_with(kind, decision=decision, ground=ground, words=words)
    assert (trouble[0] if trouble else "") == field
