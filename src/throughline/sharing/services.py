"""Every way a request for access may change: asked, granted, granted sanitised, refused, withdrawn, overdue."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from django.db import IntegrityError, connection, transaction

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.intelligence.grading import grade_from
from throughline.intelligence.older_grading import OLDER_SCHEME
from throughline.intelligence.queries import HeldReport, reports_holding
from throughline.intelligence.report_cells import Circulation, Classification
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.services import open_report_to
from throughline.intelligence.versions import sanitise_report
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.refs import new_ref
from throughline.kernel.workflow import MoveRefused
from throughline.matching.queries import Pointer
from throughline.notices.services import Message, tell
from throughline.organisations.queries import BodyCard, body_cards
from throughline.selectors.registry import Selector
from throughline.sharing.events import AccessAnswered, AccessAsked, AccessWithdrawn, AnswerDue
from throughline.sharing.models import AccessRequest
from throughline.sharing.queries import pointer_of
from throughline.sharing.workflow import ANSWER_WITHIN, REFUSALS, REQUEST, WITHOUT_A_REGION

LONGEST_REASON = 500


class RequestProblem(ValueError):
    """What is wrong with a request or an answer, in a sentence."""


@writes
def ask_for_access(*, by: Reader, source_ref: str, why: str, body: str = "") -> str | None:
    """Ask the body to which a check (with ``body``) or a hit points for what it holds; returns the request's reference.

    None when the check or hit is not the reader's, or points to nobody. Where the pointer no longer stands the request
    reads the same to the asker, and nobody else ever hears of it: asking must tell nothing that a check would not.

    Raises:
        RequestProblem: no reason, or the body has asked already and waits.
    """
    pointer = pointer_of(by, source_ref, body=body)
    if pointer is None:
        return None
    if not why.strip():
        raise RequestProblem("Say why you need it: the holder decides on that.")
    _refuse_twice(by, pointer)
    ref = new_ref("RQ")
    made, due = _record(pointer, ref, source_ref, why.strip()[:LONGEST_REASON])
    journal.note(Verb.COLLECT, "request", ref, why=why.strip()[:LONGEST_REASON])
    announce(AccessAsked(request=made))
    announce(AnswerDue(request=made), due=due)
    return ref


def _refuse_twice(by: Reader, pointer: Pointer) -> None:
    asked = AccessRequest.objects.filter(
        asker=by.body, holder=pointer.body, kind=pointer.selector.kind, key=pointer.selector.key, state=REQUEST.start
    )  # fmt: skip
    first = asked.first()
    if first:
        raise RequestProblem(f"Your body has asked already, and waits for the answer to {first.ref}.")


def _record(pointer: Pointer, ref: str, source_ref: str, why: str) -> tuple[int, datetime]:
    now = clock.now()
    given: list[str | int] = [
        ref,
        pointer.selector.kind,
        pointer.selector.key,
        source_ref,
        pointer.body,
        pointer.compartment,
        why,
    ]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "select sharing_ask(%s, %s, %s, %s, %s::smallint, %s::smallint, %s, %s, %s)",
                [*given, now, now + ANSWER_WITHIN],
            )
            return int(cursor.fetchone()[0]), now + ANSWER_WITHIN
    except IntegrityError:
        raise RequestProblem("A colleague has just asked the same. Look at your body's requests.") from None


@writes
def grant_access(*, by: Reader, ref: str, report: str) -> None:
    """Open one report of the reader's own body to the body that asked. The widening is told and journalled.

    Raises:
        AccessRequest.DoesNotExist: there is no such request to the reader's body.
        RequestProblem: the report is not one that holds the selector.
        MoveRefused: the request was answered, or the report cannot be opened.
    """
    request = _to_answer(by, ref)
    held = _chosen(by, request, report)
    open_report_to(by=by, ref=held.ref, body=_code_of(request.asker), why=f"granted request {ref}")
    _answer(by, request, "grant", report_ref=held.ref)


@writes
def grant_sanitised(*, by: Reader, ref: str, report: str, title: str, text: str) -> None:
    """Give the body that asked a sanitised version of one report, in words that the person wrote.

    Raises:
        AccessRequest.DoesNotExist: there is no such request to the reader's body.
        RequestProblem: no words, or the report is not one that holds the selector.
        MoveRefused: the request was answered.
    """
    request = _to_answer(by, ref)
    if not title.strip() or not text.strip():
        raise RequestProblem("Write the title and the sanitised text.")
    held = _chosen(by, request, report)
    _answer(
        by,
        request,
        "sanitise",
        report_ref=_record_sanitised(by, request, held, title=title.strip(), text=text.strip()),
    )


def _record_sanitised(by: Reader, request: AccessRequest, held: HeldReport, *, title: str, text: str) -> str:
    """A version open to the asking body alone, with the date and the grade of what it is drawn from."""
    if held.scheme == OLDER_SCHEME:
        raise RequestProblem(
            "It is graded under 5x5x5. Make a sanitised version on the report's own page, which is graded anew, and "
            "grant that."
        )
    grade = grade_from(source=held.source, assessment=held.assessment, handling="P")
    item = ItemDraft(1, text, grade, (Selector(request.kind, request.key),), 2)
    draft = ReportDraft(
        f"{request.ref}/sanitised", held.date_of_intelligence, title, Classification(held.classification),
        Circulation(bodies=(_code_of(request.asker),)), (item,), (2,),
    )  # fmt: skip
    return sanitise_report(by=by, ref=held.ref, items=[held.item], draft=draft)


@writes
def refuse_access(*, by: Reader, ref: str, reason: str, words: str) -> None:
    """Refuse a request, with a reason from the list and words that the asker reads.

    Raises:
        AccessRequest.DoesNotExist: there is no such request to the reader's body.
        RequestProblem: no reason of the list, or no words.
        MoveRefused: the request was answered.
    """
    if reason not in REFUSALS:
        raise RequestProblem("Choose why you refuse.")
    if not words.strip():
        raise RequestProblem("Say in your own words why you refuse: the asker reads it.")
    _answer(by, _to_answer(by, ref), "refuse", reason=reason, words=words.strip())


@writes
def withdraw_request(*, by: Reader, ref: str) -> None:
    """Take back a request of the reader's own body.

    Raises:
        AccessRequest.DoesNotExist: the reader's body has no such request.
        MoveRefused: it was answered.
    """
    request = AccessRequest.objects.select_for_update().get(ref=ref, asker=by.body)
    REQUEST.make("withdraw", request, by=by, why="withdrawn", fact=AccessWithdrawn(request=request.pk))
    journal.note(Verb.ALTER, "request", ref, why="withdrawn")


def _to_answer(by: Reader, ref: str) -> AccessRequest:
    by.require(Permission.REQUEST_ANSWER)
    request = AccessRequest.objects.select_for_update().get(ref=ref, holder=by.body)
    if request.state != REQUEST.start:
        _refuse_answered(request)
    return request


def _refuse_answered(request: AccessRequest) -> NoReturn:
    raise MoveRefused(f"This request is {request.state}. Look again.")


def _chosen(by: Reader, request: AccessRequest, report: str) -> HeldReport:
    held = reports_holding(by, Selector(request.kind, request.key))
    found = next((row for row in held if row.ref == report), None)
    if found is None:
        raise RequestProblem("Choose one of your reports that hold it.")
    return found


def _code_of(body: int) -> str:
    return body_cards()[body].code


def _answer(by: Reader, request: AccessRequest, verb: str, **answer: str) -> None:
    why = " ".join(part for part in (REFUSALS.get(answer.get("reason", "")), answer.get("words")) if part)
    REQUEST.make(verb, request, by=by, why=why, fact=AccessAnswered(request=request.pk))
    AccessRequest.objects.filter(pk=request.pk).update(**answer, answered_by=by.name, answered_at=clock.now())
    journal.note(Verb.ALTER, "request", request.ref, why=why or f"request {request.state}", verb=verb)


# --- What the flow tells ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    ref: str
    kind: str
    key: str
    asker: int
    asker_compartment: int
    asked_by: str
    why: str
    asked_at: datetime
    holder: int
    holder_compartment: int
    sent: bool
    state: str

    def to_asker(self, kind: str, text: str) -> Message:
        return Message(self.asker, kind, text, "request", self.ref, self.asker_compartment)

    def to_holder(self, kind: str, text: str) -> Message:
        return Message(self.holder, kind, text, "request", self.ref, self.holder_compartment)


def _told(facts: Sequence[Payload]) -> Iterator[tuple[_Told, dict[int, BodyCard]]]:
    cards = body_cards()
    with connection.cursor() as cursor:
        cursor.execute("select * from sharing_requests_to_tell(%s)", [[fact["request"] for fact in facts]])
        for row in cursor.fetchall():
            yield _Told(*row), cards


def tell_of_request(facts: Sequence[Payload]) -> None:
    """Tell the holder's desk who asks for what, and why."""
    tell(
        [
            row.to_holder(
                "request",
                f"{row.asked_by} at {cards[row.asker].name} asks for access to what you hold on "
                f"{Selector(row.kind, row.key).shown}. Reason: {row.why}",
            )
            for row, cards in _told(facts)
            if row.sent
        ]
    )


