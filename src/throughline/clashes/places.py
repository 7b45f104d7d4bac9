"""Where an event is: a postcode, a place on the British National Grid, or both."""

import math
import re
from dataclasses import dataclass

from throughline.clashes.grid import (
    HELMERT_ERROR,
    NotOnGrid,
    Spot,
    from_reference,
    from_wgs84,
    to_reference,
    within,
)
from throughline.selectors.kinds.kind import NotASelector
from throughline.selectors.kinds.postcode import normalise_postcode

COARSEST_SPREAD = 1_000
"""Metres: no place may be out by more, so that a search need not look further."""
_DEGREE = 111_320
"""Metres in a degree of latitude; one of longitude is shorter here."""
_DECIMALS = 3
"""Decimal places of a degree, at least: a hundred metres."""
_DEGREES = re.compile(
    r"([+-]?\d{1,2}\.(\d+))\s*°?\s*([NS])?\s*[,\s]\s*([+-]?\d{1,3}\.(\d+))\s*°?\s*([EW])?",
    re.ASCII | re.IGNORECASE,
)
_METRES = re.compile(r"(\d{5,6})\s*[,\s]\s*(\d{5,7})", re.ASCII)


class PlaceProblem(ValueError):
    """What is wrong with a place, for the field named (``postcode`` or ``spot``)."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode ('' if none) and metres east and north (None if not given), which may be out by ``spread``."""

    postcode: str
    easting: int | None = None
    northing: int | None = None
    spread: int = 0

    @property
    def sector(self) -> str:
        """``NR1 1`` of ``NR1 1AA``: some three thousand addresses."""
        return self.postcode[:-2]

    @property
    def shown(self) -> str:
        """As a person reads it: ``NR1 1AA, TG 231 087``."""
        return ", ".join(part for part in (self.postcode, self.reference) if part)

    @property
    def reference(self) -> str:
        """The grid reference, or ''."""
        if self.easting is None or self.northing is None:
            return ""
        return to_reference(self.easting, self.northing, spread=self.spread)


def parse_place(*, postcode: str, spot: str) -> Place:
    """A place as a person gives it: a postcode, and a grid reference or a latitude and longitude; one is enough.

    Raises:
        PlaceProblem: for the field that needs mending.
    """
    if not postcode.strip() and not spot.strip():
        raise PlaceProblem("postcode", "Enter a postcode, or the place on the map below, or both")
    try:
        key = normalise_postcode(postcode) if postcode.strip() else ""
    except NotASelector as problem:
        raise PlaceProblem("postcode", str(problem)) from problem
    if not spot.strip():
        return Place(key)
    try:
        return Place(key, *_spot(spot.strip()))
    except NotOnGrid as problem:
        raise PlaceProblem("spot", str(problem)) from problem


def _spot(text: str) -> Spot:
    degrees, metres = _DEGREES.fullmatch(text), _METRES.fullmatch(text)
    if degrees:
        return _from_degrees(degrees)
    if metres:
        return Spot(*within(int(metres[1]), int(metres[2])), 1)
    if not re.search(r"[A-Za-z]", text):
        raise NotOnGrid(
            "Enter a grid reference such as TG 231 087, or a latitude and longitude such as 52.6284, 1.2971"
        )
    return from_reference(text)


def _from_degrees(found: re.Match[str]) -> Spot:
    decimals = min(len(found[2]), len(found[5]))
    if decimals < _DECIMALS:
        raise NotOnGrid(f"Give the latitude and the longitude to at least {_DECIMALS} decimal places")
    latitude = _signed(found[1], found[3], "S")
    longitude = _signed(found[4], found[6], "W")
    try:
        east, north = from_wgs84(latitude, longitude)
    except NotOnGrid:
        raise NotOnGrid(
            "This place is not in Great Britain. Give the latitude first, then the longitude"
        ) from None
    rounding = _DEGREE * 10.0**-decimals / 2 * math.sqrt(2)
    return Spot(east, north, HELMERT_ERROR + math.ceil(rounding))


def _signed(number: str, letter: str | None, negative: str) -> float:
    return -abs(float(number)) if (letter or "").upper() == negative else float(number)
