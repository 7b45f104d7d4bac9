"""What a report says of itself: read from optional columns, kept, shown, and its source shown to nobody else."""

from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from throughline.access.reader import reading
from throughline.intelligence.about import CAVEAT, PRIORITIES
from throughline.intelligence.file_load import LoadResult
from throughline.intelligence.grading import grade_from
from throughline.intelligence.loading import load_reports
from throughline.intelligence.models import Provenance, Report, SensitiveSource
from throughline.intelligence.queries import ReportPage, report_page
from throughline.intelligence.report_columns import ABOUT_COLUMNS, COLUMNS
from throughline.intelligence.services import finish_grading, grade_provenance
from throughline.intelligence.threats import threat_families
from throughline.kernel.workflow import MoveRefused

HEADER = (*COLUMNS, *ABOUT_COLUMNS)
PLAIN = {
    "report": "R1", "date_of_intelligence": "2026-10-01", "title": "A line", "text": "He was seen.", "source": "1",
    "assessment": "A", "handling": "P", "marking": "OFFICIAL", "circulation": "MPS",
}  # fmt: skip
SAID = {
    "provenance": "Seen by patrol beside the car that calls are made from.", "provenance_source": "1",
    "provenance_assessment": "B", "provenance_handling": "P", "threats": "county-lines;child-exploitation",
    "priority": "High", "caveat": "Ring us first.", "contact": "The line desk", "pii": "yes",
    "sensitive_source": "sru/0417",
}  # fmt: skip
CONDITIONS = {"provenance_handling": "C", "provenance_action": "A1", "provenance_sanitisation": "S2",
              "provenance_instructions": "Ask."}  # fmt: skip


def _load(by: Any, folder: Path, *rows: dict[str, str], header: tuple[str, ...] = HEADER) -> LoadResult:
    lines = [",".join(header), *(",".join(row.get(column, "") for column in header) for row in rows)]
    path = folder / "reports.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return load_reports(by=by, path=path)


def _page(by: Any, ref: str = "") -> ReportPage:
    if not ref:
        with reading(by):
            ref = Report.objects.get().ref
    found = report_page(by, ref)
    assert found is not None
    return found


def test_it_keeps_and_shows_all_that_was_said(cast: Cast, tmp_path: Path) -> None:
    assert _load(cast.aisha, tmp_path, PLAIN | SAID).kept == 1
    page = _page(cast.aisha)
    about = page.about
    assert about.threats == ("county-lines", "child-exploitation")
    assert (about.priority, about.caveat, about.contact, about.pii) == (
        "high", "Ring us first.", "The line desk", "yes"
    )  # fmt: skip
    assert about.sensitive_source == "SRU/0417"
    assert page.provenance is not None
    assert (page.provenance.grade, page.state) == ("1BP", "circulated")


def test_a_sensitive_source_is_known_to_its_own_body_alone(cast: Cast, tmp_path: Path) -> None:
    _load(cast.aisha, tmp_path, PLAIN | SAID)
    theirs = _page(cast.mia)
    assert theirs.about.sensitive_source == ""
    assert "0417" not in repr(theirs)
    for reader, rows in ((cast.aisha, 1), (cast.mia, 0), (cast.harry, 0), (cast.grace, 0)):
        with reading(reader):
            assert SensitiveSource.objects.count() == rows


def test_a_provenance_under_conditions_opens_to_whoever_is_trained(cast: Cast, tmp_path: Path) -> None:
    _load(cast.aisha, tmp_path, PLAIN | SAID | CONDITIONS)
    assert _page(cast.mia).provenance is not None
    ref = _page(cast.mia).ref
    assert _page(cast.ben, ref).provenance is None, "an officer is not trained to open A1"


def test_a_file_without_these_columns_is_as_whole_as_before(cast: Cast, tmp_path: Path) -> None:
    assert _load(cast.aisha, tmp_path, PLAIN, header=COLUMNS).kept == 1
    assert _load(cast.aisha, tmp_path, PLAIN).unchanged == 1, "and blank ones say nothing new"
    about = _page(cast.aisha).about
    assert (about.threats, about.priority, about.caveat, about.pii) == ((), "", CAVEAT, "")


def test_it_reads_the_same_from_json_lines(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(
        '{"report": "R1", "date_of_intelligence": "2026-10-01", "title": "T", "text": "W", "marking": "OFFICIAL", '
        '"threats": ["firearms", "fraud"], "priority": "low", "scheme": "5x5x5", "source": "A", "assessment": "1", '
        '"handling": "1"}',
        encoding="utf-8",
    )
    assert load_reports(by=cast.aisha, path=path).kept == 1
    page = _page(cast.aisha)
    assert (page.about.threats, page.about.priority) == (("firearms", "fraud"), "low")
    assert (page.items[0].scheme, page.items[0].grade) == ("5x5x5", "A11")


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("threats", "weather", "is not one of"), ("priority", "urgent", "is not one of"),
        ("pii", "maybe", "is not one of"),
        ("sensitive_source", "John Example", "never a name"), ("sensitive_source", "EXAMPLE", "never a name"),
        ("sensitive_source", "SRU/1;SRU/2", "One a report"), ("caveat", "x" * 1_001, "1,001 characters"),
        ("contact", "x" * 201, "201 characters"), ("provenance", "x" * 4_001, "4,001 characters"),
        ("provenance_source", "9", "is not one of"), ("threats", "=A1", "formula"),
    ],
)  # fmt: skip
def test_it_refuses_and_names_the_column(
    cast: Cast, tmp_path: Path, column: str, value: str, words: str
) -> None:
    result = _load(cast.aisha, tmp_path, PLAIN | SAID | {column: value})
    [refused] = result.refusals
    assert refused.column == column
    assert words in refused.reason


def test_it_refuses_a_grade_of_no_statement_and_rows_that_disagree(cast: Cast, tmp_path: Path) -> None:
    [refused] = _load(cast.aisha, tmp_path, PLAIN | SAID | {"provenance": ""}).refusals
    assert refused.column == "provenance"
    two = _load(cast.aisha, tmp_path, PLAIN | SAID, PLAIN | {"item": "2", "priority": "low"})
    assert [(r.line, r.column) for r in two.refusals] == [(2, "report"), (3, "priority")]


def test_a_provenance_waits_for_its_own_grade(cast: Cast, tmp_path: Path) -> None:
    ungraded = {
        "provenance_source": "",
        "provenance_assessment": "",
        "provenance_handling": "",
        "circulation": "",
    }
    _load(cast.aisha, tmp_path, PLAIN | SAID | ungraded)
    page = _page(cast.aisha)
    assert page.state == "received"
    with pytest.raises(MoveRefused, match="not graded yet"):
        finish_grading(by=cast.aisha, ref=page.ref)
    grade = grade_from(
        source="2", assessment="C", handling="C", action="A1", sanitisation="S2", instructions="x"
    )
    grade_provenance(by=cast.aisha, ref=page.ref, grade=grade)
    finish_grading(by=cast.aisha, ref=page.ref)
    with pytest.raises(MoveRefused):
        grade_provenance(by=cast.aisha, ref=page.ref, grade=grade)
    with pytest.raises(Report.DoesNotExist):
        grade_provenance(by=cast.mia, ref=page.ref, grade=grade)
    with reading(cast.aisha):
        assert Provenance.objects.get().conditions == 1


def test_the_tables_of_threats_and_priorities_are_whole() -> None:
    assert "county-lines" in threat_families()
    assert all(threat_families().values())
    assert list(PRIORITIES) == ["high", "medium", "low"]
