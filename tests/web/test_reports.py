"""The reports desk: writing, reading, grading, circulating, rejecting and loading, and who may do each."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.cast import Cast
from tests.inside import file_report
from tests.web.visiting import visitor, words_of
from throughline.access.reader import reading
from throughline.intelligence.loading import load_reports
from throughline.intelligence.models import Report
from throughline.intelligence.queries import report_list
from throughline.intelligence.report_columns import COLUMNS
from throughline.kernel import outbox

HOSTILE = """<script>alert(1)</script> '; drop table x; -- {{ 7*7 }} "quoted" & =1+1"""


def _typed(**changed: Any) -> dict[str, Any]:
    return {
        "do": "save", "items": "1", "title": "A deal line", "date_of_intelligence-day": "1",
        "date_of_intelligence-month": "10", "date_of_intelligence-year": "2026", "marking": "1",
        "circulation": "nobody", "text_1": "Calls to 07700 900123 from AB12 CDE", "selectors_1": "07700 900123",
        "source_1": "2", "assessment_1": "B", "handling_1": "P",
    } | changed  # fmt: skip


def _held(cast: Cast) -> int:
    """Reports that Norfolk holds, as its analyst knows them: with no reader there would always be none."""
    with reading(cast.aisha):
        return Report.objects.count()


def _ref(response: Any) -> str:
    assert response.status_code == 302, words_of(response)
    return str(response["Location"].rsplit("/", 1)[1])


def test_it_records_a_graded_report_and_matches_its_selectors(cast: Cast) -> None:
    file_report(cast.mia, "L1", selectors=["phone:07700 900123"])
    aisha = visitor("analyst@norf")
    ref = _ref(aisha.post("/reports/add", _typed()))
    outbox.drain()
    assert "State Graded" in words_of(aisha.get(f"/reports/{ref}"))
    assert "07700 900123" in words_of(aisha.get("/hits/"))


def test_it_keeps_what_was_typed_whatever_is_wrong(cast: Cast) -> None:
    typed = _typed(
        title="", text_1=HOSTILE, selectors_1="phone: 4.47701E+11", handling_1="C", instructions_1=HOSTILE
    )
    page = visitor("analyst@norf").post("/reports/add", typed)
    shown = page.content.decode()
    assert (page.status_code, _held(cast)) == (200, 0)
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    for said in ("Enter a title", "4.47701E+11", "Action code"):
        assert said in words_of(page)


