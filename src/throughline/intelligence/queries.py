"""Reading reports at the degree that the reader may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.intelligence.about import CAVEAT, About
from throughline.intelligence.grading import Action, Sanitising
from throughline.intelligence.models import Item, ItemSelector, Provenance, Report, SensitiveSource
from throughline.intelligence.relatives import Relatives, relatives_of
from throughline.intelligence.report_cells import Classification
from throughline.intelligence.sanitising import STANDS, sanitisable
from throughline.intelligence.workflow import REPORT
from throughline.kernel.counting import count_up_to
from throughline.kernel.history import Moved, moves_of
from throughline.organisations.queries import BodyCard, body_cards
from throughline.selectors.models import Sighting
from throughline.selectors.registry import KINDS, NotASelector, Selector, parse

EVERY_BODY = ("Every body",)
"""A circulation to everyone, in words."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in a list."""

    ref: str
    title: str
    owner: str
    owner_name: str
    date_of_intelligence: date
    recorded_at: datetime
    grades: tuple[str, ...]
    state: str
    marking: str


@dataclass(frozen=True, slots=True)
class ReportList:
    """A page of reports, newest first, and the reference after which the next page starts ('' at the end)."""

    rows: tuple[ReportRow, ...]
    next_before: str


def report_list(
    reader: Reader, *, text: str = "", owner: str = "", state: str = "", before: str = "", size: int = 25,
    oldest_first: bool = False,
) -> ReportList:  # fmt: skip
    """Reports that the reader may know, filtered; the look is journalled with what it showed.

    ``before`` is the reference of the last report of the page before: a running number would tell how many
    reports there are in all.
    """
    reader.require(Permission.REPORT_READ)
    cards = body_cards()
    owner_id = next((n for n, card in cards.items() if card.code == owner), None)
    with reading(reader):
        mark = Report.objects.filter(ref=before).values_list("id", flat=True).first() if before else None
        found = (
            _searched(text, owner_id, state, mark, size + 1)
            if text.strip()
            else _listed(owner_id, state, mark, size + 1, oldest_first=oldest_first)
        )
        grades: dict[int, list[str]] = {}
        shown = [r.pk for r in found[:size]]
        for item in Item.objects.filter(report__in=shown).exclude(handling="").order_by("number"):
            grades.setdefault(item.report_id, []).append(f"{item.source}{item.assessment}{item.handling}")
        looked = "report search" if text.strip() else "report list"
        journal.note(Verb.CONSULT, looked, why="looked at a list", refs=[r.ref for r in found[:size]])
    rows = tuple(_row(r, cards, grades.get(r.pk, [])) for r in found[:size])
    return ReportList(rows, found[size - 1].ref if len(found) > size else "")


def _listed(
    owner: int | None, state: str, before: int | None, size: int, *, oldest_first: bool
) -> list[Report]:
    rows = Report.objects.order_by("id" if oldest_first else "-id")
    if owner is not None:
        rows = rows.filter(owner=owner)
    if state:
        rows = rows.filter(state=state)
    if before:
        rows = rows.filter(id__lt=before)
    return list(rows[:size])


def _searched(text: str, owner: int | None, state: str, before: int | None, size: int) -> list[Report]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select report_id from intelligence_search(%s, %s, %s::smallint, %s, %s)",
            [text, before, owner, state, size],
        )
        ids = [row[0] for row in cursor.fetchall()]
    # Once more through the lock: the search is a door of the engine, and what is shown must pass the policy itself.
    return list(Report.objects.filter(id__in=ids).order_by("-id"))


def _row(report: Report, cards: dict[int, BodyCard], grades: list[str]) -> ReportRow:
    owner = cards[report.owner]
    return ReportRow(
        ref=report.ref, title=report.title, owner=owner.code, owner_name=owner.name,
        date_of_intelligence=report.date_of_intelligence, recorded_at=report.recorded_at,
        grades=tuple(dict.fromkeys(grades)), state=report.state, marking=str(Classification(report.classification)),
    )  # fmt: skip


