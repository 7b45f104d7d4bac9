"""The towns of the synthetic nation, which are real places, and how long it takes between them."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from throughline.organisations.towns import Town, towns

__all__ = ["Body", "Town", "bodies", "minutes", "towns", "within"]

_EARTH_KM = 6371.0
# Door to door: the wait and the walk, then the train; or the car. A stretch by rail or road is no straight line.
_RAIL_START, _RAIL_KM_A_MINUTE, _ROAD_START, _ROAD_KM_A_MINUTE, _WINDING = 35.0, 1.9, 8.0, 1.05, 1.25


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the reference data: its code, its region and whether it polices an area with towns."""

    code: str
    region: str
    kind: str


@cache
def bodies() -> dict[str, Body]:
    """The 57 bodies by code, in the order of the reference data."""
    table = resources.files("throughline.organisations") / "bodies.csv"
    with table.open(encoding="utf-8") as rows:
        return {row["code"]: Body(row["code"], row["region"], row["kind"]) for row in csv.DictReader(rows)}


@cache
def minutes() -> NDArray[np.float64]:
    """Minutes from door to door between each pair of towns, by their index: the shorter of rail and road."""
    places = np.radians([(town.latitude, town.longitude) for town in towns().values()])
    north, east = places[:, 0], places[:, 1]
    half = np.sin((north[:, None] - north) / 2) ** 2
    half += np.cos(north[:, None]) * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    way = 2 * _EARTH_KM * np.arcsin(np.sqrt(half)) * _WINDING
    by_rail, by_road = _RAIL_START + way / _RAIL_KM_A_MINUTE, _ROAD_START + way / _ROAD_KM_A_MINUTE
    quickest: NDArray[np.float64] = np.minimum(by_rail, by_road)
    return quickest


def within(regions: tuple[str, ...]) -> list[Town]:
    """The towns of these regions, or of the nation where none is named."""
    return [town for town in towns().values() if not regions or town.region in regions]
