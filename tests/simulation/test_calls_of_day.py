"""The calls of a day: how many, when, and what a change of number leaves in them."""

from collections import defaultdict
from dataclasses import replace
from functools import cache

import numpy as np

from throughline.selectors.registry import parse
from throughline.simulation import numbers
from throughline.simulation.busy import USES
from throughline.simulation.facts import TEXT, Business, Day, NumberChanged
from throughline.simulation.habits import habit
from throughline.simulation.scales import SMALL
from throughline.simulation.world import World

SCALE = replace(SMALL, days=40, lines=40, noise=0.0, intensive=())
AN_HOUR, SEED = 3600, 6


@cache
def _days() -> tuple[Day, ...]:
    return tuple(World(SCALE, SEED, seen=False).days())


def _who_rings(number: int) -> set[int]:
    found: set[int] = set()
    for day in _days():
        for block in day.calls:
            found.update(block.caller[block.called == number].tolist())
    return found


def test_a_new_number_is_rung_by_those_who_rang_the_old_one() -> None:
    changes = [event for day in _days()[:30] for event in day.events if isinstance(event, NumberChanged)]
    shared = []
    for change in changes:
        old, new = _who_rings(change.old), _who_rings(change.new)
        if len(old) > 60 and len(new) > 60:
            shared.append(len(old & new) / len(new))
    assert len(shared) > 5
    assert np.median(shared) > 0.5


def test_lines_of_one_town_share_some_customers_and_far_fewer_than_a_line_keeps() -> None:
    lines = defaultdict(set)
    for day in _days()[:10]:
        for block in day.calls:
            for line in np.unique(block.line[block.line > 0]).tolist():
                lines[line].update(
                    block.caller[(block.line == line) & (block.called == block.subject)].tolist()
                )
    found = [set(callers) for callers in lines.values() if len(callers) > 60]
    overlaps = [len(a & b) / min(len(a), len(b)) for i, a in enumerate(found) for b in found[:i]]
    assert 0 < max(overlaps) < 0.6
    assert np.median(overlaps) < 0.02


def test_trade_is_done_by_day_and_in_the_evening() -> None:
    hours = np.concatenate([block.start // AN_HOUR % 24 for day in _days()[:10] for block in day.calls])
    by_hour = np.bincount(hours, minlength=24)
    assert by_hour[12:21].sum() > 0.5 * by_hour.sum()
    assert by_hour[2:6].sum() < 0.05 * by_hour.sum()


def test_some_customers_ring_far_more_than_others() -> None:
    calls: dict[int, int] = defaultdict(int)
    for day in _days()[:10]:
        for block in day.calls:
            for caller in block.caller[(block.called == block.subject) & (block.line > 0)].tolist():
                calls[caller] += 1
    counts = np.sort(np.array(list(calls.values())))[::-1]
    assert counts[: len(counts) // 5].sum() > 0.35 * counts.sum()


def test_every_handset_and_sim_in_the_calls_is_a_test_one_with_its_check_digit() -> None:
    for block in _days()[4].calls:
        for imei in np.unique(block.imei).tolist():
            assert parse(f"{imei:015d}", "imei").key == f"{imei:015d}"
        for imsi in np.unique(block.imsi).tolist():
            assert f"{imsi:015d}".startswith("001")


def test_a_nation_without_lines_has_the_calls_of_honest_numbers_alone() -> None:
    world = World(replace(SCALE, lines=0, days=3), 1, seen=False)
    for day in world.days():
        assert {line for block in day.calls for line in block.line.tolist()} == {0}


def test_honest_numbers_and_holders_own_phones_belong_to_no_line() -> None:
    honest = {one.number for day in _days() for one in day.truth if isinstance(one, Business)}
    own = numbers.telephones("person", np.arange(10_000), SEED)
    assert honest
    for day in _days()[:5]:
        for block in day.calls:
            mine = np.isin(block.subject, [*honest, *own])
            assert (block.line[mine] == 0).all()
            assert (block.line[~mine] > 0).all()


def test_the_calls_of_busy_phones_are_those_of_their_kind() -> None:
    kind_of = {one.number: one.kind for day in _days() for one in day.truth if isinstance(one, Business)}
    assert {use.kind for use in USES} <= set(kind_of.values())
    out: dict[str, list[bool]] = defaultdict(list)
    texts: dict[str, list[bool]] = defaultdict(list)
    for day in _days()[:10]:
        for block in day.calls:
            for number in np.unique(block.subject[block.line == 0]).tolist():
                mine, kind = block.subject == number, kind_of.get(number, "holder's own phone")
                out[kind] += (block.caller[mine] == number).tolist()
                texts[kind] += (block.kind[mine] == TEXT).tolist()
    assert np.mean(out["call centre"]) > 2 * np.mean(out["takeaway"])
    assert np.mean(texts["teenager"]) > 2 * np.mean(texts["call centre"])
    assert out["holder's own phone"]


def test_a_quiet_line_has_fewer_calls_than_others() -> None:
    calls: dict[int, int] = defaultdict(int)
    for day in _days()[:10]:
        for block in day.calls:
            for line, count in zip(*np.unique(block.line[block.line > 0], return_counts=True), strict=True):
                calls[int(line)] += int(count)
    quiet = [count for line, count in calls.items() if habit(SEED, line).is_quiet]
    others = [count for line, count in calls.items() if not habit(SEED, line).is_quiet]
    assert 3 * np.median(quiet) < np.median(others)
