"""A return as a workbook: made to be filled in without a connection, and read back under the same checks."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import xlsxwriter

from throughline.intelligence.report_csv import Record
from throughline.intelligence.report_lines import FileProblem
from throughline.intelligence.report_tables import opened_table
from throughline.operations.measures import Measure, measures_on
from throughline.operations.words import ATTRIBUTIONS

HEADER: Final = ("key", "measure", "unit", "figure", "definition")
ASKED: Final = {
    "operation": "The operation: leave it as it is",
    "day": "The day, or the first day of the week: leave it as it is",
    "as_at": "When the figures stood, such as 23 June 2025 14:30",
    "source": "Where the figures come from",
    "attribution": "What they are put down to: one of the words of the list",
    "is_nil": "Write yes if there is nothing to report",
    "reason": "For a correction: why the return is corrected",
    "explained": "Why a figure lies far from those of your last returns, if one does",
}
MOST_ROWS: Final = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a filled-in workbook says, by key, and the row of each key."""

    values: Mapping[str, str]
    rows: Mapping[str, int]


def return_template(*, operation: str, name: str, day: date, starts_on: date) -> bytes:
    """A workbook with one row for each question and measure, as they are defined on the first day."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Return")
        for place, width in enumerate((24, 34, 12, 22, 80)):
            sheet.set_column(place, place, width, text if place == HEADER.index("figure") else wrap)
        sheet.write_row(0, 0, HEADER, head)
        sheet.freeze_panes(1, 0)
        told = {"operation": operation, "day": day.isoformat()}
        for row, (key, asked) in enumerate(ASKED.items(), 1):
            sheet.write_row(row, 0, (key, name if key == "operation" else "", "", told.get(key, ""), asked))
            if key == "attribution":
                sheet.data_validation(row, 3, row, 3, {"validate": "list", "source": list(ATTRIBUTIONS)})
        for row, measure in enumerate(measures_on(starts_on).values(), len(ASKED) + 1):
            sheet.write_row(row, 0, (measure.key, measure.name, measure.unit, "", measure.definition))
    return out.getvalue()


def read_return(path: Path, *, operation: str, day: date, measures: Mapping[str, Measure]) -> Sheet:
    """What a filled-in workbook, or the same as CSV, says.

    Raises:
        FileProblem: it cannot be read, is of another operation or day, or names a measure that is not asked.
    """
    with opened_table(path, wanted=HEADER) as table:
        cells = [
            (one.line, [cell.strip() for cell in one.cells])
            for one in table.records
            if isinstance(one, Record)
        ]
    header = next((place for place, (_, row) in enumerate(cells) if "key" in row and "figure" in row), None)
    if header is None:
        raise FileProblem("The file has no columns key and figure: start from the template.")
    key_at, figure_at = cells[header][1].index("key"), cells[header][1].index("figure")
    values, rows = {}, {}
    for line, row in cells[header + 1 : header + 1 + MOST_ROWS]:
        key = row[key_at] if len(row) > key_at else ""
        if not key:
            continue
        if key not in ASKED and key not in measures:
            raise FileProblem(
                f"Row {line} names {key!r}, which this return does not ask: start from the template."
            )
        if key in values:
            raise FileProblem(f"Row {line} names {key!r} a second time: leave one of them.")
        values[key], rows[key] = (row[figure_at] if len(row) > figure_at else ""), line
    _refuse_other(values, operation, day)
    return Sheet(values, rows)


def _refuse_other(values: Mapping[str, str], operation: str, day: date) -> None:
    if values.get("operation") != operation:
        raise FileProblem(f"The file is of another operation: {values.get('operation') or 'none is named'}.")
    if values.get("day", "")[:10] != day.isoformat():
        raise FileProblem(f"The file is for another day: {values.get('day') or 'none is named'}.")
