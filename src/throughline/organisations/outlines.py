"""The outlines of areas for a map: public shapes read from a GeoJSON file, simplified and kept in the database."""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from throughline.organisations.models import Outline
from throughline.organisations.naming import code_named, codes_by_name
from throughline.organisations.where import flat

Point = tuple[float, float]
"""Longitude and latitude in degrees (WGS 84), the order of GeoJSON (RFC 7946, section 3.1.1)."""
Ring = list[Point]
Names = tuple[str, ...]
"""What an area is called, the likeliest name first."""
Spots = NDArray[np.float64]
LARGEST = 200_000_000
"""Bytes; a larger file is to be simplified before."""
MOST_POINTS = 12_000
TOLERANCES = (0.3, 0.6, 1.2, 2.5, 5.0, 10.0)
"""Kilometres by which a simplified outline may be out: the first that leaves few enough points."""
LEAST_CORNERS = 4
_NAMES = ("name", "nm")


class OutlineProblem(ValueError):
    """What is wrong with a file of outlines, in a sentence."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file of outlines held: areas and corners, and the areas whose name is that of no body."""

    areas: int
    corners: int
    unmatched: tuple[str, ...]


def outlines() -> list[tuple[str, list[Ring]]]:
    """The code of the body and the rings of each area that is loaded; none if no file was."""
    return list(Outline.objects.order_by("pk").values_list("body", "rings"))


def newest_outline() -> int:
    """The id of the newest outline, 0 if none is loaded: it changes whenever they do."""
    return Outline.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@transaction.atomic
def load_outlines(path: Path) -> Loaded:
    """Put the areas of a GeoJSON file in place of those held, each matched to a body by a code or name among its words.

    Raises:
        OutlineProblem: the file is no GeoJSON of areas in longitude and latitude.
    """
    areas = list(_areas(_read(path)))
    if not areas:
        raise OutlineProblem(
            "The file holds no area: it needs features that are a Polygon or a MultiPolygon."
        )
    kept = _few_enough(areas)
    codes = codes_by_name()
    rows = [
        Outline(name=names[0] if names else "", body=_body(names, codes), rings=rings)
        for names, rings in kept
        if rings
    ]
    Outline.objects.all().delete()
    Outline.objects.bulk_create(rows)
    unmatched = tuple(row.name or "an area without a name" for row in rows if not row.body)
    return Loaded(len(kept), sum(len(ring) for _, rings in kept for ring in rings), unmatched)


def _body(names: Sequence[str], codes: dict[str, str]) -> str:
    return next(filter(None, (code_named(name, codes) for name in names)), "")


def _read(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise OutlineProblem(f"The file is larger than {LARGEST // 1_000_000} MB. Simplify it first.")
        held = json.loads(path.read_text("utf-8-sig"))
    except OSError as problem:
        raise OutlineProblem(f"The file cannot be read: {problem.strerror}.") from problem
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as problem:
        raise OutlineProblem("The file is not GeoJSON: it cannot be read as JSON in UTF-8.") from problem
    if not isinstance(held, dict) or held.get("type") != "FeatureCollection":
        raise OutlineProblem("The file is not GeoJSON with a FeatureCollection of areas.")
    return held


def _areas(held: dict[str, Any]) -> Iterator[tuple[Names, list[Ring]]]:
    features = held.get("features")
    for number, feature in enumerate(features if isinstance(features, list) else [], start=1):
        shape = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(shape, dict) or shape.get("type") not in ("Polygon", "MultiPolygon"):
            continue
        try:
            polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            rings = [[_point(place) for place in ring] for polygon in polygons for ring in polygon]
        except (KeyError, TypeError, ValueError, IndexError):
            raise OutlineProblem(f"The shape of area {number} cannot be read.") from None
        for longitude, latitude in (point for ring in rings for point in ring):
            if not (abs(longitude) <= 180 and abs(latitude) <= 85):  # noqa: PLR2004 degrees
                raise OutlineProblem(
                    f"Area {number} is not in longitude and latitude. Save the file as WGS 84 (EPSG:4326)."
                )
        yield _names(feature), rings


def _point(place: Any) -> Point:
    longitude, latitude = float(place[0]), float(place[1])
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        raise ValueError
    return longitude, latitude


def _names(feature: dict[str, Any]) -> Names:
    """The words among the properties of an area: those called a name first, then codes and the rest."""
    properties = feature.get("properties")
    given = properties.items() if isinstance(properties, dict) else ()
    words = [
        (str(key).lower(), value[:200]) for key, value in given if isinstance(value, str) and value.strip()
    ]
    return tuple(value for _, value in sorted(words, key=lambda word: not word[0].endswith(_NAMES)))


def _few_enough(areas: Sequence[tuple[Names, list[Ring]]]) -> list[tuple[Names, list[Ring]]]:
    """Simplify as little as leaves few enough corners to draw; an island that shrinks to nothing is left out."""
    placed = [(name, [(ring, _flattened(ring)) for ring in rings]) for name, rings in areas]
    for tolerance in TOLERANCES:
        kept = [
            (name, [[ring[n] for n in corners(spots, tolerance)] for ring, spots in rings])
            for name, rings in placed
        ]
        kept = [
            (name, [_rounded(ring) for ring in rings if len(ring) >= LEAST_CORNERS]) for name, rings in kept
        ]
        if sum(len(ring) for _, rings in kept for ring in rings) <= MOST_POINTS:
            return kept
    raise OutlineProblem(
        f"The areas have too many corners to draw: more than {MOST_POINTS:,} even when simplified."
    )


def _flattened(ring: Ring) -> Spots:
    return np.array([flat(latitude, longitude) for longitude, latitude in ring], dtype=np.float64).reshape(
        -1, 2
    )


def _rounded(ring: Ring) -> Ring:
    return [(round(longitude, 4), round(latitude, 4)) for longitude, latitude in ring]


def corners(spots: Spots, tolerance: float) -> list[int]:
    """Which points of a line to keep so that none left out is further than ``tolerance`` from what remains.

    After Douglas and Peucker, *Algorithms for the reduction of the number of points required to represent a
    digitized line or its caricature*, Cartographica 10 (1973).
    """
    keep = {0, len(spots) - 1} if len(spots) else set[int]()
    waiting = [(0, len(spots) - 1)]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:  # noqa: PLR2004 nothing between them
            continue
        away = _distances(spots[first + 1 : last], spots[first], spots[last])
        furthest = int(np.argmax(away))
        if away[furthest] > tolerance:
            middle = first + 1 + furthest
            keep.add(middle)
            waiting += [(first, middle), (middle, last)]
    return sorted(keep)


def _distances(spots: Spots, start: Spots, end: Spots) -> Spots:
    """How far each place is from the stretch between two others."""
    way = end - start
    length = float(way @ way)
    along = np.clip((spots - start) @ way / length, 0, 1) if length else np.zeros(len(spots))
    found: Spots = np.hypot(*(spots - start - along[:, None] * way).T)
    return found
