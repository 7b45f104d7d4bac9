"""Drafting an order, naming what it is to cut off, and putting its evidence together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
from throughline.orders.law import OrderKind, kind_in, kinds_on
from throughline.orders.models import CourtOrder, OrderEvidence, OrderItem
from throughline.selectors.registry import KINDS, NotASelector, Selector, parse

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
        marking=marking, owner=by.body, compartment=compartment, ref=new_ref("CO"), kind=kind.key,
        law_version=kind.version, line=on, follows=earlier, title=draft.title.strip(), nation=draft.nation,
        provider=draft.provider.strip(), provider_contact=draft.provider_contact.strip(),
        offences=list(draft.offences), used=draft.used.strip(), prevents=draft.prevents.strip(),
        plan=draft.plan.strip(), affected=draft.affected.strip(), innocent=draft.innocent.strip(),
        proportionate=draft.proportionate.strip(), without_notice=draft.without_notice.strip(),
        duration=draft.duration.strip(), made_at=clock.now(), made_by=by.name,
    )  # fmt: skip
    journal.note(Verb.COLLECT, "court order", order.ref, why=order.title, line=line)
    announce(OrderMoved(order=order.pk, verb="draft", person=by.person))
    return order.ref


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
    *, by: Reader, ref: str, value: str, attribution: str, first_seen: date | None, last_seen: date | None
) -> None:
    """Name something that the order is to cut off, as it is typed.

    Raises as `held`, and OrderProblem for the field that needs mending.
    """
    by.require(Permission.ORDER_DRAFT)
    order = held(by, ref, "drafted")
    kind = kind_in(order.kind, order.law_version)
    try:
        selector = parse(value)
    except NotASelector as problem:
        raise OrderProblem("value", str(problem)) from None
    if selector.kind not in kind.items:
        can = ", ".join(KINDS[name].label for name in kind.items) or "nothing of this kind"
        raise OrderProblem("value", f"A {kind.short} can name: {can}")
    if first_seen and last_seen and last_seen < first_seen:
        raise OrderProblem("last_seen", "It cannot be seen last before it was seen first")
    _add(order, selector, said("attribution", attribution, "Say how it is attributed"), first_seen, last_seen)
    journal.note(Verb.ALTER, "court order", ref, why=f"{selector.kind} named in it")


def _add(
    order: CourtOrder,
    selector: Selector,
    attribution: str,
    first: date | None,
    last: date | None,
    **label: int,
) -> None:
    if OrderItem.objects.filter(order=order, kind=selector.kind, key=selector.key).exists():
        raise OrderProblem("value", "The order names it already")
    OrderItem.objects.create(
        **({"marking_id": order.marking_id, "owner": order.owner} | label), order=order, kind=selector.kind,
        key=selector.key, attribution=attribution, first_seen=first, last_seen=last,
    )  # fmt: skip


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
            _add(
                order,
                selector,
                f"Evidence {row.ref} of the line",
                row.from_on or row.seen_on,
                row.seen_on,
                **label,
            )
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
