"""How lines of CSV become rows, and how reading goes on after a row that cannot be parsed."""

import csv
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from throughline.intelligence.report_columns import (
    COLUMNS,
    ENDLESS,
    EVERY_COLUMN,
    HOLDS_NUL,
    RejectedRow,
    Row,
    Warn,
    column_name,
    raw_text,
    unknown_column,
)
from throughline.intelligence.report_lines import LONGEST_LINE, FileProblem, Line
from throughline.intelligence.workbook.rows import Kind

_PATIENCE: Final = 200_000
"""Lines of a file that may be read a second time, in finding where a faulty row ends."""

_CSV_FAULTS: Final = {
    "unexpected end": "A quotation mark is opened in this row and never closed: the row is cut short.",
    "field larger": f"A cell in this row holds more than {csv.field_size_limit():,} characters.",
    "expected after": "A quotation mark inside a quoted cell is not doubled: the cells cannot be told apart.",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table as its cells: the line it starts on, and its raw text.

    `kinds` are those cells of a workbook, by their place, that hold something else than text.
    """

    line: int
    cells: list[str]
    raw: str
    kinds: Mapping[int, Kind] = field(default_factory=dict)
    formulas: tuple[int, ...] = ()


def csv_records(lines: Iterator[Line], *, delimiter: str = ",") -> Iterator[Record | RejectedRow]:
    """Every record of a file, its header and what stands above it too."""
    return iter(_Records(lines, delimiter))


def csv_rows(lines: Iterator[Line], warn: Warn) -> Iterator[Row | RejectedRow]:
    """Stream the rows under the header. Raises `FileProblem` if the first line is not a whole header."""
    records = _Records(lines)
    columns = _header(next(iter(records), None), warn)
    records.reference_at = columns.index("report")
    for record in records:
        if isinstance(record, RejectedRow):
            yield record
        elif any(cell.strip() for cell in record.cells):
            yield _row(record, columns)


def _row(record: Record, columns: list[str]) -> Row | RejectedRow:
    cells = record.cells
    at = columns.index("report")
    reference = cells[at].strip() if at < len(cells) else ""
    if len(cells) != len(columns):
        reason = f"This row has {len(cells)} cells where the header has {len(columns)}."
        return RejectedRow(record.line, "", reason, record.raw, reference)
    if "\0" in record.raw:
        return RejectedRow(record.line, "", HOLDS_NUL, record.raw, reference.replace("\0", ""))
    values = dict(zip(columns, cells, strict=True))
    return Row(record.line, {column: values.get(column, "") for column in EVERY_COLUMN}, record.raw)


def _header(record: Record | RejectedRow | None, warn: Warn) -> list[str]:
    if record is None or isinstance(record, RejectedRow):
        raise FileProblem(f"The first line is not a header. {_fixed_columns()}")
    if "\0" in record.raw:
        raise FileProblem("The first line holds NUL characters: this is not a text file, or not UTF-8.")
    columns = [column_name(cell) for cell in record.cells]
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        raise FileProblem(f"The header lacks {', '.join(missing)}. {_hint(record.raw)}{_fixed_columns()}")
    twice = sorted({column for column in EVERY_COLUMN if columns.count(column) > 1})
    if twice:
        raise FileProblem(f"The header names {', '.join(twice)} more than once: keep one column of each.")
    for cell, column in zip(record.cells, columns, strict=True):
        if column not in EVERY_COLUMN:
            warn(unknown_column(cell))
    return columns


def _fixed_columns() -> str:
    return f"The columns are: {', '.join(COLUMNS)}."


def _hint(raw: str) -> str:
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if raw.count(mark) > raw.count(","):
            return f"The cells seem to be parted by {name}; use commas. "
    return ""


class _Records:
    """Gathers physical lines into records, and finds its feet again after one that cannot be parsed.

    A faulty record costs its first line only, and reading starts again at the next one, so that one stray
    quotation mark does not swallow the file. Once `_PATIENCE` is spent the whole of a faulty stretch is
    refused, line by line, which keeps the work in proportion to the file.
    """

    def __init__(self, lines: Iterator[Line], delimiter: str = ",") -> None:
        self.reference_at = 0
        self._delimiter = delimiter
        self._lines = lines
        self._put_back: deque[Line] = deque()
        self._patience = _PATIENCE

    def __iter__(self) -> Iterator[Record | RejectedRow]:
        while (first := self._take()) is not None:
            if first.is_endless:
                yield self._rejected(first, ENDLESS)
            elif first.text.strip():
                yield from self._record_from(first)

    def _record_from(self, first: Line) -> Iterator[Record | RejectedRow]:
        block = [first]
        try:
            cells = next(csv.reader(self._texts(block), strict=True, delimiter=self._delimiter))
        except csv.Error as fault:
            yield from self._refuse(block, _csv_fault(fault))
        else:
            yield Record(first.number, cells, raw_text(block))

    def _texts(self, block: list[Line]) -> Iterator[str]:
        """Give the record's lines one by one for as long as the parser asks, noting each in `block`."""
        yield block[0].text
        size = len(block[0].text)
        while size < LONGEST_LINE and (line := self._take()) is not None:
            if line.is_endless:
                self._put_back.appendleft(line)
                return
            block.append(line)
            size += len(line.text)
            yield line.text

    def _refuse(self, block: list[Line], reason: str) -> Iterator[RejectedRow]:
        yield self._rejected(block[0], reason)
        self._patience -= len(block) - 1
        if self._patience >= 0:
            self._put_back.extendleft(reversed(block[1:]))
            return
        for line in block[1:]:
            if line.text.strip():
                reason = f"This line runs on from line {block[0].number}, which was refused."
                yield self._rejected(line, reason)

    def _take(self) -> Line | None:
        return self._put_back.popleft() if self._put_back else next(self._lines, None)

    def _rejected(self, line: Line, reason: str) -> RejectedRow:
        cells = next(csv.reader([line.text[:2_000]], delimiter=self._delimiter), [])
        reference = cells[self.reference_at].strip() if self.reference_at < len(cells) else ""
        return RejectedRow(line.number, "", reason, raw_text([line]), reference)


def _csv_fault(fault: csv.Error) -> str:
    for words, sentence in _CSV_FAULTS.items():
        if words in str(fault):
            return sentence
    return f"This row cannot be parted into cells ({fault})."
