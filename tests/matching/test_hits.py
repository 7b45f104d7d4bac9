"""Hits: raised between every two bodies, whoever writes when; ranked and never cut off; judged by each side."""

from collections import defaultdict
from datetime import date, timedelta
from functools import partial
from itertools import combinations, product

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.inside import dice_of, file_report, in_parallel, sight, someone
from tests.instance import Instance
from throughline.access.reader import Reader, reading
from throughline.kernel import outbox
from throughline.kernel.workflow import MoveRefused
from throughline.matching.models import Hit, HitSide
from throughline.matching.queries import hit_list, hit_page, waiting_hits
from throughline.matching.rarity import COMMON_HOLDERS, COMMON_TIMES, rarity
from throughline.matching.reasons import HitProblem
from throughline.matching.services import forget_sightings, judge_hit, match_sightings
from throughline.matching.workflow import DISMISSAL_REASONS, HIT
from throughline.notices.queries import notice_list, unread_count

NUMBER = "phone:07700900123"
CODES = ["norf", "mps", "kent", "ersou", "mers", "suff"]


def _pairs(house: Instance) -> set[tuple[str, int, int]]:
    with house.as_owner() as owner:
        return set(owner.execute("select key, body_a, body_b from matching_hit").fetchall())


def _holdings(house: Instance) -> list[tuple[object, ...]]:
    with house.as_owner() as owner:
        return owner.execute("select * from matching_holding order by key, kind, body").fetchall()


# --- Raised ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_hits_and_index_equal_brute_force(house: Instance, seed: int) -> None:
    dice, readers = dice_of(seed), [someone(f"analyst@{code}") for code in CODES]
    seen: dict[str, dict[int, list[tuple[bool, date]]]] = defaultdict(lambda: defaultdict(list))
    for n in range(70):
        reader, number = dice.choice(readers), f"077009001{dice.randint(0, 12):02d}"
        silent, day = dice.random() < 0.15, date(2026, 1, 1) + timedelta(dice.randint(0, 200))
        sight(reader, f"phone:{number}", ref=f"S-{n}", silent=silent, seen_on=day)
        seen[f"+44{number[1:]}"][reader.body].append((silent, day))
        if dice.random() < 0.2:
            outbox.work_once(batch=dice.randint(1, 20))
    outbox.drain()
    assert outbox.failed() == 0
    expected = {(key, *sorted(pair)) for key, by in seen.items() for pair in combinations(by, 2)}
    assert _pairs(house) == expected
    with house.as_owner() as owner:
        index = owner.execute(
            "select key, body, times, silent_times, first_on, last_on from matching_holding"
        )
        assert sorted(index.fetchall()) == sorted(
            (key, body, len(rows), sum(s for s, _ in rows), min(d for _, d in rows), max(d for _, d in rows))
            for key, by in seen.items() for body, rows in by.items()
        )  # fmt: skip
    # Built again from nothing, the index is the same and no hit is new.
    before = _holdings(house)
    with house.as_owner() as owner:
        assert owner.execute("select matching_rebuild()").fetchone() == (len(before),)
    assert _holdings(house) == before
    assert _pairs(house) == expected


def test_the_index_built_again_leaves_what_waits_to_its_step(house: Instance) -> None:
    for code in ("norf", "mps"):
        sight(someone(f"analyst@{code}"), NUMBER, ref=f"S-{code}")
    outbox.drain()
    sight(someone("analyst@kent"), NUMBER, ref="S-kent")
    with house.as_owner() as owner:
        owner.execute("select matching_rebuild()")
    outbox.drain()
    assert len(_pairs(house)) == 3
    assert [row[3] for row in _holdings(house)] == [1, 1, 1]


