"""Files so torn that the engine will not read them: read row by row, slowly, so that what is whole in them is kept."""

import csv
from collections.abc import Iterator, Sequence
from typing import Any

from throughline.telecoms.columns import Source, Torn


def rows_of_torn_csv(source: Source) -> Iterator[tuple[int, Sequence[str | None]] | Torn]:
    """Each row with the line on which it begins; what is none, with the reason."""
    with source.path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
        reader = csv.reader((line.replace("\0", "") for line in stream), delimiter=source.delimiter)
        begins = 1
        for place, cells in enumerate(to_the_end(reader), 1):
            line, begins = begins, reader.line_num + 1
            if place == 1 or not cells:
                continue
            if fault := _fault(cells, len(source.headings)):
                yield Torn(line, fault, source.delimiter.join(cells).encode(errors="replace").decode())
            else:
                yield line, cells


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
