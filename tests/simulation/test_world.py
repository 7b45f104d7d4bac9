"""A nation day by day: what must hold whatever the dice say."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from throughline.simulation import numbers
from throughline.simulation.facts import (
    CALL,
    TEXT,
    Arrested,
    Day,
    Event,
    Found,
    Line,
    LineClosed,
    Missing,
    NumberChanged,
    NumberHeld,
    Observed,
    OfferBurst,
    OrderComplied,
    OrderMade,
    Person,
    Premises,
    Role,
    Safeguarded,
    Seized,
    Truth,
    Vehicle,
    Visited,
    WeekReturn,
    called_rows,
)
from throughline.simulation.people import is_child
from throughline.simulation.places import bodies, towns
from throughline.simulation.policies import ORDERS
from throughline.simulation.scales import SMALL
from throughline.simulation.world import World

SCALE = replace(SMALL, days=70, lines=30, noise=3.0, intensive=(SMALL.first + timedelta(days=28),))
SEED = 11


@cache
def _run() -> tuple[tuple[Day, ...], tuple[Truth, ...]]:
    world = World(SCALE, SEED)
    days = tuple(world.days())
    return days, world.open_truth()


def _truth() -> Iterator[Truth]:
    days, rest = _run()
    for day in days:
        yield from day.truth
    yield from rest


def _events() -> Iterator[Event]:
    for day in _run()[0]:
        yield from day.events


@cache
def _lines() -> dict[int, Line]:
    return {one.id: one for one in _truth() if isinstance(one, Line)}


def _bytes(seed: int) -> list[tuple[str, ...]]:
    """Everything that a short run says, in a form that compares equal only where all of it is."""
    world = World(replace(SCALE, days=6), seed)
    found = []
    for day in world.days():
        calls = [f"{block.body}{column.tobytes().hex()}" for block in day.calls for column in _columns(block)]
        found.append((repr(day.events), repr(day.truth), *calls))
    return [*found, (repr(world.open_truth()),)]


def _columns(block: object) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    names = ("start", "caller", "called", "seconds", "kind", "cell", "imei", "imsi", "subject", "line")
    return [getattr(block, name) for name in names]


def test_the_same_seed_gives_the_same_nation_to_the_last_call() -> None:
    assert _bytes(3) == _bytes(3)


def test_another_seed_gives_other_people_and_other_numbers() -> None:
    ours = {(one.given, one.family, one.born) for one in _truth() if isinstance(one, Person)}
    world = World(SCALE, SEED + 1)
    first = next(world.days())
    theirs = {(one.given, one.family, one.born) for one in first.truth if isinstance(one, Person)}
    assert len(theirs & ours) <= len(theirs) / 100
    their_numbers = {change.phone.number for change in world.nation.fleet.living()}
    assert their_numbers.isdisjoint({one.number for one in _truth() if isinstance(one, NumberHeld)})


@pytest.mark.parametrize(("calls", "told"), [(False, True), (False, False)])
def test_what_is_written_down_does_not_change_what_happens(calls: bool, told: bool) -> None:  # noqa: FBT001
    full, bare = (World(SCALE, SEED, calls=c, told=t) for c, t in ((True, True), (calls, told)))
    for _ in zip(full.days(), bare.days(), strict=True):
        pass
    assert full.outcomes == bare.outcomes


def test_every_number_is_of_the_range_set_aside() -> None:
    for day in _run()[0]:
        for block in day.calls:
            for column in (block.caller, block.called, block.subject):
                assert column.min() >= numbers.FIRST
                assert column.max() <= numbers.LAST
    for one in _truth():
        if isinstance(one, Person):
            assert numbers.FIRST <= one.phone <= numbers.LAST


def test_each_line_has_one_number_after_another_until_it_ends() -> None:
    held = defaultdict(list)
    for one in _truth():
        if isinstance(one, NumberHeld):
            held[one.line].append(one)
    assert held.keys() == _lines().keys()
    for line, rows in held.items():
        rows.sort(key=lambda row: row.since)
        for row, following in pairwise(rows):
            assert row.replaced_by == following.number
            assert row.until is not None
            assert row.since < row.until <= following.since
        last = rows[-1]
        assert (last.until is None) == (_lines()[line].died is None)
        assert last.replaced_by == 0


def test_a_number_that_is_replaced_is_replaced_in_the_same_line() -> None:
    owner = {one.number: one.line for one in _truth() if isinstance(one, NumberHeld)}
    changes = [event for event in _events() if isinstance(event, NumberChanged)]
    assert len(changes) > 15
    for change in changes:
        assert owner[change.old] == owner[change.new] == change.line
        assert 0 < change.kept <= 1


def test_a_part_lasts_within_the_life_of_its_line() -> None:
    roles = [one for one in _truth() if isinstance(one, Role)]
    assert {role.kind for role in roles} == {"holder", "elder", "runner", "stash", "cuckooed", "child"}
    for role in roles:
        line = _lines()[role.line]
        assert line.born <= role.since
        assert (role.until is None) <= (line.died is None)
        if role.until:
            assert role.since <= role.until <= (line.died or date.max)


def test_a_line_has_one_holder_on_every_day_of_its_life() -> None:
    for line in _lines().values():
        holders = sorted(
            (one.since, one.until or date.max)
            for one in _truth()
            if isinstance(one, Role) and one.line == line.id and one.kind == "holder"
        )
        assert holders[0][0] == line.born
        assert all(end == start for (_, end), (start, _) in pairwise(holders))


def test_every_person_vehicle_and_home_is_told_before_anything_is_said_of_it() -> None:
    known: set[tuple[str, int]] = {("person", 0), ("premises", 0)}
    for day in _run()[0]:
        known |= {("person", one.id) for one in day.truth if isinstance(one, Person)}
        known |= {("vehicle", one.id) for one in day.truth if isinstance(one, Vehicle)}
        known |= {("premises", one.id) for one in day.truth if isinstance(one, Premises)}
        for event in day.events:
            if isinstance(event, Observed):
                assert {("person", nth) for nth in event.people} <= known
                assert {("vehicle", nth) for nth in event.vehicles} <= known
                assert ("premises", event.premises) in known
            elif isinstance(event, Arrested | Missing):
                assert ("person", event.person) in known


def test_a_line_makes_no_calls_before_it_begins_or_once_it_has_ended() -> None:
    for day in _run()[0]:
        trading = {nth for block in day.calls for nth in np.unique(block.line).tolist()} - {0}
        for nth in trading:
            line = _lines()[nth]
            assert line.born <= day.date
            assert line.died is None or day.date < line.died


def test_calls_go_to_the_number_that_the_line_has_at_that_time() -> None:
    held = {one.number: one for one in _truth() if isinstance(one, NumberHeld)}
    for day in _run()[0]:
        for block in day.calls:
            subjects, first = np.unique(block.subject[block.line > 0], return_index=True)
            for number in subjects.tolist():
                one, mine = held[number], block.subject == number
                assert set(block.line[mine].tolist()) == {one.line}
                assert {f"{imei:015d}" for imei in set(block.imei[mine].tolist())} == {one.imei}
                assert block.start[mine].min() >= int(one.since.timestamp())
                if one.until:
                    assert block.start[mine].max() <= one.until.timestamp()
            assert len(first) == len(subjects)


def test_calls_stand_in_order_of_time_and_have_the_subject_on_one_end() -> None:
    for day in _run()[0][:10]:
        midnight = datetime.fromisoformat(f"{day.date}T00:00:00+00:00").timestamp()
        for block in day.calls:
            assert block.body in bodies()
            assert (np.diff(block.start) >= 0).all()
            assert ((block.caller == block.subject) ^ (block.called == block.subject)).all()
            assert set(np.unique(block.kind).tolist()) <= {CALL, TEXT}
            assert (block.seconds[block.kind == TEXT] == 0).all()
            assert midnight <= block.start.min() < block.start.max() < midnight + 86_400


def test_a_block_reads_as_rows() -> None:
    block = max(_run()[0][3].calls, key=len)
    rows = list(called_rows(block))
    assert len(rows) == len(block)
    assert rows[0].start.timestamp() == block.start[0]
    assert {row.kind for row in rows} == {"call", "text"}
    assert len(rows[0].imei) == len(rows[0].imsi) == 15


def test_an_offer_stands_in_the_calls_of_its_day() -> None:
    checked = 0
    for day in _run()[0][:20]:
        for offer in (event for event in day.events if isinstance(event, OfferBurst)):
            sent = sum(
                int(((block.caller == offer.number) & (block.kind == TEXT)).sum()) for block in day.calls
            )
            assert sent >= offer.sent
            checked += 1
    assert checked > 20


def test_who_is_missing_is_a_child_of_the_line_and_is_found_once() -> None:
    people = {one.id: one for one in _truth() if isinstance(one, Person)}
    children = {(one.person, one.line) for one in _truth() if isinstance(one, Role) and one.kind == "child"}
    missing = {event.episode: event for event in _events() if isinstance(event, Missing)}
    found = [event for event in _events() if isinstance(event, Found)]
    assert len(missing) > 5
    for episode in missing.values():
        assert (episode.person, episode.line) in children
        assert is_child(people[episode.person], people[episode.person].born + timedelta(days=365 * 17))
    assert len({event.episode for event in found}) == len(found)
    for event in found:
        begun = missing[event.episode]
        assert (event.person, event.line, event.home_body) == (begun.person, begun.line, begun.body)
        assert begun.at.date() < event.at.date()


def test_a_missing_child_who_is_arrested_is_found_by_that() -> None:
    away: dict[int, date] = {}
    for day in _run()[0]:
        arrested = {event.person for event in day.events if isinstance(event, Arrested)}
        found = {event.person for event in day.events if isinstance(event, Found)}
        assert {person for person in arrested & away.keys() if away[person] < day.date} <= found
        away = {person: since for person, since in away.items() if person not in found}
        away |= {event.person: day.date for event in day.events if isinstance(event, Missing)}


def test_an_order_is_complied_with_by_the_fifth_working_day() -> None:
    world = World(replace(SCALE, days=40), 2, policy=ORDERS, calls=False, told=False)
    made, complied = {}, 0
    for day in world.days():
        for event in day.events:
            if isinstance(event, OrderMade):
                assert event.comply_by.weekday() < 5
                assert 5 <= (event.comply_by - event.at.date()).days <= 7
                made[event.order] = event
            elif isinstance(event, OrderComplied):
                complied += 1
                assert event.at.date() <= made[event.order].comply_by
                assert event.number == made[event.order].number
            elif isinstance(event, Arrested):
                assert not event.planned
    assert complied > 5


def test_a_return_counts_what_its_body_did_in_the_week() -> None:
    done: Counter[tuple[str, str]] = Counter()
    returned: Counter[tuple[str, str]] = Counter()
    for event in _events():
        match event:
            case Arrested():
                done[event.body, "arrests"] += 1
            case Visited():
                done[event.body, "visits"] += 1
            case Safeguarded():
                done[event.body, "children" if event.child else "adults"] += 1
            case Seized(kind="cash"):
                done[event.body, "cash"] += event.amount
            case LineClosed(closing="type 1" | "type 2"):
                done[event.body, "closed"] += 1
            case WeekReturn(body=body):
                assert event.at.weekday() == 6
                returned[body, "arrests"] += event.arrests
                returned[body, "visits"] += event.cuckooed_visited
                returned[body, "children"] += event.children_safeguarded
                returned[body, "adults"] += event.adults_safeguarded
                returned[body, "cash"] += event.cash
                returned[body, "closed"] += event.lines_closed
    assert +returned == +done


def test_a_week_of_action_does_far_more_than_another() -> None:
    arrests: dict[bool, list[int]] = {True: [], False: []}
    for day in _run()[0]:
        intensive = SCALE.intensive[0] <= day.date < SCALE.intensive[0] + timedelta(days=7)
        arrests[intensive].append(sum(isinstance(event, Arrested) for event in day.events))
    assert np.mean(arrests[True]) > 5 * np.mean(arrests[False])


def test_every_body_and_place_named_is_one_of_the_nation() -> None:
    for event in _events():
        if hasattr(event, "body") and event.body:
            assert event.body in bodies()
        if hasattr(event, "town"):
            assert event.town in towns()


def test_events_of_a_day_are_in_order_and_of_that_day() -> None:
    for day in _run()[0]:
        times = [event.at for event in day.events]
        assert times == sorted(times)
        assert {at.date() for at in times} <= {day.date, day.date + timedelta(days=1)}


def test_lines_are_closed_by_bodies_or_give_up() -> None:
    closed = [event for event in _events() if isinstance(event, LineClosed)]
    assert {event.closing for event in closed} >= {"type 1"}
    for event in closed:
        assert (event.body == "") == (event.closing == "gave up")
        if event.closing != "type 2":
            assert _lines()[event.line].closing == event.closing
