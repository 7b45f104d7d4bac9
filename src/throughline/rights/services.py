"""Every way a request on a person may change: received, gathered, decided on, asked of others, approved, answered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from throughline.access import journal
from throughline.access.journal import Entry, Verb
from throughline.access.models import Marking
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.clocks.services import MET, STOPPED, OnWhat, end_clocks, start_clock
from throughline.kernel import clock
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.kernel.workflow import MoveRefused
from throughline.kernel.working_days import at_in_london, end_of_day
from throughline.matching.services import run_check
from throughline.organisations.queries import body_ids
from throughline.rights.answering import answer_of
from throughline.rights.gathering import Row, look_for
from throughline.rights.grounds import ANSWER, KINDS, PART, STATED, trouble_with
from throughline.rights.models import AskedBody, FoundRecord, RightsRequest
from throughline.rights.workflow import RIGHTS_REQUEST
from throughline.selectors.registry import Selector
from throughline.sharing.services import RequestProblem, ask_for_access

THING = "rights"
CHANGED = "What was approved has changed since: send it back, and have it approved anew."


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: what is asked, under which reference of the body, on whom, received when.

    ``due_on`` is for disclosure in a case alone, where the court or the prosecutor gives the day.
    """

    kind: str
    reference: str
    name: str
    received_on: date
    born: date | None = None
    values: tuple[Selector, ...] = field(default=())
    asked: str = ""
    due_on: date | None = None


@writes
def receive_request(*, by: Reader, asked: Asked) -> str:
    """Keep a request that came to the reader's body and start its clock; returns its reference.

    Raises:
        FieldProblem: no such kind, no reference or name, a day to come, or a case without the day of its answer.
    """
    by.require(Permission.RIGHTS_WORK)
    _refuse(asked)
    marking = marking_for(owner=by.body, classification=OFFICIAL_SENSITIVE, circulation=Circulation())
    marking.save()
    one = RightsRequest.objects.create(
        marking=marking, owner=by.body, ref=new_ref("RR"), kind=asked.kind, reference=asked.reference.strip(),
        name=asked.name.strip(), born=asked.born, values=[[value.kind, value.key] for value in asked.values],
        asked=asked.asked.strip(), received_on=asked.received_on, officer=by.name, officer_person=by.person,
        made_at=clock.now(),
    )  # fmt: skip
    journal.note(Verb.COLLECT, THING, one.ref, why=_why(one))
    start_clock(
        by=by, term=STATED if asked.kind == "disclosure" else ANSWER,
        on=OnWhat(THING, one.ref, f"{KINDS[one.kind].partition(':')[0].partition(' (')[0]}, {one.reference}", one,
                  Permission.RIGHTS_WORK, Permission.RIGHTS_APPROVE),
        start_event="Request received", started_at=at_in_london(asked.received_on, time(12)),
        due_at=end_of_day(asked.due_on) if asked.due_on else None,
    )  # fmt: skip
    return one.ref


def _refuse(asked: Asked) -> None:
    FieldProblem.unless_chosen("kind", asked.kind, KINDS, "Choose what is asked.")
    FieldProblem.unless_said("reference", asked.reference, "Enter the reference of the request or case.")
    FieldProblem.unless_said("name", asked.name, "Enter the name of the person.")
    if asked.received_on > clock.today():
        raise FieldProblem("received_on", "The day it was received must be today or in the past.")
    if asked.kind == "disclosure" and asked.due_on is None:
        raise FieldProblem("due_on", "Enter the day that the court or the prosecutor gave.")
    if asked.kind != "disclosure" and asked.due_on:
        raise FieldProblem(
            "due_on", "Leave this empty: the law gives one month from the day it was received."
        )


