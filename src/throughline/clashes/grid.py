"""The British National Grid: grid references, and latitude and longitude turned into metres east and north.

Source of every figure and formula: Ordnance Survey, *A Guide to Coordinate Systems in Great Britain* (version 3.3,
2018), section 6.6 and annexes A to C. The single Helmert transformation used here is said there to be right to about
5 metres. OSTN15, which is exact, needs a table of a million shifts that we do not carry.
"""

import math
import re
from typing import NamedTuple

HELMERT_ERROR = 5
"""Metres by which a place given as latitude and longitude may be out, on land in Great Britain."""
EASTERNMOST, NORTHERNMOST = 700_000, 1_300_000
"""Metres: the grid is this wide and this high."""
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"  # no I
_SQUARE = 100_000
_COARSEST = 2
"""Figures in each direction: a square of one kilometre. Coarser says nothing of where an event is."""
_FINEST = 5
_BEARS = {5: 1, 4: 8, 3: 71}
"""Up to what spread so many figures are honest: half of the diagonal of their square."""
_REFERENCE = re.compile(r"([A-HJ-Z]{2})(\d+)", re.ASCII)


class NotOnGrid(ValueError):
    """What was given is no place on the grid; the text says why, in a sentence."""


class Spot(NamedTuple):
    """A place in whole metres east and north of the grid's origin, and by how many metres it may be out."""

    easting: int
    northing: int
    spread: int


