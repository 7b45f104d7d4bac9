"""Requests for access: asked where a check points, answered by the holder, told to each side, overdue upwards."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.inside import file_report, sight, someone
from tests.instance import Instance
from tests.intelligence.test_versions import draft
from throughline.access.journal import journal_page
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.access.services import close_compartment
from throughline.intelligence.grading import grade_from
from throughline.intelligence.older_grading import older_grade_from
from throughline.intelligence.queries import report_list, report_page
from throughline.intelligence.report_rows import ItemDraft
from throughline.intelligence.services import finish_grading, grade_item, record_reports
from throughline.intelligence.versions import sanitise_report, withdraw_report
from throughline.kernel import clock, outbox
from throughline.kernel.workflow import MoveRefused
from throughline.matching.queries import hit_list
from throughline.matching.services import forget_sightings, run_check
from throughline.notices.queries import notice_list
from throughline.selectors.models import Sighting
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest
from throughline.sharing.models import AccessRequest
from throughline.sharing.queries import askable, request_list, request_page, requests_to_answer
from throughline.sharing.services import (
    RequestProblem,
    ask_for_access,
    grant_access,
    grant_sanitised,
    refuse_access,
    withdraw_request,
)
from throughline.sharing.workflow import ANSWER_WITHIN, REFUSALS, REQUEST, WITHOUT_A_REGION

NUMBER = "phone:07700900123"
TOLD = ("request", "answer", "request-withdrawn", "request-overdue", "widening")


def _check(by: Reader, value: str = NUMBER) -> str:
    holdings = run_check(by=by, selector=parse(value), why="Stopped")
    return holdings[0].enquiry if holdings else ""


def _ask(by: Reader, body: str = "NORF", *, why: str = "A boy may be at risk") -> str:
    ref = ask_for_access(by=by, source_ref=_check(by), body=body, why=why)
    assert ref
    outbox.drain()
    return ref


def _held(by: Reader, **circulation: object) -> str:
    ref = file_report(by, "N1", title="The line", selectors=[NUMBER], **circulation)  # type: ignore[arg-type]
    outbox.drain()
    return ref


def _told(reader: Reader) -> list[str]:
    return [card.text for card in notice_list(reader, size=100)[0] if card.kind in TOLD]


def _state(reader: Reader, ref: str) -> str:
    found = request_page(reader, ref)
    assert found
    return found.state


# --- Asked ----------------------------------------------------------------------------------------------------------


def test_it_is_asked_where_a_check_points_and_told_to_the_holder(cast: Cast) -> None:
    _held(cast.aisha)
    ref = _ask(cast.harry)
    found = request_page(cast.aisha, ref)
    assert found
    assert (found.asker_name, found.why, found.state, found.is_ours) == (
        "Kent Police", "A boy may be at risk", "asked", False,
    )  # fmt: skip
    assert [row.title for row in found.held] == ["The line"]
    assert requests_to_answer(cast.aisha) == 1
    assert any("asks for access to what you hold on 07700 900123" in text for text in _told(cast.aisha))
    assert requests_to_answer(cast.harry) == 0
    assert [row.ref for row in request_list(cast.harry, ours="made").rows] == [ref]


def test_it_is_asked_from_a_hit_too(cast: Cast) -> None:
    _held(cast.aisha)
    file_report(cast.harry, "K1", selectors=[NUMBER])
    outbox.drain()
    hit = hit_list(cast.harry).rows[0].ref
    found = askable(cast.harry, hit)
    assert found
    assert (found.holder_name, found.shown) == ("Norfolk Constabulary", "07700 900123")
    ref = ask_for_access(by=cast.harry, source_ref=hit, why="Same number")
    assert ref
    assert _state(cast.aisha, ref) == "asked"
    assert askable(cast.mia, hit) is None
    assert ask_for_access(by=cast.mia, source_ref=hit, why="Same number") is None


def test_a_third_body_knows_nothing_of_it(cast: Cast) -> None:
    _held(cast.aisha)
    ref = _ask(cast.harry)
    for other in (cast.mia, cast.carys, cast.ewa, someone("officer@mers")):
        assert request_page(other, ref) is None
        assert request_list(other).rows == ()
        assert _told(other) == []


@pytest.mark.parametrize("source", ["EN-2222-2222", "HI-2222-2222"])
def test_it_is_not_asked_of_nothing(cast: Cast, source: str) -> None:
    assert askable(cast.harry, source, body="NORF") is None
    assert askable(cast.harry, source) is None
    assert ask_for_access(by=cast.harry, source_ref=source, body="NORF", why="Because") is None


def test_it_is_not_asked_on_another_persons_check_nor_of_a_body_not_pointed_to(cast: Cast) -> None:
    _held(cast.aisha)
    enquiry = _check(cast.harry)
    assert ask_for_access(by=someone("officer@kent"), source_ref=enquiry, body="NORF", why="Because") is None
    assert ask_for_access(by=cast.harry, source_ref=enquiry, body="MPS", why="Because") is None
    assert ask_for_access(by=cast.harry, source_ref=enquiry, body="NOWHERE", why="Because") is None


def test_it_needs_a_reason_and_is_asked_once(cast: Cast) -> None:
    _held(cast.aisha)
    with pytest.raises(RequestProblem, match="Say why you need it"):
        ask_for_access(by=cast.harry, source_ref=_check(cast.harry), body="NORF", why=" ")
    ref = _ask(cast.harry)
    with pytest.raises(RequestProblem, match=f"asked already, and waits for the answer to {ref}"):
        ask_for_access(
            by=someone("officer@kent"), source_ref=_check(someone("officer@kent")), body="NORF", why="x"
        )


@pytest.mark.parametrize("becomes", ["silent", "gone"])
def test_asking_is_no_oracle(cast: Cast, becomes: str) -> None:
    """Between the check and the request the holder goes silent, or holds nothing: the asker learns neither."""
    ref = _held(cast.aisha)
    enquiry = _check(cast.harry)
    if becomes == "silent":
        keep_interest(by=cast.aisha, selector=parse(NUMBER), why="Protects a source", silent=True)
        outbox.drain()
    else:
        _forget(cast.aisha, ref)
    asked = ask_for_access(by=cast.harry, source_ref=enquiry, body="NORF", why="A boy may be at risk")
    assert asked
    outbox.drain()
    seen = request_page(cast.harry, asked)
    assert seen
    assert (seen.state, seen.moves, seen.holder_name) == ("asked", ("withdraw",), "Norfolk Constabulary")
    # The holder's side never hears of it, not even when its time runs out.
    assert request_page(cast.aisha, asked) is None
    assert requests_to_answer(cast.aisha) == 0
    before = _told(cast.harry)
    with clock.stopped(clock.now() + ANSWER_WITHIN + timedelta(minutes=1)):
        outbox.drain()
        assert [text for text in _told(cast.harry) if text not in before] == [
            f"Norfolk Constabulary has not answered your request {asked} in 3 days. Ring {seen.holder_desk}"
        ]
        assert _told(cast.aisha) == _told(cast.carys) == []
    withdraw_request(by=cast.harry, ref=asked)
    outbox.drain()
    assert _told(cast.aisha) == []


def _forget(by: Reader, report: str) -> None:
    with reading(by):
        ids = list(Sighting.objects.filter(source_ref__startswith=report).values_list("id", flat=True))
    forget_sightings([{"sightings": ids}])


# --- Answered -------------------------------------------------------------------------------------------------------


def test_a_grant_opens_the_chosen_report_to_the_asker_alone(cast: Cast) -> None:
    report, ref = _held(cast.aisha), _ask(cast.harry)
    assert report_page(cast.harry, report) is None
    grant_access(by=cast.aisha, ref=ref, report=report)
    outbox.drain()
    opened = report_page(cast.harry, report)
    assert opened
    assert opened.circulation == ("Kent Police",)
    assert report_page(cast.mia, report) is None
    assert _state(cast.harry, ref) == "granted"
    assert any(f"granted your request {ref}: a report is open to you" in text for text in _told(cast.harry))
    looks, _ = journal_page(cast.grace, verb="disclose")
    assert [(look.ref, look.detail) for look in looks] == [(report, {"to": ["KENT"]})]


def test_a_grant_of_a_circulated_report_is_told_to_its_owner_and_to_those_who_had_it(cast: Cast) -> None:
    report, ref = _held(cast.aisha, bodies=["MPS", "ESSEX"]), _ask(cast.harry)
    grant_access(by=cast.aisha, ref=ref, report=report)
    outbox.drain()
    opened = report_page(cast.mia, report)
    assert opened
    assert set(opened.circulation) == {"Metropolitan Police Service", "Essex Police", "Kent Police"}
    words = f"Norfolk Constabulary widened the circulation of report {report}: Kent Police may read it now"
    assert words in _told(cast.mia)
    assert words in _told(someone("analyst@essex"))
    assert f"The circulation of your report {report} was widened: Kent Police may read it now" in _told(
        cast.aisha
    )
    assert report_page(cast.harry, report)
    looks, _ = journal_page(cast.grace, verb="disclose", ref=report)
    assert looks[0].detail == {"to": ["KENT"]}
    assert looks[0].why == f"granted request {ref}"


def test_a_sanitised_grant_is_a_report_of_its_own_that_says_only_what_was_written(cast: Cast) -> None:
    report, ref = _held(cast.aisha, text="Told by the neighbour at number 4."), _ask(cast.harry)
    grant_sanitised(by=cast.aisha, ref=ref, report=report, title="A number", text="It is in use for drugs.")
    outbox.drain()
    found = request_page(cast.harry, ref)
    assert found
    assert (found.state, found.report_ref != report) == ("sanitised", True)
    opened = report_page(cast.harry, found.report_ref)
    assert opened
    assert [item.text for item in opened.items] == ["It is in use for drugs."]
    assert [item.grade for item in opened.items] == ["1AP"]
    assert report_page(cast.harry, report) is None
    assert report_page(cast.mia, found.report_ref) is None
    assert (opened.is_sanitised, opened.relatives.derived_from) == (True, ())
    drawn_from = report_page(cast.aisha, found.report_ref)
    assert drawn_from
    assert [full.ref for full in drawn_from.relatives.derived_from] == [report]
    assert "neighbour" not in repr(report_list(cast.harry).rows)
    assert any("with a sanitised report" in text for text in _told(cast.harry))


def test_a_report_of_the_older_scheme_is_graded_anew_before_a_version_of_it_is_given(cast: Cast) -> None:
    grade = older_grade_from(source="B", assessment="2", handling="4")
    older = replace(
        draft("N1", selectors=(NUMBER,)), items=(ItemDraft(1, "A line", grade, (parse(NUMBER),), 1),)
    )
    report = record_reports(by=cast.aisha, drafts=[older])[0].ref
    outbox.drain()
    ref = _ask(cast.harry)
    with pytest.raises(RequestProblem, match="graded anew"):
        grant_sanitised(by=cast.aisha, ref=ref, report=report, title="A number", text="It is in use.")
    version = sanitise_report(by=cast.aisha, ref=report, items=[1], draft=draft("N2", selectors=(NUMBER,)))
    outbox.drain()
    grant_access(by=cast.aisha, ref=ref, report=version)
    assert report_page(cast.harry, version)
    assert report_page(cast.harry, report) is None


def test_a_report_that_no_longer_stands_is_not_offered(cast: Cast) -> None:
    report, other = _held(cast.aisha), file_report(cast.aisha, "N2", selectors=[NUMBER])
    outbox.drain()
    ref = _ask(cast.harry)
    withdraw_report(by=cast.aisha, ref=report, why="It was wrong")
    outbox.drain()
    found = request_page(cast.aisha, ref)
    assert found
    assert [held.ref for held in found.held] == [other]
    with pytest.raises(RequestProblem):
        grant_access(by=cast.aisha, ref=ref, report=report)


def test_a_refusal_needs_a_reason_and_words_and_is_told(cast: Cast) -> None:
    report, ref = _held(cast.aisha), _ask(cast.harry)
    for reason, words in (("", "No"), ("boredom", "No"), ("source", " ")):
        with pytest.raises(RequestProblem):
            refuse_access(by=cast.aisha, ref=ref, reason=reason, words=words)
    refuse_access(by=cast.aisha, ref=ref, reason="source", words="Ring us")
    outbox.drain()
    found = request_page(cast.harry, ref)
    assert found
    assert (found.state, found.reason, found.words) == ("refused", REFUSALS["source"], "Ring us")
    assert any(f"refused your request {ref}" in text for text in _told(cast.harry))
    assert report_page(cast.harry, report) is None
    with pytest.raises(MoveRefused, match="This request is refused"):
        grant_access(by=cast.aisha, ref=ref, report=report)


def test_only_the_holder_answers_and_only_the_asker_withdraws(cast: Cast) -> None:
    report, ref = _held(cast.aisha), _ask(cast.harry)
    with pytest.raises(AccessRequest.DoesNotExist):
        grant_access(by=cast.harry, ref=ref, report=report)
    with pytest.raises(AccessRequest.DoesNotExist):
        refuse_access(by=cast.mia, ref=ref, reason="source", words="No")
    with pytest.raises(AccessRequest.DoesNotExist):
        withdraw_request(by=cast.aisha, ref=ref)
    with pytest.raises(NotAllowed):
        grant_access(by=someone("officer@norf"), ref=ref, report=report)
    withdraw_request(by=cast.harry, ref=ref)
    outbox.drain()
    assert _state(cast.aisha, ref) == "withdrawn"
    assert f"Kent Police withdrew its request {ref}" in _told(cast.aisha)
    assert requests_to_answer(cast.aisha) == 0


def test_it_opens_no_report_that_does_not_hold_it(cast: Cast) -> None:
    _held(cast.aisha)
    ref = _ask(cast.harry)
    other = file_report(cast.aisha, "N2", selectors=["phone:07700900555"])
    for choice in (other, "IR-2222-2222", ""):
        with pytest.raises(RequestProblem, match="Choose one of your reports"):
            grant_access(by=cast.aisha, ref=ref, report=choice)
    assert _state(cast.aisha, ref) == "asked"


def test_it_does_not_release_a_circulation_that_nobody_decided_on(cast: Cast) -> None:
    """The author's wish for a wider circle waits for a decision of its own: a grant to Kent must not carry it out."""
    report = file_report(someone("officer@norf"), "O1", selectors=[NUMBER], bodies=["MPS"])
    grade_item(by=cast.aisha, ref=f"{report}/1", grade=grade_from(source="1", assessment="A", handling="P"))
    finish_grading(by=cast.aisha, ref=report)
    outbox.drain()
    ref = _ask(cast.harry)
    with pytest.raises(MoveRefused, match="Circulate the report first"):
        grant_access(by=cast.aisha, ref=ref, report=report)
    assert report_page(cast.mia, report) is None


