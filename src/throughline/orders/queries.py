"""Orders in lists, the page of one, its clocks, and the questions that wait for a body's answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import Q, QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.kernel.history import Moved, moves_of
from throughline.kernel.working_days import NATION_NAMES, Nation, end_of_day
from throughline.lines.models import CountyLine
from throughline.orders.drafting import OrderDraft
from throughline.orders.items import item_label, item_shown
from throughline.orders.law import OrderKind, kind_in, ranks
from throughline.orders.models import CourtOrder, LossQuestion, OrderEvidence, OrderItem, OrderProvider
from throughline.orders.timing import hours_to_replacement
from throughline.orders.workflow import IN_FORCE, ORDER, TO_COMPLY
from throughline.organisations.queries import body_cards
from throughline.selectors.registry import Selector
from throughline.telecoms.models import Watch
from throughline.telecoms.watch_workflow import STANDING


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list: ``due_at`` is the clock that runs, ``due_what`` what it is of; hours to its replacement."""

    ref: str
    title: str
    kind: str
    state: str
    made_at: datetime
    due_at: datetime | None
    due_what: str
    is_overdue: bool
    hours: float | None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """What an order is to cut off; ``provider`` alone is to do it, or '' for all. ``number`` is for a form."""

    shown: str
    kind: str
    attribution: str
    first_seen: date | None
    last_seen: date | None
    provider: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One of those against whom an order is asked, and how far it has come with them."""

    ref: str
    name: str
    contact: str
    comply_by: datetime | None
    comply_why: str
    served_at: datetime | None
    complied_at: datetime | None
    is_past: bool


@dataclass(frozen=True, slots=True)
class OrderEvidenceRow:
    """A piece of evidence for an order."""

    says: str
    source_ref: str
    grade: str
    disclosure: str
    made_by: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """Whether a body wants an item kept, and its answer ('' while it waits)."""

    ref: str
    shown: str
    body_name: str
    desk: str
    asked_by: str
    asked_at: datetime
    answer_by: datetime
    answer: str
    words: str
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True, slots=True)
class WatchedNumber:
    """A standing watch for what replaces a number of the order."""

    ref: str
    number: str
    has_found: bool


@dataclass(frozen=True, slots=True)
class OrderPage:
    """An order as its body reads it."""

    row: OrderRow
    law: OrderKind
    line: str
    follows: str
    followed_by: tuple[str, ...]
    nation: str
    provider: str
    provider_contact: str
    offences: tuple[str, ...]
    words: tuple[tuple[str, str], ...]
    made_by: str
    rank: str
    authorised_by: str
    loss_decision: str
    court: str
    ordered_on: date | None
    ends_on: date | None
    comply_by: datetime | None
    comply_why: str
    served_at: datetime | None
    complied_at: datetime | None
    replaced: str
    replaced_at: datetime | None
    replaced_by: str
    none_to_ask: str
    providers: tuple[ProviderRow, ...]
    items: tuple[ItemRow, ...]
    evidence: tuple[OrderEvidenceRow, ...]
    questions: tuple[QuestionRow, ...]
    watches: tuple[WatchedNumber, ...]
    history: tuple[Moved, ...]
    moves: tuple[str, ...]
    may_draft: bool


def _row(one: CourtOrder, now: datetime) -> OrderRow:
    due, what = _clock_of(one)
    hours = (
        hours_to_replacement(one.complied_at, one.replaced_at)
        if one.complied_at and one.replaced_at
        else None
    )
    is_overdue = bool(due and due < now)
    return OrderRow(one.ref, one.title, one.kind, one.state, one.made_at, due, what, is_overdue, hours)


def _clock_of(one: CourtOrder) -> tuple[datetime | None, str]:
    if one.state in TO_COMPLY and one.comply_by:
        return one.comply_by, "compliance"
    if one.state in IN_FORCE and one.ends_on:
        return end_of_day(one.ends_on), "end"
    return None, ""


def order_list(
    reader: Reader, *, state: str = "", kind: str = "", offset: int = 0, size: int = 25
) -> tuple[list[OrderRow], int]:
    """The orders that the reader may know, newest first, and how many there are of these."""
    reader.require(Permission.ORDER_READ)
    with reading(reader):
        rows: QuerySet[CourtOrder] = CourtOrder.objects.order_by("-pk")
        rows = rows.filter(state=state) if state else rows
        rows = rows.filter(kind=kind) if kind else rows
        total, found = rows.count(), list(rows[offset : offset + size])
        journal.note(Verb.CONSULT, "court orders", why="looked at a list", refs=[one.ref for one in found])
    now = clock.now()
    return [_row(one, now) for one in found], total


def orders_on(reader: Reader, line: str) -> list[OrderRow]:
    """The orders on a line, newest first; none for whoever reads no orders."""
    if not reader.may(Permission.ORDER_READ):
        return []
    with reading(reader):
        on = CountyLine.objects.filter(ref=line).first()
        found = list(CourtOrder.objects.filter(line_id=on.pk).order_by("-pk")[:100]) if on else []
    now = clock.now()
    return [_row(one, now) for one in found]


def orders_with_clocks(reader: Reader, *, size: int) -> list[OrderRow]:
    """The orders of the reader's body on which a clock runs, the soonest due first."""
    with reading(reader):
        running = Q(state__in=TO_COMPLY, comply_by__isnull=False) | Q(
            state__in=IN_FORCE, ends_on__isnull=False
        )
        found = list(CourtOrder.objects.filter(running, owner=reader.body).order_by("comply_by", "pk")[:size])
    now = clock.now()
    return sorted((_row(one, now) for one in found), key=lambda row: (row.due_at or now, row.ref))


