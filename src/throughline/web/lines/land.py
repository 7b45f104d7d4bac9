"""The land under the map of lines: the outlines that were loaded, or else a plain one drawn by hand from headlands."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from throughline.organisations.outlines import newest_outline, outlines
from throughline.organisations.where import Spot, flat

WIDTH, HEIGHT = 680, 1060
"""Kilometres across and up: from the Atlantic to Lowestoft, and from the Channel to Orkney."""
WEST, SOUTH = -15, 60


def at(spot: Spot) -> tuple[float, float]:
    """A place in the picture, whose units are kilometres and which counts downwards."""
    return round(spot.east - WEST, 1), round(SOUTH + HEIGHT - spot.north, 1)


@dataclass(frozen=True, slots=True)
class Land:
    """One area as a path of an SVG, with the code of the body whose it is, '' where that is not known."""

    path: str
    body: str


def land_paths() -> tuple[Land, ...]:
    """The outlines of ``load boundaries`` where some are loaded."""
    newest = newest_outline()
    return _loaded(newest) if newest else _plain()


@lru_cache(maxsize=2)
def _loaded(_newest: int) -> tuple[Land, ...]:
    """Drawn once for each file of outlines: they are replaced as a whole, under new ids."""
    return tuple(Land(_path(rings), body) for body, rings in outlines())


def _path(rings: Iterable[Sequence[Sequence[float]]]) -> str:
    return "".join(_ring([at(flat(latitude, longitude)) for longitude, latitude in ring]) for ring in rings)


def _ring(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


@cache
def _plain() -> tuple[Land, ...]:
    held: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with files("throughline.web.lines").joinpath("outline.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            held[row["land"]].append(at(flat(float(row["latitude"]), float(row["longitude"]))))
    return tuple(Land(_ring(points), "") for points in held.values())
