"""A file as a table of records, whether CSV or Excel: its sheets, where its header stands, and its first rows."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

from throughline.intelligence.report_columns import COLUMNS, RejectedRow, Row, Warn, column_name
from throughline.intelligence.report_csv import Record, csv_records
from throughline.intelligence.report_layout import STANDARD, Layout, Placed, left_aside, placed
from throughline.intelligence.report_lines import FileProblem, encoding_of, physical_lines
from throughline.intelligence.workbook.package import Sheet, opened
from throughline.intelligence.workbook.rows import Book, Kind, Merged, SheetRow

WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
LOOKED_AT: Final = 50
"""Rows among which the header is looked for."""
_LARGE: Final = 30_000_000
"""Bytes of a sheet that takes seconds to read."""
_NAMED: Final = 10
_DELIMITERS: Final = ",;\t|"
_TO_QUOTE: Final = re.compile(r'["\r\n]')
_NOTHING_MERGED: Final = Merged()

Records = Iterator[Record | RejectedRow]


@dataclass(frozen=True, slots=True)
class SheetCard:
    """One sheet of a workbook."""

    name: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Table:
    """An open table: its records from the top, and how its numbers are days."""

    records: Records
    sheet: str = ""
    is_workbook: bool = False
    from_1904: bool = False


def sheet_cards(path: Path) -> list[SheetCard]:
    """The sheets of a workbook; none for a file of text."""
    if path.suffix.lower() not in WORKBOOKS:
        return []
    with opened(path) as package:
        return [SheetCard(sheet.name, sheet.is_hidden) for sheet in package.sheets()]


@contextmanager
def opened_table(
    path: Path, *, sheet: str = "", warn: Warn = lambda sentence: None, is_glance: bool = False,
    wanted: Collection[str] = COLUMNS,
) -> Iterator[Table]:  # fmt: skip
    """Open a CSV file or one sheet of a workbook, having read it once from end to end.

    At a glance a large sheet is not read to its end first: damage further down, and which cells are merged, show later.

    Without the name of a sheet, that of several with most of the wanted columns is taken, else the first that can be
    seen; a hidden sheet only by its name. Raises `FileProblem`.
    """
    if path.suffix.lower() in WORKBOOKS:
        with opened(path) as package:
            book = Book(package)
            chosen = _chosen(book, sheet, warn, wanted)
            is_large = book.package.size(chosen.part) > _LARGE
            rows = book.rows(chosen, _NOTHING_MERGED if is_glance and is_large else book.checked(chosen))
            yield Table(map(_record, rows), chosen.name, is_workbook=True, from_1904=book.from_1904)
        return
    if sheet:
        raise FileProblem(f"{path.name} has no sheets: leave out --sheet.")
    encoding = encoding_of(path)
    try:
        with path.open(encoding=encoding, newline="") as stream:
            delimiter = _delimiter(stream.readline(100_000))
            stream.seek(0)
            yield Table(csv_records(physical_lines(stream), delimiter=delimiter))
    except (OSError, UnicodeDecodeError) as problem:
        raise FileProblem(f"{path.name} changed or could not be read to its end: load it again.") from problem


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def table_rows(path: Path, layout: Layout, warn: Warn) -> Iterator[Row | RejectedRow]:
    """Stream the rows of a table under a layout. Raises `FileProblem` when the header is not there."""
    with opened_table(path, sheet=layout.sheet, warn=warn, wanted=layout.shape.columns) as table:
        put, records = under_header(table, layout)
        _tell(put, warn)
        yield from put.rows(records, warn)


def under_header(table: Table, layout: Layout) -> tuple[Placed, Records]:
    """Find the header, put the layout upon it, and give the records below."""
    top = list(islice(table.records, LOOKED_AT))
    at = header_place(top, layout)
    if at is None:
        raise FileProblem("Nothing stands in the file: there is nothing to load.")
    header = top[at]
    assert isinstance(header, Record)  # noqa: S101 header_place gives the place of a record
    put = placed(layout, header.cells, is_workbook=table.is_workbook, from_1904=table.from_1904)
    _refuse_lacking(put, table)
    _refuse_doubled(put.layout, header.cells)
    return put, chain(top[at + 1 :], table.records)


def header_place(top: Sequence[Record | RejectedRow], layout: Layout) -> int | None:
    """Where the header stands: on the line named, else where most of the layout's names are, the first of them."""
    places = [n for n, record in enumerate(top) if isinstance(record, Record)]
    named = [n for n in places if top[n].line == layout.header_line]
    wanted = {column_name(heading) for heading in layout.uses}
    scores = {n: len(wanted & {column_name(cell) for cell in _cells(top[n])}) for n in places}
    return next(iter(named), max(places, key=lambda n: scores[n], default=None))