def order_page(reader: Reader, ref: str, *, why: str = "opened the order") -> OrderPage | None:
    """Open an order, journalled; None when the reader may not know of it. Items and evidence open each by its own."""
    reader.require(Permission.ORDER_READ)
    with reading(reader):
        one = CourtOrder.objects.filter(ref=ref).first()
        if one is None:
            return None
        items = list(OrderItem.objects.filter(order=one).order_by("pk"))
        providers = list(OrderProvider.objects.filter(order=one).order_by("pk"))
        evidence = list(OrderEvidence.objects.filter(order=one).order_by("pk"))
        questions = list(LossQuestion.objects.filter(order=one).order_by("pk"))
        line = CountyLine.objects.filter(pk=one.line_id or 0).values_list("ref", flat=True).first() or ""
        earlier = (
            CourtOrder.objects.filter(pk=one.follows_id or 0).values_list("ref", flat=True).first() or ""
        )
        later = tuple(CourtOrder.objects.filter(follows_id=one.pk).values_list("ref", flat=True))
        numbers = [item.key for item in items if item.kind == "phone"]
        watches = _watches(reader, numbers)
        history = moves_of(ORDER.name, [one.pk])
        journal.note(Verb.CONSULT, "court order", ref, why=why, owner=one.owner)
    law, rank = kind_in(one.kind, one.law_version), ranks().get(one.rank)
    is_ours = one.owner == reader.body
    return OrderPage(
        row=_row(one, clock.now()), law=law, line=line, follows=earlier, followed_by=later,
        nation=NATION_NAMES[Nation(one.nation)], provider=one.provider, provider_contact=one.provider_contact,
        offences=tuple(law.offences[key] for key in one.offences),
        words=tuple(
            (name, getattr(one, name))
            for name in (
                "used", "prevents", "plan", "affected", "innocent", "proportionate", "without_notice", "duration"
            )
        ),
        made_by=one.made_by, rank=rank.name if rank else "", authorised_by=one.authorised_by,
        loss_decision=one.loss_decision, court=one.court, ordered_on=one.ordered_on, ends_on=one.ends_on,
        comply_by=one.comply_by, comply_why=one.comply_why, served_at=one.served_at, complied_at=one.complied_at,
        replaced=Selector("phone", one.replaced_key).shown if one.replaced_key else "", replaced_at=one.replaced_at,
        replaced_by=one.replaced_by,
        none_to_ask=one.none_to_ask, providers=tuple(map(_provider, providers)),
        items=item_rows(items, {p.pk: p.name for p in providers}), evidence=tuple(map(evidence_row, evidence)),
        questions=tuple(map(_question, questions)), watches=watches, history=history,
        moves=tuple(ORDER.moves_open(by=reader, state=one.state)) if is_ours else (),
        may_draft=is_ours and one.state == "drafted" and reader.may(Permission.ORDER_DRAFT),
    )  # fmt: skip


