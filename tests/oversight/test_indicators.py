"""Each indicator equals a count made in another way, a changed record moves what it should, small ones are hidden."""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.inside import dice_of, someone
from tests.instance import Instance
from tests.oversight.nation import (
    NOW,
    Arrested,
    Asked,
    Cared,
    Counts,
    Interest,
    Line,
    Nation,
    Order,
    Said,
    Step,
    Told,
    Writer,
    counted,
    invented,
)
from throughline.access.journal import journal_page
from throughline.access.reader import NotAllowed, reading
from throughline.kernel import clock
from throughline.lines.views import LEVELS
from throughline.organisations.queries import body_cards
from throughline.oversight.funnel import limits_of, verdict_of
from throughline.oversight.indicators import BY_KEY, FINDINGS, INDICATORS
from throughline.oversight.queries import measured, period_of
from throughline.oversight.suppressing import SMALLEST, keep_back
from throughline.tasking.words import REASONS
from throughline.tasking.workflow import HAND_OFFS

SINCE, UNTIL = period_of(NOW.date())
ROOT = Path(__file__).parent.parent.parent


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


def test_the_centre_has_as_long_as_its_hand_offs_give_it() -> None:
    waits = [HAND_OFFS[state].within for state in ("referred", "deconflicted", "assessed")]
    assert sum(waits, timedelta()) == timedelta(days=19)


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
    found = _door_on(Nation(bids=[Asked(force, nation, region, steps, AT)]))
    assert _of(found, "adopted") == {force: (0, 1), region: (1, 1), nation: (1, 1)}
    assert _of(found, "accepted") == {force: (0, 1), region: (1, 1)}
    assert _of(found, "declined-capacity") == {force: (1, 2)}


def test_a_reason_that_nobody_used_yet_moves_no_other_body_when_it_is(house: Instance) -> None:
    first = Asked(1, 1, 2, [Step("turn down", AT, 1, "capacity")], AT)
    before = _door_on(Nation(bids=[first]))
    assert {key for key, *_ in before} == {"adopted", *(key for key in BY_KEY if key.startswith("declined-"))}
    after = _door_on(Nation(bids=[first, Asked(2, 2, 3, [Step("turn down", AT, 2, "safety")], AT)]))
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


def test_each_finding_is_measured_or_says_why_not_and_the_page_on_oversight_says_the_same() -> None:
    told = (ROOT / "docs/oversight.md").read_text(encoding="utf-8")
    for finding in FINDINGS:
        by = "; ".join(one.name for one in INDICATORS if finding in one.answers)
        assert by or finding.not_measured
        words = f"{finding.words}{' (not verified)' if finding.is_unverified else ''}"
        assert f"| {words} | {by} | {finding.not_measured or 'Nothing to add'} |" in told
    assert {finding for one in INDICATORS for finding in one.answers} <= set(FINDINGS)


# --- One record changed ------------------------------------------------------------

A, B, C, D = 1, 2, 3, 4
"""Four bodies; what is planted is of them, and the rest of the nation is not changed."""


@dataclass
class Planted:
    """A record of each kind, of bodies A to D, each of which one change touches."""

    hit: Told
    lead: Line
    other: Line
    slow: Line
    closed: Line
    week: Line
    bid: Asked
    upward: Asked
    order: Order
    loose: Order
    arrest: Arrested
    child: Cared
    nation: Nation


def _planted() -> Planted:
    """Among the invented records of a nation, some whose every figure is known."""
    nation = invented(dice_of(7), sorted(body_cards()), size=60)
    day, at = timedelta(days=1), AT

    def line(lead: int, *stood: tuple[float, str], numbers: Sequence[Said] = (), **more: Any) -> Line:
        history: list[tuple[datetime, str, int | None]] = [
            (at + n * day, standing, lead) for n, standing in stood
        ]
        return Line(lead, at, history, list(numbers), **more)

    on = at.date()
    planted = Planted(
        hit=Told("planted", at, {A: [(at - 10 * day, True)], B: [(at - 2 * day, True)]}, {A: True, B: True},
                 {A: 0, B: 0}, {A: at + 3 * day, B: at + 3 * day}, {A: [at + 4 * day], B: [at + day]}),
        lead=line(A, (0, "proposed"), (2, "live"), numbers=[Said(A, "shared", on)],
                  priorities=[Said(A, "high", on), Said(B, "low", on)], ends=[Said(B, "exports from", on)]),
        other=line(B, (0, "proposed"), (3, "live"), numbers=[Said(B, "shared", on)]),
        slow=line(C, (0, "proposed"), (40, "not a line")),
        closed=line(A, (0, "live"), (1, "closed type 2")),
        week=line(B, (0, "live"), (10, "closed type 2")),
        bid=Asked(A, A, B, [Step("assess", at, A), Step("adopt", at, A), Step("offer", at, A),
                            Step("decline", at + day, B, "priority")], at),
        upward=Asked(C, D, B, [Step("turn down", at, C, "capacity"), Step("escalate", at, C),
                               Step("adopt", at + 20 * day, D)], at, "national"),
        order=Order(C, None, at, None, at + 5 * day, None, [Interest(D, at + 2 * day, at + 3 * day)]),
        loose=Order(D, None, at, None, None, None),
        arrest=Arrested(B, [("release", "in custody", at)]),
        child=Cared(A, "child", "raised", at, ["drafted"], ["criminal exploitation"], []),
        nation=nation,
    )  # fmt: skip
    planted.order.line = len(nation.lines)
    nation.hits.append(planted.hit)
    nation.lines += [planted.lead, planted.other, planted.slow, planted.closed, planted.week]
    nation.bids += [planted.bid, planted.upward]
    nation.orders += [planted.order, planted.loose]
    nation.arrests.append(planted.arrest)
    nation.concerns.append(planted.child)
    nation.weeks.append(((at + 10 * day).date(), (at + 10 * day).date(), "week", "published"))
    return planted


