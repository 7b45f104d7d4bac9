"""Malformed and hostile files at the door: a clear sentence, nothing half-written, and text kept as it stands."""

import csv
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.cli.conftest import Command
from tests.cli.files import GOOD, csv_text, held_by, write_csv
from throughline.access.reader import reading
from throughline.intelligence.models import Item, Report

ANALYST = ("--as", "analyst@norf")
WHOLE = csv_text({}, {"report": "N2"})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (WHOLE.replace("Calls", "Caf\u00e9").encode("latin-1"), "is not UTF-8 text: line 2 holds a byte"),
        (WHOLE.encode("utf-32"), "is UTF-32 text, which is not read here."),
        (b"PK\x03\x04 a workbook", "is an Excel workbook, not a text file."),
        (b"", "is empty: there is nothing to load."),
        (b"\n \n", "is empty: there is nothing to load."),
        (b"report,title\nN1,A line\n", "The header lacks date_of_intelligence"),
        (WHOLE.replace(",", ";").encode(), "The cells seem to be parted by semicolons; use commas."),
        (WHOLE.encode()[20:], "The header lacks report"),
        (b"\x00" * 50, "NUL characters"),
        (WHOLE.encode() + b"\xff\xfe\x00", "holds a byte that does not belong"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    command: Command, cast: Cast, tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "reports.csv"
    path.write_bytes(content)
    said = command("load", "reports", path, *ANALYST)
    assert (said.status, said.out) == (1, "")
    assert sentence in said.sentence
    assert held_by(cast.aisha) == {}
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("fault", "column", "reason"),
    [
        ({"source": "4"}, "source", "4"),
        ({"source": "E", "assessment": "4"}, "source", "E"),
        ({"assessment": "F"}, "assessment", "F"),
        ({"handling": "C"}, "action", ""),
        ({"handling": "P", "action": "A1"}, "action", ""),
        ({"handling": ""}, "handling", ""),
        ({"date_of_intelligence": "2999-01-01"}, "date_of_intelligence", "is in the future"),
        ({"date_of_intelligence": "2026-02-30"}, "date_of_intelligence", "no such day"),
        ({"date_of_intelligence": "yesterday"}, "date_of_intelligence", "is not a date"),
        ({"marking": "SECRET"}, "marking", "must not be loaded here"),
        ({"marking": "TOP SECRET STRAP"}, "marking", "must not be loaded here"),
        ({"marking": ""}, "marking", "is blank"),
        ({"circulation": "NORF;ATLANTIS"}, "circulation", "'ATLANTIS'"),
        ({"report": "=1+1"}, "report", "is a spreadsheet formula"),
        ({"source": "=HYPERLINK(1)"}, "source", "is a spreadsheet formula"),
        ({"title": ""}, "title", "is blank"),
        ({"text": "x" * 20_001}, "text", "20,001 characters"),
        ({"text": "bell \x07"}, "text", "control character"),
        ({"title": "x" * 201}, "title", "201 characters"),
        ({"item": "0"}, "item", "is not a number"),
        ({"selectors": "phone:4.47701E+11"}, "selectors", "4.47701E+11"),
        ({"selectors": "07700 900123"}, "selectors", "has no kind"),
        ({"selectors": "imei:490154203237519"}, "selectors", ""),
    ],
)
def test_a_faulty_cell_is_refused_by_column_and_reason_and_nothing_of_it_is_kept(  # noqa: PLR0917 fixtures
    command: Command, cast: Cast, tmp_path: Path, fault: dict[str, str], column: str, reason: str
) -> None:
    path = write_csv(tmp_path, {"report": "GOOD"}, fault)
    assert command("load", "reports", path, *ANALYST).status == 1
    with (tmp_path / "reports.errors.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["line"] == "3"
    assert column in row["column"]
    assert reason in row["reason"]
    assert list(held_by(cast.aisha)) == ["GOOD"]


def test_a_report_with_one_faulty_item_is_held_back_whole(
    command: Command, cast: Cast, tmp_path: Path
) -> None:
    path = write_csv(tmp_path, {}, {"item": "2", "assessment": "Z"}, {"item": "3"}, {"report": "N2"})
    said = command("load", "reports", path, *ANALYST)
    assert said.out.startswith("4 read, 1 kept, 3 rejected")
    assert list(held_by(cast.aisha)) == ["N2"]


def test_a_truncated_file_keeps_its_whole_reports_and_refuses_the_last(
    command: Command, cast: Cast, tmp_path: Path
) -> None:
    path = tmp_path / "reports.csv"
    path.write_text(csv_text({}, {"report": "N2", "text": 'He said "go"'})[:-40], newline="")
    assert command("load", "reports", path, *ANALYST).status == 1
    assert list(held_by(cast.aisha)) == ["N1"]


def test_an_endless_line_is_passed_over(command: Command, cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    second = csv_text({"report": "N2"}).split("\r\n", 1)[1]
    path.write_text(csv_text({}) + "x" * 3_000_000 + "\r\n" + second, newline="")
    assert command("load", "reports", path, *ANALYST).status == 1
    assert list(held_by(cast.aisha)) == ["N1", "N2"]


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_mixed_line_ends_and_a_byte_order_mark_do_no_harm(
    command: Command, cast: Cast, tmp_path: Path, start: str
) -> None:
    path = tmp_path / "reports.csv"
    head, one, two, three, _ = csv_text({}, {"report": "N2"}, {"report": "N3"}).split("\r\n")
    path.write_text(f"{start}{head}\r\n{one}\n{two}\r{three}", encoding="utf-8", newline="")
    said = command("load", "reports", path, *ANALYST)
    assert (said.status, said.out[:14]) == (0, "3 read, 3 kept")
    assert list(held_by(cast.aisha)) == ["N1", "N2", "N3"]


HOSTILE = "'); drop table intelligence_report; -- <script>alert('x')</script> &amp; {{ 7 * 7 }} %s \\ \u202e \U0001f600"


def test_html_and_sql_in_every_free_field_are_kept_letter_for_letter(
    command: Command, cast: Cast, tmp_path: Path
) -> None:
    row = {
        "report": "'; drop table--<b>", "title": HOSTILE, "text": f"=cmd|' /C calc'!A0\n{HOSTILE}",
        "handling": "C", "action": "A1", "sanitisation": "S1", "instructions": HOSTILE,
        "selectors": r"opaque:' or 1=1\; drop table x\; --<script>",
    }  # fmt: skip
    said = command("load", "reports", write_csv(tmp_path, row), *ANALYST)
    assert (said.status, said.err) == (0, "")
    with reading(cast.aisha):
        report = Report.objects.get()
        item = Item.objects.get()
        assert (report.origin_ref, report.title) == (row["report"], HOSTILE)
        assert item.text == row["text"]
        assert item.marking.instructions == HOSTILE
        assert [s.key for s in item.selectors.all()] == ["' or 1=1; drop table x; --<script>"]
    found = command(
        "check", "' or 1=1; drop table x; --<script>", "--kind", "opaque", *ANALYST, "--why", HOSTILE
    )
    assert found.out.startswith("CONTENT")


@pytest.mark.parametrize("column", [c for c in GOOD if c not in {"report", "title", "text"}])
def test_html_and_sql_in_a_coded_field_are_refused_in_a_sentence(
    command: Command, cast: Cast, tmp_path: Path, column: str
) -> None:
    said = command("load", "reports", write_csv(tmp_path, {column: HOSTILE}), *ANALYST)
    assert said.status == 1
    assert said.sentence.startswith("1 row was refused")
    assert held_by(cast.aisha) == {}


def test_the_longest_text_allowed_is_kept_whole(command: Command, cast: Cast, tmp_path: Path) -> None:
    text = "\u00e9" * 20_000
    assert command("load", "reports", write_csv(tmp_path, {"text": text}), *ANALYST).status == 0
    assert held_by(cast.aisha) == {"N1": [text]}
