"""The pages on which a report is sanitised, corrected and withdrawn."""

from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.inside import file_report
from tests.web.visiting import visitor, words_of
from throughline.access.reader import reading
from throughline.intelligence.loading import load_reports
from throughline.intelligence.models import Report
from throughline.intelligence.report_columns import COLUMNS
from throughline.kernel import outbox

NUMBER = "phone:07700 900481"


def _full(cast: Cast, **changed: Any) -> str:
    given: dict[str, Any] = {
        "title": "Who told us", "text": "The cousin says 07700 900481.", "selectors": [NUMBER], "grade": "1AC",
        "instructions": "Ring us.", "bodies": ["MPS"],
    }  # fmt: skip
    return file_report(cast.aisha, "F1", **given | changed)


def _typed(**changed: Any) -> dict[str, Any]:
    return {
        "do": "save", "title": "A number in use", "date_of_intelligence-day": "1", "date_of_intelligence-month": "10",
        "date_of_intelligence-year": "2026", "marking": "1", "circulation": "named", "bodies": ["KENT"],
        "text_1": "A number is in use.", "selectors_1": "07700 900481", "source_1": "1", "assessment_1": "B",
        "handling_1": "P",
    } | changed  # fmt: skip


def _ref(response: Any) -> str:
    assert response.status_code == 302, words_of(response)
    return str(response["Location"].rsplit("/", 1)[1])


def test_it_starts_a_version_from_the_words_and_selectors_of_the_full_one(cast: Cast) -> None:
    full = _full(cast)
    shown = visitor("analyst@norf").get(f"/reports/{full}/sanitise").content.decode()
    for said in ("Who told us", "The cousin says 07700 900481.", "phone: 07700 900481"):
        assert said in shown
    assert "Ring us." not in shown, "a version is handled in its own right"


def test_it_makes_a_version_that_says_only_that_it_is_one(cast: Cast) -> None:
    full = _full(cast)
    aisha, harry = visitor("analyst@norf"), visitor("analyst@kent")
    version = _ref(aisha.post(f"/reports/{full}/sanitise", _typed()))
    outbox.drain()
    words = words_of(harry.get(f"/reports/{version}"))
    assert "This is a sanitised version of a report" in words
    assert "A number is in use." in words
    for hidden in ("cousin", "Who told us", full, "Versions that you may know", "Derived"):
        assert hidden not in words
    assert harry.get(f"/reports/{full}").status_code == 404
    assert "Derived from Who told us" in words_of(aisha.get(f"/reports/{version}"))
    assert "Sanitised version A number in use" in words_of(aisha.get(f"/reports/{full}"))


def test_it_keeps_what_was_typed_and_asks_for_a_grade(cast: Cast) -> None:
    full = _full(cast)
    page = visitor("analyst@norf").post(f"/reports/{full}/sanitise", _typed(title="", handling_1="", source_1="",
                                                                            assessment_1=""))  # fmt: skip
    for said in ("Enter a title", "Grade this item", "A number is in use."):
        assert said in words_of(page) + page.content.decode()
    with reading(cast.aisha):
        assert Report.objects.count() == 1


def test_it_leaves_out_an_item_and_refuses_to_leave_out_all(cast: Cast) -> None:
    full = _full(cast)
    left = _typed(leave_out_1=["yes"], text_1="")
    page = visitor("analyst@norf").post(f"/reports/{full}/sanitise", left)
    assert "Keep at least one item" in words_of(page)


def test_it_helps_to_find_selectors_and_records_nothing(cast: Cast) -> None:
    full = _full(cast)
    found = visitor("analyst@norf").post(
        f"/reports/{full}/sanitise", _typed(do="find", text_1="See AB12 CDE.")
    )
    assert "vehicle:AB12CDE" in found.content.decode()
    with reading(cast.aisha):
        assert Report.objects.count() == 1


def test_it_records_once_a_version_that_is_sent_twice(cast: Cast) -> None:
    full = _full(cast)
    aisha = visitor("analyst@norf")
    origin = (
        aisha.get(f"/reports/{full}/sanitise")
        .content.decode()
        .split('name="origin" value="')[1]
        .split('"')[0]
    )
    _ref(aisha.post(f"/reports/{full}/sanitise", _typed(origin=origin)))
    assert _ref(aisha.post(f"/reports/{full}/sanitise", _typed(origin=origin))) == full


@pytest.mark.parametrize(
    ("username", "status"),
    [("analyst@norf", 200), ("officer@norf", 403), ("analyst@mps", 404), ("analyst@kent", 404)],
)
def test_it_opens_the_page_under_s2_to_the_originator_alone(cast: Cast, username: str, status: int) -> None:
    full = _full(cast)
    assert visitor(username).get(f"/reports/{full}/sanitise").status_code == status


@pytest.mark.parametrize("page", ["sanitise", "correct", "withdraw"])
def test_it_says_the_same_of_a_closed_report_and_of_none(cast: Cast, page: str) -> None:
    full = _full(cast)
    harry = visitor("analyst@kent")
    closed, none = harry.get(f"/reports/{full}/{page}"), harry.get(f"/reports/IR-2222-2222/{page}")
    assert (closed.status_code, none.status_code) == (404, 404)
    assert words_of(closed) == words_of(none)


