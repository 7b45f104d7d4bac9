"""Operations in lists, the page of one, the returns that a body owes, and every version of a return."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.kernel.history import Moved, moves_of
from throughline.lines.models import CountyLine
from throughline.operations.checking import Figures
from throughline.operations.models import Duty, Operation, Pack, Publication, Return, ReturnDraft
from throughline.operations.returning import figures_of
from throughline.operations.slots import slots_of
from throughline.operations.workflow import LIVE, OPERATION
from throughline.organisations.queries import BodyCard, body_cards
from throughline.tasking.models import Bid


@dataclass(frozen=True, slots=True)
class OperationRow:
    """An operation in a list."""

    ref: str
    name: str
    kind: str
    state: str
    starts_on: date
    ends_on: date
    days_note: str
    lead_name: str
    bodies: int


@dataclass(frozen=True, slots=True)
class PackRow:
    """A pack that the reader may know; ``line`` and ``bid`` are given where they may know those as well."""

    ref: str
    title: str
    words: str
    body_name: str
    line: str
    bid: str
    known_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DutyRow:
    """Who does what on a day."""

    day: date
    body_name: str
    who: str
    what: str
    pack: str


@dataclass(frozen=True, slots=True)
class OperationPage:
    """An operation as a body that takes part reads it."""

    row: OperationRow
    briefing: str
    every: str
    made_by: str
    made_at: datetime
    taking_part: tuple[tuple[str, str], ...]
    packs: tuple[PackRow, ...]
    duties: tuple[DutyRow, ...]
    history: tuple[Moved, ...]
    moves: tuple[str, ...]
    days: tuple[date, ...]
    may_add: bool
    owes: tuple[date, ...]
    lead: str


@dataclass(frozen=True, slots=True)
class OwedReturn:
    """A return that the reader's body has yet to send, and by when it is due."""

    ref: str
    name: str
    every: str
    day: date
    due_at: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a return."""

    number: int
    figures: Figures
    is_nil: bool
    as_at: datetime
    source: str
    attribution: str
    reason: str
    explained: str
    sent_at: datetime
    sent_by: str


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """A body's return for a day: every version, the oldest first, and what is typed into the next so far."""

    ref: str
    name: str
    every: str
    day: date
    starts_on: date
    body_code: str
    body_name: str
    due_at: datetime
    versions: tuple[VersionRow, ...]
    draft: Mapping[str, object] | None
    draft_said: str


def operation_list(
    reader: Reader, *, state: str = "", offset: int = 0, size: int = 25
) -> tuple[list[OperationRow], int]:
    """The operations that the reader may know, the latest first, and how many there are of these."""
    reader.require(Permission.TASK_READ)
    with reading(reader):
        rows: QuerySet[Operation] = Operation.objects.order_by("-starts_on", "pk")
        rows = rows.filter(state=state) if state else rows
        total, found = rows.count(), list(rows[offset : offset + size])
        journal.note(Verb.CONSULT, "operation list", why="looked at a list", refs=[one.ref for one in found])
    return operation_rows(found, body_cards()), total


def operation_rows(found: Iterable[Operation], cards: dict[int, BodyCard]) -> list[OperationRow]:
    """These operations as rows of a list, in their order."""
    return [
        OperationRow(
            one.ref, one.name, one.kind, one.state, one.starts_on, one.ends_on, one.days_note, cards[one.owner].name,
            len(one.taking_part),
        )
        for one in found
    ]  # fmt: skip