def reports_waiting(reader: Reader, *, size: int = 10) -> list[ReportRow]:
    """Received reports of the reader's own body that wait for a grade, oldest first."""
    return list(
        report_list(reader, owner=reader.body_code, state="received", size=size, oldest_first=True).rows
    )


@dataclass(frozen=True, slots=True)
class ConditionsView:
    """The terms under which an item under handling code C is shared."""

    action: str
    action_help: str
    sanitisation: str
    sanitisation_help: str
    instructions: str


@dataclass(frozen=True, slots=True)
class SelectorView:
    """A selector of an item; ``written`` is how a form takes it back."""

    kind: str
    label: str
    shown: str
    written: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item with its grade, or '' while it waits for one."""

    ref: str
    number: int
    text: str
    grade: str
    conditions: ConditionsView | None
    selectors: tuple[SelectorView, ...]
    scheme: str
    older_instructions: str


@dataclass(frozen=True, slots=True)
class ProvenanceView:
    """The provenance statement of a report, with its own grade ('' while it waits for one)."""

    text: str
    grade: str
    conditions: ConditionsView | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report as this reader may know it."""

    ref: str
    origin_ref: str
    title: str
    owner: str
    owner_name: str
    desk: str
    is_own: bool
    date_of_intelligence: date
    recorded_at: datetime
    recorded_by: str
    contact: str
    state: str
    marking: str
    circulation: tuple[str, ...]
    items: tuple[ItemView, ...]
    moves: tuple[str, ...]
    history: tuple[Moved, ...]
    is_sanitised: bool
    closed_at: datetime | None
    closed_why: str
    relatives: Relatives
    about: About
    provenance: ProvenanceView | None
    is_released: bool

    def sanitisable_items(self) -> tuple[ItemView, ...]:
        """The items of which this reader's body may make a sanitised version."""
        return tuple(
            item for item in self.items
            if self.state in STANDS and sanitisable(
                is_own=self.is_own, sanitisation=item.conditions.sanitisation if item.conditions else "")
        )  # fmt: skip


def report_page(reader: Reader, ref: str, *, why: str = "opened the report") -> ReportPage | None:
    """Open one report, journalled; None when the reader may not know of it."""
    reader.require(Permission.REPORT_READ)
    with reading(reader):
        report = Report.objects.filter(ref=ref).first()
        if report is None:
            return None
        items = list(Item.objects.filter(report=report).select_related("marking").order_by("number"))
        selectors: dict[int, list[SelectorView]] = {}
        for s in ItemSelector.objects.filter(item__in=items).order_by("id"):
            selectors.setdefault(s.item_id, []).append(_selector(Selector(s.kind, s.key)))
        history = moves_of(REPORT.name, [report.pk])
        relatives = relatives_of(report)
        statement = Provenance.objects.filter(report=report).select_related("marking").first()
        source = SensitiveSource.objects.filter(report=report).values_list("unit_ref", flat=True).first()
        journal.note(Verb.CONSULT, "report", ref, why=why, owner=report.owner)
    cards = body_cards()
    owner, is_own = cards[report.owner], report.owner == reader.body
    return ReportPage(
        ref=report.ref, origin_ref=report.origin_ref if is_own else "", title=report.title, owner=owner.code,
        owner_name=owner.name, desk=owner.desk, is_own=is_own, date_of_intelligence=report.date_of_intelligence,
        recorded_at=report.recorded_at, recorded_by=report.recorded_by, contact=report.contact, state=report.state,
        marking=str(Classification(report.classification)), circulation=_circulation(report, cards),
        items=tuple(_item(item, tuple(selectors.get(item.pk, []))) for item in items),
        moves=tuple(REPORT.moves_open(by=reader, state=report.state)) if is_own else (),
        history=history, is_sanitised=report.is_sanitised, closed_at=report.closed_at, closed_why=report.closed_why,
        relatives=relatives, is_released=report.released, provenance=_provenance(statement) if statement else None,
        about=About(
            threats=tuple(report.threats), priority=report.priority, caveat=report.caveat or CAVEAT,
            contact=report.contact, pii=report.pii, sensitive_source=source or "",
        ),
    )  # fmt: skip


