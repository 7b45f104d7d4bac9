"""Reading requests for access: those that a body is asked, and those that it made."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.intelligence.queries import HeldReport, reports_holding
from throughline.kernel import clock
from throughline.kernel.counting import count_up_to
from throughline.matching.queries import Pointer, pointer_of_check, pointer_of_hit
from throughline.organisations.queries import BodyCard, body_cards
from throughline.selectors.registry import KINDS, Selector
from throughline.sharing.models import AccessRequest
from throughline.sharing.workflow import REFUSALS, REQUEST


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in a list: ``other`` is the body on the far side of it."""

    ref: str
    kind_label: str
    shown: str
    is_ours: bool
    other_name: str
    asked_by: str
    why: str
    asked_at: datetime
    due_at: datetime
    state: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class RequestList:
    """A page of requests, and the reference after which the next page starts ('' at the end)."""

    rows: tuple[RequestRow, ...]
    next_after: str


def request_list(
    reader: Reader, *, ours: str = "", state: str = "", after: str = "", size: int = 25
) -> RequestList:
    """Requests of the reader's body: ``ours`` is 'made' or 'received'. What must be answered soonest comes first."""
    reader.require(Permission.REQUEST_MAKE)
    side = {"made": Q(asker=reader.body), "received": Q(holder=reader.body)}.get(ours, Q())
    with reading(reader):
        rows = AccessRequest.objects.filter(side).order_by("due_at", "id")
        if state:
            rows = rows.filter(state=state)
        mark = AccessRequest.objects.filter(ref=after).first() if after else None
        if mark:
            rows = rows.filter(Q(due_at__gt=mark.due_at) | Q(due_at=mark.due_at, id__gt=mark.pk))
        found = list(rows[: size + 1])
        journal.note(Verb.CONSULT, "request list", why="looked at a list", refs=[r.ref for r in found[:size]])
    cards, now = body_cards(), clock.now()
    page = tuple(_row(row, reader, cards, now) for row in found[:size])
    return RequestList(page, found[size - 1].ref if len(found) > size else "")


def _row(row: AccessRequest, reader: Reader, cards: dict[int, BodyCard], now: datetime) -> RequestRow:
    is_ours = row.asker == reader.body
    return RequestRow(
        ref=row.ref, kind_label=KINDS[row.kind].label, shown=Selector(row.kind, row.key).shown, is_ours=is_ours,
        other_name=cards[row.holder if is_ours else row.asker].name, asked_by=row.asked_by, why=row.why,
        asked_at=row.asked_at, due_at=row.due_at, state=row.state,
        is_overdue=row.state == REQUEST.start and row.due_at <= now,
    )  # fmt: skip


def requests_to_answer(reader: Reader, *, cap: int = 1000) -> int:
    """How many requests wait for the reader's body, counted up to ``cap``."""
    with reading(reader):
        rows = AccessRequest.objects.filter(holder=reader.body, state=REQUEST.start)
        return count_up_to(rows, cap)


@dataclass(frozen=True, slots=True)
class RequestPage:
    """A request with its answer, as either side reads it."""

    ref: str
    kind_label: str
    selector: Selector
    is_ours: bool
    asker_code: str
    asker_name: str
    asker_desk: str
    holder_name: str
    holder_desk: str
    asked_by: str
    why: str
    asked_at: datetime
    due_at: datetime
    is_overdue: bool
    state: str
    reason: str
    words: str
    report_ref: str
    answered_by: str
    answered_at: datetime | None
    moves: tuple[str, ...]
    held: tuple[HeldReport, ...]


def request_page(reader: Reader, ref: str, *, why: str = "opened the request") -> RequestPage | None:
    """Open one request, journalled; None when the reader may not know of it.

    Whoever may answer it also reads which of their own body's reports hold the selector.
    """
    reader.require(Permission.REQUEST_MAKE)
    with reading(reader):
        row = AccessRequest.objects.filter(ref=ref).first()
        if row is None:
            return None
        journal.note(Verb.CONSULT, "request", ref, why=why)
    cards, is_ours = body_cards(), row.asker == reader.body
    selector, moves = Selector(row.kind, row.key), _moves(reader, row)
    return RequestPage(
        ref=row.ref, kind_label=KINDS[row.kind].label, selector=selector, is_ours=is_ours,
        asker_code=cards[row.asker].code, asker_name=cards[row.asker].name, asker_desk=cards[row.asker].desk,
        holder_name=cards[row.holder].name, holder_desk=cards[row.holder].desk, asked_by=row.asked_by, why=row.why,
        asked_at=row.asked_at, due_at=row.due_at,
        is_overdue=row.state == REQUEST.start and row.due_at <= clock.now(), state=row.state,
        reason=REFUSALS.get(row.reason, ""), words=row.words, report_ref=row.report_ref, answered_by=row.answered_by,
        answered_at=row.answered_at, moves=moves,
        held=tuple(reports_holding(reader, selector)) if "grant" in moves else (),
    )  # fmt: skip


def _moves(reader: Reader, row: AccessRequest) -> tuple[str, ...]:
    """A holder answers and an asker withdraws; neither does the other's part."""
    is_ours = row.asker == reader.body
    return tuple(
        verb for verb in REQUEST.moves_open(by=reader, state=row.state) if (verb == "withdraw") == is_ours
    )


@dataclass(frozen=True, slots=True)
class Askable:
    """What a person is about to ask for: of which body, on which selector."""

    kind_label: str
    shown: str
    holder_name: str
    holder_desk: str


def askable(reader: Reader, source_ref: str, *, body: str = "") -> Askable | None:
    """What a check of this person's own, or a hit of their body, lets them ask for; None when it points to nobody."""
    pointer = pointer_of(reader, source_ref, body=body)
    if pointer is None:
        return None
    card, selector = body_cards()[pointer.body], pointer.selector
    return Askable(KINDS[selector.kind].label, selector.shown, card.name, card.desk)


def pointer_of(reader: Reader, source_ref: str, *, body: str = "") -> Pointer | None:
    """The pointer that stands behind a request: with ``body`` that of a check, without it that of a hit."""
    reader.require(Permission.REQUEST_MAKE)
    return pointer_of_check(reader, source_ref, body) if body else pointer_of_hit(reader, source_ref)
