"""The second look at a report: advice before it is recorded and before it is circulated, which never forbids."""

from typing import Any

import pytest

from tests.cast import Cast
from tests.cli.files import write_csv
from tests.inside import command, file_report
from tests.web.visiting import visitor, words_of
from throughline.access.journal import journal_page
from throughline.access.reader import reading
from throughline.intelligence.drafts import my_drafts
from throughline.intelligence.models import Report

RISKY = "A neighbour who rang saw AB12 CDE in Norwich on Friday."


def _typed(**changed: Any) -> dict[str, Any]:
    return {
        "do": "check", "items": "1", "title": "A deal line", "date_of_intelligence-day": "1",
        "date_of_intelligence-month": "10", "date_of_intelligence-year": "2026", "marking": "1",
        "circulation": "nobody", "text_1": "He waits in Norwich each Friday.", "source_1": "2", "assessment_1": "B",
        "handling_1": "P",
    } | changed  # fmt: skip


def _held(cast: Cast) -> int:
    with reading(cast.aisha):
        return Report.objects.count()


def test_it_records_at_once_what_it_has_nothing_to_say_of(cast: Cast) -> None:
    assert visitor("analyst@norf").post("/reports/add", _typed()).status_code == 302
    assert _held(cast) == 1


def test_it_advises_before_recording_and_then_records_what_it_advised_on(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    typed = _typed(text_1=RISKY, title="Operation Heron")
    page = aisha.post("/reports/add", typed)
    words = words_of(page)
    assert (page.status_code, _held(cast)) == (200, 0)
    for said in (
        "The title : it may show how the police work", "Operation Heron", "Item 1 : it may show the source",
        "neighbour who rang", "and harm them", "Write what is known, not who said it",
        "Item 1 : it is in the text and not among the selectors AB12 CDE", "Record the report as it is",
    ):  # fmt: skip
        assert said in words, said
    assert 'href="#text-1"' in page.content.decode()
    assert [card.title for card in my_drafts(cast.aisha)] == ["Operation Heron"], "nothing is lost by looking"
    assert aisha.post("/reports/add", typed | {"do": "save"}).status_code == 302
    assert _held(cast) == 1


def test_it_advises_nobody_who_cannot_grade_to_grade(cast: Cast) -> None:
    ungraded = _typed(source_1="", assessment_1="", handling_1="")
    assert visitor("officer@norf").post("/reports/add", ungraded).status_code == 302
    assert "it has no grade" in words_of(visitor("analyst@norf").post("/reports/add", ungraded))


def test_it_asks_for_faults_to_be_mended_before_it_advises(cast: Cast) -> None:
    words = words_of(visitor("analyst@norf").post("/reports/add", _typed(title="", text_1=RISKY)))
    assert "Enter a title" in words
    assert "Before you record it" not in words


def test_it_advises_before_circulating_and_forbids_nothing(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1", text=RISKY, selectors=["vehicle:AB12 CDE"])
    aisha = visitor("analyst@norf")
    words = words_of(aisha.get(f"/reports/{ref}/circulate"))
    assert "Before it goes further" in words
    assert "it may show the source" in words
    assert "not among the selectors" not in words
    assert aisha.post(f"/reports/{ref}/circulate", {"circulation": "everyone"}).status_code == 302
    plain = file_report(cast.aisha, "N2", text="He waits in Norwich each Friday.")
    assert "Before it goes further" not in words_of(aisha.get(f"/reports/{plain}/circulate"))


def test_it_shows_hostile_words_as_they_were_typed(cast: Cast) -> None:
    hostile = 'In Norwich on Friday according to a <b>"source"</b> @<script>'
    page = visitor("analyst@norf").post("/reports/add", _typed(text_1=hostile, title="Op <script>"))
    assert "<script>" not in page.content.decode().partition("<main")[2]


def test_a_load_warns_and_keeps(cast: Cast, tmp_path: Any) -> None:
    path = write_csv(tmp_path, {"text": "A source told us of it."}, {"report": "N2"})
    for flags, kept in (("--dry-run",), 1), ((), 1), ((), 0):
        said = command("load", "reports", str(path), "--as", "analyst@norf", *flags)
        assert said.status == 0
        assert ("N1, line 2. Item 1 (“A source told”): it may show the source." in said.err) == bool(kept)
        assert "N2" not in said.err


def test_a_load_counts_what_it_does_not_say_one_by_one(cast: Cast, tmp_path: Any) -> None:
    rows = [{"report": f"N{n}", "text": "A source told us of it."} for n in range(25)]
    said = command("load", "reports", str(write_csv(tmp_path, *rows)), "--as", "analyst@norf")
    assert said.err.count("it may show the source") == 20
    assert "And 5 more pieces of advice like these." in said.err


NUMBER = "phone:07700 900123"
PLAIN = "He waits in Norwich each Friday."


def _same(username: str, **changed: Any) -> str:
    return words_of(visitor(username).post("/reports/add", _typed(selectors_1="07700 900123") | changed))


def test_it_shows_a_report_that_may_be_the_same_and_why(cast: Cast) -> None:
    file_report(cast.aisha, "N1", title="A deal line", text=PLAIN, selectors=[NUMBER])
    words = _same("analyst@norf")
    assert "Is it recorded already?" in words
    assert "Both hold 07700 900123; on the same day; much of its wording is the same." in words
    assert _held(cast) == 1
    assert "it may show" not in words


def test_it_shows_one_that_a_colleague_wrote_and_nobody_has_graded(cast: Cast) -> None:
    ungraded = _typed(do="save", selectors_1="07700 900123", source_1="", assessment_1="", handling_1="")
    visitor("officer@norf").post("/reports/add", ungraded)
    assert "on the same day" in _same("analyst@norf")


@pytest.mark.parametrize(
    ("day", "text", "selectors", "shown"),
    [
        ("6", "Nothing alike was said.", [NUMBER], True), ("20", "Nothing alike was said.", [NUMBER], False),
        ("20", PLAIN, [NUMBER], True), ("1", PLAIN, ["phone:07700 900124"], False), ("1", PLAIN, [], False),
    ],
)  # fmt: skip
def test_it_asks_for_a_shared_selector_and_near_dates_or_words(
    cast: Cast, day: str, text: str, selectors: list[str], shown: bool  # noqa: FBT001
) -> None:  # fmt: skip
    file_report(cast.aisha, "N1", title="A deal line", text=text, selectors=selectors)
    changed = {"date_of_intelligence-day": day}
    page = visitor("analyst@norf").post("/reports/add", _typed(selectors_1="07700 900123", **changed))
    assert ("Is it recorded already?" in words_of(page)) == shown


def test_a_postcode_alone_makes_no_two_reports_the_same(cast: Cast) -> None:
    file_report(
        cast.aisha, "N1", title="Of something else", text="Other words.", selectors=["postcode:NR1 3JU"]
    )
    assert "recorded already" not in _same("analyst@norf", selectors_1="NR1 3JU")


def test_it_tells_of_nothing_that_its_writer_may_not_know(cast: Cast) -> None:
    file_report(cast.mia, "L1", title="Closed to Norfolk", text=PLAIN, selectors=[NUMBER])
    file_report(cast.mia, "L2", title="Open but under A1", text=PLAIN, selectors=[NUMBER], grade="1AC",
                instructions="Ask us", bodies=["NORF"])  # fmt: skip
    officer = {"source_1": "", "assessment_1": "", "handling_1": ""}
    assert "recorded already" not in _same("officer@norf", **officer)
    assert "Open but under A1" in _same("analyst@norf")
    assert "Closed to Norfolk" not in _same("analyst@norf")
    file_report(cast.mia, "L3", title="Open to Norfolk", text=PLAIN, selectors=[NUMBER], bodies=["NORF"])
    assert "Open to Norfolk" in _same("officer@norf", **officer)


def test_it_takes_the_writers_word_that_it_is_not_the_same(cast: Cast) -> None:
    first, second = (
        file_report(cast.aisha, name, title=f"Line {name}", text=PLAIN, selectors=[NUMBER])
        for name in ("N1", "N2")
    )
    aisha, typed = visitor("analyst@norf"), _typed(selectors_1="07700 900123")
    page = aisha.post("/reports/add", typed | {"do": f"differs {first}"})
    assert "Line N2" in words_of(page)
    assert "Line N1" not in words_of(page)
    assert f'name="differs" value="{first}"' in page.content.decode()
    page = aisha.post("/reports/add", typed | {"do": f"differs {second}", "differs": [first]})
    assert "Is it recorded already?" not in words_of(page)
    assert _held(cast) == 2, "to say so records nothing"
    done = aisha.post("/reports/add", typed | {"differs": [first, second]})
    assert done.status_code == 302


def test_it_journals_what_it_showed(cast: Cast) -> None:
    ref = file_report(cast.aisha, "N1", text=PLAIN, selectors=[NUMBER])
    _same("analyst@norf")
    looks, _ = journal_page(cast.grace)
    assert [look.detail["refs"] for look in looks if look.thing == "report search"] == [[ref]]
