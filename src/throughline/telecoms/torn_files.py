"""Files so torn that the engine will not read them: read row by row, slowly, so that what is whole in them is kept."""

import csv
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final, TextIO

import duckdb
import pyarrow

from throughline.telecoms.columns import COLUMNS, Source

_BATCH: Final = 20_000
Torn = dict[int, tuple[str, str]]
"""Rows that are no rows: by their place among all rows (the header is 1), the reason and the text."""


def stage_slowly(engine: duckdb.DuckDBPyConnection, source: Source) -> Torn:
    """Fill the table ``raw`` (row, and each standard column as text) from a CSV; what rows were torn."""
    columns = ", ".join(f'"{name}" varchar' for name in COLUMNS)
    engine.execute(f"create or replace temp table raw (row bigint, {columns})")
    torn: Torn = {}
    with source.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
        rows = _whole(stream, source, torn)
        count = 0
        while batch := list(islice(rows, _BATCH)):
            cells = {name: [row.get(name) for row in batch] for name in COLUMNS}
            table = pyarrow.table(
                {"row": pyarrow.array(range(count + 1, count + len(batch) + 1), pyarrow.int64())}
                | {name: pyarrow.array(values, pyarrow.string()) for name, values in cells.items()}
            )
            engine.register("batch", table)
            engine.execute("insert into raw select * from batch")
            engine.unregister("batch")
            count += len(batch)
    return torn


def _whole(stream: TextIO, source: Source, torn: Torn) -> Iterator[dict[str, str]]:
    reader = csv.reader((line.replace("\0", "") for line in stream), delimiter=source.delimiter)
    for place, cells in enumerate(to_the_end(reader), 1):
        if place == 1 or not cells:
            continue
        if fault := _fault(cells, len(source.headings)):
            torn[place] = (fault, source.delimiter.join(cells).encode(errors="replace").decode())
        else:
            yield {name: cells[nth] for name, nth in source.places.items()}


def to_the_end(reader: Any) -> Iterator[list[str]]:
    """Every row; one that the reader itself gives up is handed over as a single cell, and counted with the torn."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield ["a cell too long to be read"]


def _fault(cells: list[str], wanted: int) -> str:
    if len(cells) != wanted:
        return "MISSING COLUMNS" if len(cells) < wanted else "TOO MANY COLUMNS"
    return "" if all(cell.isascii() or _is_text(cell) for cell in cells) else "INVALID ENCODING"


def _is_text(cell: str) -> bool:
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
