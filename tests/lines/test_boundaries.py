"""Outlines for the map: loaded from GeoJSON, simplified, and refused in a sentence when they are none."""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inside import command
from tests.instance import Instance
from throughline.clashes.grid import from_wgs84
from throughline.organisations.outlines import corners, outlines
from throughline.organisations.where import flat
from throughline.web.lines.land import land_paths

SQUARE = [[-2.0, 53.0], [-1.0, 53.0], [-1.0, 54.0], [-2.0, 54.0], [-2.0, 53.0]]


def _geojson(tmp_path: Path, *shapes: object) -> Path:
    held = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"PFA23NM": "Anywhere"}, "geometry": shape} for shape in shapes]}  # fmt: skip
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps(held), "utf-8")
    return path


def test_boundaries_are_loaded_and_drawn(house: Instance, tmp_path: Path) -> None:
    assert len(land_paths()) > 2, "a plain outline of our own"
    many = [[-2 + n / 1000, 53 + (n % 2) / 10_000] for n in range(1000)] + SQUARE[2:]
    path = _geojson(tmp_path, {"type": "Polygon", "coordinates": [SQUARE]},
                    {"type": "MultiPolygon", "coordinates": [[many]]})  # fmt: skip
    said = command("load", "boundaries", str(path))
    assert (said.status, said.out) == (0, "2 areas, 10 corners.\n")
    assert "The name of no body, so drawn without one: 'Anywhere', 'Anywhere'." in said.err
    assert [len(rings[0]) for _, rings in outlines()] == [5, 5]
    assert len(land_paths()) == 2


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("no json", "cannot be read as JSON"),
        ("{}", "FeatureCollection"),
        ('{"type": "FeatureCollection", "features": []}', "holds no area"),
        ('{"type": "FeatureCollection", "features": [{"geometry": {"type": "Polygon", "coordinates": [["x"]]}}]}',
         "The shape of area 1 cannot be read"),
        ('{"type": "FeatureCollection", "features": [{"geometry": {"type": "Polygon", "coordinates": '
         "[[[400000, 300000], [400001, 300000], [400001, 300001], [400000, 300000]]]}}]}", "longitude and latitude"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_map_is_refused_in_a_sentence(
    house: Instance, tmp_path: Path, text: str, problem: str
) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text(text, "utf-8")
    said = command("load", "boundaries", str(path))
    assert said.status == 1
    assert problem in said.err
    assert command("load", "boundaries", str(tmp_path / "none.geojson")).status == 1


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=40))
def test_no_corner_left_out_is_far_from_what_remains(points: list[tuple[float, float]]) -> None:
    spots = np.array(points)
    kept = corners(spots, 1.0)
    assert kept[0] == 0
    assert kept[-1] == len(points) - 1
    for first, last in pairwise(kept):
        way = spots[last] - spots[first]
        for n in range(first + 1, last):
            along = np.clip((spots[n] - spots[first]) @ way / max(way @ way, 1e-12), 0, 1)
            assert np.hypot(*(spots[n] - spots[first] - along * way)) <= 1.0 + 1e-9


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(51.5, -0.12), (50.07, -5.71), (58.64, -3.02), (52.63, 1.3)]
)
def test_the_flat_map_is_nearly_the_national_grid(latitude: float, longitude: float) -> None:
    east, north = from_wgs84(latitude, longitude)
    spot = flat(latitude, longitude)
    assert abs(spot.east - east / 1000) < 2
    assert abs(spot.north - north / 1000 - 100) < 2, (
        "counted from 49 degrees, the grid from 100 km further north"
    )
