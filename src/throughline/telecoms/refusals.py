"""Where refused rows of call data are written down, so that a person can mend them and load them again."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from throughline.kernel.error_file import ErrorFile
from throughline.telecoms.cleaning import BOTH_WITHHELD, REASONS
from throughline.telecoms.columns import Source
from throughline.telecoms.torn_files import Torn, to_the_end

_TORN: Final = {
    "MISSING COLUMNS": "This row has fewer cells than the first row has columns.",
    "TOO MANY COLUMNS": "This row has more cells than the first row has columns.",
    "INVALID ENCODING": "This row has bytes that are not UTF-8.",
    "UNQUOTED VALUE": "A cell of this row opens with a quotation mark that is not closed.",
    "LINE SIZE OVER MAXIMUM": "This row is too long to be one call.",
}


class _Refusal(NamedTuple):
    """One refused row, in the order in which they are sorted."""

    line: int
    column: str
    reason: str
    raw: str


def write_refusals(source: Source, torn: Torn, bad: Sequence[tuple[Any, ...]]) -> Path | None:
    """Write each refused row with its line, column and reason beside the file; where that is, None without any.

    ``torn`` are by their place among all rows, blank ones too, the header being 1. ``bad`` begin with their place among
    the rows that could be read. For a CSV the line of each is looked up; a cell may hold several lines.
    """
    good, all_lines = _lines(source, set(torn)) if source.delimiter else ({}, {})
    rows = [
        _Refusal(all_lines.get(place, place), "", _TORN.get(kind, "This row cannot be read."), text)
        for place, (kind, text) in torn.items()
    ]
    for place, *faults, text in bad:
        rows += [_Refusal(good.get(place, place), column, reason, text) for column, reason in _faults(faults)]
    with ErrorFile(source.path) as written:
        for row in sorted(rows):
            written.add(row)
    return written.path


def _faults(faults: Sequence[Any]) -> Iterator[tuple[str, str]]:
    no_time, why_caller, why_callee, no_seconds, no_kind = faults
    found = [("time", no_time and REASONS["time"]), ("caller", why_caller), ("callee", why_callee),
             ("duration", no_seconds and REASONS["duration"]), ("kind", no_kind and REASONS["kind"])]  # fmt: skip
    told = [(column, reason) for column, reason in found if reason]
    yield from told or [("caller", BOTH_WITHHELD)]


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