def test_it_corrects_and_tells(cast: Cast) -> None:
    full = _full(cast, grade="1AP", instructions="")
    aisha, mia = visitor("analyst@norf"), visitor("analyst@mps")
    mia.get(f"/reports/{full}")
    assert "The cousin says" in aisha.get(f"/reports/{full}/correct").content.decode()
    assert "Say why the report is corrected" in words_of(aisha.post(f"/reports/{full}/correct", _typed()))
    new = _ref(aisha.post(f"/reports/{full}/correct", _typed(why="The number was misread")))
    outbox.drain()
    words = words_of(mia.get(f"/reports/{full}"))
    assert "This report was corrected Do not rely on it. Read the version that replaces it" in words
    assert "The number was misread" in words
    assert "State Circulated" in words_of(mia.get(f"/reports/{new}"))
    assert "has corrected a report" in words_of(mia.get("/notices/"))
    assert aisha.get(f"/reports/{full}/correct").status_code == 404
    assert visitor("analyst@kent").get(f"/reports/{new}").status_code == 404


def test_it_withdraws_with_a_reason_that_its_readers_see(cast: Cast) -> None:
    full = _full(cast)
    aisha, mia = visitor("analyst@norf"), visitor("analyst@mps")
    assert "Say why" in words_of(aisha.post(f"/reports/{full}/withdraw", {"why": " "}))
    aisha.post(f"/reports/{full}/withdraw", {"why": "The source took it back"})
    outbox.drain()
    words = words_of(mia.get(f"/reports/{full}"))
    assert "This report was withdrawn Do not rely on it." in words
    assert "The source took it back" in words
    assert "Circulated to Metropolitan Police Service Contact" in words
    assert "has withdrawn a report" in words_of(mia.get("/notices/"))
    assert "State Withdrawn" in words_of(aisha.get(f"/reports/{full}"))
    assert aisha.get(f"/reports/{full}/withdraw").status_code == 404


def test_a_version_of_an_older_grade_is_graded_anew(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    header = ",".join((*COLUMNS, "scheme"))
    path.write_text(
        f"{header}\nO1,2010-05-01,Old,1,He was seen.,B,2,4,,,Ring us,OFFICIAL,,,5x5x5\n", encoding="utf-8"
    )
    load_reports(by=cast.aisha, path=path)
    with reading(cast.aisha):
        ref = Report.objects.get().ref
    aisha = visitor("analyst@norf")
    words = words_of(aisha.get(f"/reports/{ref}"))
    assert "Recorded under the older 5x5x5 scheme; not converted." in words
    assert "4 Within the originating body only" in words
    assert "Handling instructions: Ring us" in words
    sent = aisha.post(f"/reports/{ref}/circulate", {"circulation": "named", "bodies": ["MPS"]})
    assert "5x5x5 handling code 4" in words_of(sent)
    assert (
        "checked"
        not in aisha.get(f"/reports/{ref}/correct").content.decode().partition('id="source-1"')[2][:400]
    )


def test_a_correction_starts_from_all_that_the_report_says_of_itself(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    said = _typed(
        items="1", threats=["firearms"], priority="high", provenance="Seen by patrol.", provenance_source="1",
        provenance_assessment="A", provenance_handling="P", sensitive_source="sru/0417", pii="no", caveat="Ring us.",
        bodies=["MPS"],
    )  # fmt: skip
    ref = _ref(aisha.post("/reports/add", said))
    words = words_of(aisha.get(f"/reports/{ref}"))
    for shown in (
        "Firearms", "High: threat to life", "Provenance [1AP", "SRU/0417", "Ring us.", "Public interest immunity No",
    ):  # fmt: skip
        assert shown in words
    theirs = words_of(visitor("analyst@mps").get(f"/reports/{ref}"))
    assert "SRU/0417" not in theirs
    assert "Sensitive" not in theirs
    correcting = aisha.get(f"/reports/{ref}/correct").content.decode()
    assert "SRU/0417" in correcting
    assert "Seen by patrol." in correcting
    sanitising = aisha.get(f"/reports/{ref}/sanitise").content.decode()
    assert "SRU/0417" not in sanitising
    assert "Seen by patrol." not in sanitising


def test_it_refuses_a_name_where_a_source_is_referred_to(cast: Cast) -> None:
    page = visitor("analyst@norf").post("/reports/add", _typed(items="1", sensitive_source="Sam Example"))
    assert "never a name" in words_of(page)
    graded = visitor("analyst@norf").post("/reports/add", _typed(items="1", provenance_source="1"))
    assert "Write the provenance, or leave out its grade" in words_of(graded)


def test_an_officers_provenance_waits_for_its_grade(cast: Cast) -> None:
    typed = _typed(items="1", provenance="Seen by patrol.", source_1="", assessment_1="", handling_1="")
    ref = _ref(visitor("officer@norf").post("/reports/add", typed))
    aisha = visitor("analyst@norf")
    codes = {"source": "2", "assessment": "B", "handling": "P"}
    aisha.post(f"/reports/{ref}/items/1/grade", codes)
    assert "Finish grading" not in words_of(aisha.get(f"/reports/{ref}"))
    assert "Choose a source" in words_of(aisha.post(f"/reports/{ref}/provenance/grade", {}))
    aisha.post(f"/reports/{ref}/provenance/grade", codes)
    assert "Provenance [2BP" in words_of(aisha.get(f"/reports/{ref}"))
    aisha.post(f"/reports/{ref}/finish")
    assert aisha.get(f"/reports/{ref}/provenance/grade").status_code == 404
