"""The pages of a load: choosing, saying what columns hold, trying, loading, mending."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import Cast
from tests.cli.files import csv_text, held_by
from tests.intelligence.workbooks import write_workbook
from tests.web.visiting import visitor, words_of
from throughline.access.reader import reading
from throughline.intelligence.models import Item
from throughline.intelligence.report_columns import COLUMNS
from throughline.intelligence.report_files import read_rows
from throughline.kernel import outbox

BAD = {"report": "N2", "source": "9"}


def send(client: Client, content: bytes | str, name: str = "reports.csv") -> str:
    """Choose a file; where its page is."""
    data = content.encode() if isinstance(content, str) else content
    answer = client.post("/reports/load", {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 302, words_of(answer)
    return answer.headers["Location"]


def do(client: Client, page: str, what: str) -> str:
    """Press a button of a load's page, let the worker do its work, and read the page again."""
    assert client.post(f"{page}/do", {"do": what}).status_code == 302
    outbox.drain()
    return words_of(client.get(page))


def returned() -> bytes:
    out = BytesIO()
    rows = [
        ["Return of county lines intelligence"], ["URN", "Date of event", "Narrative", "Grading", "Mobile", "GSC"],
        ["7", "2026-10-01", "Seen at the station at noon.", "B2", "07700 900123", "Restricted"],
        ["8", "2026-10-02", "Seen at the station again.", "1AP", "07700 900456", "OFFICIAL"],
    ]  # fmt: skip
    write_workbook(out, ("Cover", [["Notes"]]), ("Return", rows))  # type: ignore[arg-type]
    return out.getvalue()


