"""The towns of the synthetic nation, held against the published areas of forces."""

import csv
from collections import Counter, defaultdict

import numpy as np

from tests.real_data.tables import DATA, needs
from throughline.simulation.dice import dice
from throughline.simulation.markets import EXPORTERS, Markets
from throughline.simulation.places import Town, bodies, minutes, towns, within

PLACES = DATA / "uk_geo" / "places.csv"
_DEGREES = 0.03


def test_there_are_57_bodies_and_every_one_with_an_area_has_a_town() -> None:
    assert len(bodies()) == 57
    with_area = {code for code, body in bodies().items() if body.kind in ("territorial", "devolved")}
    assert {town.body for town in towns().values()} == with_area


@needs(PLACES)
def test_each_town_lies_in_the_area_of_its_force_as_published() -> None:
    by_name = defaultdict(list)
    with PLACES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_name[row["name"]].append(row)
    forces: dict[str, Counter[str]] = defaultdict(Counter)
    for town in towns().values():
        near = [
            row
            for row in by_name[town.key]
            if max(abs(float(row["lat"]) - town.latitude), abs(float(row["lon"]) - town.longitude)) < _DEGREES
        ]
        assert near, town.key
        forces[town.body][near[0]["force_name"]] += 1
    assert {body: dict(found) for body, found in forces.items() if len(found) > 1} == {}
    assert len({next(iter(found)) for found in forces.values()}) == len(forces)


def test_travel_takes_as_long_back_as_there_and_longer_to_places_further_off() -> None:
    every, by_name = minutes(), towns()
    assert np.allclose(every, every.T)
    croydon, luton, carlisle = (by_name[name].index for name in ("Croydon", "Luton", "Carlisle"))
    assert every[croydon, luton] < every[croydon, carlisle]


def test_lines_start_mostly_in_the_four_exporting_areas_and_sell_near_rather_than_far() -> None:
    markets, thrown = Markets(within(())), dice(1, "markets")
    hubs = [markets.hub(thrown) for _ in range(3_000)]
    share = sum(hub.body in EXPORTERS for hub in hubs) / len(hubs)
    assert 0.77 < share < 0.83
    croydon = towns()["Croydon"]
    sold = [markets.another(croydon, [], thrown, internal=False) for _ in range(2_000)]
    took = [minutes()[croydon.index, town.index] for town in sold if town]
    everywhere = minutes()[croydon.index].mean()
    assert np.mean(took) < 0.8 * everywhere
    assert {town.body for town in sold if town}.isdisjoint({"MPS"})


def test_a_line_inside_one_area_sells_there_alone_and_never_twice_in_a_town() -> None:
    markets, thrown, hub = Markets(within(())), dice(1, "inside"), towns()["Norwich"]
    chosen: list[Town] = []
    while town := markets.another(hub, chosen, thrown, internal=True):
        chosen.append(town)
    assert {town.key for town in chosen} == {town.key for town in towns().values() if town.body == "NORF"}
    assert len(chosen) == len(set(chosen))


def test_a_smaller_nation_has_the_towns_of_its_regions_alone() -> None:
    assert {town.region for town in within(("London", "Eastern"))} == {"London", "Eastern"}
