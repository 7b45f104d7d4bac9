"""Who goes with numbers, as the page of a group shows it: ties by kind, how they stand to each other, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from throughline.telecoms.numbers import shown
from throughline.telecoms.together import KINDS, MOST_PLACES, SHOWN, Group, Kind, Place, Tie, Together

AT_RISK: Final = "at_risk"
_WIDTH, _LEFT, _ROW, _HEAD = 640, 150, 30, 20
_MOST_CELLS, _SMALLEST = 10, 5.0
SHAPES: Final = ("circle", "square", "diamond", "ring", "cross")
"""Numbers on the picture are told apart by shape, and not by colour alone; past these they share the last."""


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie in words."""

    number: str
    reason: str
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class TiesShown:
    """The ties of one kind, by which rule they were found, and how many are listed where there may be more."""

    heading: str
    rule: str
    at_most: str
    is_safeguarding: bool
    rows: tuple[TieRow, ...]


@dataclass(frozen=True, slots=True)
class OneShown:
    """One number with its ties."""

    number: str
    kinds: tuple[TiesShown, ...]


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two of the numbers."""

    numbers: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A number in a cell on a day."""

    number: str
    cell: str
    first: datetime
    last: datetime
    times: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in a cell at a time, on the picture."""

    shape: str
    x: float
    y: float
    says: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A cell on the picture."""

    label: str
    y: float


@dataclass(frozen=True, slots=True)
class TimePicture:
    """Cells as lanes, time from left to right, and each number as a mark of its own shape."""

    width: int
    height: int
    first: datetime
    last: datetime
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    key: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Everything on the page of a group."""

    each: tuple[OneShown, ...]
    among: tuple[PairRow, ...]
    places: tuple[PlaceRow, ...]
    picture: TimePicture | None
    places_at_most: str


def group_shown(found: Group) -> GroupShown | None:
    """The group for its page; None where none of the numbers has a call."""
    if not found.each:
        return None
    return GroupShown(
        tuple(map(_one, found.each)),
        tuple(PairRow(f"{shown(pair.one)} and {shown(pair.other)}", pair.reason) for pair in found.among),
        tuple(PlaceRow(shown(p.number), p.cell, p.first, p.last, p.times) for p in found.places),
        _picture(found.places, [one.number for one in found.each]),
        f"The first {MOST_PLACES} are listed and drawn." if len(found.places) == MOST_PLACES else "",
    )  # fmt: skip


def _one(found: Together) -> OneShown:
    kinds = (
        _kind(kind, getattr(found, name), is_safeguarding=name == AT_RISK) for name, kind in KINDS.items()
    )
    return OneShown(shown(found.number), tuple(kind for kind in kinds if kind.rows))


def _kind(kind: Kind, ties: Sequence[Tie], *, is_safeguarding: bool) -> TiesShown:
    at_most = f"The first {SHOWN} are listed." if len(ties) == SHOWN else ""
    return TiesShown(kind.heading, kind.rule, at_most, is_safeguarding, tuple(map(_row, ties)))


def _row(tie: Tie) -> TieRow:
    return TieRow(shown(tie.number), tie.reason, tie.first, tie.last)


def _picture(places: Sequence[Place], numbers: Sequence[str]) -> TimePicture | None:
    """The busiest cells in the order in which they were first used; None without a cell."""
    if not places:
        return None
    times: dict[str, int] = {}
    for place in places:
        times[place.cell] = times.get(place.cell, 0) + place.times
    cells = sorted(times, key=lambda cell: -times[cell])[:_MOST_CELLS]
    lanes = {
        cell: _HEAD + (row + 0.5) * _ROW
        for row, cell in enumerate(dict.fromkeys(p.cell for p in places if p.cell in cells))
    }
    first, last = min(p.first for p in places), max(p.last for p in places)
    scale = (_WIDTH - _LEFT - 2 * _SMALLEST) / max((last - first).total_seconds(), 1.0)
    shape_of = {number: SHAPES[min(n, len(SHAPES) - 1)] for n, number in enumerate(numbers)}
    marks = tuple(
        Mark(
            shape_of[p.number], round(_LEFT + _SMALLEST + (p.first - first).total_seconds() * scale, 1), lanes[p.cell],
            f"{shown(p.number)} in {p.cell}",
        )
        for p in places if p.cell in lanes and p.number in shape_of
    )  # fmt: skip
    return TimePicture(
        _WIDTH, round(_HEAD + len(lanes) * _ROW + 6), first, last,
        tuple(Lane(cell, y) for cell, y in lanes.items()), marks,
        tuple((shape_of[number], shown(number)) for number in numbers),
    )  # fmt: skip
