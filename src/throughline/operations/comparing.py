"""Two weeks side by side: a change is worked out only where a measure was defined alike in both."""

from dataclasses import dataclass
from decimal import Decimal

from throughline.access.reader import Reader
from throughline.operations.board import Board, Total, week_board
from throughline.operations.figures import Figure, change_between
from throughline.operations.measures import Measure


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure in both weeks. ``change`` is in per cent, None where it cannot be said; ``differs`` says why."""

    measure: Measure
    before: Figure | None
    after: Figure | None
    change: Decimal | None
    differs: str


def weeks_compared(
    reader: Reader, earlier: str, later: str
) -> tuple[Board, Board, tuple[Compared, ...]] | None:
    """Two operations that the reader may know, measure by measure where either said something; None for any other."""
    first, second = (week_board(reader, ref, why="compared two weeks") for ref in (earlier, later))
    if first is None or second is None:
        return None
    before = {total.measure.key: total for total in first.totals}
    rows = (
        _compared(before.get(total.measure.key), total)
        for total in second.totals
    )  # fmt: skip
    return first, second, tuple(row for row in rows if row.before or row.after)


def _compared(before: Total | None, after: Total) -> Compared:
    was, now = before.figure if before else None, after.figure
    differs = ""
    if before and before.measure.version != after.measure.version:
        differs = f"Defined otherwise: {before.measure.name}. {before.measure.definition}"
    elif was is None or now is None:
        differs = "Not said in both weeks"
    elif (found := change_between(was, now)) is not None:
        return Compared(after.measure, was, now, found, "")
    else:
        differs = "Not exact in both weeks" if was.number else "From nothing"
    return Compared(after.measure, was, now, None, differs)