Moves = dict[tuple[str, int], tuple[int, int]]
"""By indicator and body, how much more of how many more."""


def _declined(body: int, n: int, *, why: str) -> Moves:
    """One more, or one fewer, decline of a body: every reason's denominator, and the numerator of one."""
    return {(f"declined-{r.replace(' ', '-')}", body): (n if r == why else 0, n) for r in REASONS}


def _reason(one: Planted, why: str) -> None:
    one.bid.steps[3].reason = why


CHANGES: dict[str, tuple[Callable[[Planted], object], Moves]] = {
    "the later of two reports comes a day before the hit": (
        lambda p: p.hit.reports[B].__setitem__(0, (AT - timedelta(hours=5), True)),
        {("told-in-a-day", A): (1, 0), ("told-in-a-day", B): (1, 0)},
    ),
    "the first of two reports was six weeks before": (
        lambda p: p.hit.reports[A].__setitem__(0, (AT - 6 * WEEK, True)),
        {("told-in-a-month", A): (-1, 0), ("told-in-a-month", B): (-1, 0)},
    ),
    "a report of a hit is silent": (
        lambda p: p.hit.reports[A].__setitem__(0, (AT - timedelta(days=10), False)),
        {(f"told-in-a-{time}", body): (-(time == "month"), -1) for time in ("day", "month") for body in (A, B)},
    ),
    "a hit is judged in time": (
        lambda p: p.hit.judged[A].append(AT + timedelta(days=2)), {("answered", A): (1, 0)}
    ),
    "a judgement of a hit is taken away": (lambda p: p.hit.judged[B].clear(), {("answered", B): (-1, 0)}),
    "two lines are said to be apart": (
        lambda p: p.other.apart.append(p.nation.lines.index(p.lead)),
        {("duplicates", A): (1, 0), ("duplicates", B): (1, 0)},
    ),
    "two lines are merged": (
        lambda p: setattr(p.other, "head", p.nation.lines.index(p.lead)),
        {("duplicates", A): (1, 0), ("duplicates", B): (1, 0), ("taken-up", B): (-1, -1), ("ordered", B): (0, -1),
         ("mapped", B): (0, -1)},
    ),
    "a number that two lines share is withdrawn": (
        lambda p: setattr(p.other.numbers[0], "is_withdrawn", True),
        {("duplicates", A): (0, -1), ("duplicates", B): (0, -1)},
    ),
    "a line is dismissed sooner": (
        lambda p: p.slow.stood.__setitem__(1, (AT + WEEK, "not a line", C)), {("taken-up", C): (1, 0)}
    ),
    "it becomes known where a line sells": (
        lambda p: p.lead.ends.append(Said(B, "imports to", AT.date())),
        {("mapped", A): (1, 0)},
    ),
    "two bodies give the same priority": (
        lambda p: setattr(p.lead.priorities[1], "value", "red"), {("agreed", A): (1, 0), ("agreed", B): (1, 0)}
    ),
    "a priority is withdrawn": (
        lambda p: setattr(p.lead.priorities[1], "is_withdrawn", True),
        {("agreed", A): (0, -1), ("agreed", B): (0, -1)},
    ),
    "a bid is turned down and not adopted": (
        lambda p: p.bid.steps.__setitem__(1, Step("turn down", AT, A, "safety")),
        {("adopted", A): (-1, 0), **_declined(A, 1, why="safety")},
    ),
    "work that was declined is accepted by another": (
        lambda p: p.bid.steps.append(Step("accept", AT + timedelta(days=2), C)), {("accepted", C): (1, 1)}
    ),
    "work is accepted and not declined": (
        lambda p: p.bid.steps.__setitem__(3, Step("accept", AT + timedelta(days=1), B)),
        {("accepted", B): (1, 0), **_declined(B, -1, why="priority")},
    ),
    **{
        f"work is declined for another reason: {why}": (
            partial(_reason, why=why),
            {("declined-priority", B): (-1, 0), (f"declined-{why.replace(' ', '-')}", B): (1, 0)},
        )
        for why in REASONS if why != "priority"
    },
    "a bid and all of its life is silent": (
        lambda p: setattr(p.bid, "is_open", False),
        {("adopted", A): (-1, -1), ("accepted", B): (0, -1), **_declined(B, -1, why="priority")},
    ),
    "the centre decides sooner": (
        lambda p: setattr(p.upward.steps[2], "at", AT + timedelta(days=18)), {("centre", C): (1, 0)}
    ),
    "an order on a line is applied for": (
        lambda p: setattr(p.order, "applied_at", AT + WEEK), {("ordered", A): (1, 0), ("applied", C): (1, 0)}
    ),
    "an order was applied for before its line was taken up": (
        lambda p: setattr(p.order, "applied_at", AT), {("applied", C): (1, 0)}
    ),
    "an order about no line is applied for": (
        lambda p: setattr(p.loose, "applied_at", AT + WEEK), {("applied", D): (1, 0)}
    ),
    "a number is replaced within a day": (
        lambda p: setattr(p.order, "replaced_at", AT + timedelta(days=5, hours=2)), {("quiet", C): (-1, 0)}
    ),
    "a body says sooner whether it has an interest": (
        lambda p: setattr(p.order.asked[0], "answered_at", AT + timedelta(days=1)),
        {("interest-answered", D): (1, 0)},
    ),
    "somebody is bailed and not released": (
        lambda p: p.arrest.moves.__setitem__(0, ("bail", "in custody", AT)), {("bailed", B): (1, 0)}
    ),
    "somebody is charged and not released": (
        lambda p: p.arrest.moves.__setitem__(0, ("charge", "in custody", AT)), {("bailed", B): (0, -1)}
    ),
    "a child is referred": (lambda p: p.child.referrals.append("submitted"), {("referred", A): (1, 0)}),
    "the defence is considered": (lambda p: p.child.steps.append("section 45"), {("defence", A): (1, 0)}),
    "a concern is set aside": (
        lambda p: setattr(p.child, "state", "set aside"), {("referred", A): (0, -1), ("defence", A): (0, -1)}
    ),
    "the person of a concern is an adult": (
        lambda p: setattr(p.child, "age", "adult"), {("referred", A): (0, -1)}
    ),
    "a line closed at another time comes back": (
        lambda p: p.closed.stood.append((AT + 4 * WEEK, "reopened", A)), {("other-lasts", A): (-1, 0)}
    ),
    "a line closed in a week comes back": (
        lambda p: p.week.stood.append((AT + 4 * WEEK, "reopened", B)), {("week-lasts", B): (-1, 0)}
    ),
    "a week of action is called off": (
        lambda p: p.nation.weeks.__setitem__(-1, (*p.nation.weeks[-1][:3], "called off")),
        {("week-lasts", B): (-1, -1), ("other-lasts", B): (1, 1)},
    ),
    "a line that was reported is in a closed compartment": (
        lambda p: setattr(p.closed, "compartment", 1),
        {("other-lasts", A): (-1, -1), ("ordered", A): (0, -1), ("mapped", A): (0, -1)},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def unchanged() -> dict[str, Counts]:
    """What the door gives of the nation before anything is changed: the same for each change, so asked once."""
    return {}


def test_every_indicator_is_moved_by_a_change() -> None:
    assert {key for _, moves in CHANGES.values() for key, _ in moves} == set(BY_KEY)


@pytest.mark.parametrize("what", CHANGES)
def test_one_changed_record_moves_its_own_figures_and_nothing_else(
    house: Instance, unchanged: dict[str, Counts], what: str
) -> None:
    change, moves = CHANGES[what]
    planted = _planted()
    if not unchanged:
        unchanged.update(all=_door_on(planted.nation))
    change(planted)
    after, moved = _door_on(planted.nation), defaultdict[tuple[str, int], list[int]](lambda: [0, 0])
    before = unchanged["all"]
    for key, body, month in before.keys() | after.keys():
        now, then = after.get((key, body, month), (0, 0)), before.get((key, body, month), (0, 0))
        if now != then:
            moved[key, body][0] += now[0] - then[0]
            moved[key, body][1] += now[1] - then[1]
    assert {place: tuple(by) for place, by in moved.items()} == moves


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
