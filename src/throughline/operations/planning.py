"""Planning an operation, and taking it from its plan to its end."""

from dataclasses import dataclass
from datetime import date

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.problems import LONGEST_WORDS, FieldProblem
from throughline.kernel.refs import new_ref
from throughline.operations.events import OperationMoved, ReturnsDue
from throughline.operations.models import Operation
from throughline.operations.periods import PeriodProblem, check_period, read_day
from throughline.operations.slots import EVERY, slots_of
from throughline.operations.words import KINDS
from throughline.operations.workflow import OPERATION
from throughline.organisations.queries import body_cards


class OperationProblem(FieldProblem):
    """What is wrong with an operation or a return, in a sentence, for the field named ('' for the whole)."""


said, chosen = OperationProblem.unless_said, OperationProblem.unless_chosen


@dataclass(frozen=True, slots=True)
class OperationDraft:
    """What is planned: days as they are printed (``Monday 23 June 2025``), bodies by their codes."""

    name: str
    kind: str
    starts: str
    ends: str
    every: str
    briefing: str
    bodies: tuple[str, ...]
    days_note: str = ""


@writes
def plan_operation(*, by: Reader, draft: OperationDraft) -> str:
    """Plan an operation that the reader's body leads; returns its reference. It opens to the bodies that take part.

    Raises:
        OperationProblem: for the field that needs mending.
    """
    by.require(Permission.OPERATION_PLAN)
    name = said("name", draft.name, "Say what it is called")
    chosen("kind", draft.kind, KINDS, "Choose what it is")
    chosen("every", draft.every, EVERY, "Choose how often returns are asked")
    briefing = said("briefing", draft.briefing, "Write a briefing: every body that takes part reads it")
    starts, ends = _day("starts", draft.starts), _day("ends", draft.ends)
    try:
        check_period(starts, ends)
    except PeriodProblem as problem:
        raise OperationProblem("ends", str(problem)) from None
    part = _bodies(by, draft.bodies)
    marking = marking_for(
        owner=by.body, classification=OFFICIAL_SENSITIVE,
        circulation=Circulation(bodies=tuple(body for body in part if body != by.body)),
    )  # fmt: skip
    marking.released = True
    marking.save()
    operation = Operation.objects.create(
        marking=marking, owner=by.body, ref=new_ref("OP"), name=name, kind=draft.kind, starts_on=starts, ends_on=ends,
        days_note=draft.days_note.strip()[:LONGEST_WORDS], briefing=briefing, taking_part=part, every=draft.every,
        made_at=clock.now(), made_by=by.name,
    )  # fmt: skip
    journal.note(Verb.COLLECT, "operation", operation.ref, why=name, bodies=len(part))
    announce(OperationMoved(operation=operation.pk, verb="plan", body=by.body))
    return operation.ref


def _day(field: str, text: str) -> date:
    said(field, text, "Enter the day")
    try:
        return read_day(text)
    except PeriodProblem as problem:
        raise OperationProblem(field, str(problem)) from None


def _bodies(by: Reader, codes: tuple[str, ...]) -> list[int]:
    ids = {card.code: card.id for card in body_cards().values()}
    if not set(codes) <= ids.keys():
        raise OperationProblem("bodies", "Choose bodies from the list")
    return sorted({by.body, *(ids[code] for code in codes)})


@writes
def move_operation(*, by: Reader, ref: str, verb: str, why: str) -> None:
    """Begin an operation, call it off, or conclude it. With its beginning the clocks of its returns start.

    Raises:
        Operation.DoesNotExist: the reader may not know such an operation.
        OperationProblem: no reason given, or another body leads it.
        MoveRefused: it is past that, or has not come to it.
    """
    operation = led(by, ref)
    why = said("words", why, "Say why, in a few words")
    OPERATION.make(verb, operation, by=by, why=why)
    if verb == "begin":
        _start_clocks(operation)
    journal.note(Verb.ALTER, "operation", ref, why=why, verb=verb)
    announce(OperationMoved(operation=operation.pk, verb=verb, body=by.body))


def _start_clocks(operation: Operation) -> None:
    now = clock.now()
    for slot in slots_of(starts=operation.starts_on, ends=operation.ends_on, every=operation.every):
        # A week entered afterwards has nothing to wait for: its board shows what is missing.
        if slot.due_at > now:
            announce(ReturnsDue(operation.pk, slot.day.isoformat(), 0), due=slot.due_at)


def led(by: Reader, ref: str) -> Operation:
    """The operation, locked, if the reader's body leads it.

    Raises:
        Operation.DoesNotExist: the reader may not know such an operation.
        OperationProblem: another body leads it.
    """
    by.require(Permission.TASK_READ)
    operation = Operation.objects.get(ref=ref)
    if operation.owner != by.body:
        raise OperationProblem("", "This is for the body that leads the operation")
    return Operation.objects.select_for_update(no_key=True).get(pk=operation.pk)
