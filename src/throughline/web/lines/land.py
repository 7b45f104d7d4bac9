"""The land under the map of lines: the outlines that were loaded, or else a plain one drawn by hand from headlands."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from throughline.organisations.outlines import outlines
from throughline.organisations.where import Spot, flat

WIDTH, HEIGHT = 680, 1060
"""Kilometres across and up: from the Atlantic to Lowestoft, and from the Channel to Orkney."""
WEST, SOUTH = -15, 60


def at(spot: Spot) -> tuple[float, float]:
    """A place in the picture, whose units are kilometres and which counts downwards."""
    return round(spot.east - WEST, 1), round(SOUTH + HEIGHT - spot.north, 1)


def land_paths() -> tuple[str, ...]:
    """The outlines as paths of an SVG: those of ``load boundaries`` where some are loaded."""
    loaded = outlines()
    return tuple(_path(rings) for rings in loaded) if loaded else _plain()


def _path(rings: Iterable[Sequence[Sequence[float]]]) -> str:
    return "".join(_ring([at(flat(latitude, longitude)) for longitude, latitude in ring]) for ring in rings)


def _ring(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in points) + "Z"


@cache
def _plain() -> tuple[str, ...]:
    held: dict[str, list[tuple[float, float]]] = defaultdict(list)
    with files("throughline.web.lines").joinpath("outline.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            held[row["land"]].append(at(flat(float(row["latitude"]), float(row["longitude"]))))
    return tuple(map(_ring, held.values()))
