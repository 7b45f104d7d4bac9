"""Operations page by page: planned, filled in, corrected, brought back as a workbook, on the board, published."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import Cast
from tests.inside import someone
from tests.lines.keeping import live
from tests.operations.planned import CENTRE, CHAIR, MONDAY, sent, under_way
from tests.pdf_ua import Checker
from tests.tasking.bidding import bid, decided, done, offered
from tests.web.visiting import visitor, words_of
from throughline.intelligence.report_csv import Record
from throughline.intelligence.report_tables import opened_table
from throughline.kernel import outbox
from throughline.operations.board import week_board
from throughline.operations.sheets import HEADER
from throughline.operations.workflow import OPERATION
from throughline.web.operations.words import HISTORY, MOVES, RETURNS, STATES

PLAN: dict[str, object] = {
    "name": "Week of work", "kind": "week", "starts": "Monday 2 November 2026", "ends": "Sunday 8 November 2026",
    "every": "day", "briefing": "Every line", "bodies": ["NORF", "MPS"],
}  # fmt: skip
RETURN = {"as_at": "8 November 2026 18:00", "source": "Custody", "attribution": "week", "after": "0"}


def test_every_state_and_move_has_words() -> None:
    assert STATES.keys() == set(OPERATION.states)
    assert HISTORY.keys() == {move.verb for move in OPERATION.moves}
    assert MOVES.keys() == {move.verb.replace(" ", "-") for move in OPERATION.moves}
    assert RETURNS.keys() == {"in", "late", "nil", "missing", "waiting"}


def test_a_week_is_planned_and_begun_from_its_pages(cast: Cast) -> None:
    centre = visitor(CENTRE)
    refused = words_of(centre.post("/operations/plan", PLAN | {"ends": "Sunday November 9th 2026"}))
    assert "9 November 2026 was a Monday, and not a Sunday" in refused
    made = centre.post("/operations/plan", PLAN).headers["Location"]
    assert "Planned" in words_of(centre.get(made))
    centre.post(f"{made}/move/begin", {"words": "It is Monday"})
    outbox.drain()
    norfolk = visitor("manager@norf")
    assert "Return, late" in words_of(norfolk.get("/desk"))
    assert "began: Week of work" in words_of(norfolk.get("/notices/"))
    assert norfolk.get(f"{made}/move/conclude").status_code == 404
    kent = visitor("manager@kent")
    for address in (
        "",
        "/board",
        "/pack",
        "/duty",
        "/summary.pdf",
        "/send/2026-11-02",
        "/returns/NORF/2026-11-02",
    ):
        assert kent.get(made + address).status_code == 404, address


def test_a_return_is_drafted_sent_and_corrected_in_its_form(cast: Cast) -> None:
    ref = under_way()
    norfolk, asked = visitor("analyst@norf"), f"/operations/{ref}/send/2026-11-02"
    norfolk.post(asked, RETURN | {"arrests": "lots", "do": "draft"})
    assert "goes on from the draft that Analyst at NORF kept" in words_of(norfolk.get(asked))
    refused = words_of(norfolk.post(asked, RETURN | {"weapons": "9", "firearms": "2", "bladed": "3"}))
    assert "the parts come to 5, and the total says 9" in refused
    done = norfolk.post(asked, RETURN | {"arrests_men": "8", "arrests_women": "2", "cash": "over £600"})
    assert done.status_code == 302, words_of(done)
    assert "over £600" in words_of(norfolk.get(done.headers["Location"]))
    again = words_of(norfolk.post(asked, RETURN | {"arrests": "3"}))
    assert "in the meantime" in again
    assert "Say why the return is corrected" in words_of(
        norfolk.post(asked, RETURN | {"arrests": "9", "after": "1"})
    )
    norfolk.post(asked, RETURN | {"arrests": "9", "after": "1", "reason": "One was counted twice"})
    words = words_of(norfolk.get(f"/operations/{ref}/returns/NORF/2026-11-02"))
    assert "Version 2, which stands" in words
    assert "One was counted twice" in words


def test_a_draft_of_a_return_is_kept_without_what_no_text_holds(cast: Cast) -> None:
    ref = under_way()
    norfolk, asked = visitor("analyst@norf"), f"/operations/{ref}/send/2026-11-02"
    sent = RETURN | {"is_nil": "\u202enil\0", "source": "Cus\0tody", "do": "draft"}
    assert norfolk.post(asked, sent).status_code == 302
    assert 'value="Custody"' in norfolk.get(asked).content.decode()


def test_a_workbook_is_filled_in_without_a_connection_and_meets_the_same_checks(
    cast: Cast, tmp_path: Path
) -> None:
    ref = under_way()
    norfolk, asked = visitor("analyst@norf"), f"/operations/{ref}/send/2026-11-02"
    blank = tmp_path / "template.xlsx"
    blank.write_bytes(norfolk.get(f"{asked}/template.xlsx").content)
    with opened_table(blank, wanted=HEADER) as table:
        rows = [one.cells for one in table.records if isinstance(one, Record)]

    def back(**cells: str) -> str:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            sheet = book.add_worksheet("Return")
            for at, row in enumerate(rows):
                row[3] = cells.get(row[0], row[3])
                sheet.write_row(at, 0, row)
        answer = norfolk.post(f"{asked}/sheet", {"sheet": SimpleUploadedFile("return.xlsx", out.getvalue())})
        return words_of(answer) if answer.status_code == 200 else answer.headers["Location"]

    told = {key: value for key, value in RETURN.items() if key != "after"}
    assert "the parts come to 5, and the total says 9" in back(weapons="9", firearms="2", bladed="3", **told)
    assert back(weapons="5").endswith("/returns/NORF/2026-11-02")
    board = week_board(someone(CENTRE), ref)
    assert board
    assert {t.measure.key: str(t.figure) for t in board.totals if t.figure}["weapons"] == "5"
    assert "is for another day" in back(day="2026-11-03")
    assert "is not an Excel workbook" in words_of(
        norfolk.post(
            f"{asked}/sheet", {"sheet": SimpleUploadedFile("return.xlsx", b"hello, this is no book")}
        )
    )


def test_the_board_says_the_same_with_and_without_its_live_part(cast: Cast) -> None:
    ref = under_way()
    sent("manager@norf", ref, arrests="12", cash="over 600")
    sent("manager@mps", ref, MONDAY + timedelta(days=1), arrests="30")
    centre = visitor(CENTRE)
    words = words_of(centre.get(f"/operations/{ref}/board"))
    for told in (
        "Provisional totals",
        "Arrests 42 From 2 of 28 returns",
        "over £600",
        "Norfolk Constabulary",
    ):
        assert told in words
    live = centre.get(f"/operations/{ref}/board?part=live&measure=arrests").content.decode()
    assert "<html" not in live
    assert "Provisional totals" in live


def test_the_totals_are_published_as_a_document_under_its_classification(cast: Cast, pdf_ua: Checker) -> None:
    ref = under_way()
    sent("manager@norf", ref, arrests="12")
    visitor(CENTRE).post(f"/operations/{ref}/move/conclude", {"words": "Sunday"})
    chair = visitor(CHAIR)
    wrong = chair.post(f"/operations/{ref}/move/publish", {"lead": "Over 700 arrests", "words": "Agreed"})
    assert "no total of the week bears that out" in words_of(wrong)
    chair.post(f"/operations/{ref}/move/publish", {"lead": "12 arrests", "words": "Agreed by the chair"})
    answer = visitor("analyst@norf").get(f"/operations/{ref}/summary.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    assert pdf_ua(answer.content) == []


@pytest.mark.parametrize("route", ["/operations/", "/operations/measures", "/operations/compare"])
def test_the_lists_open_to_everyone_with_a_desk(cast: Cast, route: str) -> None:
    assert visitor("officer@kent").get(route).status_code == 200
    assert visitor("auditor@norf").get(route).status_code == 403


def test_a_disruption_is_claimed_joined_and_counted_on_its_pages(cast: Cast) -> None:
    norfolk = visitor("manager@norf")
    asked = {
        "on": "3 November 2026", "title": "Holder charged", "what": "Charged", "level": "minor", "ps": ["pursue"],
        "why": "Silent", "bodies": ["MPS"],
    }  # fmt: skip
    assert "9 November 2026 was a Monday" in words_of(
        norfolk.post("/disruptions/claim", asked | {"on": "Sun 9/11/2026"})
    )
    made = norfolk.post("/disruptions/claim", asked).headers["Location"]
    assert norfolk.get(f"{made}/count").status_code == 403
    london = visitor("manager@mps")
    london.post(f"{made}/join", {"ps": ["protect"], "level": "major", "why": "Ours too"})
    centre = visitor(CENTRE)
    centre.post(f"{made}/count", {"level": "moderate", "words": "Agreed"})
    words = words_of(centre.get("/disruptions/"))
    assert "1 event counts of those that you may know, on 2 claims" in words
    assert "not taken from a published definition" in words
    assert visitor("manager@kent").get(made).status_code == 404


def test_a_calendar_says_days_and_references_and_no_names(cast: Cast) -> None:
    ref = under_way(name="Heron week")
    answer = visitor("manager@norf").get("/operations/calendar.ics")
    said = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"SUMMARY:Operation {ref}\r\nDTSTART;VALUE=DATE:20261102\r\nDTEND;VALUE=DATE:20261109" in said
    assert f"SUMMARY:Return due: {ref}\r\nDTSTART:20261103T100000Z" in said
    assert "Heron" not in said
    assert max(map(len, said.split("\r\n"))) <= 75
    assert ref not in visitor("manager@kent").get("/operations/calendar.ics").content.decode()


def test_what_became_of_lines_is_shown_by_tactic_with_intervals(cast: Cast) -> None:
    norfolk = someone("manager@norf")
    ref = bid(norfolk, line=live(norfolk), tactics=("order",))
    decided(ref)
    offered(ref)
    done(ref)
    words = words_of(visitor("manager@norf").get("/operations/tactics"))
    assert "Drug dealing telecommunications restriction order 1 0 Not yet half Not followed so long" in words
    assert "No result that you may know" in words_of(visitor("manager@kent").get("/operations/tactics"))


def test_what_came_of_a_pack_is_written_down_from_its_page(cast: Cast) -> None:
    norfolk, ref = someone("manager@norf"), under_way()
    line = live(norfolk)
    client = visitor("manager@norf")
    client.post(f"/operations/{ref}/pack", {"title": "The lakes line", "line": line, "words": "Ask DI Reed"})
    (pack,) = re.findall(
        rf"/operations/{ref}/pack/(TP-[\w-]+)", client.get(f"/operations/{ref}").content.decode()
    )
    asked = f"/operations/{ref}/pack/{pack}"
    done_ = client.post(
        asked, {"day": "3 November 2026", "text": "A firearm was found", "found": ["violence:firearm"]}
    )
    assert done_.headers["Location"] == f"/lines/{line}"
    assert "Firearm" in words_of(client.get(f"/lines/{line}"))
    assert visitor("manager@mps").get(asked).status_code == 404
