"""A body's return: kept as a draft, sent, and corrected; every version stays, with the reason for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.problems import LONGEST_WORDS
from throughline.operations.checking import Figures, faults_of, read_figures, unusual
from throughline.operations.events import ReturnSent
from throughline.operations.figures import read_figure
from throughline.operations.measures import measures_on
from throughline.operations.models import Operation, Return, ReturnDraft
from throughline.operations.planning import OperationProblem, chosen, said
from throughline.operations.slots import Slot, slots_of
from throughline.operations.words import ATTRIBUTIONS
from throughline.operations.workflow import RETURNS_IN

PAST = 8
"""Past returns of a body that its next one is held against."""


@dataclass(frozen=True, slots=True)
class ReturnSaid:
    """What a body says: figures as they were typed, by measure.

    ``after`` is the number of the version that the writer had before them, 0 for none. ``explained`` is why a figure
    lies far from those of the last returns, and ``reason`` why the last version was wrong.
    """

    typed: Mapping[str, str]
    as_at: datetime
    source: str
    attribution: str
    is_nil: bool = False
    after: int = 0
    reason: str = ""
    explained: str = ""


@writes
def save_return_draft(*, by: Reader, ref: str, day: date, typed: Mapping[str, object]) -> None:
    """Keep what is typed so far, right or wrong, for anyone of the body to go on with.

    Raises:
        Operation.DoesNotExist: the reader may not know such an operation.
        OperationProblem: no return is asked of this body for that day.
    """
    operation, _ = asked_of(by, ref, day)
    ReturnDraft.objects.update_or_create(
        operation=operation, body=by.body, day=day,
        defaults={
            "marking_id": operation.marking_id, "owner": operation.owner, "typed": dict(typed),
            "saved_at": clock.now(), "saved_by": by.name,
        },
    )  # fmt: skip


@writes
def send_return(*, by: Reader, ref: str, day: date, told: ReturnSaid) -> int:
    """Send a return, or correct the one that stands; returns the number of the version.

    Raises:
        Operation.DoesNotExist: the reader may not know such an operation.
        OperationProblem: for the measure or question that needs mending; a figure far from those of the last returns
            needs words under ``explained``, and is never refused for itself.
    """
    operation, slot = asked_of(by, ref, day)
    figures = _checked(by, operation, day, told)
    source = said("source", told.source, "Say where the figures come from")
    chosen("attribution", told.attribution, ATTRIBUTIONS, "Choose what the figures are put down to")
    if told.as_at > clock.now():
        raise OperationProblem("as_at", "The time at which the figures stood must not be in the future")
    reason = said("reason", told.reason, "Say why the return is corrected") if told.after else ""
    number = told.after + 1
    try:
        with transaction.atomic():
            Return.objects.create(
                marking_id=operation.marking_id, owner=operation.owner, operation=operation, body=by.body, day=day,
                number=_next(operation, by, day, told.after), figures={key: str(f) for key, f in figures.items()},
                is_nil=told.is_nil, as_at=told.as_at, source=source, attribution=told.attribution, reason=reason,
                explained=told.explained.strip()[:LONGEST_WORDS], sent_at=clock.now(), sent_by=by.name,
            )  # fmt: skip
    except IntegrityError:
        raise _overtaken() from None
    ReturnDraft.objects.filter(operation=operation, body=by.body, day=day).delete()
    journal.note(Verb.COLLECT, "return", ref, why=reason or "sent", day=day.isoformat(), number=number)
    if number > 1 or clock.now() > slot.due_at:
        announce(ReturnSent(operation.pk, by.body, day.isoformat(), number))
    return number


def _next(operation: Operation, by: Reader, day: date, after: int) -> int:
    """The number of the next version, if nobody has sent one since the writer looked."""
    sent = Return.objects.filter(operation=operation, body=by.body, day=day).count()
    if sent != after:
        raise _overtaken()
    return after + 1


def _overtaken() -> OperationProblem:
    return OperationProblem(
        "",
        "Somebody of your body sent this return in the meantime. Open it again, and correct what stands there",
    )


def asked_of(by: Reader, ref: str, day: date) -> tuple[Operation, Slot]:
    """The operation and the return of this day that is asked of the reader's body.

    Raises:
        Operation.DoesNotExist: the reader may not know such an operation.
        OperationProblem: none is asked.
    """
    by.require(Permission.RETURN_SEND)
    operation = Operation.objects.get(ref=ref)
    slots = slots_of(starts=operation.starts_on, ends=operation.ends_on, every=operation.every)
    slot = next((slot for slot in slots if slot.day == day), None)
    if slot is None or by.body not in operation.taking_part or operation.state not in RETURNS_IN:
        raise OperationProblem("", "No return is asked of your body for that day")
    if day > clock.today():
        raise OperationProblem("", "The day has not begun: its return can be sent from then on")
    return operation, slot


def _checked(by: Reader, operation: Operation, day: date, told: ReturnSaid) -> Figures:
    measures = measures_on(operation.starts_on)
    figures, faults = read_figures(told.typed, measures)
    faults |= faults_of(figures, measures)
    if faults:
        raise ReturnProblem(faults)
    if told.is_nil and any(figure.number for figure in figures.values()):
        raise OperationProblem("is_nil", "A nil return has no figures: take them out, or do not call it nil")
    if not figures and not told.is_nil:
        raise OperationProblem("is_nil", "Enter at least one figure, or say that there is nothing to report")
    warned = unusual(figures, past_figures(operation, by.body, day), measures)
    if warned and not told.explained.strip():
        raise OperationProblem("explained", f"Say why, and send it again. {'. '.join(warned.values())}")
    return figures


class ReturnProblem(OperationProblem):
    """What is wrong with several figures of a return, by measure."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(next(iter(faults)), next(iter(faults.values())))
        self.faults = dict(faults)


def past_figures(operation: Operation, body: int, day: date) -> list[Figures]:
    """The figures of the body's last returns of this kind, as they now stand, the newest first."""
    rows = (
        Return.objects.filter(
            body=body, operation__kind=operation.kind, operation__every=operation.every, day__lt=day
        )
        .order_by("-day", "operation", "-number")
        .distinct("day", "operation")
    )
    return [figures_of(row) for row in rows[:PAST]]


def figures_of(row: Return) -> Figures:
    """The figures of a version, by measure."""
    read = ((key, read_figure(text, whole=False)) for key, text in row.figures.items())
    return {key: figure for key, figure in read if figure is not None}