def test_it_shows_hostile_words_as_they_were_typed(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    ref = _ref(aisha.post("/reports/add", _typed(title=HOSTILE, text_1=HOSTILE)))
    words = words_of(aisha.get(f"/reports/{ref}"))
    assert words.count(HOSTILE) == 2
    assert HOSTILE in words_of(aisha.get("/reports/"))


def test_it_offers_the_selectors_in_the_text_and_takes_those_that_are_ticked(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    offered = aisha.post("/reports/add", _typed(do="find"))
    assert "phone:+447700900123" in offered.content.decode()
    assert "vehicle:AB12CDE" in offered.content.decode()
    ref = _ref(aisha.post("/reports/add", _typed(selectors_1="", found_1=["vehicle:AB12CDE"])))
    words = words_of(aisha.get(f"/reports/{ref}"))
    assert "AB12 CDE Vehicle" in words
    assert "07700 900123 Phone" not in words


def test_it_adds_another_item_without_losing_the_first(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    more = words_of(aisha.post("/reports/add", _typed(do="another")))
    assert "Item 2" in more
    assert "Calls to 07700 900123" in more
    both = _typed(items="2", text_2="Second", source_2="1", assessment_2="A", handling_2="C", action_2="A1",
                  sanitisation_2="S2", instructions_2="Ring us first")  # fmt: skip
    words = words_of(aisha.get(f"/reports/{_ref(aisha.post('/reports/add', both))}"))
    assert "[2BP]" in words
    assert "[1AC]" in words
    assert "Ring us first" in words


def test_it_takes_a_report_of_an_officer_through_grading_to_another_body(cast: Cast) -> None:
    ref = _ref(
        visitor("officer@norf").post("/reports/add", _typed(source_1="", assessment_1="", handling_1=""))
    )
    aisha, mia = visitor("analyst@norf"), visitor("analyst@mps")
    assert "Not graded yet" in words_of(aisha.get(f"/reports/{ref}"))
    refused = aisha.post(f"/reports/{ref}/finish", follow=True)
    assert "not graded yet" in words_of(refused)
    codes = {"source": "2", "assessment": "B", "handling": "P"}
    aisha.post(f"/reports/{ref}/items/1/grade", codes)
    aisha.post(f"/reports/{ref}/finish")
    assert mia.get(f"/reports/{ref}").status_code == 404
    sent = aisha.post(f"/reports/{ref}/circulate", {"circulation": "named", "bodies": ["MPS"]})
    assert sent.status_code == 302
    assert "A deal line State Circulated" in words_of(mia.get(f"/reports/{ref}"))
    assert visitor("analyst@kent").get(f"/reports/{ref}").status_code == 404


def test_it_rejects_with_a_reason(cast: Cast) -> None:
    ref = _ref(
        visitor("officer@norf").post("/reports/add", _typed(source_1="", assessment_1="", handling_1=""))
    )
    aisha = visitor("analyst@norf")
    assert "Say why" in words_of(aisha.post(f"/reports/{ref}/reject", {"why": " "}))
    aisha.post(f"/reports/{ref}/reject", {"why": "An opinion, not intelligence"})
    words = words_of(aisha.get(f"/reports/{ref}"))
    assert "State Rejected" in words
    assert "An opinion, not intelligence" in words


@pytest.mark.parametrize("page", ["", "/items/1/grade", "/circulate", "/reject"])
def test_it_says_the_same_of_a_closed_report_and_of_none(cast: Cast, page: str) -> None:
    ref = file_report(cast.aisha, "N1", selectors=["phone:07700 900123"])
    harry = visitor("analyst@kent")
    closed, none = harry.get(f"/reports/{ref}{page}"), harry.get(f"/reports/IR-2222-2222{page}")
    assert (closed.status_code, none.status_code) == (404, 404)
    assert words_of(closed) == words_of(none)


@pytest.mark.parametrize(
    ("username", "path", "status"),
    [
        ("officer@norf", "/reports/", 200), ("officer@norf", "/reports/add", 200),
        ("officer@norf", "/reports/load", 403),
        ("chair@norf", "/reports/add", 403), ("chair@norf", "/reports/", 200), ("auditor@norf", "/reports/", 403),
        ("admin@norf", "/reports/", 403), ("manager@norf", "/reports/load", 200),
    ],
)  # fmt: skip
def test_it_lets_each_role_do_its_own_work(cast: Cast, username: str, path: str, status: int) -> None:
    assert visitor(username).get(path).status_code == status


def test_it_refuses_a_form_that_did_not_come_from_its_page(cast: Cast) -> None:
    strict = visitor("analyst@norf")
    strict.handler.enforce_csrf_checks = True
    assert strict.post("/reports/add", _typed()).status_code == 403
    assert _held(cast) == 0


def test_it_filters_and_turns_the_pages_of_the_list(cast: Cast) -> None:
    for number in range(30):
        file_report(cast.aisha, f"N{number}", selectors=["phone:07700 900123"])
    aisha = visitor("analyst@norf")
    first = aisha.get("/reports/?owner=NORF&state=graded")
    href = first.content.decode().split("before=")[1].split('"')[0]
    assert href.startswith("IR-"), "a page mark tells nothing of how many there are"
    second = aisha.get(f"/reports/?owner=NORF&state=graded&before={href}")
    assert "older reports" not in words_of(second)
    assert "No report that you may know" in words_of(aisha.get("/reports/?owner=MPS"))
    assert "No report that you may know" in words_of(aisha.get("/reports/?before=IR-2222-2222&text=zebra"))


def test_it_records_once_a_form_that_is_sent_twice(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    shown = aisha.get("/reports/add").content.decode()
    origin = shown.split('name="origin" value="')[1].split('"')[0]
    assert aisha.post("/reports/add", _typed(origin=origin)).status_code == 302
    again = aisha.post("/reports/add", _typed(origin=origin), follow=True)
    assert "This report is recorded already." in again.content.decode()
    assert _held(cast) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"selectors_1": "14141414141414"}, "this could be several things"),
        ({"date_of_intelligence-year": "0001"}, "There is a problem"),
        ({"text_1": "one\x7ftwo"}, "There is a problem"),
    ],
)
def test_it_refuses_on_the_page_what_a_file_may_not_hold(
    cast: Cast, changed: dict[str, str], said: str
) -> None:
    page = visitor("analyst@norf").post("/reports/add", _typed(**changed))
    assert page.status_code == 200
    assert said in page.content.decode()
    assert _held(cast) == 0