def _selector(selector: Selector) -> SelectorView:
    return SelectorView(selector.kind, KINDS[selector.kind].label, selector.shown, _written(selector))


def _written(selector: Selector) -> str:
    """As a person would write it, where that is read back as the same; otherwise its key."""
    written = f"{selector.kind}: {selector.shown}"
    try:
        return written if parse(written) == selector else f"{selector.kind}:{selector.key}"
    except NotASelector:
        return f"{selector.kind}:{selector.key}"


def _circulation(report: Report, cards: dict[int, BodyCard]) -> tuple[str, ...]:
    if report.everyone:
        return EVERY_BODY
    return tuple(cards[number].name for number in report.bodies)


def _item(item: Item, selectors: tuple[SelectorView, ...]) -> ItemView:
    grade = f"{item.source}{item.assessment}{item.handling}"
    return ItemView(
        item.ref, item.number, item.text, grade, _conditions(item), selectors, item.scheme, item.older_instructions
    )  # fmt: skip


def _provenance(statement: Provenance) -> ProvenanceView:
    grade = f"{statement.source}{statement.assessment}{statement.handling}"
    return ProvenanceView(statement.text, grade, _conditions(statement))


def _conditions(row: Item | Provenance) -> ConditionsView | None:
    if row.handling != "C":
        return None
    terms = row.marking
    action, sanitising = Action(terms.action), Sanitising(terms.sanitisation)  # type: ignore[call-arg]  # looked up by its code
    return ConditionsView(
        str(action), f"{action.label}. {action.help}", str(sanitising), f"{sanitising.label}. {sanitising.help}",
        terms.instructions,
    )  # fmt: skip


def item_report(reader: Reader, item_ref: str) -> str | None:
    """The reference of the report that an item stands in, or None when the reader may not know the item."""
    with reading(reader):
        return Item.objects.filter(ref=item_ref).values_list("report__ref", flat=True).first()


def item_reports(reader: Reader, item_refs: Sequence[str]) -> dict[str, str]:
    """For each of these items that the reader may know with its report, the reference of that report."""
    with reading(reader):
        return dict(Item.objects.filter(ref__in=item_refs).values_list("ref", "report__ref"))


def own_reports(reader: Reader, *, state: str = "", cap: int = 1000) -> int:
    """How many reports of the reader's own body, in one state or in any, the reader may know, counted up to ``cap``."""
    with reading(reader):
        rows = Report.objects.filter(owner=reader.body)
        return count_up_to(rows.filter(state=state) if state else rows, cap)


@dataclass(frozen=True, slots=True)
class HeldReport:
    """A report of the reader's own body that holds a selector, with the grade of the first item that does."""

    ref: str
    title: str
    date_of_intelligence: date
    state: str
    classification: int
    circulation: tuple[str, ...]
    item: int
    scheme: str
    source: str
    assessment: str
    handling: str


def reports_holding(reader: Reader, selector: Selector, *, size: int = 50) -> list[HeldReport]:
    """The newest graded reports of the reader's own body in which an item holds this selector."""
    reader.require(Permission.REPORT_READ)
    with reading(reader):
        seen = Sighting.objects.filter(
            key=selector.key, kind=selector.kind, owner=reader.body, source__in=("report", "version")
        ).values_list("source_ref", flat=True)
        refs = list(seen.order_by("-id")[: size * 4])
        rows = Item.objects.filter(ref__in=refs, report__state__in=STANDS).select_related("report")
        found: dict[int, Item] = {}
        for item in rows.order_by("-report_id", "number"):
            found.setdefault(item.report_id, item)
    cards = body_cards()
    return [_held(item, cards) for item in list(found.values())[:size]]


def _held(item: Item, cards: dict[int, BodyCard]) -> HeldReport:
    report = item.report
    return HeldReport(
        ref=report.ref, title=report.title, date_of_intelligence=report.date_of_intelligence, state=report.state,
        classification=report.classification, circulation=_circulation(report, cards), item=item.number,
        scheme=item.scheme, source=item.source, assessment=item.assessment, handling=item.handling,
    )  # fmt: skip
