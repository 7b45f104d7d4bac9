"""A request on a person: its clock, who may know it, decisions, the second person, the answer, and what follows."""

import csv
from datetime import date, datetime
from io import StringIO

import pytest
from django.db import Error, connection, transaction

from tests.cast import Cast
from tests.inside import file_report, someone
from tests.intelligence.test_versions import draft
from tests.intelligence.test_versions import told as told_of_versions
from tests.rights.asking import ALEX, PHONE, decided, gathered, opened, proposed, received
from tests.web.visiting import visitor, words_of
from throughline.access.journal import journal_page
from throughline.access.reader import NotAllowed, Reader, reading
from throughline.access.services import close_compartment
from throughline.clocks.queries import clocks_of
from throughline.intelligence.versions import correct_report
from throughline.kernel import clock, outbox
from throughline.kernel.problems import FieldProblem
from throughline.kernel.workflow import MoveRefused
from throughline.retention.services import dispose_of, propose_disposal
from throughline.rights.models import FoundRecord, RightsRequest
from throughline.rights.queries import answer_page, rights_list, rights_page, rights_waiting
from throughline.rights.services import (
    approve_answer,
    ask_others,
    decide,
    gather,
    propose_answer,
    send_answer,
    send_back,
    withdraw_request,
)
from throughline.sharing.queries import request_list


def _manager() -> Reader:
    return someone("manager@norf")


def _refs(ref: str, reader: Reader) -> list[str]:
    return [record.ref for record in opened(reader, ref).records]


def test_its_clock_runs_one_month_from_the_day_of_receipt_and_says_that_the_law_is_not_verified(
    cast: Cast,
) -> None:
    ref = received(cast.aisha, on=date(2026, 11, 2))
    [one] = clocks_of(cast.aisha, "rights", [ref])
    assert one.due_at.astimezone(clock.LONDON).date() == date(2026, 12, 1)
    assert one.is_unverified
    assert "s.54" in one.basis


def test_the_day_of_a_case_is_stated_and_only_there(cast: Cast) -> None:
    ref = received(cast.aisha, kind="disclosure", due_on=date(2026, 12, 24))
    [one] = clocks_of(cast.aisha, "rights", [ref])
    assert one.due_at.astimezone(clock.LONDON).date() == date(2026, 12, 24)
    with pytest.raises(FieldProblem, match="court or the prosecutor"):
        received(cast.aisha, kind="disclosure")
    with pytest.raises(FieldProblem, match="one month"):
        received(cast.aisha, due_on=date(2026, 12, 24))


@pytest.mark.parametrize(
    ("given", "field"),
    [({"kind": "gossip"}, "kind"), ({"reference": " "}, "reference"), ({"name": " "}, "name"),
     ({"on": date(2999, 1, 1)}, "received_on")],
)  # fmt: skip
def test_what_is_missing_is_said_of_its_field(cast: Cast, given: dict[str, str], field: str) -> None:
    with pytest.raises(FieldProblem) as refused:
        received(cast.aisha, **given)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_only_its_own_body_and_such_roles_know_of_a_request(cast: Cast) -> None:
    ref = received(cast.aisha)
    assert [row.ref for row in rights_list(_manager())] == [ref]
    for other in (cast.mia, cast.harry, cast.carys):
        assert rights_page(other, ref) is None
        assert rights_list(other) == []
    for role in (cast.ben, cast.dev, cast.grace, cast.ivan):
        with pytest.raises(NotAllowed):
            rights_page(role, ref)
        with reading(role):
            assert not RightsRequest.objects.exists()


def test_records_of_other_bodies_are_never_on_it_and_their_body_is_named(cast: Cast) -> None:
    own = file_report(cast.aisha, "N1", selectors=[PHONE])
    theirs = file_report(cast.mia, "M1", title="Theirs alone", selectors=[PHONE], everyone=True)
    ref = gathered(cast.aisha)
    found = opened(cast.aisha, ref)
    assert [record.ref for record in found.records] == [own]
    assert [(one.body, one.access) for one in found.others] == [("Metropolitan Police Service", "")]
    assert theirs not in str(found)
    assert "Theirs alone" not in str(found)


def test_other_bodies_are_asked_through_a_check_and_their_answer_stays_theirs(cast: Cast) -> None:
    file_report(cast.mia, "M1", selectors=[PHONE])
    ref = gathered(cast.aisha)
    assert opened(cast.aisha, ref).others == ()
    with pytest.raises(FieldProblem, match="Say why"):
        ask_others(by=cast.aisha, ref=ref, why=" ")
    assert ask_others(by=cast.aisha, ref=ref, why="A person has asked, DP/2026/114.") == 1
    [asked] = request_list(someone("analyst@mps"), ours="received").rows
    assert asked.why == "A person has asked, DP/2026/114."
    assert [one.access for one in opened(cast.aisha, ref).others] == [asked.ref]
    assert ask_others(by=cast.aisha, ref=ref, why="Once more") == 0


