"""Each indicator equals a count made in another way, a changed record moves what it should, small ones are hidden."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import numpy as np
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.inside import dice_of, someone
from tests.instance import Instance
from tests.oversight.nation import NOW, Asked, Counts, Line, Nation, Order, Step, Writer, counted, invented
from throughline.access.journal import journal_page
from throughline.access.reader import NotAllowed, reading
from throughline.kernel import clock
from throughline.lines.views import LEVELS
from throughline.organisations.queries import body_cards
from throughline.oversight.funnel import limits_of, verdict_of
from throughline.oversight.indicators import BY_KEY, INDICATORS
from throughline.oversight.queries import measured, period_of
from throughline.oversight.suppressing import SMALLEST, keep_back
from throughline.tasking.words import REASONS

SINCE, UNTIL = period_of(NOW.date())


def _door() -> Counts:
    """What the door gives, before anything is kept back."""
    with reading(someone("chair@nclcc")), connection.cursor() as cursor:
        cursor.execute(
            "select indicator, body, month, numerator, denominator from oversight_counts(%s, %s, %s, %s, %s)",
            [SINCE, UNTIL, NOW, json.dumps(LEVELS), list(REASONS)],
        )
        return {(key, body, month): (n, d) for key, body, month, n, d in cursor.fetchall()}


def test_the_period_is_twelve_whole_months_and_the_one_under_way() -> None:
    assert period_of(date(2036, 10, 20)) == (date(2035, 10, 1), date(2036, 11, 1))
    assert period_of(date(2036, 1, 31)) == (date(2035, 1, 1), date(2036, 2, 1))
    assert period_of(date(2036, 12, 1)) == (date(2035, 12, 1), date(2037, 1, 1))


@pytest.mark.parametrize("seed", [1, 2])
def test_each_indicator_equals_an_independent_count(house: Instance, seed: int) -> None:
    nation = invented(dice_of(seed), sorted(body_cards()))
    Writer().write(nation)
    expected, found = counted(nation, SINCE, UNTIL), _door()
    assert {key for key, *_ in expected} == set(BY_KEY), "every indicator has cases"
    for key in BY_KEY:
        assert {p: n for p, n in found.items() if p[0] == key} == {
            p: n for p, n in expected.items() if p[0] == key
        }


AT = NOW - timedelta(days=150)
WEEK = timedelta(days=7)


def _door_on(nation: Nation) -> Counts:
    """What the door gives of this nation alone, which equals what is counted of it in Python."""
    Writer().write(nation)
    found = _door()
    assert found == counted(nation, SINCE, UNTIL)
    return found


def _of(found: Counts, key: str) -> dict[int, tuple[int, int]]:
    return {body: n for (indicator, body, _), n in found.items() if indicator == key}


def test_a_decision_counts_for_the_meeting_that_made_it_wherever_the_bid_went_later(house: Instance) -> None:
    force, region, nation = 1, 2, 3
    steps = [
        Step("assess", AT, force), Step("turn down", AT, force, "capacity"), Step("escalate", AT, force),
        Step("adopt", AT + WEEK, region), Step("offer", AT + WEEK, region),
        Step("decline", AT + WEEK, force, "priority"), Step("refer up", AT + WEEK, region),
        Step("adopt", AT + WEEK, nation), Step("accept", AT + WEEK, region),
    ]  # fmt: skip
    found = _door_on(Nation(bids=[Asked(nation, region, steps)]))
    assert _of(found, "adopted") == {force: (0, 1), region: (1, 1), nation: (1, 1)}
    assert _of(found, "accepted") == {force: (0, 1), region: (1, 1)}
    assert _of(found, "declined-capacity") == {force: (1, 2)}


def test_a_reason_that_nobody_used_yet_moves_no_other_body_when_it_is(house: Instance) -> None:
    first = Asked(1, 2, [Step("turn down", AT, 1, "capacity")])
    before = _door_on(Nation(bids=[first]))
    assert {key for key, *_ in before} == {"adopted", *(key for key in BY_KEY if key.startswith("declined-"))}
    after = _door_on(Nation(bids=[first, Asked(2, 3, [Step("turn down", AT, 2, "safety")])]))
    assert {place: n for place, n in after.items() if place[1] == 1} == before


def test_a_line_is_ordered_where_the_application_came_after_it_was_taken_up(house: Instance) -> None:
    def line(head: int | None = None) -> Line:
        return Line(1, AT, [(AT, "proposed", 1), (AT + WEEK, "live", 1)], head=head)

    def applied(of: int, at: datetime) -> Order:
        return Order(1, of, AT, at, None, None)

    lines = [line(), line(), line(head=0)]
    before = Nation(lines=lines, orders=[applied(0, AT + WEEK / 2), applied(1, AT + WEEK / 2)])
    assert _of(_door_on(before), "ordered") == {1: (0, 2)}
    since = Nation(lines=lines, orders=[applied(2, AT + 2 * WEEK), applied(1, AT + WEEK / 2)])
    assert _of(_door_on(since), "ordered") == {1: (1, 2)}, "one of a merged line is one of what stands for it"


def test_a_closure_of_a_merged_line_is_not_counted_beside_that_of_what_stands_for_it(house: Instance) -> None:
    stood: list[tuple[datetime, str, int | None]] = [
        (AT, "proposed", 1), (AT, "live", 1), (AT, "closed type 2", 1)
    ]  # fmt: skip
    weeks = [((AT - WEEK).date(), (AT + WEEK).date(), "week", "published")]
    lines = [Line(1, AT, stood), Line(1, AT, stood, head=0)]
    assert _of(_door_on(Nation(lines=lines)), "other-lasts") == {1: (1, 1)}
    assert _of(_door_on(Nation(lines=lines, weeks=weeks)), "week-lasts") == {1: (1, 1)}


def _moved(before: Counts, after: Counts) -> set[tuple[str, int, date]]:
    return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}


def _answered(nation: Nation, dice: Random) -> str:
    hit = next(h for h in nation.hits for b, due in h.due.items() if due and due <= NOW and due.date() >= SINCE
               and h.told[b] and not h.closed[b] and not any(at <= due for at in h.judged[b]))  # fmt: skip
    for body, due in hit.due.items():
        if due:
            hit.judged[body].append(due - timedelta(minutes=1))
    return "answered"


def _referred(nation: Nation, dice: Random) -> str:
    one = next(c for c in nation.concerns if c.age == "child" and c.state == "raised" and c.is_open
               and c.raised_at.date() > SINCE and not {"submitted", "reasonable grounds"} & {*c.referrals})  # fmt: skip
    one.referrals.append("submitted")
    return "referred"


def _bailed(nation: Nation, dice: Random) -> str:
    arrest = next(a for a in nation.arrests if a.moves[0][0] == "release" and a.moves[0][2].date() > SINCE)
    arrest.moves[0] = ("bail", *arrest.moves[0][1:])
    return "bailed"


def _replaced(nation: Nation, dice: Random) -> str:
    order = next(o for o in nation.orders if o.complied_at and not o.replaced_at
                 and o.complied_at.date() > SINCE and o.complied_at < NOW - timedelta(days=1))  # fmt: skip
    assert order.complied_at
    order.replaced_at = order.complied_at + timedelta(hours=2)
    return "quiet"


def _told_late(nation: Nation, dice: Random) -> str:
    hit = next(h for h in nation.hits if all(h.told.values()) and not any(h.closed.values())
               and all(all(is_open for _, is_open in own) for own in h.reports.values())
               and h.raised_at.date() > SINCE + timedelta(days=40)
               and h.raised_at - max(min(own)[0] for own in h.reports.values()) > timedelta(days=1))  # fmt: skip
    late = max(hit.reports, key=lambda body: min(hit.reports[body]))
    hit.reports[late] = [(hit.raised_at - timedelta(hours=1), True)]
    return "told-in-a-day"


CHANGES: tuple[Callable[[Nation, Random], str], ...] = (_answered, _referred, _bailed, _replaced, _told_late)


@pytest.mark.parametrize("change", CHANGES)
def test_one_changed_record_moves_its_indicator_and_nothing_else(
    house: Instance, change: Callable[[Nation, Random], str]
) -> None:
    dice = dice_of(7)
    nation = invented(dice, sorted(body_cards()), size=120)
    Writer().write(nation)
    before = _door()
    key = change(nation, dice)
    Writer().write(nation)
    after = _door()
    moved = _moved(before, after)
    assert moved, "something moved"
    assert {place[0] for place in moved} == {key}
    assert len(moved) <= 2, "one body, or the two of a hit"
    assert after == counted(nation, SINCE, UNTIL)


def test_a_reader_is_given_their_own_body_in_full_and_little_of_few(house: Instance) -> None:
    nation = invented(dice_of(4), sorted(body_cards()), size=200)
    Writer().write(nation)
    reader, expected = someone("manager@norf"), counted(nation, SINCE, UNTIL)
    with clock.stopped(NOW):
        found = measured(reader)
    assert (found.since, found.until, len(found.figures)) == (SINCE, UNTIL, len(INDICATORS))
    cards = {card.code: n for n, card in body_cards().items()}
    hidden = 0
    for figures in found.figures:
        for body in figures.bodies:
            cells = [
                n for place, n in expected.items() if place[:2] == (figures.indicator.key, cards[body.code])
            ]
            numerator, denominator = sum(n for n, _ in cells), sum(d for _, d in cells)
            if body.count.denominator is None:
                hidden += 1
                assert body.code != "NORF"
                assert body.verdict == ""
            else:
                assert (body.count.numerator, body.count.denominator) == (numerator, denominator)
                assert body.code == "NORF" or denominator >= SMALLEST
        assert sum(count.denominator or 0 for _, count in figures.own_months) == sum(
            body.count.denominator or 0 for body in figures.bodies if body.code == "NORF"
        )
    assert hidden, "something was kept back"
    looks, _ = journal_page(someone("auditor@norf"))
    assert looks[0].thing == "indicators"


def test_the_door_opens_to_those_who_oversee(house: Instance) -> None:
    Writer().write(invented(dice_of(5), sorted(body_cards()), size=20))
    officer = someone("officer@mps")
    with pytest.raises(NotAllowed):
        measured(officer)
    bare = replace(someone("auditor@norf"), permissions=frozenset())
    with reading(bare), connection.cursor() as cursor:
        cursor.execute("select * from oversight_counts(%s, %s, %s, '{}', '{}')", [SINCE, UNTIL, NOW])
        assert cursor.fetchall() == []
    assert measured(someone("auditor@norf")).figures


# --- Kept back ------------------------------------------------------------


@given(
    cases=st.dictionaries(st.integers(0, 11), st.integers(0, 12), min_size=1),
    groups=st.lists(st.sampled_from("abc"), min_size=12, max_size=12),
    own=st.sets(st.integers(0, 11), max_size=1),
)
def test_nothing_small_can_be_worked_out(cases: dict[int, int], groups: list[str], own: set[int]) -> None:
    group_of = {cell: groups[cell] for cell in cases}
    shown = keep_back(cases, group_of, own=own)
    assert all(cell in shown.hidden for cell, n in cases.items() if 0 < n < SMALLEST and cell not in own)
    assert not shown.hidden & own
    hidden = sorted(shown.hidden)
    rows = [[float(group_of[c] == group) for c in hidden] for group in sorted(shown.groups)]
    rows += [[1.0] * len(hidden)] if shown.total else []
    known = np.array(rows).reshape(len(rows), len(hidden))
    rank = np.linalg.matrix_rank(known) if known.size else 0
    for place in range(len(hidden)):
        alone = np.eye(len(hidden))[place]
        assert np.linalg.matrix_rank(np.vstack([known, alone])) == rank + 1, "no sum gives one cell alone"


def test_where_nothing_is_small_nothing_is_kept_back() -> None:
    shown = keep_back({1: 5, 2: 9, 3: 0}, {1: "a", 2: "a", 3: "b"})
    assert (shown.hidden, shown.groups, shown.total) == (frozenset(), frozenset("ab"), True)
    one = keep_back({1: 4, 2: 9, 3: 30}, {1: "a", 2: "a", 3: "b"})
    assert (one.hidden, one.groups, one.total) == (frozenset({1, 2}), frozenset("ab"), True)
    assert not keep_back({1: 4}, {1: "a"}).total


def test_a_funnel_is_wide_where_there_are_few() -> None:
    few, many = limits_of(0.8, 10), limits_of(0.8, 1000)
    assert few.lowest < few.low < many.low < 0.8 < many.high < few.high <= few.highest == 1.0
    assert round(many.low, 4) == round(0.8 - 1.96 * (0.8 * 0.2 / 1000) ** 0.5, 4)
    assert verdict_of(0.8, 10, 0.8) == "Within what chance brings"
    assert verdict_of(0.4, 100, 0.8) == "Far below the rest"
    assert verdict_of(0.88, 100, 0.8) == "Above the rest"
