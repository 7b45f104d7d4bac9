"""My desk: what waits, oldest first, and only what a role can do something about."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import Cast
from tests.inside import file_report
from tests.web.visiting import visitor, words_of
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import record_reports
from throughline.kernel import clock, outbox
from throughline.kernel.models import FactRow, StepRow

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
