"""What the documents of an order are made of: all that its body may know, or what may be disclosed and nothing else."""

from dataclasses import dataclass
from datetime import date, datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel.working_days import NATION_NAMES, Nation
from throughline.orders.drafting import OrderProblem
from throughline.orders.items import item_label, item_shown
from throughline.orders.law import OrderKind, kind_in, ranks
from throughline.orders.models import CourtOrder, OrderEvidence, OrderItem, OrderProvider
from throughline.orders.queries import ItemRow, OrderEvidenceRow, evidence_row, item_rows
from throughline.organisations.queries import body_cards

OPEN_WORDS = ("used", "prevents", "affected", "innocent", "proportionate", "without_notice")
"""What is said in an application that goes to whoever it is against; ``plan`` and ``loss_decision`` do not."""
_SHORTEST_REF = 3


@dataclass(frozen=True, slots=True)
class Papers:
    """An order as its documents tell it; ``said`` holds what was written, by the name of its part."""

    ref: str
    law: OrderKind
    applicant: str
    authorised_by: str
    rank: str
    nation: str
    court: str
    provider: str
    offences: tuple[str, ...]
    duration: str
    ordered_on: date | None
    ends_on: date | None
    comply_by: datetime | None
    said: dict[str, str]
    items: tuple[tuple[str, str], ...]
    evidence: tuple[OrderEvidenceRow, ...]


@dataclass(frozen=True, slots=True)
class FullPapers:
    """The same for the court alone: with how items are attributed, what is sensitive, and what was decided about it."""

    open: Papers
    plan: str
    loss_decision: str
    attributed: tuple[ItemRow, ...]
    closed: tuple[OrderEvidenceRow, ...]
    sensitive: tuple[OrderEvidenceRow, ...]


def disclosure_papers(reader: Reader, ref: str) -> Papers | None:
    """An order as it may be disclosed; None when the reader may not know of it. Journalled.

    Only evidence that may be disclosed is asked of the database, and of an item nothing but its kind and value: what
    is sensitive is never in these values.

    Raises:
        OrderProblem: the words of the application quote the reference of what may not be disclosed.
    """
    with reading(reader):
        one = _opened(reader, ref, "made the disclosure version")
        if one is None:
            return None
        _check_quotes(one)
        return _papers(one)


def full_papers(reader: Reader, ref: str) -> FullPapers | None:
    """An order with all that the reader may know of it; None when they may not know of it. Journalled."""
    with reading(reader):
        one = _opened(reader, ref, "made a document for the court")
        if one is None:
            return None
        items = list(OrderItem.objects.filter(order=one).order_by("pk"))
        rows = list(OrderEvidence.objects.filter(order=one).order_by("pk"))
        told = _papers(one)
    return FullPapers(
        told, one.plan, one.loss_decision,
        item_rows(items, {}),
        *(tuple(evidence_row(row) for row in rows if row.disclosure == kind) for kind in ("no", "sensitive")),
    )  # fmt: skip


def _opened(reader: Reader, ref: str, why: str) -> CourtOrder | None:
    reader.require(Permission.ORDER_READ)
    one = CourtOrder.objects.filter(ref=ref, owner=reader.body).first()
    if one is not None:
        journal.note(Verb.CONSULT, "court order", ref, why=why, owner=one.owner)
    return one


def _papers(one: CourtOrder) -> Papers:
    law, rank = kind_in(one.kind, one.law_version), ranks().get(one.rank)
    items = OrderItem.objects.filter(order=one).order_by("pk").values_list("kind", "key")
    names = OrderProvider.objects.filter(order=one).order_by("pk").values_list("name", flat=True)
    evidence = OrderEvidence.objects.filter(order=one, disclosure="yes").order_by("pk")
    return Papers(
        ref=one.ref, law=law, applicant=body_cards()[one.owner].name, authorised_by=one.authorised_by,
        rank=rank.name if rank else "", nation=NATION_NAMES[Nation(one.nation)], court=one.court,
        provider="; ".join(names), offences=tuple(law.offences[key] for key in one.offences), duration=one.duration,
        ordered_on=one.ordered_on, ends_on=one.ends_on, comply_by=one.comply_by,
        said={name: getattr(one, name) for name in OPEN_WORDS if getattr(one, name)},
        items=tuple((item_label(kind), item_shown(kind, key)) for kind, key in items),
        evidence=tuple(map(evidence_row, evidence)),
    )  # fmt: skip


def _check_quotes(one: CourtOrder) -> None:
    words = " ".join(getattr(one, name) for name in (*OPEN_WORDS, "duration", "provider"))
    rows = (
        OrderEvidence.objects.filter(order=one).exclude(disclosure="yes").values_list("source_ref", flat=True)
    )
    quoted = sorted({ref for ref in rows if len(ref) >= _SHORTEST_REF and ref in words})
    if quoted:
        raise OrderProblem(
            "",
            f"The words of the application quote {', '.join(quoted)}, which may not be disclosed. Take it out first",
        )