def test_a_lost_hit_is_raised_when_the_index_is_built_again(house: Instance) -> None:
    for code in ("norf", "mps", "kent"):
        sight(someone(f"analyst@{code}"), NUMBER, ref=f"S-{code}")
    outbox.drain()
    before = _pairs(house)
    with house.as_owner() as owner:
        owner.execute("delete from matching_hit_side where hit_id = (select min(id) from matching_hit)")
        owner.execute("delete from matching_hit where id = (select min(id) from matching_hit)")
        owner.execute("select matching_rebuild()")
    assert _pairs(house) == before


def test_two_bodies_entering_one_number_at_one_moment_always_meet(house: Instance) -> None:
    norfolk, met = someone("analyst@norf"), someone("analyst@mps")
    rounds = 40

    def enter(by: Reader, n: int) -> None:
        sight(by, f"phone:077009002{n:02d}", ref=f"{by.body}-{n}")
        outbox.drain()

    for n in range(rounds):
        in_parallel(partial(enter, norfolk, n), partial(enter, met, n))
    outbox.drain()
    assert (outbox.failed(), outbox.waiting()) == (0, 0)
    assert len(_pairs(house)) == rounds
    assert (waiting_hits(norfolk), waiting_hits(met)) == (rounds, rounds)


def test_two_long_loads_that_cross_neither_lock_up_nor_miss(house: Instance) -> None:
    """Many numbers at once, in opposite order: the locks are taken in one order all the same."""
    norfolk, met, numbers = (
        someone("analyst@norf"),
        someone("analyst@mps"),
        [f"phone:077009003{n:02d}" for n in range(60)],
    )

    def load(reader: str, order: list[str]) -> None:
        by = someone(reader)
        file_report(by, "R", selectors=order)
        outbox.drain()

    in_parallel(lambda: load("analyst@norf", numbers), lambda: load("analyst@mps", numbers[::-1]))
    outbox.drain()
    assert outbox.failed() == 0
    assert (waiting_hits(norfolk), waiting_hits(met)) == (60, 60)


def test_one_number_of_one_body_is_no_hit(house: Instance) -> None:
    for n in range(3):
        sight(someone("analyst@norf"), NUMBER, ref=f"S-{n}")
    outbox.drain()
    assert _pairs(house) == set()


# --- Ranked ---------------------------------------------------------------------------------------------------------


@given(weight=st.floats(0.01, 1), holders=st.integers(2, 57), times=st.integers(2, 5000))
def test_the_more_hold_it_the_less_it_tells(weight: float, holders: int, times: int) -> None:
    score = rarity(weight=weight, holders=holders, times=times).score
    assert 0 <= score <= 1
    assert rarity(weight=weight, holders=holders + 1, times=times).score <= score
    assert rarity(weight=weight, holders=holders, times=times + 1).score <= score
    assert rarity(weight=min(1, weight * 1.1), holders=holders, times=times).score >= score


@given(holders=st.integers(2, 57), times=st.integers(2, 5000))
def test_a_common_value_says_so_with_its_counts(holders: int, times: int) -> None:
    given = rarity(weight=0.95, holders=holders, times=times)
    assert given.is_common == (holders >= COMMON_HOLDERS or times >= COMMON_TIMES)
    assert [r.name for r in given.reasons[:3]] == ["kind", "holders", "times"]
    assert f"{holders:,} bodies" in given.reasons[1].sentence
    assert f"{times:,} times" in given.reasons[2].sentence
    if given.is_common:
        assert f"{holders:,}" in given.reasons[3].sentence
        assert f"{times:,}" in given.reasons[3].sentence


def test_two_bodies_with_one_sighting_each_give_the_whole_weight() -> None:
    assert rarity(weight=0.95, holders=2, times=2).score == 0.95