def _cells(record: Record | RejectedRow) -> list[str]:
    return record.cells if isinstance(record, Record) else []


def _refuse_lacking(put: Placed, table: Table) -> None:
    found = {put.headings[place] for place, _ in put.columns}
    have = {column_name(heading) for heading in found}
    lacking = [heading for heading in put.layout.uses if column_name(heading) not in have]
    if not lacking:
        return
    where = f" of the sheet '{table.sheet}'" if table.sheet else ""
    if put.layout.is_plain:
        other = " A file with other columns is loaded on the page Load reports, or with --map."
        raise FileProblem(
            f"The header{where} lacks {', '.join(lacking)}. The columns are: {', '.join(put.layout.uses)}."
            f"{other if put.layout.uses == STANDARD.uses else ''}"
        )
    raise FileProblem(
        f"The header{where} lacks {', '.join(map(ascii, lacking))}, which the map of columns names."
    )


def _refuse_doubled(layout: Layout, header: Sequence[str]) -> None:
    names = [column_name(cell) for cell in header]
    doubled = [column for column in layout.uses if names.count(column) > 1]
    if layout.is_plain and doubled:
        raise FileProblem(f"The header names {', '.join(doubled)} more than once: keep one column of each.")


def _tell(put: Placed, warn: Warn) -> None:
    used = {place for place, _ in put.columns}
    aside = [heading for place, heading in enumerate(put.headings) if place not in used]
    if aside:
        warn(left_aside(aside))


def _chosen(book: Book, name: str, warn: Warn, wanted: Collection[str]) -> Sheet:
    sheets = book.package.sheets()
    if name:
        found = [sheet for sheet in sheets if sheet.name.casefold() == name.strip().casefold()]
        if not found:
            raise FileProblem(f"There is no sheet called {name!a}: there is {_names(sheets)}.")
        if found[0].is_hidden:
            warn(f"The sheet '{found[0].name}' is hidden in the workbook, and was read because you named it.")
        return found[0]
    seen = [sheet for sheet in sheets if not sheet.is_hidden]
    if not seen:
        raise FileProblem(
            f"Every sheet is hidden: name the one to read with --sheet. There is {_names(sheets)}."
        )
    chosen = max(seen, key=lambda sheet: _likeness(book, sheet, wanted)) if len(seen) > 1 else seen[0]
    others = [sheet for sheet in sheets if sheet is not chosen]
    if others:
        warn(f"The sheet '{chosen.name}' was read. Not read: {_names(others)}. Choose another with --sheet.")
    return chosen


def _likeness(book: Book, sheet: Sheet, wanted: Collection[str]) -> tuple[int, int]:
    """How many of the wanted columns a sheet names in one row, then how wide it is."""
    rows = list(islice(book.rows(sheet, _NOTHING_MERGED), LOOKED_AT))
    names = [{column_name(cell.text) for cell in row.cells} & set(wanted) for row in rows]
    return max(map(len, names), default=0), max((len(row.cells) for row in rows), default=0)


def _names(sheets: Sequence[Sheet]) -> str:
    shown = [f"'{sheet.name}'{' (hidden)' if sheet.is_hidden else ''}" for sheet in sheets[:_NAMED]]
    return ", ".join(shown) + (f" and {len(sheets) - _NAMED} more" if len(sheets) > _NAMED else "")


def _record(row: SheetRow) -> Record:
    cells = [cell.text for cell in row.cells]
    kinds = {n: cell.kind for n, cell in enumerate(row.cells) if cell.kind is not Kind.TEXT}
    formulas = tuple(n for n, cell in enumerate(row.cells) if cell.is_formula)
    return Record(row.number, cells, _as_csv(cells), kinds, formulas)


def _as_csv(cells: list[str]) -> str:
    joined = ",".join(cells)
    if joined.count(",") < len(cells) and not _TO_QUOTE.search(joined):
        return joined
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
