"""The second look at a report: advice before it is recorded and before it is circulated, which never forbids."""

from typing import Any

from tests.cast import Cast
from tests.cli.files import write_csv
from tests.inside import command, file_report
from tests.web.visiting import visitor, words_of
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
