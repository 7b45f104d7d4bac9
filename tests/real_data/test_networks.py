"""Real networks: each one loads, and the people whom its authors name stand where they should."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.real_data.tables import DATA, ST_LOUIS, needs, table
from throughline.access.reader import Reader
from throughline.network.queries import key_people, network_changes, network_page
from throughline.network.services import load_network

NETWORKS = DATA / "covert_networks"
CAVIAR, GANG = NETWORKS / "caviar", NETWORKS / "london_gang"
FOLDERS = (
    "caviar", "ciel", "london_gang", "mambo", "montreal_street_gangs", "natarajan_heroin", "st_louis_crimes", "togo",
)  # fmt: skip
CENTRAL = frozenset({"1", "3", "12", "76", "82", "87"})
"""The organisers, the principal lieutenant, and those who ran consignments, transport and money in the later phases."""


def _load(by: Reader, folder: Path) -> str:
    """Load a real network, which refuses no row; returns its reference."""
    found = load_network(by=by, folder=folder, name=folder.name)
    assert (found.rejected, found.unchanged, found.error_files) == (0, 0, [])
    assert found.kept == sum(_rows(path) for path in folder.glob("*.csv"))
    return found.ref


def _rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as stream:
        return sum(1 for _ in csv.reader(stream)) - 1


def _ranked(by: Reader, ref: str, phase: str = "") -> list[str]:
    found = key_people(by, ref, phase=phase)
    assert found
    return [one.id for one in found.people]


@needs(NETWORKS)
@pytest.mark.parametrize("name", FOLDERS)
def test_each_loads_whole_and_a_second_load_changes_nothing(cast: Cast, name: str) -> None:
    _load(cast.aisha, NETWORKS / name)
    again = load_network(by=cast.aisha, folder=NETWORKS / name, name=name)
    assert (again.kept, again.rejected, again.unchanged) == (0, 0, again.read)


@needs(CAVIAR)
def test_the_published_figures_of_caviar_come_out_on_top_in_each_phase(cast: Cast) -> None:
    ref = _load(cast.aisha, CAVIAR)
    named = {row["id"] for row in table(CAVIAR, "nodes") if row["role"]}
    first = {phase: _ranked(cast.aisha, ref, str(phase))[:5] for phase in range(1, 12)}
    assert [first[phase][0] for phase in range(1, 9)] == ["1"] * 8
    assert all(set(five[:2]) & CENTRAL for five in first.values()), first
    assert all("12" in first[phase] for phase in (5, 6, 7, 8, 9, 10, 11)), first
    assert all(len(named & set(five)) >= 3 for five in first.values()), first
    assert len(set(_ranked(cast.aisha, ref)[:5]) & named) >= 4


@needs(CAVIAR)
def test_what_changes_in_caviar_stands_beside_the_seizures(cast: Cast) -> None:
    ref = _load(cast.aisha, CAVIAR)
    changes = network_changes(cast.aisha, ref)
    assert changes
    assert [(one.before, one.after) for one in changes] == [(str(n), str(n + 1)) for n in range(1, 11)]
    seized = {row["phase"] for row in table(CAVIAR, "seizures")}
    assert {one.after for one in changes if one.happened} == seized
    members: dict[str, set[str]] = defaultdict(set)
    for row in table(CAVIAR, "phase_members"):
        members[row["phase"]].add(row["id"])
    for one in changes:
        assert set(one.appear) == members[one.after] - members[one.before]
        assert set(one.disappear) == members[one.before] - members[one.after]


@needs(GANG)
def test_the_rank_that_the_source_states_counts_and_is_told(cast: Cast) -> None:
    ref = _load(cast.aisha, GANG)
    found = key_people(cast.aisha, ref)
    assert found
    stated = {row["id"]: row["ranking"] for row in table(GANG, "nodes")}
    for one in found.people:
        assert f"Their ranking is stated as {stated[one.id]}, where 1 is the highest." in one.reasons
        assert "network_capital" in one.points
    ages = {row["id"]: int(row["age"]) for row in table(GANG, "nodes")}
    assert all(bool(one.advice.protect) == (ages[one.id] < 18) for one in found.people)
    assert all(not one.advice.pursue for one in found.people if ages[one.id] < 18)


@needs(ST_LOUIS)
def test_people_who_are_both_victim_and_suspect_are_listed_as_both(cast: Cast) -> None:
    ref = _load(cast.aisha, ST_LOUIS)
    roles: dict[str, set[str]] = defaultdict(set)
    counted: dict[str, list[str]] = defaultdict(list)
    for row in table(ST_LOUIS, "involvement"):
        roles[row["person"]] |= set(row["role"].split("_and_"))
        counted[row["role"]].append(row["person"])
    both = {person for person, held in roles.items() if held >= {"victim", "suspect"}}
    shown = network_page(cast.aisha, ref)
    assert shown
    assert (shown.people, shown.things, shown.is_two_mode) == (870, 557, True)
    assert {one.role: (one.ties, one.people) for one in shown.roles} == {
        role: (len(people), len(set(people))) for role, people in counted.items()
    }
    assert shown.both == len(both)
    found = key_people(cast.aisha, ref)
    assert found
    assert {one.id: set(one.roles) for one in found.people} == {
        row["id"]: roles[row["id"]] for row in table(ST_LOUIS, "persons")
    }
    assert {one.id for one in found.people if {"victim", "suspect"} <= set(one.roles)} == both
    assert all(one.advice.protect and not one.advice.pursue for one in found.people if one.id in both)
