"""The file to start from: the standard columns, as CSV or as a workbook whose cells offer their codes."""

import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter

from throughline.intelligence.report_columns import COLUMNS
from throughline.loads.meanings import BLANK, CODED, codes_of

ROWS: Final = 5_000
"""Rows in which the workbook offers codes."""
_WIDE: Final = {"text": 60, "title": 30, "selectors": 40, "date_of_intelligence": 20}
_NOTES: Final = (
    ("report", "Your own reference. Rows of one report stand together under it, one row an item."),
    ("date_of_intelligence", "The day it happened or was learned, such as 2026-10-01."),
    (
        "title",
        "Without names or numbers. Title, date, marking and circulation are said once, in the first row.",
    ),
    ("text", "One statement, graded on its own."),
    ("source, assessment, handling", "The 3x5x2. Leave all blank, and a person grades it."),
    ("action, sanitisation, instructions", "Needed under handling code C, and only there."),
    ("circulation", "Codes of bodies joined by ;, or all. Blank: your own body only."),
    ("selectors", "kind:value joined by ;, such as phone:07700 900123;vehicle:AB12 CDE"),
)


def csv_template(columns: Sequence[str] = COLUMNS) -> bytes:
    """The header alone, in UTF-8 as Excel knows it."""
    return ("\ufeff" + ",".join(columns) + "\r\n").encode()


def workbook_template() -> bytes:
    """A sheet with the header, text columns that keep their zeros, and lists of codes; and a sheet of notes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Reports")
        sheet.write_row(0, 0, COLUMNS, head)
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(COLUMNS):
            sheet.set_column(
                place, place, _WIDE.get(column, 14), day if column == "date_of_intelligence" else text
            )
            if column in CODED and column != "circulation":
                codes = [code for code in codes_of(column, ()) if code != BLANK]
                sheet.data_validation(1, place, ROWS, place, {"validate": "list", "source": codes})
        notes = book.add_worksheet("How to fill it in")
        notes.set_column(0, 0, 34)
        notes.set_column(1, 1, 100)
        for number, note in enumerate(_NOTES):
            notes.write_row(number, 0, note)
    return out.getvalue()
