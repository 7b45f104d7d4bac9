"""A sketch map: where the things of a list lie on the British National Grid, as lines and marks for an SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SIDE = 400
"""The drawing is a square of so many units a side."""
_PAD = 36
"""Units kept free around the marks, in which the numbers of the grid lines stand."""
_SMALLEST = 2_000
"""Metres: a lone thing is not shown at the scale of its own street."""
_STEPS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
_MOST_LINES = 6
_TOUCHING = 24
"""Units within which two marks would lie on each other: they share one."""


@dataclass(frozen=True, slots=True)
class GridLine:
    """One line of the grid with its number, in kilometres from the grid's origin."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Where things lie: the numbers that they have in the table."""

    x: float
    y: float
    numbers: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """The whole drawing. ``step`` is the distance between two lines of the grid in kilometres."""

    side: int
    step: int
    lines: tuple[GridLine, ...]
    marks: tuple[Mark, ...]


def sketch_of(spots: Sequence[tuple[int, int, int]]) -> Sketch | None:
    """Draw things, each a number and its metres east and north; None when there is nothing to draw."""
    if not spots:
        return None
    west, east = _span([spot[1] for spot in spots])
    south, north = _span([spot[2] for spot in spots])
    reach = max(east - west, north - south, _SMALLEST)
    west, south = (west + east - reach) // 2, (south + north - reach) // 2
    scale = (SIDE - 2 * _PAD) / reach
    step = next((size for size in _STEPS if reach / size <= _MOST_LINES), _STEPS[-1])
    lines = [*_across(west, reach, step, scale), *_up(south, reach, step, scale)]
    placed = [
        (number, round(_PAD + (e - west) * scale, 1), round(SIDE - _PAD - (n - south) * scale, 1))
        for number, e, n in spots
    ]
    return Sketch(SIDE, step // 1000, tuple(lines), tuple(_marks(placed)))


def _span(metres: Sequence[int]) -> tuple[int, int]:
    return min(metres), max(metres)


def _multiples(start: int, reach: int, step: int) -> Iterable[int]:
    first = -(-start // step) * step
    return range(first, start + reach + 1, step)


def _across(west: int, reach: int, step: int, scale: float) -> Iterable[GridLine]:
    for metres in _multiples(west, reach, step):
        x = round(_PAD + (metres - west) * scale, 1)
        yield GridLine(x, 0, x, SIDE, str(metres // 1000))


def _up(south: int, reach: int, step: int, scale: float) -> Iterable[GridLine]:
    for metres in _multiples(south, reach, step):
        y = round(SIDE - _PAD - (metres - south) * scale, 1)
        yield GridLine(0, y, SIDE, y, str(metres // 1000))


def _marks(placed: Sequence[tuple[int, float, float]]) -> Iterable[Mark]:
    """One mark for all that would lie on each other."""
    groups: list[tuple[float, float, list[str]]] = []
    for number, x, y in placed:
        for gx, gy, numbers in groups:
            if abs(gx - x) < _TOUCHING and abs(gy - y) < _TOUCHING:
                numbers.append(str(number))
                break
        else:
            groups.append((x, y, [str(number)]))
    return (Mark(x, y, ", ".join(numbers)) for x, y, numbers in groups)