def operation_page(reader: Reader, ref: str, *, why: str = "opened the operation") -> OperationPage | None:
    """Open an operation, journalled; None when the reader may not know of it. Packs and duties open each by its own."""
    reader.require(Permission.TASK_READ)
    cards = body_cards()
    with reading(reader):
        one = Operation.objects.filter(ref=ref).first()
        if one is None:
            return None
        packs = list(Pack.objects.filter(operation=one).order_by("pk"))
        duties = list(Duty.objects.filter(operation=one).order_by("day", "pk"))
        lines = dict(CountyLine.objects.filter(pk__in=[p.line_id for p in packs]).values_list("pk", "ref"))
        bids = dict(Bid.objects.filter(pk__in=[p.bid_id for p in packs]).values_list("pk", "ref"))
        history = moves_of(OPERATION.name, [one.pk])
        owes = _owed(reader, [one])
        published = Publication.objects.filter(operation=one).first()
        journal.note(Verb.CONSULT, "operation", ref, why=why, owner=one.owner)
    titles = {pack.pk: pack.title for pack in packs}
    moves = [v for v in OPERATION.moves_open(by=reader, state=one.state) if one.owner == reader.body]
    return OperationPage(
        row=operation_rows([one], cards)[0], briefing=one.briefing, every=one.every, made_by=one.made_by,
        made_at=one.made_at,
        taking_part=tuple(sorted((cards[n].name, cards[n].desk) for n in one.taking_part)),
        packs=tuple(
            PackRow(
                p.ref, p.title, p.words, cards[p.owner].name, lines.get(p.line_id or 0, ""),
                bids.get(p.bid_id or 0, ""),
                tuple(cards[n].name for n in sorted({p.owner, *p.bodies})),
            )
            for p in packs
        ),
        duties=tuple(
            DutyRow(d.day, cards[d.body].name, d.who, d.what, titles.get(d.pack_id or 0, "")) for d in duties
        ),
        history=history, moves=tuple(moves),
        days=tuple(s.day for s in slots_of(starts=one.starts_on, ends=one.ends_on, every=one.every)),
        may_add=reader.body in one.taking_part and reader.may(Permission.OPERATION_PLAN)
        and one.state in ("planned", "under way"),
        owes=tuple(owed.day for owed in owes), lead=published.lead if published else "",
    )  # fmt: skip


def returns_owed(reader: Reader, *, size: int) -> list[OwedReturn]:
    """The returns that the reader's body has yet to send and could send by now, soonest due first."""
    with reading(reader):
        going = list(Operation.objects.filter(state__in=LIVE, taking_part__contains=[reader.body]))
        return _owed(reader, going)[:size]


def _owed(reader: Reader, going: list[Operation]) -> list[OwedReturn]:
    now, today = clock.now(), clock.today()
    sent = set(
        Return.objects.filter(operation__in=going, body=reader.body).values_list("operation_id", "day")
    )
    owed = [
        OwedReturn(one.ref, one.name, one.every, slot.day, slot.due_at, slot.due_at <= now)
        for one in going
        if one.state in LIVE and reader.body in one.taking_part
        for slot in slots_of(starts=one.starts_on, ends=one.ends_on, every=one.every)
        if slot.day <= today and (one.pk, slot.day) not in sent
    ]
    return sorted(owed, key=lambda one: one.due_at)


def return_page(
    reader: Reader, ref: str, body: str, day: date, *, why: str = "opened a return"
) -> ReturnPage | None:
    """A body's return, journalled; None where the reader may not know it or none is asked. A draft is its own."""
    reader.require(Permission.TASK_READ)
    cards = body_cards()
    with reading(reader):
        one = Operation.objects.filter(ref=ref).first()
        whose = next((card for card in cards.values() if card.code == body), None)
        if one is None or whose is None or whose.id not in one.taking_part:
            return None
        slots = slots_of(starts=one.starts_on, ends=one.ends_on, every=one.every)
        slot = next((slot for slot in slots if slot.day == day), None)
        if slot is None:
            return None
        versions = list(Return.objects.filter(operation=one, body=whose.id, day=day).order_by("number"))
        draft = ReturnDraft.objects.filter(operation=one, body=whose.id, day=day).first()
        journal.note(Verb.CONSULT, "return", ref, why=why, owner=one.owner, of=body, day=day.isoformat())
    return ReturnPage(
        ref, one.name, one.every, day, one.starts_on, whose.code, whose.name, slot.due_at,
        tuple(
            VersionRow(
                v.number, figures_of(v), v.is_nil, v.as_at, v.source, v.attribution, v.reason, v.explained, v.sent_at,
                v.sent_by,
            )
            for v in versions
        ),
        draft.typed if draft else None, f"{draft.saved_by}" if draft else "",
    )  # fmt: skip
