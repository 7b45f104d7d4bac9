"""The pages of county lines: adding from a report and a hit, the list, the line, closing, and looking back."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.lines.keeping import NUMBER, an_item, closed, keep, live, page, says
from tests.web.visiting import visitor, words_of
from throughline.kernel import clock, outbox
from throughline.lines.queries import check_backs_due, line_list
from throughline.matching.queries import hit_list
from throughline.web.lines.sketch import sketch_of

RUNNER = "person:Example, Sam, 2001-05-03"


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def test_it_adds_a_line_from_an_item_and_shows_it(cast: Cast) -> None:
    report = file_report(cast.aisha, "N1", selectors=[NUMBER, RUNNER], text="Sam holds the phone.")
    client = visitor("analyst@norf")
    assert f"/lines/from/{report}/1" in client.get(f"/reports/{report}").content.decode()
    asked = words_of(client.get(f"/lines/from/{report}/1"))
    assert "Sam holds the phone." in asked
    sent = client.post(
        f"/lines/from/{report}/1",
        {"line": "new", "values": ["phone:+447700900301", "person:EXAMPLE|SAM|2001-05-03"], "role": "runner",
         "brand": "Ricky", "exports_from": "MPS", "imports_to": "NORF", "imports_town": "Yarmouth",
         "drugs": ["heroin", "crack"], "exploitation": ["child"], "why": "Two sources",
         **_day("from_on", date(2026, 9, 1))},
        follow=True,
    )  # fmt: skip
    words = words_of(sent)
    assert "The line is on the register, as a proposal." in words
    for said in ("Ricky line", "Proposed", "Comes from Metropolitan Police Service", "External", "Runner",
                 "Sells in Norfolk Constabulary, Yarmouth", "Drugs Crack cocaine, Heroin", "Child exploited",
                 "First seen 1 September 2026", "07700 900301", "[1AP]", f"{report}/1"):  # fmt: skip
        assert said in words, said
    listed = words_of(client.get("/lines/"))
    assert "1 line that you may know" in listed
    assert "Ricky line CL-" in listed
    assert "No line fits these filters." in words_of(client.get("/lines/?brand=zebra"))
    again = words_of(client.get(f"/lines/from/{report}/1"))
    assert "A value of the item stands on it already" in again


def test_it_asks_for_what_is_missing(cast: Cast) -> None:
    report = file_report(cast.aisha, "N1", selectors=[NUMBER])
    client = visitor("analyst@norf")
    words = words_of(client.post(f"/lines/from/{report}/1", {"line": "another"}))
    assert "Say why: it is kept in the journal" in words
    words = words_of(client.post(f"/lines/from/{report}/1", {"line": "another", "why": "x"}))
    assert "Enter the reference of the other line" in words
    assert "Choose or write at least one thing" in words
    words = words_of(client.post(f"/lines/from/{report}/1", {"line": "another", "why": "x", "other": "cl-2222-2222",
                                                              "brand": "Ricky"}))  # fmt: skip
    assert "There is no line of this reference that you may know" in words
    assert line_list(cast.aisha).total == 0


def test_it_adds_a_line_from_a_hit_which_then_names_it(cast: Cast) -> None:
    file_report(cast.aisha, "N1", selectors=[NUMBER])
    file_report(cast.mia, "M1", selectors=[NUMBER])
    outbox.drain()
    hit, client = hit_list(cast.aisha).rows[0].ref, visitor("analyst@norf")
    assert "Put it on a county line" in words_of(client.get(f"/hits/{hit}"))
    sent = client.post(
        f"/lines/from-hit/{hit}",
        {"line": "new", "values": ["phone:+447700900301"], "why": "Both hold it"},
        follow=True,
    )
    assert "Line on 07700 900301" in words_of(sent)
    ref = line_list(cast.aisha).rows[0].ref
    assert f"On the county line Line on 07700 900301 ( {ref}" in words_of(client.get(f"/hits/{hit}"))
    theirs = words_of(visitor("analyst@mps").get(f"/hits/{hit}"))
    assert ref not in theirs
    checked = client.post("/check/", {"selector": NUMBER, "why": "Stopped"})
    assert ref in words_of(checked)


def test_it_is_nowhere_for_whoever_may_not_know_it(cast: Cast) -> None:
    ref, other = keep(cast.aisha), visitor("manager@kent")
    for way in ("", "/move/accept", "/close", "/lead", "/withdraw/LE-2222-2222"):
        hidden, none = other.get(f"/lines/{ref}{way}"), other.get(f"/lines/CL-2222-2222{way}")
        assert (hidden.status_code, none.status_code) == (404, 404), way
        assert words_of(hidden) == words_of(none)
    report = file_report(cast.aisha, "N2", selectors=[NUMBER])
    assert other.get(f"/lines/from/{report}/1").status_code == 404
    assert other.get("/lines/from-hit/HT-2222-2222").status_code == 404
    assert "There is no line on the register that you may know." in words_of(other.get("/lines/"))


@pytest.mark.parametrize("username", ["auditor@norf", "admin@norf"])
def test_it_is_closed_to_whoever_reads_no_intelligence(cast: Cast, username: str) -> None:
    ref, client = keep(cast.aisha), visitor(username)
    assert client.get("/lines/").status_code == client.get(f"/lines/{ref}").status_code == 403


def test_a_manager_accepts_leads_and_closes_it(cast: Cast) -> None:
    manager, client = someone("manager@norf"), visitor("manager@norf")
    ref = keep(cast.aisha)
    assert "1 proposed line" in words_of(client.get("/desk"))
    sent = client.post(f"/lines/{ref}/move/accept", {"why": ""})
    assert "Say why" in words_of(sent)
    assert "The line is live." in words_of(
        client.post(f"/lines/{ref}/move/accept", {"why": "Sure"}, follow=True)
    )
    sent = client.post(f"/lines/{ref}/lead", {"officer": "DI Example", "why": "His patch"}, follow=True)
    assert "DI Example" in words_of(sent)
    item = an_item(cast.aisha, "out", selectors=())
    answers = {
        "closure": "type 1",
        "out_of_use": item,
        "charged": "",
        "why": "Done",
        **_day("closed_on", clock.today()),
    }
    words = words_of(client.post(f"/lines/{ref}/close", answers))
    assert "Enter the item that says that the line holder is arrested and charged" in words
    words = words_of(client.post(f"/lines/{ref}/close", answers | {"charged": "IR-2"}))
    assert "Enter the reference of a graded item that you may read" in words
    words = words_of(client.post(f"/lines/{ref}/close", answers | {"charged": item}, follow=True))
    assert "The line is closed, and its check-backs are set." in words
    assert "Closed, Type 1" in words
    assert page(manager, ref).state == "closed type 1"


def test_a_body_gives_up_the_lead_and_another_takes_it(cast: Cast) -> None:
    ref, client = keep(cast.aisha, everyone=True), visitor("manager@norf")
    sent = client.post(f"/lines/{ref}/give-up", {"why": "It is London's"}, follow=True)
    assert "Your body leads on the line no longer." in words_of(sent)
    assert "Led by Nobody yet" in words_of(sent)
    assert "Nobody leads on this line." in words_of(client.post(f"/lines/{ref}/give-up", {"why": "Again"}))
    theirs = visitor("manager@mps")
    sent = theirs.post(f"/lines/{ref}/lead", {"officer": "DI Example", "why": "Ours"}, follow=True)
    assert "Led by Metropolitan Police Service" in words_of(sent)
    assert "Another body leads" in words_of(client.post(f"/lines/{ref}/lead", {"officer": "X", "why": "No"}))
    closed_one = closed(someone("manager@norf"), clock.today(), name="N2")
    assert "needs somebody who looks back" in words_of(
        client.post(f"/lines/{closed_one}/give-up", {"why": "x"})
    )


def test_a_check_back_stands_on_the_desk_and_reopens_the_line(cast: Cast) -> None:
    manager, client = someone("manager@norf"), visitor("manager@norf")
    ref = closed(manager, clock.today() - timedelta(days=15))
    assert "1 check-back due" in words_of(client.get("/desk"))
    due = check_backs_due(manager, size=9)[0].check_back
    assert due in client.get("/lines/check-backs").content.decode()
    assert "07700 900301" in words_of(client.get(f"/lines/check-backs/{due}"))
    words = words_of(client.post(f"/lines/check-backs/{due}", {"alive": "yes", "found": ""}))
    assert "Say what you looked at and what you found" in words
    sent = client.post(f"/lines/check-backs/{due}", {"alive": "yes", "found": "It answers"}, follow=True)
    assert "The line is reopened." in words_of(sent)
    assert page(manager, ref).state == "reopened"
    assert client.get(f"/lines/check-backs/{due}").status_code == 404
    assert "No check-back is due." in words_of(client.get("/lines/check-backs"))


def test_it_withdraws_evidence_and_shows_the_line_as_it_was(cast: Cast) -> None:
    ref = live(cast.aisha, said=[says("brand:Ricky")])
    brand = next(p.ref for p in page(cast.aisha, ref).pieces if p.statement == "brand")
    with clock.stopped(clock.now() + timedelta(days=2)):
        client = visitor("analyst@norf")
        sent = client.post(f"/lines/{ref}/withdraw/{brand}", {"why": "Another line's"}, follow=True)
        assert "Another line's" in words_of(sent)
        assert "Withdrawn" in words_of(sent)
        on = "&".join(f"{k}={v}" for k, v in _day("on", clock.today() - timedelta(days=1)).items())
        then = words_of(client.get(f"/lines/{ref}?{on}"))
    assert "This is the line as we knew it on" in then
    assert "Ricky line" in then
    assert "Another line's" not in then
    assert "must be a real date" in words_of(client.get(f"/lines/{ref}?on-day=99&on-month=1&on-year=2026"))


def test_the_sketch_spans_from_the_first_day_to_the_last(cast: Cast) -> None:
    ref = keep(
        cast.aisha, said=[says("phone:07700 900302", from_on=date(2026, 1, 1), to_on=date(2026, 6, 1))]
    )
    numbers = [f for f in page(cast.aisha, ref).known.facts if f.statement == "number"]
    drawn = sketch_of(numbers)
    assert drawn is not None
    assert [bar.label for bar in drawn.bars] == ["07700 900302", "07700 900301"]
    assert all(bar.x + bar.width <= drawn.width for bar in drawn.bars)
    assert drawn.bars[0].has_ended
    assert 0 < len(drawn.ticks) <= 6
    assert sketch_of([]) is None


def test_it_compares_merges_and_undoes(cast: Cast) -> None:
    client = visitor("manager@norf")
    one, other = keep(cast.aisha, said=[says("brand:Ricky")]), keep(cast.aisha, "N2")
    assert "1 pair of lines that may be one" in words_of(client.get("/desk"))
    assert "Both have 07700 900301." in words_of(client.get("/lines/same"))
    assert other in words_of(client.get(f"/lines/{one}"))
    there = f"/lines/same/{one}/{other}"
    words = words_of(client.get(there))
    assert "You may know 2 lines on the register. Merged, they would be 1." in words
    assert "1 and 1, as one 1" in words
    assert "Choose whether they are one line" in words_of(client.post(there, {"why": "x"}))
    sent = client.post(there, {"verdict": one, "why": "One number"}, follow=True)
    assert "The two are one line now." in words_of(sent)
    assert "Merged with it" in words_of(sent)
    assert f"Undo the merge of {other}" in words_of(sent)
    assert f"{one} stands for it now." in words_of(client.get(f"/lines/{other}"))
    undo = next(part for part in sent.content.decode().split('"') if part.startswith("/lines/merges/"))
    assert "Say why" in words_of(client.post(undo, {"why": ""}))
    assert "The merge is undone." in words_of(client.post(undo, {"why": "Two lines"}, follow=True))
    assert client.get(undo).status_code == 404
    sent = client.post(there, {"verdict": "different", "why": "Reissued"}, follow=True)
    assert "They stay two lines." in words_of(sent)
    assert "No two lines look like one." in words_of(client.get("/lines/same"))
    assert visitor("manager@kent").get(there).status_code == 404
    assert "Decide" not in words_of(visitor("officer@norf").get(there))