def test_gathering_again_adds_what_is_new_and_keeps_what_was_decided(cast: Cast) -> None:
    file_report(cast.aisha, "N1", selectors=[PHONE])
    ref = gathered(cast.aisha)
    decided(cast.aisha, ref, decision="withhold", ground="crime")
    file_report(cast.aisha, "N2", selectors=[PHONE])
    outbox.drain()
    assert gather(by=cast.aisha, ref=ref) == 1
    found = opened(cast.aisha, ref)
    assert sorted(record.decision for record in found.records) == ["", "withhold"]
    assert (found.found, found.undecided) == (2, 1)
    with pytest.raises(MoveRefused, match="1 of the records"):
        propose_answer(by=cast.aisha, ref=ref, tells_withheld=False)


def test_who_had_a_part_in_it_never_approves(cast: Cast) -> None:
    file_report(cast.aisha, "N1", selectors=[PHONE])
    manager = _manager()
    ref = proposed(manager)
    with pytest.raises(MoveRefused, match="another person"):
        approve_answer(by=manager, ref=ref)
    with pytest.raises(MoveRefused, match="role"):
        approve_answer(by=cast.aisha, ref=ref)
    send_back(by=manager, ref=ref, why="Once more")
    propose_answer(by=cast.aisha, ref=ref, tells_withheld=False)
    with pytest.raises(MoveRefused, match="another person"):
        approve_answer(by=manager, ref=ref)  # who decided on a record
    assert opened(manager, ref).row.state == "proposed"


def test_the_database_itself_refuses_an_approval_by_whoever_had_a_part(cast: Cast) -> None:
    file_report(cast.aisha, "N1", selectors=[PHONE])
    ref = proposed(cast.aisha)

    def approve_by_hand(reader: Reader) -> None:
        with transaction.atomic(), reading(reader):
            RightsRequest.objects.filter(ref=ref).update(state="approved")

    with pytest.raises(Error, match="second person"):
        approve_by_hand(cast.aisha)
    approve_by_hand(_manager())
    assert opened(cast.aisha, ref).row.state == "approved"


def test_a_decision_is_fixed_once_it_is_proposed(cast: Cast) -> None:
    file_report(cast.aisha, "N1", selectors=[PHONE])
    ref = proposed(cast.aisha)
    [record] = opened(cast.aisha, ref).records
    with pytest.raises(MoveRefused, match="proposed"):
        decide(by=cast.aisha, ref=ref, record=record.id, decision="withhold", ground="crime")
    with reading(cast.aisha):
        assert FoundRecord.objects.filter(pk=record.id).update(decision="withhold") == 0


def test_a_request_stands_in_the_compartment_of_what_is_on_it(cast: Cast) -> None:
    listed = [cast.aisha.person]
    one = close_compartment(name="Kite", people=listed)
    two = close_compartment(name="Heron", people=listed)
    aisha = someone("analyst@norf")
    for name, compartment in (("N1", 0), ("N2", one), ("N3", two)):
        file_report(aisha, name, selectors=[PHONE], compartment=compartment, everyone=True)
    ref = gathered(aisha)
    found = opened(aisha, ref)
    assert len(found.records) == 2
    assert found.is_cut, "what is in the second compartment is left out, and the page says so"
    manager = _manager()
    assert rights_page(manager, ref) is None
    assert rights_waiting(manager, cap=10) == 0
    assert clocks_of(manager, "rights", [ref]) == []


def test_what_is_closed_to_a_role_is_not_shown_and_holds_the_answer_up(cast: Cast) -> None:
    ref = gathered(cast.aisha)
    with reading(cast.aisha):
        RightsRequest.objects.filter(ref=ref).update(
            found=1
        )  # as a colleague who reads concerns would leave it
    found = opened(cast.aisha, ref)
    assert (found.closed, found.records) == (1, ())
    with pytest.raises(MoveRefused, match="closed to you"):
        propose_answer(by=cast.aisha, ref=ref, tells_withheld=False)
    assert answer_page(cast.aisha, ref) is None


