"""Reports with all that their reader may know of them, many at a time, for whoever carries them elsewhere."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import QuerySet

from throughline.access import journal
from throughline.access.journal import Entry, Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.intelligence.models import (
    Item,
    ItemSelector,
    Provenance,
    Report,
    ReportLink,
    SensitiveSource,
)
from throughline.intelligence.report_cells import Classification
from throughline.organisations.queries import body_cards
from throughline.selectors.registry import Selector

PAGE = 200
"""Reports that are read at once."""


@dataclass(frozen=True, slots=True)
class WholeGrade:
    """The codes of a grade as they were given; the last three are of handling code C alone."""

    scheme: str
    source: str
    assessment: str
    handling: str
    action: str = ""
    sanitisation: str = ""
    instructions: str = ""


@dataclass(frozen=True, slots=True)
class WholeItem:
    """One item, with no grade while it waits for one."""

    number: int
    text: str
    grade: WholeGrade | None
    selectors: tuple[Selector, ...]


@dataclass(frozen=True, slots=True)
class WholeReport:
    """One report. ``owner`` and ``bodies`` are codes; ``origin_ref`` and ``sensitive_source`` are its body's own.

    A blank ``contact`` or ``caveat`` is the usual one. ``derived_from`` and ``replaces`` hold references.
    """

    ref: str
    origin_ref: str
    title: str
    owner: str
    owner_name: str
    date_of_intelligence: date
    recorded_at: datetime
    state: str
    is_sanitised: bool
    closed_at: datetime | None
    classification: Classification
    everyone: bool
    bodies: tuple[str, ...]
    items: tuple[WholeItem, ...]
    threats: tuple[str, ...] = ()
    priority: str = ""
    caveat: str = ""
    contact: str = ""
    pii: str = ""
    sensitive_source: str = ""
    provenance: str = ""
    provenance_grade: WholeGrade | None = None
    derived_from: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()

    @property
    def circulation(self) -> tuple[str, ...]:
        """The word for all, or the codes of the bodies in order; none where its own alone knows it."""
        return ("all",) if self.everyone else tuple(sorted(self.bodies))


@dataclass(frozen=True, slots=True)
class WholePage:
    """Some reports, and the reference after which the next page starts ('' at the end)."""

    reports: tuple[WholeReport, ...]
    next_after: str


def whole_page(reader: Reader, *, why: str, after: str = "", size: int = PAGE) -> WholePage:
    """The next reports that the reader may know, oldest first, after the reference of the last one. Journalled."""
    reader.require(Permission.REPORT_READ)
    with reading(reader):
        mark = Report.objects.filter(ref=after).values_list("id", flat=True).first() if after else 0
        found = list(Report.objects.filter(id__gt=mark or 0).order_by("id")[: size + 1])
        shown = _whole(reader, found[:size], why)
    return WholePage(shown, found[size - 1].ref if len(found) > size else "")


def whole_reports(reader: Reader, refs: Sequence[str], *, why: str) -> tuple[WholeReport, ...]:
    """Those of these reports that the reader may know, in the order of their references here. Journalled."""
    reader.require(Permission.REPORT_READ)
    places = {ref: place for place, ref in enumerate(refs)}
    with reading(reader):
        found = sorted(Report.objects.filter(ref__in=refs), key=lambda report: places[report.ref])
        return _whole(reader, found, why)


def _whole(reader: Reader, reports: Sequence[Report], why: str) -> tuple[WholeReport, ...]:
    numbers, cards = [report.pk for report in reports], body_cards()
    items = _by_report(
        Item.objects.filter(report__in=numbers).select_related("marking").order_by("report", "number")
    )
    selectors: dict[int, list[Selector]] = defaultdict(list)
    for row in ItemSelector.objects.filter(item__report__in=numbers).order_by("id"):
        selectors[row.item_id].append(Selector(row.kind, row.key))
    statements = _by_report(Provenance.objects.filter(report__in=numbers).select_related("marking"))
    sources = dict(SensitiveSource.objects.filter(report__in=numbers).values_list("report", "unit_ref"))
    ties: dict[tuple[int, str], list[str]] = defaultdict(list)
    for later, kind, earlier in (
        ReportLink.objects.filter(later__in=numbers)
        .order_by("id")
        .values_list("later", "kind", "earlier__ref")
    ):
        ties[later, kind].append(earlier)
    _journal(reports, why)
    out = []
    for report in reports:
        owner, is_own = cards[report.owner], report.owner == reader.body
        statement = next(iter(statements[report.pk]), None)
        usual = f"{report.recorded_by}, {owner.name}"
        out.append(
            WholeReport(
                ref=report.ref, origin_ref=report.origin_ref if is_own else "", title=report.title, owner=owner.code,
                owner_name=owner.name, date_of_intelligence=report.date_of_intelligence,
                recorded_at=report.recorded_at, state=report.state, is_sanitised=report.is_sanitised,
                closed_at=report.closed_at, classification=Classification(report.classification),
                everyone=report.everyone, bodies=tuple(cards[number].code for number in report.bodies),
                items=tuple(
                    WholeItem(item.number, item.text, _grade(item), tuple(selectors[item.pk]))
                    for item in items[report.pk]
                ),
                threats=tuple(report.threats), priority=report.priority, caveat=report.caveat,
                contact="" if report.contact == usual else report.contact, pii=report.pii,
                sensitive_source=sources.get(report.pk, ""), provenance=statement.text if statement else "",
                provenance_grade=_grade(statement) if statement else None,
                derived_from=tuple(ties[report.pk, "derived_from"]), replaces=tuple(ties[report.pk, "replaces"]),
            )
        )  # fmt: skip
    return tuple(out)


_OfAReport = TypeVar("_OfAReport", Item, Provenance)


def _by_report(rows: QuerySet[_OfAReport]) -> dict[int, list[_OfAReport]]:
    found: dict[int, list[_OfAReport]] = defaultdict(list)
    for row in rows:
        found[row.report_id].append(row)
    return found


def _grade(row: Item | Provenance) -> WholeGrade | None:
    if not row.handling:
        return None
    codes = (row.source, row.assessment, row.handling)
    scheme = row.scheme if isinstance(row, Item) else "3x5x2"
    if row.handling == "C":
        terms = row.marking
        return WholeGrade(scheme, *codes, terms.action, terms.sanitisation, terms.instructions)
    return WholeGrade(scheme, *codes, instructions=row.older_instructions if isinstance(row, Item) else "")


def _journal(reports: Sequence[Report], why: str) -> None:
    """Each report as opened; its owner's auditors see it as well."""
    by_owner: dict[int, list[Entry]] = defaultdict(list)
    for report in reports:
        by_owner[report.owner].append(Entry(Verb.CONSULT, "report", report.ref, why))
    for owner, entries in by_owner.items():
        journal.note_all(entries, owner=owner)