OUTCOMES = {
    "granted": "granted your request {ref}: a report is open to you",
    "sanitised": "granted your request {ref} with a sanitised report",
    "refused": "refused your request {ref}: open it to read why",
}


def tell_of_answer(facts: Sequence[Payload]) -> None:
    """Tell the asker what the holder decided."""
    tell(
        [
            row.to_asker("answer", f"{cards[row.holder].name} {OUTCOMES[row.state].format(ref=row.ref)}")
            for row, cards in _told(facts)
        ]
    )


def tell_of_request_withdrawn(facts: Sequence[Payload]) -> None:
    """Tell the holder's desk that there is nothing left to answer."""
    tell(
        [
            row.to_holder("request-withdrawn", f"{cards[row.asker].name} withdrew its request {row.ref}")
            for row, cards in _told(facts)
            if row.sent
        ]
    )


def tell_that_answer_is_overdue(facts: Sequence[Payload]) -> None:
    """Where there is still no answer, tell the holder's region, which can press it, and the asker, who can ring."""
    tell([m for row, cards in _told(facts) if row.state == REQUEST.start for m in _overdue(row, cards)])


def _overdue(row: _Told, cards: dict[int, BodyCard]) -> list[Message]:
    holder, asker = cards[row.holder], cards[row.asker]
    out = [
        row.to_asker(
            "request-overdue",
            f"{holder.name} has not answered your request {row.ref} in {ANSWER_WITHIN.days} days. Ring {holder.desk}",
        )
    ]
    if not row.sent:
        return out
    out.append(
        row.to_holder("request-overdue", f"You have not answered request {row.ref} of {asker.name} in time")
    )
    code = holder.rocu or WITHOUT_A_REGION
    region = next(card.id for card in cards.values() if card.code == code)
    if region not in (row.asker, row.holder):
        # No selector: the region may not know that either body holds anything on it.
        text = (
            f"{holder.name} has not answered request {row.ref} of {asker.name} in {ANSWER_WITHIN.days} days"
        )
        out.append(Message(region, "request-overdue", f"{text}. Ring {holder.desk}"))
    return out