def test_a_compartment_shuts_the_request_as_well(cast: Cast) -> None:
    manager = someone("manager@norf")
    circle = close_compartment(name="Herons", people=[manager.person])
    manager = someone("manager@norf")
    sight(manager, NUMBER, ref="S-1", compartment=circle)
    outbox.drain()
    ref = _ask(cast.harry)
    assert request_page(cast.aisha, ref) is None
    assert _told(cast.aisha) == []
    assert request_page(manager, ref)
    assert len(_told(manager)) == 1


# --- Overdue --------------------------------------------------------------------------------------------------------


def test_an_overdue_request_goes_up_to_the_region_without_its_selector(cast: Cast) -> None:
    _held(cast.aisha)
    ref = _ask(cast.harry)
    with clock.stopped(clock.now() + ANSWER_WITHIN - timedelta(minutes=5)):
        outbox.drain()
        assert _told(cast.carys) == []
    with clock.stopped(clock.now() + ANSWER_WITHIN + timedelta(minutes=1)):
        outbox.drain()
        assert [row.is_overdue for row in request_list(cast.aisha).rows] == [True]
        (told,) = _told(cast.carys)
        assert told.startswith(
            f"Norfolk Constabulary has not answered request {ref} of Kent Police in 3 days"
        )
        assert "900123" not in told
        assert any("has not answered your request" in text for text in _told(cast.harry))
        assert any("You have not answered request" in text for text in _told(cast.aisha))
        outbox.drain()
        assert len(_told(cast.carys)) == 1
    assert request_page(cast.carys, ref) is None


