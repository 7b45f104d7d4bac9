"""Where refused rows of call data are written down, so that a person can mend them and load them again."""

import csv
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from throughline.telecoms.cleaning import BOTH_WITHHELD, REASONS
from throughline.telecoms.columns import Source

_HEADER: Final = ("line", "column", "reason", "row")
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_TORN: Final = {
    "MISSING COLUMNS": "This row has fewer cells than the first row has columns.",
    "TOO MANY COLUMNS": "This row has more cells than the first row has columns.",
    "INVALID ENCODING": "This row has bytes that are not UTF-8.",
    "UNQUOTED VALUE": "A cell of this row opens with a quotation mark that is not closed.",
    "LINE SIZE OVER MAXIMUM": "This row is too long to be one call.",
}


def write_refusals(
    source: Source, torn: Mapping[int, tuple[str, str]], bad: Sequence[tuple[Any, ...]]
) -> Path:
    """Write each refused row with its line, column and reason beside the file; where that is.

    ``torn`` are by line. ``bad`` begin with their place among the rows that could be read, from 1; for a CSV its
    line is looked up.
    """
    lines = _lines(source, set(torn), {row[0] for row in bad}) if source.delimiter and bad else {}
    rows = [
        (line, "", _TORN.get(kind, "This row cannot be read."), text) for line, (kind, text) in torn.items()
    ]
    for place, *faults, text in bad:
        rows += [(lines.get(place, place), column, reason, text) for column, reason in _faults(faults)]
    path, stream = _open(source.path)
    with stream:
        writer = csv.writer(stream)
        writer.writerow(_HEADER)
        writer.writerows((line, *map(_inert, cells)) for line, *cells in sorted(rows))
    return path


def _faults(faults: Sequence[Any]) -> Iterator[tuple[str, str]]:
    no_time, why_caller, why_callee, no_seconds, no_kind = faults
    found = [("time", no_time and REASONS["time"]), ("caller", why_caller), ("callee", why_callee),
             ("duration", no_seconds and REASONS["duration"]), ("kind", no_kind and REASONS["kind"])]  # fmt: skip
    told = [(column, reason) for column, reason in found if reason]
    yield from told or [("caller", BOTH_WITHHELD)]


def _lines(source: Source, torn: set[int], wanted: set[int]) -> dict[int, int]:
    """The line on which each row of these places begins: only a file with faults is read this slow way."""
    found: dict[int, int] = {}
    place = 0
    with source.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        reader = csv.reader((line.replace("\0", "") for line in stream), delimiter=source.delimiter)
        next(reader, None)
        begins = reader.line_num + 1
        while (cells := next(_careful(reader), None)) is not None:
            if cells and begins not in torn:
                place += 1
                if place in wanted:
                    found[place] = begins
            begins = reader.line_num + 1
    return found


def _careful(reader: Any) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error:
        yield ["a cell too long to read"]


def _open(source: Path) -> tuple[Path, Any]:
    name = f"{source.stem}.errors.csv"
    try:
        return _open_at(source.parent / name)
    except OSError:
        return _open_at(Path.cwd() / name)


def _open_at(path: Path) -> tuple[Path, Any]:
    # Only the person who loads can read it, since it repeats what was in the file.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    os.fchmod(descriptor, 0o600)
    return path, os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="", errors="backslashreplace")


def _inert(text: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula and run."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text
