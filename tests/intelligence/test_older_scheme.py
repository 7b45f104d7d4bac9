"""5x5x5 is kept as its own scheme: read, stored and shown in its own words, and never converted."""

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.intelligence.test_versions import draft
from throughline.access.reader import reading
from throughline.intelligence.grading import GradeRefused, grade_from
from throughline.intelligence.loading import load_reports
from throughline.intelligence.models import Item, Report
from throughline.intelligence.older_grading import (
    ASSESSMENTS,
    HANDLINGS,
    SOURCES,
    OlderGrade,
    older_grade_from,
    older_in_words,
)
from throughline.intelligence.queries import report_page
from throughline.intelligence.report_columns import COLUMNS
from throughline.intelligence.services import circulate_report, grade_item
from throughline.intelligence.versions import sanitise_report
from throughline.kernel import outbox
from throughline.kernel.workflow import MoveRefused
from throughline.selectors.models import Sighting

HEADER = ",".join((*COLUMNS, "scheme"))


def _file(folder: Path, *rows: str) -> Path:
    path = folder / "old.csv"
    path.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    return path


def _row(
    name: str, codes: str, *, circulation: str = "", instructions: str = "", scheme: str = "5x5x5"
) -> str:
    source, assessment, handling = tuple(codes)
    return (f"{name},2010-05-01,An old line,1,He was seen.,{source},{assessment},{handling},,,{instructions},OFFICIAL,"
            f"{circulation},phone:07700900481,{scheme}")  # fmt: skip


def test_every_code_is_read_and_has_its_own_words() -> None:
    for source in SOURCES:
        for assessment in ASSESSMENTS:
            for handling in HANDLINGS:
                grade = older_grade_from(source=source, assessment=assessment, handling=handling)
                words = older_in_words(str(grade))
                assert words.startswith("5x5x5: ")
                assert SOURCES[source] in words
                assert HANDLINGS[handling] in words


@pytest.mark.parametrize(
    "boxes",
    [
        {"source": "1", "assessment": "B", "handling": "P"}, {"source": "F", "assessment": "1", "handling": "1"},
        {"source": "A", "assessment": "6", "handling": "1"}, {"source": "A", "assessment": "1", "handling": ""},
        {"source": "A", "assessment": "1", "handling": "1", "action": "A1"},
        {"source": "A", "assessment": "1", "handling": "1", "sanitisation": "S1"},
        {"source": "A", "assessment": "1", "handling": "5", "instructions": "x" * 2_001},
    ],
)  # fmt: skip
def test_it_refuses_what_is_no_code_of_the_older_scheme(boxes: dict[str, str]) -> None:
    with pytest.raises(GradeRefused):
        older_grade_from(**boxes)


def test_it_stores_the_older_grade_as_it_is(cast: Cast, tmp_path: Path) -> None:
    result = load_reports(by=cast.aisha, path=_file(tmp_path, _row("O1", "B25", instructions="Ring first")))
    assert (result.kept, result.rejected) == (1, 0)
    outbox.drain()
    with reading(cast.aisha):
        item, sighting = Item.objects.get(), Sighting.objects.get()
        assert (item.scheme, item.source, item.assessment, item.handling) == ("5x5x5", "B", "2", "5")
        assert sighting.grade == "B25"
        ref = Report.objects.get().ref
    page = report_page(cast.aisha, ref)
    assert page is not None
    [shown] = page.items
    assert (shown.scheme, shown.grade, shown.older_instructions) == ("5x5x5", "B25", "Ring first")
    assert shown.conditions is None


def test_the_same_older_file_twice_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    path = _file(tmp_path, _row("O1", "B21"))
    load_reports(by=cast.aisha, path=path)
    again = load_reports(by=cast.aisha, path=path)
    assert (again.kept, again.unchanged, again.rejected) == (0, 1, 0)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (_row("O1", "B24", circulation="MPS"), "handling"), (_row("O1", "B25", circulation="all"), "handling"),
        (_row("O1", "1BP"), "source, assessment, handling"),
        (_row("O1", "B21", scheme=""), "source, assessment, handling"),
        (_row("O1", "B21", scheme="4x4x4"), "scheme"),
    ],
)  # fmt: skip
def test_it_refuses_with_the_column(cast: Cast, tmp_path: Path, row: str, column: str) -> None:
    result = load_reports(by=cast.aisha, path=_file(tmp_path, row))
    [refused] = result.refusals
    assert refused.column == column


def test_it_circulates_what_the_older_code_lets_go_and_keeps_the_rest_at_home(
    cast: Cast, tmp_path: Path
) -> None:
    rows = (_row("O1", "B21", circulation="MPS"), _row("O2", "B24"))
    load_reports(by=cast.aisha, path=_file(tmp_path, *rows))
    with reading(cast.mia):
        assert [item.handling for item in Item.objects.all()] == ["1"]
    with reading(cast.aisha):
        kept = Report.objects.get(origin_ref="O2").ref
    with pytest.raises(MoveRefused, match="5x5x5 handling code 4"):
        circulate_report(by=cast.aisha, ref=kept, everyone=False, bodies=["MPS"])
    version = sanitise_report(by=cast.aisha, ref=kept, items=[1], draft=draft(bodies=("MPS",)))
    page = report_page(cast.mia, version)
    assert page is not None
    assert [(item.scheme, item.grade) for item in page.items] == [("3x5x2", "2BP")]


def test_a_new_grade_takes_the_place_of_the_older_one(cast: Cast, tmp_path: Path) -> None:
    load_reports(by=cast.aisha, path=_file(tmp_path, _row("O1", "B21"), _ungraded()))
    with reading(cast.aisha):
        item = Item.objects.get(report__origin_ref="O1", number=1)
    grade_item(by=cast.aisha, ref=item.ref, grade=grade_from(source="2", assessment="D", handling="P"))
    with reading(cast.aisha):
        item = Item.objects.get(pk=item.pk)
    assert (item.scheme, item.source, item.assessment, item.handling) == ("3x5x2", "2", "D", "P")


def _ungraded() -> str:
    return "O1,,,2,He was seen again.,,,,,,,,,,"


def test_it_says_whether_an_item_stays_at_home() -> None:
    assert [h for h in HANDLINGS if OlderGrade("A", "1", h).stays_home] == ["4", "5"]