@writes
def gather(*, by: Reader, ref: str) -> int:
    """Put what the reader may know of the person onto the request; returns how many records came anew.

    Records of other bodies are not put on it: their body is named. Once a record of a closed compartment is on it, the
    request stands in that compartment with all that is on it; records of a second one are left out.

    Raises:
        RightsRequest.DoesNotExist, MoveRefused.
    """
    one = _held(by, ref)
    RIGHTS_REQUEST.make("gather", one, by=by, why=_why(one))
    rows, is_cut = look_for(by, name=one.name, born=one.born, values=values_of(one))
    ours = [row for row in rows if row.owner == by.body]
    own = _in_one_compartment(one, ours)
    known = set(FoundRecord.objects.filter(request=one).values_list("thing", "thing_id"))
    new = [row for row in own if (row.thing, row.id) not in known]
    FoundRecord.objects.bulk_create(
        FoundRecord(
            request=one, thing=row.thing, thing_id=row.id, ref=row.ref, on=row.on, found_by="; ".join(row.why)
        )
        for row in new
    )
    _name_others(by, one, {row.owner: "" for row in rows if row.owner != by.body})
    RightsRequest.objects.filter(pk=one.pk).update(
        found=one.found + len(new), is_cut=is_cut or len(own) < len(ours)
    )
    journal.note_all(
        [Entry(Verb.COMBINE, THING, one.ref, _why(one), {"records": len(new)}),
         *(Entry(Verb.CONSULT, row.thing, row.ref, _why(one)) for row in new)]
    )  # fmt: skip
    return len(new)


def _in_one_compartment(one: RightsRequest, rows: Sequence[Row]) -> list[Row]:
    closed = {row.compartment for row in rows} - {0}
    if closed and not one.compartment:
        one.compartment = min(closed)
        Marking.objects.filter(pk=one.marking_id).update(compartment=one.compartment)
    return [row for row in rows if row.compartment in (0, one.compartment)]


def _name_others(by: Reader, one: RightsRequest, access: dict[int, str]) -> None:
    named = set(AskedBody.objects.filter(request=one).values_list("body", "access"))
    AskedBody.objects.bulk_create(
        AskedBody(request=one, body=body, access=ref, noted_at=clock.now(), noted_by=by.name)
        for body, ref in access.items()
        if (body, ref) not in named and (ref or body not in {b for b, _ in named})
    )


@writes
def decide(*, by: Reader, ref: str, record: int, decision: str, ground: str = "", words: str = "") -> None:
    """Decide on one record of a request: give all that is asked, part of it, or nothing, on a ground of grounds.csv.

    Raises:
        RightsRequest.DoesNotExist, FoundRecord.DoesNotExist: not there for this reader.
        FieldProblem: no decision, no ground for less than all, or no words for a part.
        MoveRefused: the request is not being decided on.
    """
    one = _held(by, ref)
    if one.state != "deciding":
        raise MoveRefused(f"This request is {one.state}: nothing is decided on it now.")
    trouble = trouble_with(one.kind, decision=decision, ground=ground, words=words)
    if trouble:
        raise FieldProblem(*trouble)
    found = FoundRecord.objects.get(request=one, pk=record)
    FoundRecord.objects.filter(pk=found.pk).update(
        decision=decision, ground=ground, words=words.strip() if decision == PART else "", decided_person=by.person,
        decided_by=by.name, decided_at=clock.now(),
    )  # fmt: skip
    journal.note(
        Verb.ALTER, THING, one.ref, why=_why(one), record=found.ref, decision=decision, ground=ground
    )


@writes
def ask_others(*, by: Reader, ref: str, why: str) -> int:
    """Check each value of a request and ask every body that holds it for access; returns how many were asked.

    Each is a check like any other: who holds the value is told. Nothing of theirs comes onto the request.

    Raises:
        RightsRequest.DoesNotExist
        FieldProblem: no reason, or the request has no values to check.
        MoveRefused: the request is not open.
    """
    one = _held(by, ref)
    why = FieldProblem.unless_said("why", why, "Say why you ask: the other body decides on that.")
    if one.state not in ("received", "deciding"):
        raise MoveRefused(f"This request is {one.state}: nobody is asked for it now.")
    if not one.values:
        raise FieldProblem(
            "", "The request has no number, address or other value to check. Ring the bodies instead."
        )
    asked = 0
    for value in values_of(one):
        for holding in run_check(by=by, selector=value, why=why):
            if holding.degree != "existence":
                continue
            try:
                access = ask_for_access(by=by, source_ref=holding.enquiry, body=holding.body, why=why)
            except RequestProblem:
                continue  # the body has asked already, and waits
            if access:
                _name_others(by, one, {body_ids()[holding.body]: access})
                asked += 1
    journal.note(Verb.COLLECT, THING, one.ref, why=_why(one), asked=asked)
    return asked


