"""Workbooks for the tests: good ones, one with everything wrong at once, and one of as many rows as are asked for."""

import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from throughline.intelligence.report_columns import COLUMNS

GOOD: dict[str, Any] = {
    "report": "N1", "date_of_intelligence": date(2026, 10, 1), "title": "A deal line", "item": 1,
    "text": "Calls are arranged.", "source": 2, "assessment": "B", "handling": "P", "marking": "OFFICIAL",
    "selectors": "phone:07700 900123",
}  # fmt: skip


def write_workbook(
    path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]], hidden: Sequence[str] = ()
) -> Path:
    """A workbook of these sheets, each a name and its rows of values; a text that begins with = is a formula."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name in hidden:
                sheet.hide()
        if hidden:
            next(sheet for sheet in book.worksheets() if sheet.name not in hidden).activate()
    return path


def rows_of(*rows: Mapping[str, Any], columns: Sequence[str] = COLUMNS) -> list[list[Any]]:
    """A header and these rows, each a good one but for what is given."""
    return [list(columns), *([(GOOD | dict(row)).get(column, "") for column in columns] for row in rows)]


def everything_wrong(path: Path) -> Path:
    """One workbook with every fault that a spreadsheet brings, and three good reports among them (N1, N2 and N4).

    Row 1 is a title, 2 to 4 are blank, 5 and 6 are a header in two rows with merged cells, and the rows are:

    7 N1 good, with a real date; 8 N2 good: a serial number for a date, a phone number stored as a number;
    9 an error value in the text; 10 a formula with its result in the title, which is good; 11 a phone number cut short;
    12 a date that is text of another order; 13 a reference that comes back; 14 a classification too high;
    15 a body that is not known; 16 a grade out of range; 17 a blank text; 18 and 19 one report, merged downwards,
    whose second row is faulty. Beyond, 186 columns of no use and 3,000 rows that are formatted and empty.
    """
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notes").write(0, 0, "Read me first")
        old = book.add_worksheet("Last year")
        for number, row in enumerate(rows_of({"report": "OLD"})):
            old.write_row(number, 0, [str(value) for value in row])
        old.hide()
        sheet = book.add_worksheet("This year")
        sheet.activate()
        _fill(book, sheet)
    return path


def _fill(book: Any, sheet: Any) -> None:
    day, bold = book.add_format({"num_format": "dd mmm yyyy"}), book.add_format({"bold": True})
    sheet.merge_range(0, 0, 0, 5, "County lines intelligence, quarter 3", bold)
    for place, column in enumerate(COLUMNS):
        if column in ("source", "assessment", "handling"):
            sheet.write(5, place, column.upper())
        else:
            sheet.merge_range(4, place, 5, place, column.replace("_", " ").title(), bold)
    sheet.merge_range(4, COLUMNS.index("source"), 4, COLUMNS.index("handling"), "Grading", bold)
    for extra in range(len(COLUMNS), 200):
        sheet.write(5, extra, f"Extra {extra}")
        sheet.write(6, extra, extra)
    for row, given in enumerate(_wrong(), start=6):
        for place, column in enumerate(COLUMNS):
            value = (GOOD | given).get(column, "")
            if isinstance(value, date):
                sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif value != "":
                sheet.write(row, place, value)
    sheet.write_formula(9, COLUMNS.index("title"), '="A deal " & "line"', None, "A deal line")
    sheet.write_formula(8, COLUMNS.index("text"), "=#REF!", None, "#REF!")
    sheet.merge_range(17, 0, 18, 0, "N12", None)
    for row in range(19, 3019):
        sheet.write_blank(row, 0, None, bold)


def _wrong() -> Iterator[dict[str, Any]]:
    yield {}
    yield {"report": "N2", "date_of_intelligence": 46296, "selectors": "phone:7700900123"}
    yield {"report": "N3", "text": ""}
    yield {"report": "N4", "title": ""}
    yield {"report": "N5", "selectors": "phone:4.47701E+11"}
    yield {"report": "N6", "date_of_intelligence": "10/31/2026"}
    yield {}
    yield {"report": "N8", "marking": "SECRET"}
    yield {"report": "N9", "circulation": "XXXX"}
    yield {"report": "N10", "source": 9}
    yield {"report": "N11", "text": ""}
    yield {"report": "N12"}
    yield {
        "report": "",
        "title": "",
        "date_of_intelligence": "",
        "marking": "",
        "item": 2,
        "selectors": "phone:12",
    }


def many_rows(path: Path, rows: int) -> Path:
    """A workbook of so many good reports of one row each, written without holding them."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet("Reports"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, COLUMNS)
        for number in range(rows):
            given = GOOD | {
                "report": f"R{number}",
                "text": f"Calls are arranged by number {number} and deals follow at the station.",
                "selectors": f"phone:07700 9{number % 100_000:05}",
            }
            for place, column in enumerate(COLUMNS):
                value = given.get(column, "")
                if isinstance(value, date):
                    sheet.write_datetime(number + 1, place, datetime(2026, 10, 1), day)  # noqa: DTZ001
                elif value != "":
                    sheet.write(number + 1, place, value)
    return path


def torn(path: Path, *, part: str, old: bytes, new: bytes) -> Path:
    """The same workbook with some bytes of one part changed, as a damaged or hostile one has them."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


if __name__ == "__main__":
    many_rows(Path(sys.argv[1]), int(sys.argv[2]))