def test_it_tries_a_file_and_then_loads_it(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    page = send(aisha, csv_text({}, BAD))
    tried = do(aisha, page, "try")
    assert (
        "Tried, and not loaded yet A load would do this Rows read 2 Kept 1 Held already 0 Refused 1" in tried
    )
    assert "3 source" in tried
    assert held_by(cast.aisha) == {}
    loaded = do(aisha, page, "load")
    assert "Loaded Rows read 2 Kept 1" in loaded
    assert list(held_by(cast.aisha)) == ["N1"]
    assert "reports.csv" in words_of(aisha.get("/reports/load"))


def test_it_shows_how_far_it_is_while_it_runs(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    page = send(aisha, csv_text({}))
    aisha.post(f"{page}/do", {"do": "load"})
    assert "Being loaded The rows are being read." in words_of(aisha.get(page))
    outbox.work_once()
    words = words_of(aisha.get(page))
    assert "0 of 1 rows done." in words
    assert "See how far it is" in words


def test_it_takes_a_workbook_of_other_columns_through_to_its_reports(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    columns = send(aisha, returned(), "return.xlsx")
    assert columns.endswith("/columns")
    shown = aisha.get(columns)
    words = words_of(shown)
    assert "The first rows of the sheet Return" in words
    assert "2 (header)" in words
    form = {"sheet": "Return", "header_line": "2", "use_0": "report", "use_1": "date_of_intelligence", "use_2": "text",
            "use_3": "grade", "use_4": "selector:phone", "use_5": "marking", "save_as": "Monthly return"}  # fmt: skip
    for name in ("use_0", "use_1", "use_2", "use_4", "use_5"):
        chosen = shown.content.decode().split(f'name="{name}"')[1].split("</select>")[0]
        assert f'value="{form[name]}" selected' in chosen, "the guesses stand in the boxes"
    wanting = words_of(aisha.post(columns, form))
    assert "Choose the column that holds: title, or say below what it is in every row" in wanting
    sent = aisha.post(columns, form | {"fixed_title": "A line"})
    values = sent.headers["Location"]
    asked = words_of(aisha.get(values))
    assert "Grade in one cell, such as 2BP: B2" in asked
    assert "Protective marking: Restricted" in asked
    sent = aisha.post(values, {"means_grade_0": "2BP", "means_marking_0": "OFFICIAL-SENSITIVE"})
    page = sent.headers["Location"]
    assert "Read by your body's map Monthly return" in words_of(aisha.get(page))
    assert "Kept 2" in do(aisha, page, "load")
    assert held_by(cast.aisha) == {"7": ["Seen at the station at noon."], "8": ["Seen at the station again."]}
    again = send(aisha, returned(), "again.xlsx")
    assert not again.endswith("/columns"), "the map is known by the header"
    assert "Held already 2" in do(aisha, again, "load")


def test_another_sheet_and_another_header_line_can_be_looked_at(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    columns = send(aisha, returned(), "return.xlsx")
    assert "The first rows of the sheet Cover" in words_of(
        aisha.get(columns, {"sheet": "Cover", "header_line": "0"})
    )
    assert "1 (header)" in words_of(aisha.get(columns, {"sheet": "Return", "header_line": "1"}))
    assert aisha.get(columns, {"sheet": "Gone"}).status_code == 302
    assert aisha.get(columns, {"header_line": "x" * 50}).status_code == 200


def test_it_refuses_a_column_used_twice_and_a_marking_from_two_places(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    columns = send(aisha, returned(), "return.xlsx")
    form = {"sheet": "Return", "header_line": "2", "use_0": "report", "use_1": "report", "use_5": "marking",
            "fixed_marking": "OFFICIAL"}  # fmt: skip
    words = words_of(aisha.post(columns, form))
    assert "'URN' holds this already: choose it for one column" in words
    assert "'GSC' holds this already: leave this empty" in words


def test_refused_rows_are_mended_on_the_page(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    page = send(aisha, csv_text({}, BAD))
    assert "Mend line 3" in do(aisha, page, "load")
    mend = f"{page}/mend/3"
    shown = aisha.get(mend)
    said = words_of(shown).partition("Source evaluation (1 to 3) 1, 2 or 3.")[2]
    assert "to grade it Error: The source evaluation '9' is not one of 1, 2 or 3." in said
    filled = {f"{column}_3": value for column, value in _row(shown.content.decode()).items()}
    wrong = words_of(aisha.post(mend, filled | {"source_3": "7"}))
    assert "Error: The source evaluation '7'" in wrong
    kept = aisha.post(mend, filled | {"source_3": "1"}, follow=True)
    assert "1 row is mended and kept." in kept.content.decode()
    assert list(held_by(cast.aisha)) == ["N1", "N2"]
    assert aisha.get(mend).status_code == 404


def _row(text: str) -> dict[str, str]:
    good = {"report": "N2", "date_of_intelligence": "2026-10-01", "title": "A deal line", "item": "1",
            "text": "Calls are arranged.", "assessment": "B", "handling": "P", "marking": "OFFICIAL"}  # fmt: skip
    assert 'value="A deal line"' in text
    return dict.fromkeys(COLUMNS, "") | good


def test_refused_rows_can_be_taken_away(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    page = send(aisha, csv_text(BAD | {"title": "=HYPERLINK()"}))
    do(aisha, page, "load")
    answer = aisha.get(f"{page}/errors.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.decode("utf-8-sig").splitlines()[0] == "line,column,reason,row"
    assert "is not one of 1, 2 or 3" in answer.content.decode()


@pytest.mark.parametrize("username", ["analyst@mps", "manager@norf", "coordinator@ersou"])
def test_anothers_load_answers_like_none(cast: Cast, username: str) -> None:
    aisha, other = visitor("analyst@norf"), visitor(username)
    page = send(aisha, csv_text({}, BAD))
    do(aisha, page, "load")
    none = "/loads/LD-2222-2222"
    for path in ("", "/columns", "/values", "/errors.csv", "/mend/3"):
        closed, missing = other.get(page + path), other.get(none + path)
        assert (closed.status_code, missing.status_code) == (404, 404), path
        assert words_of(closed) == words_of(missing)
    for what in ("try", "load", "leave"):
        assert other.post(f"{page}/do", {"do": what}).status_code == 404
    assert "reports.csv" not in words_of(other.get("/reports/load"))


def test_leaving_a_load_takes_it_off_the_list(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    page = send(aisha, csv_text({}))
    answer = aisha.post(f"{page}/do", {"do": "leave"}, follow=True)
    assert "The load is ended." in answer.content.decode()
    assert aisha.get(page).status_code == 404


def test_it_says_what_is_wrong_with_a_file_as_a_whole(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    for content, name in ((b"PK\x03\x04", "book.xlsx"), (b"x", "book.exe"), (b"", "book.csv")):
        answer = aisha.post("/reports/load", {"file": SimpleUploadedFile(name, content)})
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_is_a_file_of_the_standard_columns(cast: Cast, tmp_path: Path, kind: str) -> None:
    answer: Any = visitor("analyst@norf").get(f"/loads/template.{kind}")
    path = tmp_path / f"reports.{kind}"
    path.write_bytes(answer.content)
    said: list[str] = []
    assert list(read_rows(path, warn=said.append)) == []
    assert all("How to fill it in" in sentence for sentence in said)


@pytest.mark.parametrize("username", ["officer@norf", "chair@norf", "auditor@norf", "admin@norf"])
def test_who_may_not_load_is_told_so(cast: Cast, username: str) -> None:
    other = visitor(username)
    for path in ("/reports/load", "/loads/template.csv", "/loads/LD-2222-2222"):
        assert other.get(path).status_code == 403


def test_a_sheet_of_a_thousand_columns_can_be_laid_out(cast: Cast) -> None:
    out = BytesIO()
    wide = [["URN", *(f"Extra {n}" for n in range(1, 1000))], ["7", *range(1, 1000)]]
    write_workbook(out, ("Wide", wide))  # type: ignore[arg-type]
    aisha = visitor("analyst@norf")
    columns = send(aisha, out.getvalue(), "wide.xlsx")
    form = {f"use_{n}": "" for n in range(300)} | {
        "use_0": "report",
        "use_1": "text",
        "use_2": "date_of_intelligence",
    }
    sent = aisha.post(columns, form | {"sheet": "Wide", "fixed_title": "T", "fixed_marking": "OFFICIAL"})
    assert sent.status_code == 302
    words = do(aisha, columns.removesuffix("/columns"), "try")
    assert "997 columns are not ones that Throughline reads and were left aside" in words


@pytest.mark.parametrize("name", ["old.csv", "old.xlsx"])
def test_the_older_scheme_comes_in_and_outlives_a_mending(cast: Cast, name: str) -> None:
    head = [*COLUMNS, "scheme", "caveat"]
    rows = [
        [ref, "2010-05-01", "An old line", "1", "He was seen.", "B", "2", handling, "", "", "", "OFFICIAL", "", "",
         "5x5x5", "Ring us"]
        for ref, handling in (("O1", "1"), ("O2", "9"))
    ]  # fmt: skip
    out = BytesIO()
    if name.endswith("x"):
        write_workbook(out, ("Old", [head, *rows]))  # type: ignore[arg-type]
    else:
        out.write("\n".join(",".join(row) for row in [head, *rows]).encode())
    aisha = visitor("analyst@norf")
    page = send(aisha, out.getvalue(), name)
    assert "Kept 1" in do(aisha, page, "load")
    good = dict(zip(COLUMNS, rows[1], strict=False)) | {"handling": "4"}
    assert aisha.post(f"{page}/mend/3", {f"{c}_3": v for c, v in good.items()}).status_code == 302
    with reading(cast.aisha):
        held = Item.objects.order_by("handling").values_list("scheme", "handling", "report__caveat")
        assert list(held) == [("5x5x5", "1", "Ring us"), ("5x5x5", "4", "Ring us")]
