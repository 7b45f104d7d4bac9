"""Lists of cell sites: where each cell stands, kept under the authority that they came with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from throughline.telecoms.layout import heading_name

_NAMES: Final = {
    "cell": "cell_id antenna antenna_id cgi ecgi cellid site site_id cell_site",
    "latitude": "lat y_lat", "longitude": "lon long lng x_lon",
    "easting": "eastings x osgb_e", "northing": "northings y osgb_n",
    "azimuth": "bearing direction", "postcode": "post_code pcode", "place": "address location town site_name name",
}  # fmt: skip
SITE_USES: Final = tuple(_NAMES)
_MEANS: Final = {name: name for name in _NAMES} | {
    w: name for name, words in _NAMES.items() for w in words.split()
}
LAND: Final = (49.0, 61.5, -9.5, 2.5)
"""Degrees: south, north, west and east of the United Kingdom, the sea around it included."""
GRID: Final = 1_300_000
"""Metres of easting and northing on the British National Grid."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a cell stands: metres on the British National Grid, or degrees, one of the two; and its azimuth."""

    cell: str
    latitude: float | None
    longitude: float | None
    easting: float | None
    northing: float | None
    azimuth: float | None
    postcode: str
    place: str


def site_places(headings: Sequence[str]) -> dict[str, int]:
    """The place of each column of a list of cell sites; empty where the headings are not those of one."""
    meant = [_MEANS.get(heading_name(heading), "") for heading in headings]
    found = {use: meant.index(use) for use in SITE_USES if use in meant}
    has_place = {"latitude", "longitude"} <= found.keys() or {"easting", "northing"} <= found.keys()
    return found if "cell" in found and has_place else {}


def site_of(cells: Sequence[str | None], places: dict[str, int]) -> Site | tuple[str, str]:
    """The site that a row says; or the column that is at fault, and why."""
    said = {use: (cells[place] or "").strip() if place < len(cells) else "" for use, place in places.items()}
    if not said["cell"]:
        return "cell", "Give the cell's id."
    found: dict[str, float | None] = {}
    for use in ("latitude", "longitude", "easting", "northing", "azimuth"):
        try:
            found[use] = float(said[use]) if said.get(use) else None
        except ValueError:
            return use, "Write a number."
    south, north, west, east = LAND
    lat, lon, e, n = (found[use] for use in ("latitude", "longitude", "easting", "northing"))
    if lat is not None and lon is not None:
        if not (south <= lat <= north and west <= lon <= east):
            return "latitude", "This lies outside the United Kingdom: write degrees, north first."
    elif e is None or n is None or not (0 <= e <= GRID and 0 <= n <= GRID):
        return "easting", "Write metres on the British National Grid."
    azimuth = found["azimuth"]
    if azimuth is not None and not 0 <= azimuth <= 360:  # noqa: PLR2004 degrees of a circle
        return "azimuth", "Write degrees from 0 to 360."
    return Site(said["cell"], lat, lon, e, n, azimuth, said.get("postcode", ""), said.get("place", ""))