def test_a_value_that_is_everywhere_is_damped_and_never_cut_off(house: Instance) -> None:
    readers = [someone(f"analyst@{code}") for code in [*CODES, "gmp", "wmp"]]
    for reader, n in product(readers, range(2)):
        sight(reader, "phone:07700900500", ref=f"E-{reader.body}-{n}")
    for reader in readers[:2]:
        sight(reader, "phone:07700900501", ref=f"R-{reader.body}")
    outbox.drain()
    assert len(_pairs(house)) == 8 * 7 // 2 + 1
    rows = hit_list(readers[0], size=100).rows
    assert len(rows) == 8
    assert [row.is_common for row in rows] == [False, *[True] * 7]
    assert {row.holders for row in rows[1:]} == {8}
    page = hit_page(readers[0], rows[1].ref)
    assert page is not None
    assert page.is_common
    assert "8 bodies hold it" in page.reasons[-1].sentence
    first, rest = hit_list(readers[0], size=5), hit_list(readers[0], size=5, offset=5)
    assert [r.ref for r in (*first.rows, *rest.rows)] == [r.ref for r in rows]
    assert (first.next_offset, rest.next_offset) == (5, None)


def test_hits_are_filtered_by_kind_and_other_body(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    for code in ("norf", "mps", "kent"):
        file_report(someone(f"analyst@{code}"), "R", selectors=[NUMBER])
    outbox.drain()
    assert [row.other for row in hit_list(norfolk, other="KENT").rows] == ["KENT"]
    assert hit_list(norfolk, kind="vehicle").rows == ()
    assert hit_list(norfolk, other="NONE").rows == ()


# --- Told -------------------------------------------------------------------------------------------------------------


def test_both_sides_are_told_and_the_holder_of_an_old_report_is_woken(house: Instance) -> None:
    norfolk, met = someone("analyst@norf"), someone("analyst@mps")
    sight(norfolk, NUMBER, ref="OLD", seen_on=date(2019, 3, 4))
    outbox.drain()
    sight(met, NUMBER, ref="NEW")
    outbox.drain()
    (old,), _ = notice_list(norfolk)
    (new,), _ = notice_list(met)
    assert "4 March 2019" in old.text
    assert "Metropolitan" in old.text
    assert "Norfolk" in new.text
    assert (old.kind, old.thing, old.thing_ref) == ("hit", "hit", hit_list(norfolk).rows[0].ref)
    assert old.thing_ref == new.thing_ref
    assert notice_list(someone("analyst@kent"))[0] == []


def test_many_hits_at_once_are_one_notice_with_a_count(house: Instance) -> None:
    numbers = [f"phone:077009004{n:02d}" for n in range(9)]
    for code in ("norf", "mps"):
        file_report(someone(f"analyst@{code}"), "R", selectors=numbers)
    outbox.drain()
    assert [card.text for card in notice_list(someone("analyst@norf"))[0]] == ["9 new hits with other bodies"]
    assert waiting_hits(someone("analyst@norf")) == 9


def test_a_body_that_no_longer_holds_it_is_not_told_and_stops_nobody(house: Instance) -> None:
    """An interest is withdrawn after its hit was raised and before the sides were told."""
    norfolk, met = someone("analyst@norf"), someone("analyst@mps")
    first, second = sight(norfolk, NUMBER, ref="A"), sight(met, NUMBER, ref="B")
    match_sightings([{"sightings": [first, second]}])
    with house.as_owner() as owner:
        owner.execute("update kernel_step set state = 'done' where step = 'match_sightings'")
    forget_sightings([{"sightings": [first]}])
    outbox.drain()
    assert outbox.failed() == 0
    assert (unread_count(norfolk), unread_count(met)) == (0, 1)


# --- Judged -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def hit(house: Instance) -> str:
    """A hit between Norfolk and the Met."""
    file_report(someone("analyst@norf"), "N1", selectors=[NUMBER])
    file_report(someone("analyst@mps"), "M1", selectors=[NUMBER], bodies=["NORF"])
    outbox.drain()
    return hit_list(someone("analyst@norf")).rows[0].ref


ROADS = {
    "raised": [], "confirmed": ["confirm"], "dismissed": ["dismiss"], "unsure": ["doubt"],
}  # fmt: skip


@pytest.mark.parametrize("state", HIT.states)
@pytest.mark.parametrize("verb", sorted({move.verb for move in HIT.moves}))
def test_each_move_is_made_from_the_states_of_its_table_and_no_other(hit: str, state: str, verb: str) -> None:
    aisha = someone("analyst@norf")
    for step in ROADS[state]:
        judge_hit(by=aisha, ref=hit, verb=step, reason="known")
    ends = {move.after for move in HIT.moves if (move.verb, move.before) == (verb, state)}
    if ends:
        judge_hit(by=aisha, ref=hit, verb=verb, reason="known")
        assert {hit_list(aisha, state="").rows[0].state} == ends
    else:
        with pytest.raises(MoveRefused):
            judge_hit(by=aisha, ref=hit, verb=verb, reason="known")
        assert hit_list(aisha, state="").rows[0].state == state
    page = hit_page(aisha, hit)
    assert page is not None
    assert len(page.history) == len(ROADS[state]) + len(ends)


def test_a_dismissal_needs_a_reason(hit: str) -> None:
    aisha = someone("analyst@norf")
    for reason, note in (("", ""), ("whim", "because"), ("other", " ")):
        with pytest.raises(HitProblem):
            judge_hit(by=aisha, ref=hit, verb="dismiss", reason=reason, note=note)
    judge_hit(by=aisha, ref=hit, verb="dismiss", reason="other", note="A shared desk phone")
    page = hit_page(aisha, hit)
    assert page is not None
    assert (page.sides[0].state, page.sides[0].reason) == (
        "dismissed", f"{DISMISSAL_REASONS['other']}. A shared desk phone",
    )  # fmt: skip


def test_each_side_decides_for_itself_and_the_other_sees_it(hit: str) -> None:
    aisha, mia = someone("analyst@norf"), someone("analyst@mps")
    judge_hit(by=aisha, ref=hit, verb="dismiss", reason="different")
    page = hit_page(mia, hit)
    assert page is not None
    own, other = page.sides
    assert (own.is_own, own.state, own.degree) == (True, "raised", "content")
    assert (other.body, other.state, other.reason, other.decided_by, other.degree) == (
        "NORF", "dismissed", DISMISSAL_REASONS["different"], aisha.name, "existence",
    )  # fmt: skip
    assert [(line.verb, line.by) for line in page.history] == [("dismiss", aisha.name)]
    assert page.moves == ("confirm", "dismiss", "doubt")
    assert [(row.state, row.other_state) for row in hit_list(mia).rows] == [("raised", "dismissed")]
    seen_by_aisha = hit_page(aisha, hit)
    assert seen_by_aisha is not None
    assert [side.degree for side in seen_by_aisha.sides] == ["content", "content"]


def test_it_stays_closed_to_a_body_that_is_not_in_it(hit: str) -> None:
    harry = someone("analyst@kent")
    assert hit_list(harry, state="").rows == ()
    assert hit_page(harry, hit) is None
    with pytest.raises(HitSide.DoesNotExist):
        judge_hit(by=harry, ref=hit, verb="confirm")


def test_it_is_not_for_every_role(hit: str) -> None:
    with pytest.raises(MoveRefused):
        judge_hit(by=someone("officer@norf"), ref=hit, verb="confirm")
    page = hit_page(someone("officer@norf"), hit)
    assert page is not None
    assert page.moves == ()


def test_the_other_side_cannot_be_judged_even_by_hand(hit: str) -> None:
    with reading(someone("analyst@mps")), connection.cursor() as cursor:
        cursor.execute("update matching_hit_side set state = 'dismissed' returning body")
        assert [row[0] for row in cursor.fetchall()] == [someone("analyst@mps").body]


def test_one_pair_and_selector_is_one_hit_for_ever(hit: str) -> None:
    for n in range(3):
        file_report(someone("analyst@norf"), f"N-{n}", selectors=[NUMBER])
    outbox.drain()
    assert Hit.objects.using("owner").count() == 1
