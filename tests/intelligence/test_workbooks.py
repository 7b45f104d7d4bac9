"""Excel workbooks: what is read from them, what is refused, and where each refusal is said to stand."""

# ruff: noqa: DTZ001 a cell of a workbook has no time zone

import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.intelligence.workbooks import everything_wrong, rows_of, torn, write_workbook
from throughline.intelligence.report_columns import COLUMNS
from throughline.intelligence.report_files import FileProblem, RejectedRow, Row, read_rows
from throughline.intelligence.report_layout import STANDARD, Layout
from throughline.intelligence.report_rows import ReportDraft, draft_reports
from throughline.intelligence.workbook.dates import moment_of, shows_a_date

SHEET = "xl/worksheets/sheet1.xml"


def read(path: Path, layout: Layout = STANDARD) -> tuple[list[Row | RejectedRow], list[str]]:
    """Every row, and what was said besides."""
    said: list[str] = []
    return list(read_rows(path, layout=layout, warn=said.append)), said


def only(path: Path, layout: Layout = STANDARD) -> Row:
    """The one row of a workbook, which is good."""
    (row,), _ = read(path, layout)
    assert isinstance(row, Row), row
    return row


def book(folder: Path, *rows: dict[str, Any]) -> Path:
    return write_workbook(folder / "in.xlsx", ("Reports", rows_of(*rows)))


def test_it_reads_dates_numbers_and_texts(tmp_path: Path) -> None:
    row = only(book(tmp_path, {"text": "two\nlines", "title": datetime(2026, 1, 2, 9, 30)}))
    assert row.line == 2
    assert row.values["date_of_intelligence"] == "2026-10-01"
    assert (row.values["item"], row.values["source"]) == ("1", "2")
    assert row.values["text"] == "two\nlines"
    assert row.values["title"] == "2026-01-02 09:30"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (46296, "2026-10-01"),
        (46296.75, "2026-10-01"),
        ("01/10/2026", "01/10/2026"),
        (-5, "-5"),
        (1e300, "1e+300"),
    ],
)
def test_a_number_is_a_day_where_a_day_should_stand(tmp_path: Path, given: Any, expected: str) -> None:
    row = only(book(tmp_path, {"date_of_intelligence": given}))
    assert row.values["date_of_intelligence"].replace("E", "e") == expected


def test_a_number_is_a_number_anywhere_else(tmp_path: Path) -> None:
    row = only(book(tmp_path, {"title": 46296, "text": 447700900123, "selectors": 0.5}))
    assert (row.values["title"], row.values["text"]) == ("46296", "447700900123")
    assert row.values["selectors"] == "0.5"


