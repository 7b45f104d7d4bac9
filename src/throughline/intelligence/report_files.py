"""Which files of reports can be read: each kind is streamed as rows, and none is lost."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Final

from throughline.intelligence.report_columns import COLUMNS, RejectedRow, Row, Warn
from throughline.intelligence.report_csv import csv_rows
from throughline.intelligence.report_json import json_rows
from throughline.intelligence.report_layout import STANDARD, Layout
from throughline.intelligence.report_lines import FileProblem, Line, encoding_of, physical_lines
from throughline.intelligence.report_tables import WORKBOOKS, table_rows

__all__ = ["COLUMNS", "FileProblem", "RejectedRow", "Row", "read_rows"]

_Reader = Callable[[Iterator[Line], Warn], Iterator[Row | RejectedRow]]
_JSON_LINES: Final = (".jsonl", ".ndjson")
_TABLES: Final = WORKBOOKS | {".csv"}


def _unheard(_sentence: str) -> None:
    return None


def read_rows(path: Path, *, layout: Layout = STANDARD, warn: Warn = _unheard) -> Iterator[Row | RejectedRow]:
    """Stream the rows of a `.csv`, `.xlsx`, `.jsonl` or `.ndjson` file, in order, each with its line.

    Raises `FileProblem` at the call, before any row is given out, when the file as a whole cannot be loaded.
    A column that is not one of `COLUMNS`, or of the layout, is left aside and told to `warn` once, as a sentence.
    """
    kind = path.suffix.lower()
    if kind == ".xls":
        raise FileProblem(
            f"{path.name} is a workbook from before Excel 2007: save it as .xlsx and load that file."
        )
    if kind not in _TABLES and kind not in _JSON_LINES:
        raise FileProblem(
            f"{path.name} is not a kind of file that is read: give a .csv, .xlsx or .jsonl file."
        )
    if kind in _JSON_LINES:
        _refuse_choices(path, layout)
        rows = _opened(path, partial(json_rows, columns=layout.shape.every), warn)
    elif kind == ".csv" and layout == STANDARD:
        rows = _opened(path, csv_rows, warn)
    else:
        rows = table_rows(path, layout, warn)
    return chain(list(islice(rows, 1)), rows)


def _refuse_choices(path: Path, layout: Layout) -> None:
    if layout.sheet or not layout.is_plain:
        raise FileProblem(f"{path.name} has no sheets and no columns to choose: leave out --sheet and --map.")


def _opened(path: Path, reader: _Reader, warn: Warn) -> Iterator[Row | RejectedRow]:
    encoding = encoding_of(path)
    try:
        with path.open(encoding=encoding, newline="") as stream:
            yield from reader(physical_lines(stream), warn)
    except (OSError, UnicodeDecodeError) as problem:
        raise FileProblem(f"{path.name} changed or could not be read to its end: load it again.") from problem
