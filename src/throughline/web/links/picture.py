"""What speaks for and against a link as bars about a middle line; the table beside it says the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from throughline.matching.people.explaining import Part

WIDTH, ROW, LEFT = 640, 30, 150
_MIDDLE = LEFT + (WIDTH - LEFT) // 2
PLUS, MINUS = "+", "\u2212"
_ROOM = 50
"""Left for the figure beside a bar."""
FEWEST = 10.0
"""Bits at which a bar fills its half at least, so that a weak link does not look like a strong one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: a bar that leads right from the middle for a link, left against it, and its figure."""

    label: str
    y: int
    x: float
    width: float
    is_for: bool
    is_sum: bool
    figure: str
    figure_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole drawing."""

    width: int
    height: int
    middle: int
    bars: tuple[Bar, ...]


def picture_of(start: float, parts: Sequence[Part], bits: float) -> Picture:
    """From where any two people start, through each comparison that says something, to the sum."""
    rows = [
        ("Any two people", start),
        *((part.label, part.bits) for part in parts if part.is_said),
        ("In all", bits),
    ]
    scale = (WIDTH - _MIDDLE - _ROOM) / max(FEWEST, *(abs(value) for _, value in rows))
    bars = tuple(
        _bar(label, value, place, scale, is_last=place == len(rows) - 1)
        for place, (label, value) in enumerate(rows)
    )
    return Picture(WIDTH, len(rows) * ROW + 6, _MIDDLE, bars)


def _bar(label: str, bits: float, place: int, scale: float, *, is_last: bool) -> Bar:
    width = round(abs(bits) * scale, 1)
    end = _MIDDLE + width if bits >= 0 else _MIDDLE - width
    return Bar(
        label, place * ROW + 4, _MIDDLE if bits >= 0 else end, width, bits >= 0, is_last, signed(bits),
        end + 6 if bits >= 0 else end - 6, "start" if bits >= 0 else "end",
    )  # fmt: skip


def signed(bits: float) -> str:
    """`+3.2`, or with a minus sign where it speaks against."""
    return f"{PLUS if bits >= 0 else MINUS}{abs(bits):.1f}"
