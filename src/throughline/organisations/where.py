"""Latitude and longitude on a flat map of the United Kingdom, in kilometres."""

import math
from typing import NamedTuple

EARTH = 6_371.0
MERIDIAN, PARALLEL = math.radians(-2), math.radians(49)
EAST = 400.0


class Spot(NamedTuple):
    """Kilometres east and north of the corner from which the British National Grid is counted, or nearly."""

    east: float
    north: float


def flat(latitude: float, longitude: float) -> Spot:
    """A transverse Mercator projection of the sphere about the grid's own meridian, 2 degrees west.

    North is counted from 49 degrees, 100 km south of the grid's origin; apart from that it is within a kilometre of
    the British National Grid (``tests/lines/test_boundaries.py``), which takes an ellipsoid: right for a picture, and
    for nothing that is measured (that is in ``clashes/grid.py``). It serves Northern Ireland too. Formulas: Snyder,
    *Map Projections: A Working Manual*, USGS Professional Paper 1395 (1987), equations 8-1 and 8-3.
    """
    north, east = math.radians(latitude), math.radians(longitude) - MERIDIAN
    across = math.atanh(math.cos(north) * math.sin(east))
    up = math.atan2(math.tan(north), math.cos(east)) - PARALLEL
    return Spot(EAST + EARTH * across, EARTH * up)
