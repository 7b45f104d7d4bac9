"""How one number follows another."""

from dataclasses import replace
from statistics import mean, median

import pytest

from throughline.simulation.facts import NumberChanged, Why
from throughline.simulation.scales import NATIONAL
from throughline.simulation.world import World


@pytest.fixture(scope="module")
def changes() -> list[NumberChanged]:
    """Every change of number in a few months."""
    world = World(replace(NATIONAL, lines=400, days=120, intensive=()), 2, calls=False, told=False)
    return [event for day in world.days() for event in day.events if isinstance(event, NumberChanged)]


def _because(changes: list[NumberChanged], why: Why) -> list[NumberChanged]:
    return [change for change in changes if change.why == why]


def test_some_numbers_are_replaced_within_the_hour_and_some_take_days(changes: list[NumberChanged]) -> None:
    silent = [change.hours_silent for change in changes]
    assert 0.2 < mean(hours <= 1 for hours in silent) < 0.6
    assert any(hours > 24 for hours in silent)
    assert max(silent) <= 24 * 12


def test_a_seized_handset_costs_a_line_more_than_a_change_from_habit(changes: list[NumberChanged]) -> None:
    taken, habit = _because(changes, "seized"), _because(changes, "rhythm")
    assert median(change.hours_silent for change in taken) > median(change.hours_silent for change in habit)
    assert mean(change.kept for change in taken) < mean(change.kept for change in habit)
    assert not any(change.same_handset for change in taken)


def test_most_lines_keep_most_customers(changes: list[NumberChanged]) -> None:
    assert mean(change.kept > 1 / 2 for change in changes) > 0.9


def test_no_number_comes_twice(changes: list[NumberChanged]) -> None:
    after = [change.new for change in changes]
    assert len(after) == len(set(after))
    assert all(change.old != change.new for change in changes)
