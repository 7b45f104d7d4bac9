"""Hits on one value together, what is old, and what stands in the same report."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inside import dice_of, file_report, sight, someone
from tests.instance import Instance
from throughline.kernel import outbox
from throughline.matching.ageing import is_old
from throughline.matching.groups import HitGroup, hit_groups
from throughline.matching.queries import hit_list, hit_page
from throughline.matching.rarity import rarity, rarity_steps

NUMBER, PLATE = "phone:07700900123", "vehicle:AB12 CDE"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("newest", "old"),
    [(None, False), (date(2020, 11, 22), False), (date(2020, 11, 21), True), (date(2020, 2, 29), True)],
)
def test_a_sighting_is_old_once_six_years_have_passed(newest: date | None, old: bool) -> None:  # noqa: FBT001
    assert is_old(newest, today=TODAY) == old


@given(weight=st.floats(0.01, 1), holders=st.integers(2, 57), more=st.integers(0, 5000))
def test_the_steps_come_down_to_the_score(weight: float, holders: int, more: int) -> None:
    steps = rarity_steps(weight=weight, holders=holders, times=holders + more)
    assert steps[-1].score == rarity(weight=weight, holders=holders, times=holders + more).score
    scores = [step.score for step in steps]
    assert scores[1] <= round(scores[0], 4) + 1e-9
    assert scores[2] <= scores[1]


def test_one_value_is_one_group_whatever_is_in_between(house: Instance) -> None:
    for code in ("norf", "mps", "kent", "mers"):
        file_report(someone(f"analyst@{code}"), "R1", selectors=[NUMBER])
    for code in ("norf", "mps"):
        file_report(someone(f"analyst@{code}"), "R2", selectors=[PLATE])
    outbox.drain()
    rare, wide = hit_groups(someone("analyst@norf")).groups
    assert (rare.kind, rare.bodies, len(rare.rows)) == ("vehicle", 2, 1)
    assert (wide.kind, wide.bodies, {row.hit.other for row in wide.rows}) == (
        "phone",
        4,
        {"MPS", "KENT", "MERS"},
    )
    (only,) = hit_groups(someone("analyst@norf"), other="KENT").groups
    assert (only.bodies, hit_groups(someone("analyst@norf"), other="NONE").groups) == (2, ())


@pytest.mark.parametrize("seed", [1, 2])
def test_pages_of_groups_hold_every_hit_once(house: Instance, seed: int) -> None:
    dice, readers = (
        dice_of(seed),
        [someone(f"analyst@{code}") for code in ("norf", "mps", "kent", "mers", "suff")],
    )
    for n in range(60):
        silent = dice.random() < 0.1
        sight(dice.choice(readers), f"phone:077009001{dice.randint(0, 9):02d}", ref=f"S-{n}", silent=silent)
    outbox.drain()
    for reader in readers:
        groups: list[HitGroup] = []
        offset: int | None = 0
        while offset is not None:
            page = hit_groups(reader, size=3, offset=offset)
            groups += page.groups
            offset = page.next_offset
        assert len({group.shown for group in groups}) == len(groups)
        refs = [row.hit.ref for group in groups for row in group.rows]
        assert sorted(refs) == sorted(row.ref for row in hit_list(reader, size=500).rows)
        firsts = [group.rows[0].hit.rarity for group in groups]
        assert firsts == sorted(firsts, reverse=True)


def test_what_is_old_is_said_of_what_the_reader_may_know_alone(house: Instance) -> None:
    norfolk, met = someone("analyst@norf"), someone("analyst@mps")
    sight(norfolk, NUMBER, ref="OLD", seen_on=date(2012, 3, 4))
    sight(met, NUMBER, ref="NEW")
    outbox.drain()
    (ours,), (theirs,) = hit_groups(norfolk).groups, hit_groups(met).groups
    assert (ours.is_old_here, ours.rows[0].is_old_there) == (True, False)
    assert (theirs.is_old_here, theirs.rows[0].is_old_there) == (False, False), (
        "Norfolk has not circulated it"
    )
    page = hit_page(norfolk, ours.rows[0].hit.ref)
    assert page is not None
    assert [side.is_old for side in page.sides] == [True, False]


def test_hits_from_the_same_item_are_named_together(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    file_report(norfolk, "R1", selectors=[NUMBER, PLATE])
    file_report(norfolk, "R2", selectors=["phone:07700900124"])
    for n, value in enumerate((NUMBER, PLATE, "phone:07700900124")):
        file_report(someone("analyst@mps"), f"M{n}", selectors=[value])
    file_report(someone("analyst@kent"), "K1", selectors=[PLATE])
    outbox.drain()
    number = next(row for row in hit_list(norfolk).rows if row.shown == "07700 900123")
    page = hit_page(norfolk, number.ref)
    assert page is not None
    assert [(row.shown, row.other) for row in page.related] == [("AB12 CDE", "MPS")]
    seen_by_the_met = hit_page(someone("analyst@mps"), number.ref)
    assert seen_by_the_met is not None
    assert seen_by_the_met.related == (), "each of theirs stands in a report of its own"
