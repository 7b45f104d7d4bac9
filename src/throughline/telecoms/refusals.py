"""Rows of call data that are refused: each with its line, column and reason, so that a person can mend it."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from throughline.kernel.error_file import ErrorFile
from throughline.telecoms.cleaning import BOTH_WITHHELD, REASONS
from throughline.telecoms.columns import Source, Torn
from throughline.telecoms.torn_files import to_the_end

_TORN: Final = {
    "MISSING COLUMNS": "This row has fewer cells than the first row has columns.",
    "TOO MANY COLUMNS": "This row has more cells than the first row has columns.",
    "INVALID ENCODING": "This row has bytes that are not UTF-8.",
    "UNQUOTED VALUE": "A cell of this row opens with a quotation mark that is not closed.",
    "LINE SIZE OVER MAXIMUM": "This row is too long to be one call.",
}
_COLUMNS: Final = (
    "time",
    "caller",
    "callee",
    "duration",
    "kind",
    "direction",
    "imei",
    "forwarded_to",
    "forwarded_by",
)


class Refusal(NamedTuple):
    """One reason why a row is refused, in the order in which they are sorted."""

    line: int
    column: str
    reason: str
    raw: str


Keep = Callable[[Path, Iterable[Refusal]], Path | None]
"""Takes the refusals of one file; says where they were written, if to a file."""


def beside_the_file(path: Path, refused: Iterable[Refusal]) -> Path | None:
    """Write each refusal into the file of refused rows beside the file; where that is, None without any."""
    with ErrorFile(path) as written:
        for row in refused:
            written.add(row)
    return written.path


def refusals_of(
    source: Source, torn: Sequence[Torn], bad: Sequence[tuple[Any, ...]], *, by_line: bool
) -> list[Refusal]:
    """The refusals of one file by line. ``bad`` begin with their row, then a fault or none for each of `_COLUMNS`.

    Rows that are not numbered by line are by their place among those that could be read (of the torn: among all, the
    header being 1); a cell may hold several lines, so the line of each is looked up.
    """
    good, every = ({}, {}) if by_line else _lines(source, {one.line for one in torn})
    rows = [
        Refusal(every.get(one.line, one.line), "", _TORN.get(one.reason, _sentence(one.reason)), one.raw)
        for one in torn
    ]  # fmt: skip
    for place, *faults, text in bad:
        rows += [
            Refusal(good.get(place, place), _heading(source, column), reason, text)
            for column, reason in _faults(faults)
        ]
    return sorted(rows)


def _sentence(reason: str) -> str:
    return reason if reason.endswith(".") else "This row cannot be read."


def _faults(faults: Sequence[Any]) -> Iterator[tuple[str, str]]:
    told = [
        (column, fault if isinstance(fault, str) else REASONS[column])
        for column, fault in zip(_COLUMNS, faults, strict=True)
        if fault
    ]
    yield from told or [("caller", BOTH_WITHHELD)]


def _heading(source: Source, use: str) -> str:
    """How the file calls the column that is at fault."""
    beside = {"time": ("time", "date"), "caller": ("caller", "other"), "callee": ("callee", "other")}
    return next((source.heading(one) for one in beside.get(use, (use,)) if one in source.places), use)


def _lines(source: Source, torn: set[int]) -> tuple[dict[int, int], dict[int, int]]:
    """The line on which each row begins, by its place among those that could be read, and among all.

    Only a file with faults is read this slow way.
    """
    good: dict[int, int] = {}
    every: dict[int, int] = {}
    with source.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        reader = csv.reader((line.replace("\0", "") for line in stream), delimiter=source.delimiter)
        begins = 1
        for place, cells in enumerate(to_the_end(reader), 1):
            every[place] = begins
            if cells and place > 1 and place not in torn:
                good[len(good) + 1] = begins
            begins = reader.line_num + 1
    return good, every
