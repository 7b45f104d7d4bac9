"""A concern from the first word to its outcome: its clocks, who may know it, and what others are told instead."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.lines.keeping import NUMBER, live
from tests.safeguarding.caring import (
    ALEX,
    LEAD,
    OFFICER,
    answers,
    assessed,
    moved,
    noted,
    page,
    raised,
    shared,
)
from tests.tasking.bidding import CHAIR, OWN_NUMBER, bid, decided, offered
from tests.tasking.bidding import page as bid_of
from tests.web.visiting import visitor, words_of
from throughline.access.reader import NotAllowed, reading
from throughline.clocks.queries import running_clocks
from throughline.kernel import clock, outbox
from throughline.kernel.workflow import MoveRefused
from throughline.notices.queries import notice_list
from throughline.safeguarding.flags import (
    at_risk_in,
    desks_to_ring,
    may_bid_against,
)
from throughline.safeguarding.looking_after import (
    SAID_IN_STEPS,
    Answer,
    Step,
    assess_concern,
    note_step,
    share_concern,
)
from throughline.safeguarding.models import Concern
from throughline.safeguarding.queries import (
    concern_list,
    concern_page,
    concern_person,
    concerns_on,
    concerns_waiting,
)
from throughline.safeguarding.raising import ConcernProblem, Who
from throughline.selectors.registry import parse
from throughline.tasking.answering import accept_bid, begin_bid
from throughline.tasking.bidding import take_off_bid


def _told(username: str) -> list[str]:
    outbox.drain()
    return [
        card.text
        for card in notice_list(someone(username))[0]
        if card.kind in ("concern", "clock", "clock past")
    ]


def _running(ref: str) -> list[str]:
    return [one.kind for one in page(ref).clocks if one.ended_at is None]


def test_a_concern_goes_from_its_first_word_to_its_outcome_and_is_reopened(cast: Cast) -> None:
    ref = raised()
    assert {one.kind for one in page(ref).clocks} == {"concern assess", "concern tell authority"}
    assessed(ref)
    with pytest.raises(MoveRefused, match="local authority was told"):
        moved(ref, "refer")
    noted(ref)
    noted(ref, "strategy discussion", who="Social care, health")
    assert all(one.ended_how == "met" for one in page(ref).clocks)
    moved(ref, "refer")
    moved(ref, "safeguard")
    assert _running(ref) == ["concern review plan"]
    moved(ref, "close", outcome="safe")
    found = page(ref)
    assert (found.row.state, found.outcome, found.row.due_at) == ("closed", "safe", None)
    assert {one.why for one in found.history} == {""}, "what was said stands in the steps alone"
    moved(ref, "reopen")
    assert len(_running(ref)) == 2


def test_a_concern_is_not_closed_over_what_is_owed_to_somebody(cast: Cast) -> None:
    ref = assessed(raised())
    with pytest.raises(ConcernProblem, match="Tell the local authority") as refused:
        moved(ref, "close", outcome="no concern")
    assert refused.value.field == "not_owed"
    noted(ref)
    moved(ref, "close", outcome="no concern", not_owed="Two people were taken for each other")
    (strategy,) = [one for one in page(ref).clocks if one.kind == "concern strategy"]
    assert (strategy.ended_how, strategy.ended_why) == ("stopped", SAID_IN_STEPS)
    assert "Not owed any more: Two people" in page(ref).steps[0].words


def test_detail_is_for_those_who_look_after_concerns_of_the_bodies_with_a_need(cast: Cast) -> None:
    ref = assessed(raised())
    for other in ("analyst@norf", "chair@norf", "coordinator@nclcc", OFFICER):
        with pytest.raises(NotAllowed):
            concern_page(someone(other), ref)
    away = someone("safeguarding@mps")
    assert concern_page(away, ref) is None
    assert concern_list(away) == ([], 0)
    assert concern_person(away, ref, why="A reason") is None
    shared(ref)
    assert _told("safeguarding@mps") == [f"A concern was shared with you ({ref})"]
    assert page(ref, by="safeguarding@mps").row.ref == ref
    with pytest.raises(Concern.DoesNotExist):
        share_concern(by=away, ref=ref, body="KENT", words="x")
    with reading(someone(OFFICER)), connection.cursor() as cursor:
        for table in ("concern", "particulars", "assessment", "step"):
            cursor.execute(f"select count(*) from safeguarding_{table}")
            assert cursor.fetchone()[0] == 0, table


def test_a_body_to_which_it_is_open_works_on_it_and_ends_its_clocks(cast: Cast) -> None:
    ref = shared(raised())
    note_step(
        by=someone("safeguarding@mps"), ref=ref, step=Step("authority told", "The home authority has it")
    )
    assert _running(ref) == ["concern assess"]
    assert running_clocks(cast.aisha, size=9) == []


def test_who_it_is_about_is_read_for_a_reason_that_the_journal_keeps(cast: Cast) -> None:
    ref = raised()
    person = concern_person(someone(LEAD), ref, why="To tell the school")
    assert person and person.name == "Alex Example"
    with reading(cast.grace), connection.cursor() as cursor:
        cursor.execute("select detail->>'opened' from access_journal_entry where why = 'To tell the school'")
        assert cursor.fetchall() == [("who it is about",)]


def test_tasking_is_told_that_a_child_is_at_risk_in_the_line_and_nothing_more(cast: Cast) -> None:
    line = live(someone("manager@norf"))
    assert at_risk_in(cast.aisha, [line]) == {}
    ref = raised(source="line", source_ref=line)
    told = at_risk_in(someone("chair@norf"), [line])[line]
    assert (told.is_child, told.is_adult) == (True, False)
    assert at_risk_in(cast.harry, [line]) == {}, "who may not know the line is told nothing of it"
    assert [row.ref for row in concerns_on(someone(LEAD), line)] == [ref]
    assert concerns_on(cast.aisha, line) == []


def test_whoever_checks_an_exploited_child_is_told_whom_to_ring(cast: Cast) -> None:
    alex = parse(ALEX)
    assert desks_to_ring(cast.harry, alex) == ()
    raised()
    (desk,) = desks_to_ring(cast.harry, alex)
    assert (desk.body_name, desk.is_exploited_child) == ("Norfolk Constabulary", True)


def test_a_bid_that_goes_by_an_exploited_child_protects_or_is_refused(cast: Cast) -> None:
    by, line = someone("manager@norf"), live(someone("manager@norf"))
    against = {"numbers": (OWN_NUMBER,), "level": "local", "asked_body": ""}
    raised(age="adult", who=Who(selector=NUMBER))
    bid(by, line=line, **against)
    raised(who=Who(selector=NUMBER))
    assert "Norfolk Constabulary" in (may_bid_against(by, [OWN_NUMBER], "") or "")
    assert may_bid_against(by, [], "") is None
    with pytest.raises(DatabaseError, match="a bid may protect alone"), transaction.atomic():
        bid(by, line=line, **against)
    typed: dict[str, object] = {
        "title": "The runner", "asked": "An arrest", "why": "Harm", "pursue": "Arrest", "officer_days": "3",
        "level": "local", "numbers": [OWN_NUMBER], "tactics": ["arrest"],
    }  # fmt: skip
    client, at = visitor("manager@norf"), reverse("bid-of-line", args=[line])
    refused = words_of(client.post(at, typed))
    assert "no work may be set against them" in refused
    assert "A bid may protect" in refused
    protects = typed | {"pursue": "", "protect": "A place to stay", "tactics": ["safeguarding"]}
    assert client.post(at, protects).status_code == 302
    with pytest.raises(DatabaseError, match="a bid may protect alone"), transaction.atomic():
        bid(by, line=line, **against | {"pursue": "", "protect": "x", "tactics": ("order",)})


def test_work_that_turns_out_to_go_against_an_exploited_child_stops_until_it_does_no_more(cast: Cast) -> None:
    by, line = someone("manager@norf"), live(someone("manager@norf"))
    ref, waits = (bid(by, line=line, numbers=(OWN_NUMBER,)) for _ in range(2))
    protects = bid(by, line=line, numbers=(OWN_NUMBER,), pursue="", protect="x", tactics=("visits",))
    decided(ref)
    offered(ref)
    accept_bid(by=someone("manager@mers"), ref=ref, officer="DI Reed", words="In May")
    with pytest.raises(MoveRefused, match="The work may go on"):
        take_off_bid(by=someone(CHAIR), ref=ref, why="Told")
    concern = raised(who=Who(selector=NUMBER))
    outbox.drain()
    for username in ("manager@norf", CHAIR, "manager@mers"):
        found = bid_of(someone(username), ref)
        assert "Safeguarding comes first" in found.stopped
        assert "Norfolk Constabulary" in found.stopped
        assert not {"begin", "accept", "offer"} & set(found.moves)
        assert [
            n.text for n in notice_list(someone(username))[0] if n.kind == "bid-stopped" and ref in n.text
        ]
    assert bid_of(by, protects).stopped == ""
    with pytest.raises(MoveRefused, match="no work may be set against them"):
        begin_bid(by=someone("manager@mers"), ref=ref, words="Warrant obtained")
    page_of_bid = words_of(visitor(CHAIR).get(reverse("bid", args=[ref])))
    assert "no work may be set against them" in page_of_bid
    assert "Take the work off" in page_of_bid
    told = {"words": "Safeguarding leads from here"}
    assert visitor(CHAIR).post(reverse("bid-move", args=[ref, "take-off"]), told).status_code == 302
    assert bid_of(by, ref).row.state == "withdrawn"
    assert bid_of(by, waits).stopped
    moved(concern, "close", outcome="no concern", not_owed="Told at the meeting")
    outbox.drain()
    assert bid_of(by, waits).stopped == ""


def test_a_report_that_speaks_of_a_child_is_proposed_to_its_own_body_and_a_person_decides(cast: Cast) -> None:
    report = file_report(
        cast.aisha, "C1", text="A runner, aged 15, sells for them.", selectors=[NUMBER], everyone=True
    )
    file_report(cast.aisha, "C2", text="School boys were seen.", selectors=["phone:07700 900311"])
    outbox.drain()
    (row,) = concerns_waiting(someone(LEAD), size=9)
    assert row.state == "proposed"
    assert (page(row.ref).source_ref, page(row.ref).words) == (f"{report}/1", "")
    assert len(page(row.ref).reasons) >= 2
    assert concerns_waiting(someone("safeguarding@mps"), size=9) == []
    file_report(cast.mia, "C3", selectors=["phone:07700 900311"])
    outbox.drain()
    rows = concerns_waiting(someone(LEAD), size=9)
    assert len(rows) == 2, "the hit is one more reason for what was not enough alone"
    moved(rows[1].ref, "set-aside")
    moved(row.ref, "take-up", age="child", harms=("criminal exploitation",))
    assert page(row.ref).clocks
    with pytest.raises(ConcernProblem, match="at least one"):
        moved(rows[1].ref, "take-up", age="child")
    assert sum("Screening proposes" in text for text in _told(LEAD)) == 2
    assert _told("analyst@norf") == []


def test_every_indicator_is_answered_and_a_yes_says_how_it_is_known(cast: Cast) -> None:
    ref, lead = raised(), someone(LEAD)
    for said, field in (
        (answers() | {"missing": Answer("")}, "missing"),
        (answers() | {"debt": Answer("yes")}, "debt_why"),
    ):
        with pytest.raises(ConcernProblem) as refused:
            assess_concern(by=lead, ref=ref, answers=said, judgement="early help", words="x")
        assert refused.value.field == field
    assessed(ref, "early help")
    (assessment,) = page(ref).assessments
    assert (assessment.version, assessment.judgement) == (1, "early help")
    assert all(one.found == "yes" and one.why and one.evidence == "IR-1" for one in assessment.found)


def test_a_duty_is_told_of_before_and_after_its_time_and_nothing_moves_by_itself(cast: Cast) -> None:
    ref = raised()
    due = next(one for one in page(ref).clocks if one.kind == "concern tell authority").due_at
    with clock.stopped(due - timedelta(hours=3)):
        assert sum("Tell the local authority ends in 4 hours" in text for text in _told(LEAD)) == 1
    with clock.stopped(due + timedelta(days=9)):
        assert sum("Tell the local authority is past" in text for text in _told(LEAD)) == 1
        assert page(ref).row.state == "raised"
        assert page(ref).row.is_overdue
    noted(ref)
    with pytest.raises(ConcernProblem, match="future"):
        noted(ref, "visit", at=clock.now() + timedelta(hours=1))


def test_a_reader_of_another_body_raises_nothing_from_what_they_may_not_know(cast: Cast) -> None:
    line = live(someone("manager@norf"))
    with pytest.raises(Exception, match="does not exist"):
        raised(someone("officer@kent"), source="line", source_ref=line)
