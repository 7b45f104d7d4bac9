"""Drafts: what is typed into a report is kept for its writer alone, and let go of when the report is recorded."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast
from tests.web.visiting import visitor, words_of
from throughline.access.journal import journal_page
from throughline.access.reader import reading
from throughline.intelligence import drafts
from throughline.intelligence.drafts import draft_typed, my_drafts, save_draft
from throughline.intelligence.models import Report
from throughline.kernel import clock, outbox
from throughline.notices.queries import notice_list

ORIGIN = "WEB-2345-6789"
HOSTILE = "<script>alert(1)</script> \0 \U0001f600 {{ 7*7 }}"


def _typed(**changed: Any) -> dict[str, Any]:
    return {
        "origin": ORIGIN, "items": "2", "title": "A deal line", "date_of_intelligence-day": "1",
        "date_of_intelligence-month": "10", "date_of_intelligence-year": "2026", "marking": "1",
        "circulation": "nobody", "text_1": "He waits at the station.", "source_1": "2", "assessment_1": "B",
        "handling_1": "P", "text_2": "Half a sen",
    } | changed  # fmt: skip


def test_it_keeps_what_is_typed_and_gives_it_back_as_it_was(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    said = aisha.post("/reports/drafts/save", _typed(bodies=["MPS", "KENT"]))
    assert said.content.decode().startswith("Draft saved ")
    assert "1 draft to finish" in words_of(aisha.get("/desk"))
    assert "A deal line" in words_of(aisha.get("/reports/drafts/"))
    shown = aisha.get(f"/reports/drafts/{ORIGIN}").content.decode()
    for part in ("A deal line", "Half a sen", f'name="origin" value="{ORIGIN}"', 'name="items" value="2"'):
        assert part in shown
    assert shown.count(" checked") == 3 + 2 + 2, "grade, bodies, marking and circulation"


def test_it_keeps_a_draft_by_a_button_without_a_script(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    later = aisha.post("/reports/add", _typed(do="later"), follow=True)
    assert "Your draft is saved." in later.content.decode()
    assert "A deal line" in words_of(later)


@pytest.mark.parametrize("do", ["find", "another", "save"])
def test_it_keeps_a_draft_with_every_button_that_does_not_record(cast: Cast, do: str) -> None:
    visitor("analyst@norf").post("/reports/add", _typed(do=do, **{"date_of_intelligence-day": "99"}))
    assert [card.title for card in my_drafts(cast.aisha)] == ["A deal line"]


def test_it_lets_go_of_a_draft_that_is_recorded_and_of_one_that_comes_late(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    aisha.post("/reports/drafts/save", _typed())
    assert aisha.post("/reports/add", _typed(do="save", text_2="The second.")).status_code == 302
    assert my_drafts(cast.aisha) == []
    aisha.post("/reports/drafts/save", _typed())
    assert my_drafts(cast.aisha) == []
    with reading(cast.aisha):
        assert Report.objects.get().origin_ref == ORIGIN


def test_it_keeps_one_draft_of_one_form_and_none_of_an_empty_one(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    aisha.post("/reports/drafts/save", _typed(title=" ", text_1="", text_2="\n"))
    assert my_drafts(cast.aisha) == []
    for title in ("One", "One two"):
        aisha.post("/reports/drafts/save", _typed(title=title))
    assert [card.title for card in my_drafts(cast.aisha)] == ["One two"]


def test_it_is_the_writers_alone(cast: Cast) -> None:
    visitor("analyst@norf").post("/reports/drafts/save", _typed())
    for username in ("manager@norf", "officer@norf", "analyst@kent"):
        other = visitor(username)
        theirs, none = (other.get(f"/reports/drafts/{ref}") for ref in (ORIGIN, "WEB-9999-9999"))
        assert (theirs.status_code, words_of(theirs)) == (404, words_of(none))
        assert other.post(f"/reports/drafts/{ORIGIN}/delete").status_code == 404
        assert "You have no drafts." in words_of(other.get("/reports/drafts/"))
    assert len(my_drafts(cast.aisha)) == 1
    assert draft_typed(cast.harry, ORIGIN) is None


def test_two_people_may_use_one_reference_and_neither_learns_of_it(cast: Cast) -> None:
    save_draft(by=cast.aisha, ref=ORIGIN, typed={"title": ["Of Aisha"]})
    save_draft(by=cast.harry, ref=ORIGIN, typed={"title": ["Of Harry"]})
    assert [card.title for card in my_drafts(cast.aisha)] == ["Of Aisha"]
    assert [card.title for card in my_drafts(cast.harry)] == ["Of Harry"]


def test_it_deletes_a_draft_after_asking(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    aisha.post("/reports/drafts/save", _typed())
    asked = aisha.get(f"/reports/drafts/{ORIGIN}/delete")
    assert "A deal line" in words_of(asked)
    aisha.post(f"/reports/drafts/{ORIGIN}/delete")
    assert my_drafts(cast.aisha) == []
    looks, _ = journal_page(cast.grace, ref=ORIGIN)
    assert [look.verb for look in looks] == ["erase", "collect"]


def test_it_tells_the_writer_of_a_draft_left_alone_and_deletes_it_in_the_end(cast: Cast) -> None:
    begun = clock.now()
    save_draft(by=cast.aisha, ref=ORIGIN, typed={"title": ["Left alone"]})
    with clock.stopped(begun + timedelta(days=20)):
        save_draft(by=cast.aisha, ref=ORIGIN, typed={"title": ["Left alone, taken up again"]})
    for days, kept, told in ((31, 1, 0), (49, 1, 0), (51, 1, 1), (79, 1, 1), (81, 0, 1)):
        with clock.stopped(begun + timedelta(days=days)):
            outbox.drain()
        assert len(my_drafts(cast.aisha)) == kept, days
        notices, _ = notice_list(cast.aisha)
        assert len([n for n in notices if n.kind == "draft"]) == told, days
    notices, _ = notice_list(cast.harry)
    assert [n for n in notices if n.kind == "draft"] == []


def test_it_keeps_hostile_words_as_they_were_typed(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    aisha.post("/reports/drafts/save", _typed(title=HOSTILE, text_1=HOSTILE))
    found = draft_typed(cast.aisha, ORIGIN)
    assert found
    assert found["text_1"] == [HOSTILE]
    assert "<script>alert" not in aisha.get("/reports/drafts/").content.decode()
    assert "{{ 7*7 }}" in words_of(aisha.get("/desk"))


def test_it_says_so_when_no_more_can_be_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST_DRAFTS", 1)
    aisha = visitor("analyst@norf")
    aisha.post("/reports/drafts/save", _typed())
    said = aisha.post("/reports/drafts/save", _typed(origin="WEB-9999-9999"))
    assert (said.status_code, said.content.decode()) == (
        409, "Not saved. You have 1 drafts already. Finish or delete one first.",
    )  # fmt: skip
    page = aisha.post("/reports/add", _typed(origin="WEB-9999-9999", do="later"))
    assert "Finish or delete one first." in page.content.decode()
    assert "Half a sen" in page.content.decode()


def test_it_takes_no_draft_without_the_pages_token_or_from_a_role_that_writes_none(cast: Cast) -> None:
    strict = visitor("analyst@norf")
    strict.handler.enforce_csrf_checks = True
    assert strict.post("/reports/drafts/save", _typed()).status_code == 403
    assert visitor("chair@norf").post("/reports/drafts/save", _typed()).status_code == 403
    assert visitor("analyst@norf").get("/reports/drafts/save").status_code == 405
