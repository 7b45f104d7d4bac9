"""My desk: what waits, oldest first, and only what a role can do something about."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.cli.files import csv_text
from tests.inside import file_report
from tests.web.test_loads import do, returned, send
from tests.web.visiting import visitor, words_of
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import record_reports
from throughline.kernel import clock, outbox
from throughline.kernel.models import FactRow, StepRow
from throughline.matching.queries import hit_list
from throughline.matching.together import judge_hits

NUMBER = "phone:07700 900123"


def _ungraded(cast: Cast, title: str) -> None:
    draft = ReportDraft(
        title, clock.today(), title, Classification.OFFICIAL, Circulation(everyone=False, bodies=()),
        (ItemDraft(1, "He was seen again.", None, (), 2),), (2,),
    )  # fmt: skip
    record_reports(by=cast.aisha, drafts=[draft])


def test_it_puts_every_kind_in_one_list_oldest_first(cast: Cast) -> None:
    now = clock.now()
    with clock.stopped(now - timedelta(days=9)):
        _ungraded(cast, "Seen at the station")
    file_report(cast.aisha, "N1", selectors=[NUMBER])
    file_report(cast.mia, "L1", title="Who holds the line", selectors=[NUMBER], bodies=["NORF"])
    outbox.drain()
    with clock.stopped(now - timedelta(days=12)):
        _ungraded(cast, "Seen at the bridge")
    words = words_of(visitor("analyst@norf").get("/desk"))
    in_order = ["Seen at the bridge Report 12 days", "Seen at the station Report 9 days", "also held by"]
    assert sorted(in_order, key=words.index) == in_order
    assert "1 hit to judge 2 reports to grade" in words
    assert "Metropolitan Police Service circulated a report to you" in words


def test_it_tells_a_hit_to_judge_once(cast: Cast) -> None:
    file_report(cast.aisha, "N1", selectors=[NUMBER])
    file_report(cast.mia, "L1", selectors=[NUMBER])
    outbox.drain()
    analyst, officer = (words_of(visitor(f"{role}@norf").get("/desk")) for role in ("analyst", "officer"))
    assert "also held by" in analyst
    assert "holds the same phone number" not in analyst
    assert "holds the same phone number" in officer
    assert "also held by" not in officer


def test_it_is_friendly_when_nothing_waits(cast: Cast) -> None:
    words = words_of(visitor("officer@norf").get("/desk"))
    assert "Nothing waits for you." in words
    assert "Check before you act" in words


@pytest.mark.parametrize("username", ["admin@norf", "auditor@norf"])
def test_it_has_no_check_for_those_who_may_not(cast: Cast, username: str) -> None:
    assert "Check before you act" not in words_of(visitor(username).get("/desk"))


def test_it_leads_an_auditor_to_the_journal(cast: Cast) -> None:
    assert "Read the journal" in words_of(visitor("auditor@norf").get("/desk"))


def test_it_tells_an_administrator_of_steps_that_failed(cast: Cast) -> None:
    fact = FactRow.objects.create(name="SightingsNoted", payload={"sightings": []}, at=clock.now())
    StepRow.objects.create(fact=fact, step="match_sightings", state="failed", due_at=clock.now())
    words = words_of(visitor("admin@norf").get("/desk"))
    assert "1 step of the flow has failed" in words
    assert "throughline flow retry" in words
    assert "flow" not in words_of(visitor("analyst@norf").get("/desk"))


def test_it_shows_ones_own_latest_checks(cast: Cast) -> None:
    client = visitor("officer@norf")
    client.post("/check/", {"selector": "07700 900123", "why": "On a note in a car"})
    assert "On a note in a car" in words_of(client.get("/desk"))
    assert "On a note in a car" not in words_of(visitor("analyst@norf").get("/desk"))


def test_it_is_where_the_bare_address_leads() -> None:
    assert Client().get("/").headers["Location"] == "/desk"


def test_it_puts_a_second_look_on_every_desk_but_the_one_that_asked(cast: Cast) -> None:
    _wait_for_a_second_look(cast)
    words = words_of(visitor("manager@norf").get("/desk"))
    assert "1 second look to give" in words
    assert "Analyst at NORF would dismiss 1 rare hit Second look" in words
    assert "asks for a second look before" not in words
    for username in ("analyst@norf", "officer@norf", "manager@mps"):
        assert "would dismiss" not in words_of(visitor(username).get("/desk"))
    assert "Second look asked for" in words_of(visitor("manager@norf").get("/notices/"))


def _wait_for_a_second_look(cast: Cast) -> None:
    for reader in (cast.aisha, cast.mia):
        file_report(reader, "N1", selectors=[NUMBER])
    outbox.drain()
    (hit,) = hit_list(cast.aisha).rows
    judge_hits(by=cast.aisha, refs=[hit.ref], verb="dismiss", reason="known", second_look=True)
    outbox.drain()


def test_it_puts_unfinished_loads_on_the_desk_of_their_person_alone(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    there = send(aisha, csv_text({}, {"report": "N2", "source": "9"}))
    assert "1 unfinished load" in words_of(aisha.get("/desk"))
    assert "reports.csv Load, to be loaded" in words_of(aisha.get("/desk"))
    do(aisha, there, "load")
    assert "reports.csv Load, 1 row to mend" in words_of(aisha.get("/desk"))
    assert "reports.csv" not in words_of(visitor("manager@norf").get("/desk"))
    do(aisha, there, "leave")
    assert "unfinished" not in words_of(aisha.get("/desk"))


def test_it_leaves_out_a_load_with_nothing_to_mend_and_one_that_is_forgotten(cast: Cast) -> None:
    aisha = visitor("analyst@norf")
    do(aisha, send(aisha, csv_text({})), "load")
    assert "unfinished" not in words_of(aisha.get("/desk"))
    send(aisha, returned(), "return.xlsx")
    assert "return.xlsx Load, to say what its columns hold" in words_of(aisha.get("/desk"))
    with clock.stopped(clock.now() + timedelta(days=4)):
        outbox.drain()
        assert "unfinished" not in words_of(aisha.get("/desk"))