def test_the_answer_holds_what_is_given_and_nothing_of_what_is_withheld(cast: Cast) -> None:
    for name, text in (
        ("N1", "He was seen at the hostel."),
        ("N2", "Our source is a friend."),
        ("N3", "Both."),
    ):
        file_report(cast.aisha, name, text=text, title=f"Title {name}", selectors=[PHONE])
    ref = gathered(cast.aisha)
    # Of one day, they stand in the order in which they were found, which nothing promises: the answer keeps it.
    found = opened(cast.aisha, ref).records
    given, withheld, part = sorted(found, key=lambda record: record.title)
    for record, decision in (
        (given, {"decision": "give"}),
        (withheld, {"decision": "withhold", "ground": "crime"}),
        (part, {"decision": "part", "ground": "others", "words": "You were seen."}),
    ):
        decide(by=cast.aisha, ref=ref, record=record.id, **decision)
    propose_answer(by=cast.aisha, ref=ref, tells_withheld=False)
    silent = answer_page(cast.aisha, ref)
    assert silent is not None
    assert [(one.ref, one.is_part) for one in silent.answer.given] == [
        (one.ref, one == part) for one in found if one != withheld
    ]
    assert [one.words for one in silent.answer.given if one.is_part] == [("You were seen.",)]
    assert "hostel" in str(silent.answer)
    for never in ("Our source", withheld.ref, "crim", "Both."):
        assert never not in str(silent.answer)
    manager = _manager()
    send_back(by=manager, ref=ref, why="Say that something is withheld.")
    propose_answer(by=cast.aisha, ref=ref, tells_withheld=True)
    said = answer_page(manager, ref)
    assert said is not None
    assert said.answer.tells_withheld
    assert any("criminal offences" in ground for ground in said.answer.grounds)
    assert withheld.ref not in str(said.answer)


def test_an_answer_that_changed_after_its_approval_cannot_be_sent(cast: Cast) -> None:
    report = file_report(cast.aisha, "N1", selectors=[PHONE])
    ref = proposed(cast.aisha)
    manager = _manager()
    approve_answer(by=manager, ref=ref)
    propose_disposal(by=cast.aisha, ref=report, reason="not needed")
    dispose_of(by=manager, ref=report)
    assert opened(cast.aisha, ref).has_changed
    with pytest.raises(MoveRefused, match="has changed since"):
        send_answer(by=cast.aisha, ref=ref)
    send_back(by=manager, ref=ref, why="Changed")


def test_sending_ends_the_clock_and_the_journal_says_what_was_disclosed(cast: Cast) -> None:
    report = file_report(cast.aisha, "N1", selectors=[PHONE])
    ref = proposed(cast.aisha)
    with pytest.raises(MoveRefused, match="cannot be moved"):
        send_answer(by=cast.aisha, ref=ref)
    approve_answer(by=_manager(), ref=ref)
    send_answer(by=cast.aisha, ref=ref)
    assert opened(cast.aisha, ref).row.state == "sent"
    [one] = clocks_of(cast.aisha, "rights", [ref])
    assert one.ended_how == "met"
    looks, _ = journal_page(cast.grace)
    disclosed = {(look.thing, look.ref) for look in looks if look.verb == "disclose"}
    assert disclosed >= {("rights", ref), ("report", report)}
    ours = [look for look in looks if look.thing == "rights"]
    assert ours
    assert "Example" not in str(ours), "the journal names no person"


def test_a_rectification_is_sent_once_each_report_is_corrected_and_whoever_had_it_was_told(
    cast: Cast,
) -> None:
    report = file_report(cast.aisha, "N1", selectors=[PHONE], bodies=["KENT"])
    ref = proposed(cast.aisha, kind="rectification")
    approve_answer(by=_manager(), ref=ref)
    assert report in opened(cast.aisha, ref).undone
    with pytest.raises(MoveRefused, match=report):
        send_answer(by=cast.aisha, ref=ref)
    new = correct_report(
        by=cast.aisha, ref=report, draft=draft("N2"), why="The person showed that it is wrong"
    )
    outbox.drain()
    assert [opens for _, opens in told_of_versions(cast.harry)] == [new]
    [record] = opened(cast.aisha, ref).records
    assert record.follows == f"Corrected by {new}. Whoever had it was told"
    send_answer(by=cast.aisha, ref=ref)
    answer = answer_page(cast.aisha, ref)
    assert answer is not None
    assert "put right" in str(answer.answer)


def test_an_erasure_is_sent_once_each_report_is_disposed_of(cast: Cast) -> None:
    report = file_report(cast.aisha, "N1", selectors=[PHONE])
    manager = _manager()
    ref = proposed(cast.aisha, kind="erasure")
    approve_answer(by=manager, ref=ref)
    with pytest.raises(MoveRefused, match=report):
        send_answer(by=cast.aisha, ref=ref)
    propose_disposal(by=cast.aisha, ref=report, reason="order")
    dispose_of(by=manager, ref=report)
    send_answer(by=cast.aisha, ref=ref)


