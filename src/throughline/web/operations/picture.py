"""The board as a picture: for each body how its returns stand and a bar; the tables beside it say the same in words."""

from dataclasses import dataclass
from decimal import Decimal

from throughline.operations.board import Board
from throughline.operations.figures import Figure
from throughline.web.operations.words import MARKS, RETURNS

WIDTH, ROW, LEFT, TOP, CELL = 760, 24, 250, 30, 22
_LONGEST_NAME = 34


@dataclass(frozen=True, slots=True)
class Mark:
    """How one return stands."""

    x: int
    state: str
    mark: str
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A body: its name, its marks, and the length of its bar with its figure."""

    y: int
    name: str
    marks: tuple[Mark, ...]
    width: float
    figure: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole drawing: the bars start at ``bars_at``."""

    width: int
    height: int
    bars_at: int
    days: tuple[tuple[int, str], ...]
    bars: tuple[Bar, ...]


def picture_of(board: Board, measure: int) -> Picture:
    """Draw the board with bars of one of its lead measures: the body with the most on top."""
    bars_at = LEFT + len(board.days) * CELL + 12
    rows = sorted(board.bodies, key=lambda row: (-_number(row.totals[measure]), row.name))
    most = max((_number(row.totals[measure]) for row in rows), default=Decimal(0)) or Decimal(1)
    room = WIDTH - bars_at - 70
    bars = tuple(
        Bar(
            TOP + place * ROW, row.name if len(row.name) <= _LONGEST_NAME else f"{row.name[:_LONGEST_NAME - 1]}…",
            tuple(
                Mark(LEFT + n * CELL, state, MARKS[state], f"{day.day} {day:%B}: {RETURNS[state]}")
                for n, (day, state) in enumerate(zip(board.days, row.states, strict=True))
            ),
            round(float(_number(row.totals[measure]) / most) * room, 1), str(row.totals[measure] or ""),
        )
        for place, row in enumerate(rows)
    )  # fmt: skip
    days = tuple((LEFT + n * CELL + CELL // 2, f"{day.day}") for n, day in enumerate(board.days))
    return Picture(WIDTH, TOP + len(rows) * ROW + 6, bars_at, days if board.every == "day" else (), bars)


def _number(figure: Figure | None) -> Decimal:
    return figure.number if figure else Decimal(0)
