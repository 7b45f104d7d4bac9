"""The numbers of a line over time, as bars for an SVG; the table beside it says the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughline.lines.known import Held

WIDTH, ROW, LEFT, TOP = 640, 34, 150, 26
_SHORTEST = 30
"""Days: a line seen once is not drawn at the scale of that day."""
_NARROWEST = 6.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One number: from its first day known to its last, and whether it is known to have ended."""

    label: str
    y: int
    x: float
    width: float
    has_ended: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A month on the scale."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """The whole drawing."""

    width: int
    height: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def sketch_of(numbers: Sequence[Held]) -> Sketch | None:
    """Draw these numbers, the oldest first; None when there is nothing to draw."""
    if not numbers:
        return None
    first = min(number.first for number in numbers)
    last = max(*(number.last for number in numbers), first + timedelta(days=_SHORTEST))
    scale = (WIDTH - LEFT - 10) / ((last - first).days + 1)

    def across(day: date) -> float:
        return round(LEFT + (day - first).days * scale, 1)

    bars = tuple(
        Bar(
            n.shown, TOP + row * ROW, across(n.first),
            max(_NARROWEST, round(((n.ended or n.last) - n.first).days * scale, 1)), n.ended is not None,
        )
        for row, n in enumerate(numbers)
    )  # fmt: skip
    ticks = tuple(Tick(across(day), f"{day:%b %Y}") for day in _months(first, last))
    return Sketch(WIDTH, TOP + len(numbers) * ROW + 6, bars, ticks)


def _months(first: date, last: date) -> list[date]:
    """The first days of at most five months, evenly apart."""
    months = [
        date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]  # fmt: skip
    return months[:: max(1, -(-len(months) // 5))]