def test_an_answer_in_time_stops_the_clock(cast: Cast) -> None:
    _held(cast.aisha)
    ref = _ask(cast.harry)
    refuse_access(by=cast.aisha, ref=ref, reason="need", words="Say more")
    with clock.stopped(clock.now() + ANSWER_WITHIN + timedelta(minutes=1)):
        outbox.drain()
        assert _told(cast.carys) == []
        assert not any("has not answered" in text for text in _told(cast.harry))


def test_a_holder_without_a_region_goes_up_to_the_national_centre(cast: Cast) -> None:
    file_report(cast.mia, "L1", selectors=[NUMBER])
    outbox.drain()
    _ask(cast.harry, "MPS")
    with clock.stopped(clock.now() + ANSWER_WITHIN + timedelta(minutes=1)):
        outbox.drain()
        assert len(_told(someone(f"analyst@{WITHOUT_A_REGION.lower()}"))) == 1


# --- What the database itself refuses -------------------------------------------------------------------------------


def test_the_database_keeps_one_open_request_and_the_moves_of_the_table(house: Instance) -> None:
    norfolk, kent = someone("analyst@norf"), someone("analyst@kent")
    _held(norfolk)
    ref = _ask(kent)
    columns = ("kind, key, source_ref, asker, asker_compartment, asked_by, why, asked_at, due_at, holder, "
               "holder_compartment, sent, state, reason, words, report_ref, answered_by")  # fmt: skip
    with house.as_owner() as owner:
        copy = f"insert into sharing_request (ref, {columns}) select 'RQ-2', {columns} from sharing_request"
        with pytest.raises(Exception, match="request_open_once"):
            owner.execute(copy.encode())
        with pytest.raises(Exception, match="cannot go from asked to asking"):
            owner.execute("update sharing_request set state = 'asking'")
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessRequest.objects.using("owner").filter(ref=ref).update(state="wished")
    assert {move.before for move in REQUEST.moves} == {"asked"}