def draft_of(reader: Reader, ref: str) -> OrderDraft | None:
    """What was written into a draft of the reader's body, to change it; None when there is none that they may know."""
    with reading(reader):
        one = CourtOrder.objects.filter(ref=ref, owner=reader.body, state=ORDER.start).first()
    if one is None:
        return None
    words = {field.name: getattr(one, field.name) for field in fields(OrderDraft)}
    return OrderDraft(**words | {"offences": tuple(one.offences)})


def item_rows(items: Sequence[OrderItem], providers: Mapping[int, str]) -> tuple[ItemRow, ...]:
    """Items as they are shown, given the names of the providers by number."""
    return tuple(
        ItemRow(
            item_shown(one.kind, one.key), item_label(one.kind), one.attribution, one.first_seen, one.last_seen,
            providers.get(one.provider_id or 0, ""), one.pk,
        )
        for one in items
    )  # fmt: skip


def evidence_row(one: OrderEvidence) -> OrderEvidenceRow:
    """A piece of evidence as it is shown."""
    return OrderEvidenceRow(one.says, one.source_ref, one.grade, one.disclosure, one.made_by, one.pk)


def _provider(one: OrderProvider) -> ProviderRow:
    is_past = bool(one.comply_by and one.complied_at is None and one.comply_by < clock.now())
    return ProviderRow(
        one.ref, one.name, one.contact, one.comply_by, one.comply_why, one.served_at, one.complied_at, is_past
    )


def _watches(reader: Reader, numbers: list[str]) -> tuple[WatchedNumber, ...]:
    if not reader.may(Permission.CALLS_READ):
        return ()
    rows = Watch.objects.filter(number__in=numbers, state__in=STANDING).order_by("pk")
    return tuple(
        WatchedNumber(row.ref, Selector("phone", row.number).shown, row.state == "found") for row in rows
    )


def _question(one: LossQuestion) -> QuestionRow:
    card = body_cards()[one.body]
    return QuestionRow(
        one.ref, item_shown(one.kind, one.key), card.name, card.desk, one.asked_by, one.asked_at, one.answer_by,
        one.answer, one.words, one.answered_at, one.answered_by,
    )  # fmt: skip


def questions_waiting(reader: Reader, *, size: int) -> list[QuestionRow]:
    """The questions that the reader's body has yet to answer, the soonest due first."""
    with reading(reader):
        rows = LossQuestion.objects.filter(body=reader.body, answered_at=None).order_by("answer_by", "pk")
        return [_question(one) for one in rows[:size]]


def question_page(reader: Reader, ref: str) -> tuple[QuestionRow, str, str] | None:
    """A question to the reader's body, with the name and desk of the body that asks; None where there is no such."""
    reader.require(Permission.HIT_JUDGE)
    with reading(reader):
        one = LossQuestion.objects.filter(ref=ref, body=reader.body).first()
        if one is None:
            return None
        journal.note(Verb.CONSULT, "question of an order", ref, why="opened the question", owner=one.owner)
    asker = body_cards()[one.owner]
    return _question(one), asker.name, asker.desk