def test_disposal_takes_the_words_that_were_given_of_a_report(cast: Cast) -> None:
    report = file_report(cast.aisha, "N1", selectors=[PHONE])
    ref = gathered(cast.aisha)
    decided(cast.aisha, ref, decision="part", ground="others", words="You were seen at the hostel.")
    propose_disposal(by=cast.aisha, ref=report, reason="not needed")
    dispose_of(by=_manager(), ref=report)
    [record] = opened(cast.aisha, ref).records
    assert (record.decision, record.words, record.title) == ("part", "", "Disposed of")


def test_one_that_was_withdrawn_stops_its_clock_and_leaves_the_desk(cast: Cast) -> None:
    ref = received(cast.aisha)
    assert rights_waiting(cast.aisha, cap=10) == 1
    with pytest.raises(FieldProblem):
        withdraw_request(by=cast.aisha, ref=ref, why=" ")
    withdraw_request(by=cast.aisha, ref=ref, why="The person withdrew it")
    assert rights_waiting(cast.aisha, cap=10) == 0
    assert [row.ref for row in rights_list(cast.aisha, only_open=False)] == [ref]
    assert clocks_of(cast.aisha, "rights", [ref])[0].ended_how == "stopped"


def test_nobody_of_another_body_can_put_a_record_onto_a_request(cast: Cast) -> None:
    ref = received(cast.aisha)
    file_report(cast.mia, "M1", selectors=[ALEX])
    outbox.drain()
    with pytest.raises(RightsRequest.DoesNotExist):
        gather(by=cast.mia, ref=ref)
    with reading(cast.aisha):
        pk = RightsRequest.objects.get(ref=ref).pk
    with pytest.raises(Error, match="row-level security"), transaction.atomic(), reading(cast.mia):
        connection.cursor().execute(
            "insert into rights_other (request_id, body, access, noted_at, noted_by) "
            "select %s, tl_body(), '', %s, 'x'",
            [pk, datetime.now(clock.LONDON)],
        )


TYPED = {
    "kind": "access", "reference": "DP/2026/114", "name": "Alex Example", "values": "07700 900123",
    "received_on-day": "2", "received_on-month": "11", "received_on-year": "2026",
}  # fmt: skip


def test_the_pages_lead_from_the_desk_to_an_approved_answer(cast: Cast) -> None:
    file_report(cast.aisha, "N1", title="=Seen", text="Seen there.", selectors=[PHONE])
    outbox.drain()
    analyst, manager = visitor("analyst@norf"), visitor("manager@norf")
    assert "Enter the day it was received" in words_of(
        analyst.post(
            "/rights/requests/add",
            {**TYPED, "received_on-day": "", "received_on-month": "", "received_on-year": ""},
        )
    )
    made = analyst.post("/rights/requests/add", TYPED)
    assert made.status_code == 302
    at = made.headers["Location"]
    assert "requests on people" in words_of(manager.get("/desk")).lower()
    assert analyst.post(f"{at}/gather").status_code == 302
    ref = at.rsplit("/", 1)[1]
    [record] = opened(cast.aisha, ref).records
    decide_at = f"{at}/records/{record.id}"
    assert "Choose why" in words_of(analyst.post(decide_at, {"decision": "withhold"}))
    assert "Write the part" in words_of(analyst.post(decide_at, {"decision": "part", "ground": "crime"}))
    assert analyst.post(decide_at, {"decision": "give"}).status_code == 302
    assert analyst.get(f"{at}/approve").status_code == 404
    assert analyst.post(f"{at}/propose", {"tells": "no"}).status_code == 302
    assert "another person must approve" in words_of(analyst.get(at))
    assert "DRAFT" in manager.get(f"{at}/answer.csv").content.decode()
    assert manager.post(f"{at}/approve").status_code == 302
    marking, _, *rows = csv.reader(StringIO(analyst.get(f"{at}/answer.csv").content.decode("utf-8-sig")))
    assert "DRAFT" not in marking[0]
    assert "not verified" in marking[0]
    assert rows == [[record.ref, "2026-10-01", "whole", "'=Seen\nSeen there."]]
    assert analyst.get(f"{at}/answer.pdf").content.startswith(b"%PDF")
    assert analyst.post(f"{at}/send").status_code == 302
    assert "Answered" in words_of(analyst.get(at))
    for outsider in ("analyst@kent", "manager@mps"):
        for part in ("", "/gather", "/answer.pdf", f"/records/{record.id}"):
            assert visitor(outsider).get(f"{at}{part}").status_code == 404
    assert visitor("auditor@norf").get(at).status_code == 403