@writes
def propose_answer(*, by: Reader, ref: str, tells_withheld: bool) -> None:
    """Ask a second person to approve the answer. ``tells_withheld``: whether it says that something is withheld.

    Raises:
        RightsRequest.DoesNotExist
        MoveRefused: a record has no decision, or is closed to the reader.
    """
    one = _held(by, ref)
    RIGHTS_REQUEST.make("propose", one, by=by)
    RightsRequest.objects.filter(pk=one.pk).update(
        tells_withheld=tells_withheld, proposed_person=by.person, proposed_by=by.name
    )
    journal.note(Verb.ALTER, THING, one.ref, why=_why(one), asked="approval", tells=tells_withheld)


@writes
def send_back(*, by: Reader, ref: str, why: str) -> None:
    """Have a proposed or approved answer decided on again, with the reason.

    Raises:
        RightsRequest.DoesNotExist, FieldProblem, MoveRefused.
    """
    one = _held(by, ref)
    why = FieldProblem.unless_said("why", why, "Give your reason.")
    RIGHTS_REQUEST.make("send-back", one, by=by, why=why)
    RightsRequest.objects.filter(pk=one.pk).update(
        proposed_person=0, proposed_by="", approved_by="", approved_at=None, digest=""
    )
    journal.note(Verb.ALTER, THING, one.ref, why=why, answer="sent back")


@writes
def approve_answer(*, by: Reader, ref: str) -> None:
    """Approve an answer that another person proposed, as it reads now.

    Raises:
        RightsRequest.DoesNotExist
        MoveRefused: the reader proposed it or decided on a record of it, or may not know all of it.
    """
    one = _held(by, ref)
    decided = FoundRecord.objects.filter(request=one, decided_person=by.person).exists()
    if one.proposed_person == by.person or decided:
        raise MoveRefused("You had a part in this answer: another person must approve it.")
    RIGHTS_REQUEST.make("approve", one, by=by)
    RightsRequest.objects.filter(pk=one.pk).update(
        approved_by=by.name, approved_at=clock.now(), digest=answer_of(one).digest
    )
    journal.note(Verb.ALTER, THING, one.ref, why=_why(one), answer="approved")


@writes
def send_answer(*, by: Reader, ref: str) -> None:
    """Say that the approved answer was sent, and end its clock.

    Raises:
        RightsRequest.DoesNotExist
        MoveRefused: it was not approved, has changed since, or a report is not yet put right or erased.
    """
    one = _held(by, ref)
    RIGHTS_REQUEST.make("send", one, by=by)
    if one.kind not in ("rectification", "erasure") and answer_of(one).digest != one.digest:
        raise MoveRefused(CHANGED)
    end_clocks(by=by, thing=THING, ref=ref, how=MET, why="The answer was sent")
    records = FoundRecord.objects.filter(request=one).exclude(decision="withhold").order_by("id")
    journal.note_all(
        [Entry(Verb.DISCLOSE, THING, one.ref, _why(one)),
         *(Entry(Verb.DISCLOSE, row.thing, row.ref, _why(one), {"decision": row.decision}) for row in records)]
    )  # fmt: skip


@writes
def withdraw_request(*, by: Reader, ref: str, why: str) -> None:
    """Close a request that the person has withdrawn or that is not one, with the reason.

    Raises:
        RightsRequest.DoesNotExist, FieldProblem, MoveRefused.
    """
    one = _held(by, ref)
    why = FieldProblem.unless_said("why", why, "Give the reason.")
    RIGHTS_REQUEST.make("withdraw", one, by=by, why=why)
    end_clocks(by=by, thing=THING, ref=ref, how=STOPPED, why=why)
    journal.note(Verb.ALTER, THING, one.ref, why=why, withdrawn=True)


def values_of(one: RightsRequest) -> list[Selector]:
    """The values that the person uses, as they were typed when the request came."""
    return [Selector(kind, key) for kind, key in one.values]


def _held(by: Reader, ref: str) -> RightsRequest:
    if not by.may(Permission.RIGHTS_APPROVE):
        by.require(Permission.RIGHTS_WORK)
    return RightsRequest.objects.select_for_update(of=("self",)).get(ref=ref)


def _why(one: RightsRequest) -> str:
    return f"{one.kind}: {one.reference}"
