"""The signs of a chart as shapes in a box from -12 to 12: the page and the PNG draw the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

RING: Final = 17
"""The radius of the ring around what has more to expand, in the units of the box."""
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sign:
    """An outline (a disc, or corners), its colour, and what is drawn on it in white: corners and discs."""

    colour: str
    outline: tuple[Point, ...] = ()
    corners: tuple[tuple[Point, ...], ...] = ()
    discs: tuple[tuple[float, float, float], ...] = ()


_SQUARE = ((-11, -11), (11, -11), (11, 11), (-11, 11))
_SHIELD = ((-12, -10), (0, -14), (12, -10), (12, 3), (0, 14), (-12, 3))
_SHOULDERS, _HEAD = (((-6, 8), (-5, 3), (5, 3), (6, 8)),), ((0, -3, 4),)
SIGNS: Final[Mapping[str, Sign]] = {
    "person": Sign("#1d4f91", (), _SHOULDERS, _HEAD),
    "protected": Sign("#4c2c92", _SHIELD, _SHOULDERS, _HEAD),
    "phone": Sign("#505a5f", _SQUARE, (((-4, -8), (4, -8), (4, 8), (-4, 8)),)),
    "place": Sign("#505a5f", _SQUARE, (((-8, 0), (0, -8), (8, 0), (6, 0), (6, 8), (-6, 8), (-6, 0)),)),
    "vehicle": Sign("#505a5f", _SQUARE, (((-9, 4), (-9, 0), (-5, -1), (-3, -5), (4, -5), (7, -1), (9, 0), (9, 4)),),
                    ((-5, 5, 2.2), (5, 5, 2.2))),
    "account": Sign("#505a5f", _SQUARE, (((-8, -6), (8, -6), (8, 6), (-8, 6)),)),
    "line name": Sign("#505a5f", _SQUARE, (((-8, -3), (8, -3), (8, 3), (-8, 3)),)),
    "line": Sign("#00386b", ((-13, 0), (-7, -12), (7, -12), (13, 0), (7, 12), (-7, 12)),
                 (((-7, 7), (-3, -7), (3, -7), (7, 7)),)),
    "other": Sign("#505a5f", _SQUARE, (), ((0, 0, 4),)),
    "cluster": Sign("#00386b", (), (), ((-4, 3, 3), (4, 3, 3), (0, -4, 3))),
}  # fmt: skip
WORDS: Final = {
    "person": "Person", "protected": "To protect", "phone": "Number or handset", "place": "Place", "vehicle": "Vehicle",
    "account": "Account", "line name": "Line name", "line": "County line", "other": "Other", "cluster": "Community",
}  # fmt: skip