def test_it_says_so_when_a_colleague_was_quicker(cast: Cast) -> None:
    ref = _ref(
        visitor("officer@norf").post("/reports/add", _typed(source_1="", assessment_1="", handling_1=""))
    )
    aisha = visitor("analyst@norf")
    aisha.post(f"/reports/{ref}/reject", {"why": "An opinion"})
    assert aisha.post(f"/reports/{ref}/reject", {"why": "Again"}).status_code == 404
    assert aisha.get("/people/a%00b/roles").status_code == 400


def test_the_keys_that_the_help_page_names_are_there(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    named = dict(re.findall(r"\b([A-Z]) (My desk|Add a report)\b", words_of(aisha.get("/help"))))
    pages = {"My desk": "/desk", "Add a report": "/reports/add"}
    assert named == {"A": "My desk", "T": "Add a report", "R": "Add a report"}
    for key, where in named.items():
        assert aisha.get(pages[where]).content.decode().count(f'accesskey="{key.lower()}"') == 1


def test_a_circulated_report_is_opened_to_more_bodies_with_a_reason(cast: Cast) -> None:
    ref = file_report(cast.aisha, "Widened", bodies=["MPS"])
    aisha = visitor("analyst@norf")
    assert f'href="/reports/{ref}/widen"' in aisha.get(f"/reports/{ref}").content.decode()
    words = words_of(aisha.post(f"/reports/{ref}/widen", {}))
    assert "Choose at least one body" in words
    assert "Say why they need it" in words
    assert 'value="MPS"' not in aisha.get(f"/reports/{ref}/widen").content.decode()
    aisha.post(f"/reports/{ref}/widen", {"bodies": ["KENT"], "why": "A boy is at risk"})
    words = words_of(aisha.get(f"/reports/{ref}"))
    assert "The circulation is widened." in words
    assert "Circulation widened by Analyst at NORF" in words
    assert visitor("analyst@kent").get(f"/reports/{ref}").status_code == 200
    assert visitor("analyst@mps").get(f"/reports/{ref}/widen").status_code == 404
    open_to_all = file_report(cast.aisha, "To all", everyone=True)
    assert aisha.get(f"/reports/{open_to_all}/widen").status_code == 404


@pytest.mark.parametrize(("handling", "is_kept_home"), [("1", False), ("4", True), ("5", True)])
def test_it_offers_no_circulation_that_the_older_scheme_would_refuse(
    cast: Cast, tmp_path: Path, handling: str, *, is_kept_home: bool
) -> None:
    header = ",".join((*COLUMNS, "scheme"))
    row = f"O1,2010-05-01,An old line,1,He was seen.,B,2,{handling},,,,OFFICIAL,,,5x5x5"
    (tmp_path / "old.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    assert load_reports(by=cast.aisha, path=tmp_path / "old.csv").kept == 1
    (card,) = report_list(cast.aisha).rows
    page = visitor("analyst@norf").get(f"/reports/{card.ref}")
    assert (f'href="/reports/{card.ref}/circulate"' in page.content.decode()) != is_kept_home
    said = f"Item 1 is under 5x5x5 handling code {handling}, so the report is not circulated. Make a sanitised version"
    assert (said in words_of(page)) == is_kept_home
    assert "5x5x5 handling code" not in words_of(visitor("officer@norf").get(f"/reports/{card.ref}"))


def test_it_says_where_a_report_of_the_older_scheme_comes_in(cast: Cast) -> None:
    assert "A report that was graded under 5x5x5 comes by load" in words_of(
        visitor("analyst@norf").get("/reports/add")
    )
    assert "5x5x5" not in words_of(visitor("officer@norf").get("/reports/add"))