def from_reference(text: str) -> Spot:
    """The middle of the square that a grid reference such as ``TG 231 087`` names.

    Its spread is half of the square's diagonal: the place meant is nowhere in the square further from the middle.
    """
    found = _REFERENCE.fullmatch(re.sub(r"\s", "", text).upper())
    if not found or len(found[2]) % 2 or not 2 * _COARSEST <= len(found[2]) <= 2 * _FINEST:
        raise NotOnGrid("Enter a grid reference of two letters and 4, 6, 8 or 10 figures, such as TG 231 087")
    letters, figures = found[1], len(found[2]) // 2
    east, north = _corner(letters)
    side = 10 ** (_FINEST - figures)
    east, north = east + int(found[2][:figures]) * side, north + int(found[2][figures:]) * side
    return Spot(*within(east + side // 2, north + side // 2), math.ceil(side * math.sqrt(2) / 2))


def _corner(letters: str) -> tuple[int, int]:
    """The south-west corner of a 100 km square."""
    first, second = (_LETTERS.index(letter) for letter in letters)
    east = (first - 2) % 5 * 5 + second % 5
    north = 19 - first // 5 * 5 - second // 5
    return within(east * _SQUARE, north * _SQUARE)


def within(easting: int, northing: int) -> tuple[int, int]:
    """The same two numbers, if they lie on the grid."""
    if not (0 <= easting < EASTERNMOST and 0 <= northing < NORTHERNMOST):
        raise NotOnGrid("This place is not on the British National Grid")
    return easting, northing


def to_reference(easting: int, northing: int, *, spread: int = 1) -> str:
    """The grid reference of a place, with no more figures than its spread bears: ``TG 231 087``."""
    east, north = easting // _SQUARE, northing // _SQUARE
    first = 19 - north - (19 - north) % 5 + (east + 10) // 5
    second = (19 - north) * 5 % 25 + east % 5
    figures = next((count for count, bears in _BEARS.items() if spread <= bears), _COARSEST)
    parts = (f"{metres % _SQUARE:05}"[:figures] for metres in (easting, northing))
    return " ".join((_LETTERS[first] + _LETTERS[second], *parts))


class _Ellipsoid(NamedTuple):
    a: float
    b: float

    @property
    def e2(self) -> float:
        return 1 - (self.b / self.a) ** 2

    def nu(self, latitude: float, *, scale: float = 1.0) -> float:
        """The radius of curvature across the meridian."""
        return self.a * scale / math.sqrt(1 - self.e2 * math.sin(latitude) ** 2)


_WGS84 = _Ellipsoid(6_378_137.0, 6_356_752.3142)
_AIRY = _Ellipsoid(6_377_563.396, 6_356_256.909)
_SHIFT = (-446.448, 125.157, -542.060)
"""Metres along x, y and z."""
_SCALE = 20.4894e-6
_TURN = tuple(math.radians(seconds / 3600) for seconds in (-0.1502, -0.2470, -0.8421))
_F0, _LAT0, _LON0, _E0, _N0 = 0.9996012717, math.radians(49), math.radians(-2), 400_000, -100_000
"""The projection: scale on the central meridian, true origin, and its metres east and north."""
_CLOSE = 1e-12
"""Radians: a thousandth of a millimetre."""


def from_wgs84(latitude: float, longitude: float) -> tuple[int, int]:
    """Metres east and north of a place in degrees as a satellite receiver gives it; right to HELMERT_ERROR."""
    x, y, z = _turned(*_cartesian(math.radians(latitude), math.radians(longitude)))
    return within(*(round(metres) for metres in project(*_geodetic(x, y, z))))


def _cartesian(latitude: float, longitude: float) -> tuple[float, float, float]:
    nu = _WGS84.nu(latitude)
    across = nu * math.cos(latitude)
    z = (1 - _WGS84.e2) * nu * math.sin(latitude)
    return across * math.cos(longitude), across * math.sin(longitude), z


def _turned(x: float, y: float, z: float) -> tuple[float, float, float]:
    """WGS84 to OSGB36."""
    (tx, ty, tz), (rx, ry, rz), s = _SHIFT, _TURN, 1 + _SCALE
    return tx + s * x - rz * y + ry * z, ty + rz * x + s * y - rx * z, tz - ry * x + rx * y + s * z


def _geodetic(x: float, y: float, z: float) -> tuple[float, float]:
    p = math.hypot(x, y)
    latitude, before = math.atan2(z, p * (1 - _AIRY.e2)), math.inf
    while abs(latitude - before) > _CLOSE:
        before = latitude
        latitude = math.atan2(z + _AIRY.e2 * _AIRY.nu(before) * math.sin(before), p)
    return latitude, math.atan2(y, x)


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Metres east and north of a latitude and longitude in radians on OSGB36 (annex C.1 of the guide)."""
    nu = _AIRY.nu(latitude, scale=_F0)
    rho = nu * (1 - _AIRY.e2) / (1 - _AIRY.e2 * math.sin(latitude) ** 2)
    eta2, t2 = nu / rho - 1, math.tan(latitude) ** 2
    sin, cos, p = math.sin(latitude), math.cos(latitude), longitude - _LON0
    i = _meridian(latitude) + _N0
    ii = nu / 2 * sin * cos
    iii = nu / 24 * sin * cos**3 * (5 - t2 + 9 * eta2)
    iiia = nu / 720 * sin * cos**5 * (61 - 58 * t2 + t2**2)
    iv = nu * cos
    v = nu / 6 * cos**3 * (nu / rho - t2)
    vi = nu / 120 * cos**5 * (5 - 18 * t2 + t2**2 + 14 * eta2 - 58 * t2 * eta2)
    return _E0 + iv * p + v * p**3 + vi * p**5, i + ii * p**2 + iii * p**4 + iiia * p**6


def _meridian(latitude: float) -> float:
    """The developed arc of the meridian from the true origin, in metres."""
    n = (_AIRY.a - _AIRY.b) / (_AIRY.a + _AIRY.b)
    d, s = latitude - _LAT0, latitude + _LAT0
    return (
        _AIRY.b
        * _F0
        * (
            (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * d
            - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(d) * math.cos(s)
            + (15 / 8 * n**2 + 15 / 8 * n**3) * math.sin(2 * d) * math.cos(2 * s)
            - 35 / 24 * n**3 * math.sin(3 * d) * math.cos(3 * s)
        )
    )
