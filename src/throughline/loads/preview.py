"""The first rows of a file, and what its columns seem to hold, for a person to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

from throughline.intelligence.report_csv import Record
from throughline.intelligence.report_layout import Layout, headings_of
from throughline.intelligence.report_tables import LOOKED_AT, SheetCard, opened_table, sheet_cards
from throughline.loads.guessing import OF_REPORTS, Guesses, guess_uses, header_line_of
from throughline.loads.meanings import CODED, unknown_values
from throughline.loads.packing import storable

SAMPLE: Final = 2_000
"""Rows in which values are looked for."""
SHOWN: Final = 3
MOST_COLUMNS: Final = 300
"""So many columns are asked about; a wider file has the rest left aside."""
_LONGEST_SHOWN: Final = 60
_LONGEST_LINE: Final = 160


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the first values under it, and what it seems to hold ('' if it cannot be told)."""

    heading: str
    values: tuple[str, ...]
    guess: str


@dataclass(frozen=True, slots=True)
class Preview:
    """A file at a glance: its sheets and the one looked at, the line of its header, and its columns.

    `lines` are the first lines with what stands in them, among which the header is; columns without a heading and
    without a value are left out.
    """

    sheets: tuple[SheetCard, ...]
    sheet: str
    header_line: int
    lines: tuple[tuple[int, str], ...]
    columns: tuple[Column, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Glance:
    sheet: str
    header: Record
    top: tuple[Record, ...]
    rows: tuple[Record, ...]


def preview(path: Path, *, sheet: str = "", header_line: int = 0, known: Guesses = OF_REPORTS) -> Preview:
    """Look at a CSV file or a workbook, with what is known of its columns. Raises `FileProblem`."""
    glance = _glance(path, sheet, header_line, known)
    headings = [storable(heading) for heading in headings_of(glance.header.cells)]
    samples = [_under(place, glance.rows) for place in range(len(headings))]
    guesses = guess_uses(headings, samples, known)
    columns = tuple(
        Column(heading, tuple(dict.fromkeys(values))[:SHOWN], guesses.get(heading, ""))
        for heading, values, cell in zip(headings, samples, glance.header.cells, strict=True)
        if cell.strip() or values
    )
    lines = tuple(
        (record.line, _shortened(", ".join(filter(None, record.cells)), most=_LONGEST_LINE))
        for record in glance.top[:10]
    )
    return Preview(
        tuple(sheet_cards(path)), glance.sheet, glance.header.line, lines, columns[:MOST_COLUMNS], tuple(headings)
    )  # fmt: skip


def unknown_codes(path: Path, layout: Layout, bodies: Sequence[str]) -> dict[str, list[str]]:
    """For each column of codes, the values under it that are none, as far as they stand in the first rows."""
    glance = _glance(path, layout.sheet, layout.header_line, OF_REPORTS)
    headings = [storable(heading) for heading in headings_of(glance.header.cells)]
    out = {}
    for place, heading in enumerate(headings):
        use = layout.uses.get(heading, "")
        if use in CODED and (asked := unknown_values(use, _under(place, glance.rows), bodies)):
            out[use] = asked
    return out


def _glance(path: Path, sheet: str, header_line: int, known: Guesses) -> _Glance:
    with opened_table(path, sheet=sheet, is_glance=True, wanted=known.by_word.keys()) as table:
        records = (
            record
            for record in table.records
            if isinstance(record, Record) and any(map(str.strip, record.cells))
        )
        top = list(islice(records, LOOKED_AT))
        line = header_line if any(record.line == header_line for record in top) else _header_line(top, known)
        rows = [record for record in chain(top, islice(records, SAMPLE)) if record.line > line]
        header = next((record for record in top if record.line == line), Record(0, [], ""))
        return _Glance(table.sheet, header, tuple(top), tuple(rows))


def _header_line(top: Sequence[Record], known: Guesses) -> int:
    return header_line_of([(record.line, record.cells) for record in top], known)


def _under(place: int, rows: Sequence[Record]) -> list[str]:
    found = (record.cells[place] for record in rows if place < len(record.cells))
    return [_shortened(cell) for cell in found if cell.strip()]


def _shortened(text: str, *, most: int = _LONGEST_SHOWN) -> str:
    tidy = storable(" ".join(text.split()))
    return tidy if len(tidy) <= most else f"{tidy[:most]}..."
