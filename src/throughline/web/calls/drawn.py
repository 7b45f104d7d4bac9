"""Pictures of how a number is used: counts as columns, counts by hour as dots, and spans of time as bars.

A table beside each says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Final

from throughline.telecoms.profile import Used

WIDTH: Final = 640
_HEIGHT, _FOOT, _HEAD = 160, 24, 18
_ROW, _LEFT, _NARROWEST = 30, 190, 4.0
_MOST_LABELS: Final = 12
_WIDEST: Final = 48
_LANE, _LETTER, _SMALLEST_DOT, _LARGEST_DOT = 26, 8.2, 1.5, 11.0
_EACH_HOURS: Final = 3


@dataclass(frozen=True, slots=True)
class Column:
    """One count: where its column stands, and its name where there is room for one."""

    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Counts in a row, with the highest named."""

    width: int
    height: int
    foot: int
    most: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing, from when to when it was in use."""

    label: str
    y: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Several things over the same span of time."""

    width: int
    height: int
    first: datetime
    last: datetime
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One count: its area is as the count."""

    x: float
    r: float


@dataclass(frozen=True, slots=True)
class Lane:
    """One thing, and its counts by the hour; an hour without any has no dot."""

    label: str
    y: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class HourMark:
    """An hour named below the lanes."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Dots:
    """Counts of several things by the hour of the day; ``most`` is what the largest dot stands for."""

    width: int
    height: int
    left: float
    most: int
    hours: tuple[HourMark, ...]
    rows: tuple[Lane, ...]


def dots_of(labels: Sequence[str], rows: Sequence[Sequence[int]]) -> Dots | None:
    """Rows of 24 counts as dots, each row under its label; None where there is nothing to draw."""
    most = max((count for row in rows for count in row), default=0)
    if not most:
        return None
    left = _LETTER * max(map(len, labels)) + 4
    step = (WIDTH - left) / 24
    largest = min(_LARGEST_DOT, step / 2 - 0.5)
    lanes = tuple(
        Lane(label, _HEAD + place * _LANE + _LANE // 2, tuple(
            Dot(round(left + (hour + 0.5) * step, 1), max(_SMALLEST_DOT, round(largest * sqrt(count / most), 1)))
            for hour, count in enumerate(row) if count
        ))
        for place, (label, row) in enumerate(zip(labels, rows, strict=True))
    )  # fmt: skip
    hours = tuple(
        HourMark(round(left + (hour + 0.5) * step, 1), f"{hour:02}") for hour in range(0, 24, _EACH_HOURS)
    )
    return Dots(WIDTH, _HEAD + len(lanes) * _LANE + _FOOT, round(left, 1), most, hours, lanes)


def columns_of(counts: Sequence[int], labels: Sequence[str]) -> Columns | None:
    """Counts as columns; None where there is nothing to draw."""
    most = max(counts, default=0)
    if not most:
        return None
    step, room = min(WIDTH / len(counts), _WIDEST), _HEIGHT - _FOOT - _HEAD
    each = -(-len(counts) // _MOST_LABELS)
    columns = tuple(
        Column(
            round(place * step + step * 0.1, 1), round(_HEIGHT - _FOOT - room * count / most, 1), round(step * 0.8, 1),
            round(room * count / most, 1), labels[place] if place % each == 0 else "",
        )
        for place, count in enumerate(counts)
    )  # fmt: skip
    return Columns(WIDTH, _HEIGHT, _HEIGHT - _FOOT, most, columns)


def bars_of(used: Sequence[Used]) -> Bars | None:
    """Handsets or SIMs over time, the earliest first; None where there are none."""
    if not used:
        return None
    first, last = min(one.first for one in used), max(one.last for one in used)
    scale = (WIDTH - _LEFT - 2) / max((last - first).total_seconds(), 1.0)
    bars = tuple(
        Bar(
            one.what, _HEAD + row * _ROW, round(_LEFT + (one.first - first).total_seconds() * scale, 1),
            max(_NARROWEST, round((one.last - one.first).total_seconds() * scale, 1)),
        )
        for row, one in enumerate(sorted(used, key=lambda one: one.first))
    )  # fmt: skip
    return Bars(WIDTH, _HEAD + len(bars) * _ROW + 4, first, last, bars)
