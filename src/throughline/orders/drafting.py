"""Drafting an order, naming what it is to cut off, and putting its evidence together."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.problems import FieldProblem
from throughline.kernel.refs import new_ref
from throughline.lines.models import CountyLine
from throughline.lines.queries import standing_evidence
from throughline.orders.events import OrderMoved
from throughline.orders.items import parse_item
from throughline.orders.law import OrderKind, kind_in, kinds_on
from throughline.orders.models import CourtOrder, OrderEvidence, OrderItem, OrderProvider
from throughline.selectors.registry import KINDS, NotASelector, Selector

DISCLOSURES = {
    "yes": "May be disclosed",
    "no": "May not be disclosed",
    "sensitive": "Sensitive: goes into the schedule alone",
}


class OrderProblem(FieldProblem):
    """What is wrong with an order or a move of it, in a sentence, for the field named ('' for the whole)."""


said, chosen = OrderProblem.unless_said, OrderProblem.unless_chosen


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """What is asked of a court, in words; ``items`` are selectors, one a line, ``pieces`` references of evidence."""

    kind: str
    title: str
    nation: str
    provider: str
    used: str
    prevents: str
    affected: str
    innocent: str
    proportionate: str
    provider_contact: str = ""
    offences: tuple[str, ...] = ()
    plan: str = ""
    without_notice: str = ""
    duration: str = ""


@writes
def draft_order(*, by: Reader, draft: OrderDraft, line: str = "", follows: str = "") -> str:
    """Draft an order of the reader's body, on a line that the reader may know; returns its reference.

    One that follows an earlier order names the number that took over from what that one cut off.

    Raises:
        CountyLine.DoesNotExist, CourtOrder.DoesNotExist: the reader may not know such a line or earlier order.
        OrderProblem: for the field that needs mending.
    """
    by.require(Permission.ORDER_DRAFT)
    on = CountyLine.objects.get(ref=line) if line else None
    earlier = held(by, follows) if follows else None
    kinds = kinds_on(clock.today())
    kind = kinds[chosen("kind", draft.kind, kinds, "Choose the kind of order")]
    _check(draft, kind)
    compartment = max((one.compartment for one in (on, earlier) if one), default=0)
    marking = marking_for(
        owner=by.body,
        classification=OFFICIAL_SENSITIVE,
        circulation=Circulation(),
        compartment=compartment,
    )
    marking.released = True
    marking.save()
    order = CourtOrder.objects.create(
        **_written(draft) | {"kind": kind.key}, marking=marking, owner=by.body, compartment=compartment,
        ref=new_ref("CO"), law_version=kind.version, line=on, follows=earlier, made_at=clock.now(), made_by=by.name,
    )  # fmt: skip
    name_provider(order, draft.provider, draft.provider_contact)
    if earlier and earlier.replaced_key and earlier.replaced_at and "phone" in kind.items:
        took_over = f"Took over from what order {earlier.ref} cut off"
        _add(order, ("phone", earlier.replaced_key), took_over, first_seen=clock.day_of(earlier.replaced_at))
    journal.note(Verb.COLLECT, "court order", order.ref, why=order.title, line=line)
    announce(OrderMoved(order=order.pk, verb="draft", person=by.person))
    return order.ref


@writes
def change_draft(*, by: Reader, ref: str, draft: OrderDraft) -> None:
    """Write a draft anew, as long as nobody has authorised it; its kind stays. Raises as `held` and `draft_order`."""
    by.require(Permission.ORDER_DRAFT)
    order = held(by, ref, "drafted")
    kind = kind_in(order.kind, order.law_version)
    if draft.kind != order.kind:
        raise OrderProblem("kind", "The kind of an order stays: withdraw it and draft another")
    _check(draft, kind)
    first = OrderProvider.objects.filter(order=order, name=order.provider).first()
    changes = {name: value for name, value in _written(draft).items() if value != getattr(order, name)}
    CourtOrder.objects.filter(pk=order.pk).update(**changes)
    if first:
        OrderProvider.objects.filter(pk=first.pk).update(
            name=draft.provider.strip(), contact=draft.provider_contact.strip()
        )
    journal.note(Verb.ALTER, "court order", ref, why="the draft was changed", fields=sorted(changes))


def _written(draft: OrderDraft) -> dict[str, object]:
    """The columns that a draft fills, as they are kept."""
    words = {name: value.strip() for name, value in asdict(draft).items() if isinstance(value, str)}
    return {**words, "offences": list(draft.offences)}


@writes
def add_provider(*, by: Reader, ref: str, name: str, contact: str) -> None:
    """Name another provider against whom the order is asked. Raises as `held`, and OrderProblem for its field."""
    by.require(Permission.ORDER_DRAFT)
    order = held(by, ref, "drafted")
    name_provider(order, said("name", name, "Name the provider"), contact)
    journal.note(Verb.ALTER, "court order", ref, why="another provider named")


def name_provider(order: CourtOrder, name: str, contact: str) -> None:
    """Keep one of those against whom an order is asked, under the marking of the order."""
    if OrderProvider.objects.filter(order=order, name=name.strip()).exists():
        raise OrderProblem("name", "The order names this provider already")
    OrderProvider.objects.create(
        marking_id=order.marking_id, owner=order.owner, order=order, ref=new_ref("PV"), name=name.strip(),
        contact=contact.strip(),
    )  # fmt: skip


@writes
def take_out(*, by: Reader, ref: str, items: Sequence[int], evidence: Sequence[int]) -> int:
    """Take items and evidence out of a draft, each journalled; returns how many went.

    Raises as `held`, and OrderProblem where nothing, or something that is not in it, was chosen.
    """
    by.require(Permission.ORDER_DRAFT)
    order = held(by, ref, "drafted")
    named = OrderItem.objects.filter(order=order, pk__in=items)
    pieces = OrderEvidence.objects.filter(order=order, pk__in=evidence)
    count = len(named) + len(pieces)
    if not count or count != len(set(items)) + len(set(evidence)):
        raise OrderProblem("chosen", "Choose what to take out")
    for one in named:
        journal.note(Verb.ALTER, "court order", ref, why=f"{one.kind} taken out of it")
    for piece in pieces:
        journal.note(Verb.ALTER, "court order", ref, why="evidence taken out of it", source=piece.source_ref)
    named.delete()
    pieces.delete()
    return count


def _check(draft: OrderDraft, kind: OrderKind) -> None:
    said("title", draft.title, "Say in a few words what the order is about")
    chosen("nation", draft.nation, kind.nations, f"No court makes a {kind.short} there")
    said("provider", draft.provider, "Name the provider or person against whom it is asked")
    said("used", draft.used, "Say how the first limb of the test is met")
    said("prevents", draft.prevents, "Say how the second limb of the test is met")
    said("affected", draft.affected, "Say who is likely to be affected, or that nobody is known to be")
    said("innocent", draft.innocent, "Say what innocent use there may be, or that none is known")
    said("proportionate", draft.proportionate, "Say why it is proportionate")
    if kind.offences and not draft.offences:
        raise OrderProblem("offences", "Choose the drug dealing offences in issue")
    if not set(draft.offences) <= kind.offences.keys():
        raise OrderProblem("offences", "Choose offences from the list")


def held(by: Reader, ref: str, *states: str) -> CourtOrder:
    """The order, locked, if the reader's body applies for it and it is in one of these states (none given: any).

    Raises:
        CourtOrder.DoesNotExist: the reader may not know such an order.
        OrderProblem: it is past that.
    """
    by.require(Permission.ORDER_READ)
    order = CourtOrder.objects.select_for_update(no_key=True, of=("self",)).get(ref=ref, owner=by.body)
    if states and order.state not in states:
        raise OrderProblem("", f"The order is {order.state}: this can be changed no longer")
    return order


@writes
def add_item(
    *, by: Reader, ref: str, value: str, attribution: str, first_seen: date | None, last_seen: date | None,
    provider: str = "",
) -> None:  # fmt: skip
    """Name something that the order is to cut off, as it is typed; one ``provider`` alone may have it to do.

    Raises as `held`, and OrderProblem for the field that needs mending.
    """
    by.require(Permission.ORDER_DRAFT)
    order = held(by, ref, "drafted")
    kind = kind_in(order.kind, order.law_version)
    try:
        what = parse_item(value, kind)
    except NotASelector as problem:
        raise OrderProblem("value", str(problem)) from None
    whose = OrderProvider.objects.filter(order=order, ref=provider).first() if provider else None
    if provider and whose is None:
        raise OrderProblem("provider", "Choose a provider from the list")
    if first_seen and last_seen and last_seen < first_seen:
        raise OrderProblem("last_seen", "It cannot be seen last before it was seen first")
    attribution = said("attribution", attribution, "Say how it is attributed")
    _add(order, what, attribution, first_seen=first_seen, last_seen=last_seen, provider=whose)
    journal.note(Verb.ALTER, "court order", ref, why=f"{what[0]} named in it")


def _add(order: CourtOrder, what: tuple[str, str], attribution: str, **columns: Any) -> None:
    """``columns`` are days, a provider, and the labels of the piece that it comes from; else those of the order."""
    kind, key = what
    if OrderItem.objects.filter(order=order, kind=kind, key=key).exists():
        raise OrderProblem("value", "The order names it already")
    labels = {"marking_id": order.marking_id, "owner": order.owner}
    OrderItem.objects.create(**labels | columns, order=order, kind=kind, key=key, attribution=attribution)
    # Whoever holds this one has not been asked yet.
    CourtOrder.objects.filter(pk=order.pk).update(asked_at=None)


@writes
def add_from_line(*, by: Reader, ref: str, pieces: Sequence[str], disclosure: str) -> None:
    """Take pieces of evidence of the order's line: what they name goes into the order where the law lets it.

    Each stands under the marking of its piece, so that it opens to those alone who may know that.

    Raises as `held`, and OrderProblem for the field that needs mending.
    """
    by.require(Permission.ORDER_DRAFT)
    order = held(by, ref, "drafted")
    chosen("disclosure", disclosure, DISCLOSURES, "Choose whether it may be disclosed")
    kind, wanted = kind_in(order.kind, order.law_version), set(pieces)
    rows = list(standing_evidence().filter(line_id=order.line_id, ref__in=wanted).order_by("pk"))
    if not wanted or len(rows) != len(wanted):
        raise OrderProblem("pieces", "Choose pieces of evidence from the list")
    for row in rows:
        label = {"marking_id": row.marking_id, "owner": row.owner}
        selector = Selector(row.kind, row.value)
        is_named = OrderItem.objects.filter(order=order, kind=row.kind, key=row.value).exists()
        if row.kind in kind.items and not is_named:
            says, first = f"Evidence {row.ref} of the line", row.from_on or row.seen_on
            _add(order, (row.kind, row.value), says, first_seen=first, last_seen=row.seen_on, **label)
        shown = selector.shown if row.kind in KINDS else row.value
        OrderEvidence.objects.create(
            **label, order=order, source_ref=row.source_ref, grade=row.grade, disclosure=disclosure,
            says=f"{row.statement}: {shown}. {row.words}".strip(), made_at=clock.now(), made_by=by.name,
        )  # fmt: skip
    journal.note(Verb.ALTER, "court order", ref, why="evidence of its line", pieces=sorted(wanted))


@writes
def put_evidence(*, by: Reader, ref: str, source_ref: str, grade: str, says: str, disclosure: str) -> None:
    """Put a piece of evidence into the order as it is typed. Raises as `add_item`."""
    by.require(Permission.ORDER_DRAFT)
    order = held(by, ref, "drafted")
    OrderEvidence.objects.create(
        marking_id=order.marking_id, owner=order.owner, order=order, source_ref=source_ref.strip(), grade=grade.strip(),
        says=said("says", says, "Say what it shows"), made_at=clock.now(), made_by=by.name,
        disclosure=chosen("disclosure", disclosure, DISCLOSURES, "Choose whether it may be disclosed"),
    )  # fmt: skip
    journal.note(Verb.ALTER, "court order", ref, why="evidence put in", source=source_ref)