def test_it_counts_from_1904_where_the_workbook_does(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True, "default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows_of({})):
            sheet.write_row(number, 0, row)
    assert only(path).values["date_of_intelligence"] == "2026-10-01"


@pytest.mark.parametrize(
    ("code", "shows"),
    [("dd/mm/yyyy", True), ("[h]:mm", True), ("0.00", False), ('0 "days"', False), ("[Red]0.00", False),
     ("General", False), ("[$-809]d mmmm yyyy;@", True), (r"0\d", False)],
)  # fmt: skip
def test_it_tells_the_format_of_a_date(code: str, *, shows: bool) -> None:
    assert shows_a_date(code) == shows


@pytest.mark.parametrize(
    ("serial", "expected"),
    [(1, datetime(1900, 1, 1)), (59, datetime(1900, 2, 28)), (61, datetime(1900, 3, 1)),
     (46296.5, datetime(2026, 10, 1, 12)), (2_958_466, None), (float("nan"), None)],
)  # fmt: skip
def test_it_knows_the_leap_day_that_never_was(serial: float, expected: datetime | None) -> None:
    assert moment_of(serial, from_1904=False) == expected


def test_it_keeps_a_time_alone_as_a_time(tmp_path: Path) -> None:
    assert only(book(tmp_path, {"title": time(9, 5)})).values["title"] == "09:05"


def test_it_names_excel_rows_past_blank_ones_and_finds_the_header(tmp_path: Path) -> None:
    rows = [["A title"], [], [""], *rows_of({}, {"report": "N2"}), [], ["", " "]]
    (first, second), _ = read(write_workbook(tmp_path / "in.xlsx", ("Reports", rows)))
    assert (first.line, second.line) == (5, 6)


def test_everything_wrong_at_once_is_kept_or_refused_with_its_row(tmp_path: Path) -> None:
    path, said = everything_wrong(tmp_path / "in.xlsx"), list[str]()
    drafts = list(
        draft_reports(read_rows(path, warn=said.append), bodies=frozenset({"NORF"}), today=date(2026, 11, 22))
    )
    assert [draft.report for draft in drafts if isinstance(draft, ReportDraft)] == ["N1", "N2", "N4"]
    refused = [(row.line, row.column) for row in drafts if isinstance(row, RejectedRow)]
    assert refused == [
        (9, "text"), (11, "selectors"), (12, "date_of_intelligence"), (13, "report"), (14, "marking"),
        (15, "circulation"), (16, "source"), (17, "text"), (18, "report"), (19, "selectors"),
    ]  # fmt: skip
    assert [sentence[:40] for sentence in said] == [
        "The sheet 'This year' was read. Not read", "186 columns are not ones that Throughlin",
        "The column 'Text' holds formulas, the fi", "The column 'Title' holds formulas, the f",
    ]  # fmt: skip


def test_a_cell_merged_downwards_counts_in_each_row(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows_of({}, {"item": 2}, {"report": "N2"})):
            sheet.write_row(number, 0, [str(value) for value in row])
        sheet.merge_range(1, 0, 2, 0, "MERGED")
    rows, _ = read(path)
    assert [row.values["report"] for row in rows] == ["MERGED", "MERGED", "N2"]


def test_a_formula_without_its_result_refuses_the_row(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "in.xlsx", ("Reports", rows_of({"text": "=A1"})))
    torn(path, part=SHEET, old=b"<f>A1</f><v>0</v>", new=b"<f>A1</f>")
    (row,), _ = read(path)
    assert isinstance(row, RejectedRow)
    assert (row.line, row.column) == (2, "text")
    assert row.reason.startswith("The cell under 'text' holds a formula whose result was not saved")


def test_a_hidden_sheet_is_read_only_by_its_name_and_said_to_be_hidden(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "in.xlsx",
        ("Shown", rows_of({})),
        ("Secret list", rows_of({"report": "H1"})),
        hidden=["Secret list"],
    )
    row, (said,) = read(path)
    assert row[0].values["report"] == "N1"
    assert "Not read: 'Secret list' (hidden)" in said
    row, said_now = read(path, Layout(uses=STANDARD.uses, sheet="secret LIST"))
    assert row[0].values["report"] == "H1"
    assert said_now == [
        "The sheet 'Secret list' is hidden in the workbook, and was read because you named it."
    ]
    with pytest.raises(FileProblem, match="There is no sheet called 'Gone': there is 'Shown', 'Secret list'"):
        read(path, Layout(uses=STANDARD.uses, sheet="Gone"))


def test_every_sheet_hidden_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "in.xlsx", ("Reports", rows_of({})))
    torn(path, part="xl/workbook.xml", old=b'sheetId="1"', new=b'sheetId="1" state="veryHidden"')
    with pytest.raises(FileProblem, match="Every sheet is hidden"):
        read(path)


def test_a_header_that_lacks_a_column_is_refused_by_the_name_of_its_sheet(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "in.xlsx", ("Reports", [COLUMNS[:-1], ["N1"]]))
    with pytest.raises(FileProblem, match="The header of the sheet 'Reports' lacks selectors"):
        read(path)


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "in.xlsx", ("Reports", [[*COLUMNS, "Title"], ["N1"]]))
    with pytest.raises(FileProblem, match="names title more than once"):
        read(path)


@pytest.mark.parametrize(
    ("part", "old", "new", "words"),
    [
        (SHEET, b"</sheetData>", b"", "is damaged"),
        (SHEET, b"<worksheet", b"<!DOCTYPE x [<!ENTITY a 'aa'>]><worksheet", "defines entities"),
        (SHEET, b'<row r="2"', b'<row r="1"', "rows are out of order"),
        (SHEET, b'<c r="B1"', b'<c r="A1"', "cells are out of order"),
        (SHEET, b'<c r="B1"', b'<c r="ZZZZ1"', "cells are out of order"),
        (SHEET, b"<v>0</v>", b"<v>99999</v>", "names a text that is not there"),
        ("xl/workbook.xml", b"<sheet ", b"<sheep ", "has no worksheet"),
        ("[Content_Types].xml", b"<Types", b"<Types", ""),
    ],
)
def test_a_damaged_workbook_is_refused_whole(
    tmp_path: Path, part: str, old: bytes, new: bytes, words: str
) -> None:
    path = torn(book(tmp_path, {}), part=part, old=old, new=new)
    if words:
        with pytest.raises(FileProblem, match=words):
            read(path)
    else:
        assert only(path)


def test_a_workbook_cut_short_is_refused_before_any_row(tmp_path: Path) -> None:
    path = book(tmp_path, *({"report": f"N{n}"} for n in range(200)))
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(FileProblem, match="is damaged"):
        read_rows(path)


def test_a_workbook_whose_zip_says_a_version_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, {})
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 6] = 64
    path.write_bytes(content)
    with pytest.raises(FileProblem, match="is damaged"):
        read_rows(path)


def test_a_zip_of_something_else_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "Dear sir")
    with pytest.raises(FileProblem, match="is a zip file but not an Excel workbook"):
        read_rows(path)


def test_a_formatted_row_far_below_costs_nothing(tmp_path: Path) -> None:
    path = book(tmp_path, {})
    torn(
        path,
        part=SHEET,
        old=b"</sheetData>",
        new=b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>',
    )
    assert only(path)
