"""Every way intelligence may change: reports are recorded, graded, circulated and rejected."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import psycopg
from django.db import IntegrityError, connection, transaction

from throughline.access import journal
from throughline.access.journal import Entry, Verb
from throughline.access.models import Marking
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, conditioned, marking_for
from throughline.intelligence.about import Provenance
from throughline.intelligence.events import (
    CirculatedBeyondAsked,
    CirculationWidened,
    ReportCirculated,
    ReportsGraded,
)
from throughline.intelligence.grading import Grade
from throughline.intelligence.models import Attachment, Item, ItemSelector, Report, SensitiveSource
from throughline.intelligence.models import Provenance as ProvenanceRow
from throughline.intelligence.older_grading import OLDER_SCHEME, STAYS_HOME, OlderGrade, why_it_stays_home
from throughline.intelligence.report_rows import ItemDraft, ReportDraft
from throughline.intelligence.workflow import REPORT
from throughline.kernel import clock
from throughline.kernel.outbox import Fact, Payload, announce
from throughline.kernel.refs import new_ref
from throughline.kernel.workflow import MoveRefused
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_ids, body_names
from throughline.selectors.events import SightingsNoted
from throughline.selectors.registry import Selector

DRAWS = 5
"""References are drawn by chance: among ten million reports about one new report in 65,000 draws one that is taken."""
Inserted = TypeVar("Inserted")
ONCE_DRAWN, ONCE_A_BODY = "report_ref_once", "report_once_a_body"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one draft: ``kept``, ``unchanged`` (held already) or ``clash`` (same reference, other words)."""

    draft: ReportDraft
    outcome: str
    ref: str


@writes
def record_reports(*, by: Reader, drafts: Sequence[ReportDraft]) -> list[Recorded]:
    """Record reports of the reader's own body, all in one transaction.

    A report whose items all carry a grade is graded, and circulated where a circulation is named; any other waits
    for a person. The same report twice changes nothing; the same reference with other words is a clash.
    """
    by.require(Permission.REPORT_ADD)
    held = dict(
        Report.objects.filter(owner=by.body, origin_ref__in=[d.report for d in drafts]).values_list(
            "origin_ref", "content_hash"
        )
    )
    fresh = [draft for draft in drafts if draft.report not in held]
    refs = _insert(by, fresh) if fresh else {}
    out = []
    for draft in drafts:
        if draft.report in refs:
            out.append(Recorded(draft, "kept", refs[draft.report]))
        else:
            same = held.get(draft.report) == draft.content_hash
            out.append(Recorded(draft, "unchanged" if same else "clash", ""))
    return out


def _insert(by: Reader, drafts: Sequence[ReportDraft]) -> dict[str, str]:
    try:
        return draw_until_free(lambda: _insert_all(by, drafts))
    except IntegrityError as problem:
        if _constraint(problem) == ONCE_A_BODY and len(drafts) == 1:
            # Held in a compartment that this person may not know: say no more than that it is taken.
            return {}
        raise


def draw_until_free(insert: Callable[[], Inserted]) -> Inserted:
    """Insert reports under references drawn by chance; again, if one of them is taken."""
    for _ in range(DRAWS):
        try:
            with transaction.atomic():
                return insert()
        except IntegrityError as problem:
            if _constraint(problem) != ONCE_DRAWN:
                raise
    raise RuntimeError(f"No free reference was drawn in {DRAWS} tries.")


def _constraint(problem: IntegrityError) -> str | None:
    """The name of the constraint that an insert broke, where the database gives it."""
    return problem.__cause__.diag.constraint_name if isinstance(problem.__cause__, psycopg.Error) else None


def _insert_all(by: Reader, drafts: Sequence[ReportDraft]) -> dict[str, str]:
    codes = body_ids()
    reports = write_reports(by, drafts, [_marking(by, draft, codes) for draft in drafts])
    circulated = _move_on(by, [report for report in reports if report.state == "graded"])
    collected = [Entry(Verb.COLLECT, "report", report.ref, "recorded") for report in reports]
    journal.note_all([*collected, *disclosures(circulated, codes, why="as its author asked")])
    return {draft.report: report.ref for draft, report in zip(drafts, reports, strict=True)}


def write_reports(by: Reader, drafts: Sequence[ReportDraft], under: Sequence[Marking]) -> list[Report]:
    """Write reports with their items and selectors, each under its marking. What follows from them is the caller's."""
    now = clock.now()
    markings = Marking.objects.bulk_create(under)
    reports = Report.objects.bulk_create(
        [
            Report(
                marking=marking, owner=by.body, ref=new_ref("IR"), origin_ref=draft.report, title=draft.title,
                date_of_intelligence=draft.date_of_intelligence, recorded_at=now, recorded_by=by.name,
                contact=draft.about.contact or f"{by.name}, {by.body_name}", content_hash=draft.content_hash,
                threats=list(draft.about.threats), priority=draft.about.priority, caveat=draft.about.caveat,
                pii=draft.about.pii,
                state="graded" if _comes_graded(by, draft) else "received", is_sanitised=draft.is_sanitised,
            )
            for marking, draft in zip(markings, drafts, strict=True)
        ]
    )  # fmt: skip
    pairs = [(report, item) for report, draft in zip(reports, drafts, strict=True) for item in draft.items]
    items = _insert_items(pairs)
    _insert_selectors([(row, s) for row, (_, item) in zip(items, pairs, strict=True) for s in item.selectors])
    said = [(report, draft.about) for report, draft in zip(reports, drafts, strict=True)]
    _insert_provenance([(r, a.provenance) for r, a in said if a.provenance])
    _insert_sources([(r, a.sensitive_source) for r, a in said if a.sensitive_source])
    for report, marking in zip(reports, markings, strict=True):
        _take_labels(report, marking)
    return reports


def _marking(by: Reader, draft: ReportDraft, codes: dict[str, int]) -> Marking:
    circulation = Circulation(
        everyone=draft.circulation.everyone, bodies=tuple(codes[code] for code in draft.circulation.bodies)
    )
    marking = marking_for(owner=by.body, classification=int(draft.classification), circulation=circulation)
    marking.released = _goes_out(by, draft)
    return marking


def _goes_out(by: Reader, draft: ReportDraft) -> bool:
    """Whether a draft is circulated in the transaction that records it: its rows are then written open, and once."""
    is_named = draft.circulation.everyone or bool(draft.circulation.bodies)
    return is_named and by.may(Permission.REPORT_CIRCULATE) and _comes_graded(by, draft)


def _comes_graded(by: Reader, draft: ReportDraft) -> bool:
    statement = draft.about.provenance
    is_graded = all(item.grade for item in draft.items) and (statement is None or statement.grade is not None)
    return by.may(Permission.REPORT_GRADE) and is_graded


def _take_labels(report: Report, marking: Marking) -> None:
    """The database copied the labels onto the row; let the object in hand show the same."""
    report.everyone, report.bodies = marking.everyone, marking.bodies
    report.people, report.teams = marking.people, marking.teams


def _insert_items(pairs: Sequence[tuple[Report, ItemDraft]]) -> list[Item]:
    rows = [_item(report, draft) for report, draft in pairs]
    apart = [row for row in rows if row.marking.pk is None]
    Marking.objects.bulk_create([row.marking for row in apart])
    for row in apart:
        row.marking_id = row.marking.pk
    return Item.objects.bulk_create(rows, batch_size=2000)


def _insert_selectors(pairs: Sequence[tuple[Item, Selector]]) -> None:
    """Most of a report's rows. Owner and labels are left out: the database copies them from the marking."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into intelligence_item_selector (marking_id, item_id, kind, key) "
            "select * from unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[])",
            [
                [item.marking_id for item, _ in pairs], [item.pk for item, _ in pairs],
                [selector.kind for _, selector in pairs], [selector.key for _, selector in pairs],
            ],
        )  # fmt: skip


def _insert_provenance(pairs: Sequence[tuple[Report, Provenance]]) -> None:
    """Each statement under the marking of its own grade, as an item is."""
    rows = []
    for report, statement in pairs:
        marking = _item_marking(report.marking, statement.grade)
        if marking.pk is None:
            marking.save()
        codes = _three_codes(statement.grade)
        rows.append(
            ProvenanceRow(marking=marking, owner=report.owner, report=report, text=statement.text, **codes)
        )
    ProvenanceRow.objects.bulk_create(rows)


def _insert_sources(pairs: Sequence[tuple[Report, str]]) -> None:
    SensitiveSource.objects.bulk_create(
        [SensitiveSource(report=report, unit_ref=unit_ref) for report, unit_ref in pairs]
    )


def _item(report: Report, draft: ItemDraft) -> Item:
    return Item(
        marking=_item_marking(report.marking, draft.grade), owner=report.owner, report=report,
        number=draft.number, ref=f"{report.ref}/{draft.number}", text=draft.text,
        **_codes(draft.grade),
    )  # fmt: skip


def _item_marking(parent: Marking, grade: Grade | OlderGrade | None) -> Marking:
    """Under P an item shares the report's marking; under C it has its own, which follows the report's."""
    if grade is None or grade.conditions is None:
        return parent
    terms = grade.conditions
    return conditioned(
        parent, action=terms.action, sanitisation=terms.sanitising, instructions=terms.instructions
    )


def _codes(grade: Grade | OlderGrade | None) -> dict[str, str]:
    if grade is None:
        return {}
    older = grade.instructions if isinstance(grade, OlderGrade) else ""
    return {"scheme": grade.scheme, "older_instructions": older, **_three_codes(grade)}


def _three_codes(grade: Grade | OlderGrade | None) -> dict[str, str]:
    if grade is None:
        return {}
    return {"source": grade.source, "assessment": grade.assessment, "handling": grade.handling}


def _move_on(by: Reader, graded: list[Report]) -> list[Report]:
    """Send what came in graded on its way; circulate, and return, what names a circulation."""
    named = [r for r in graded if r.everyone or r.bodies] if by.may(Permission.REPORT_CIRCULATE) else []
    if named:
        REPORT.make_all("circulate", named, by=by, why="as its author asked")
    kept = [r.pk for r in graded if r not in named]
    announce(
        *note_sightings(graded), *(ReportCirculated(report=r.pk) for r in named),
        *([ReportsGraded(reports=kept)] if kept else []),
    )  # fmt: skip
    return named


def note_sightings(graded: Sequence[Report]) -> list[Fact]:
    """Note the selectors of graded reports as sightings, and give the fact that has them matched."""
    if not graded:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select intelligence_note_sightings(%s)", [[report.pk for report in graded]])
        ids = [row[0] for row in cursor.fetchall()]
    return [SightingsNoted(sightings=ids)] if ids else []


def disclosures(reports: Sequence[Report], codes: dict[str, int], *, why: str) -> list[Entry]:
    """The journal's entries of a circulation: each report, and to whom."""
    named = {number: code for code, number in codes.items()}
    return [
        Entry(
            Verb.DISCLOSE, "report", r.ref, why,
            {"to": "every body" if r.everyone else [named[n] for n in r.bodies]},
        )
        for r in reports
    ]  # fmt: skip


@writes
def grade_item(*, by: Reader, ref: str, grade: Grade) -> None:
    """Grade one item of a received report. Until every item is graded its selectors are not matched.

    Raises:
        Item.DoesNotExist: the reader's body has no such item, as far as the reader may know.
        MoveRefused: the report is past grading, or the role does not grade.
    """
    by.require(Permission.REPORT_GRADE)
    rows = Item.objects.select_related("report", "report__marking").select_for_update(of=("self", "report"))
    item = rows.get(ref=ref, owner=by.body)
    if item.report.state != REPORT.start:
        # Its sightings stand under the marking of the grade it had: another grade would leave them behind.
        raise MoveRefused(f"This report is {item.report.state}, so its items cannot be graded again.")
    marking = _item_marking(item.report.marking, grade)
    if marking.pk is None:
        marking.save()
    # The item, its selectors and its files move to the marking of the grade together.
    Item.objects.filter(pk=item.pk).update(marking=marking, **_codes(grade))
    ItemSelector.objects.filter(item=item).update(marking=marking)
    Attachment.objects.filter(report=item.report, item=item).update(marking=marking)
    journal.note(Verb.ALTER, "item", ref, why="graded", grade=str(grade))


@writes
def grade_provenance(*, by: Reader, ref: str, grade: Grade) -> None:
    """Grade the provenance statement of a received report, in its own right.

    Raises:
        Provenance.DoesNotExist: the reader's body has no such statement, as far as the reader may know.
        MoveRefused: the report is past grading.
    """
    by.require(Permission.REPORT_GRADE)
    report = (
        Report.objects.select_related("marking").select_for_update(of=("self",)).get(ref=ref, owner=by.body)
    )
    statement = ProvenanceRow.objects.get(report=report)
    if report.state != REPORT.start:
        raise MoveRefused(f"This report is {report.state}, so its provenance cannot be graded again.")
    marking = _item_marking(report.marking, grade)
    if marking.pk is None:
        marking.save()
    ProvenanceRow.objects.filter(pk=statement.pk).update(marking=marking, **_three_codes(grade))
    journal.note(Verb.ALTER, "report", ref, why="provenance graded", grade=str(grade))


@writes
def finish_grading(*, by: Reader, ref: str) -> None:
    """Say that a report is graded, which sends its selectors to be matched."""
    report = Report.objects.select_for_update(of=("self",)).get(ref=ref)
    REPORT.make("grade", report, by=by, why="every item graded")
    announce(*note_sightings([report]), ReportsGraded(reports=[report.pk]))
    journal.note(Verb.ALTER, "report", ref, why="graded")


@writes
def circulate_report(*, by: Reader, ref: str, everyone: bool, bodies: Sequence[str]) -> None:
    """Open a graded report of the reader's own body to everyone, or to the bodies named by their codes."""
    report = Report.objects.select_for_update(of=("self",)).get(ref=ref, owner=by.body)
    _refuse_what_stays_home(report)
    codes = body_ids()
    marking = Marking.objects.get(pk=report.marking_id)
    asked_all, asked = marking.everyone, set(marking.bodies)
    marking.released = True
    marking.everyone, marking.bodies = everyone, [codes[code] for code in bodies if code in codes]
    beyond = [] if asked_all else sorted(set(marking.bodies) - asked - {by.body})
    marking.save(update_fields=["released", "everyone", "bodies"])
    _take_labels(report, marking)
    REPORT.make("circulate", report, by=by, why="circulated", fact=ReportCirculated(report=report.pk))
    if beyond or (everyone and not asked_all):
        announce(CirculatedBeyondAsked(report=report.pk, to=beyond))
    journal.note_all(disclosures([report], codes, why="circulated"))


def _refuse_what_stays_home(report: Report) -> None:
    staying = Item.objects.filter(report=report, scheme=OLDER_SCHEME, handling__in=STAYS_HOME)
    numbers = list(staying.order_by("number").values_list("number", "handling"))
    if numbers:
        raise MoveRefused(why_it_stays_home(*numbers[0]))


@writes
def open_report_to(*, by: Reader, ref: str, body: str, why: str) -> None:
    """Open a report to one body that asked for it: circulate it to that body alone, or widen its circulation.

    Raises:
        Report.DoesNotExist: the reader's body has no such report, as far as the reader may know.
        MoveRefused: it cannot be opened, with the reason.
    """
    report = Report.objects.get(ref=ref, owner=by.body)
    if report.state != "graded" or report.compartment:
        widen_circulation(by=by, ref=ref, bodies=[body], why=why)
        return
    if report.everyone or report.bodies:
        # To release it now would open it to all whom its author named, which nobody has decided on.
        raise MoveRefused(
            "Its author asked for a circulation that nobody has decided on yet. Circulate the report first."
        )
    circulate_report(by=by, ref=ref, everyone=False, bodies=[body])


@writes
def widen_circulation(*, by: Reader, ref: str, bodies: Sequence[str], why: str) -> None:
    """Open a report of the reader's own body to more bodies, named by their codes. It is never narrowed.

    Its owner, those who had it and those who now have it are told; each body that is new is a disclosure.

    Raises:
        Report.DoesNotExist: the reader's body has no such report, as far as the reader may know.
        MoveRefused: the report is not circulated yet, or it stands in a compartment.
    """
    report = Report.objects.select_for_update(of=("self",)).get(ref=ref, owner=by.body)
    if report.compartment:
        raise MoveRefused(
            "This report stands in a closed compartment: it opens to the people on its list and not to a body."
        )
    codes = body_ids()
    asked = {codes[code] for code in bodies if code in codes} - {by.body}
    fresh = [] if report.everyone else sorted(asked - set(report.bodies))
    REPORT.make("widen", report, by=by, why=why)
    if not fresh:
        return
    had = list(report.bodies)
    marking = Marking.objects.get(pk=report.marking_id)
    marking.bodies = [*had, *fresh]
    marking.save(update_fields=["bodies"])
    announce(CirculationWidened(report=report.pk, to=fresh, had=had))
    named = {number: code for code, number in codes.items()}
    to = [named[number] for number in fresh]
    journal.note(Verb.DISCLOSE, "report", ref, why=why, to=to)


@writes
def reject_report(*, by: Reader, ref: str, why: str) -> None:
    """Refuse a received report, with the reason its author reads."""
    report = Report.objects.select_for_update(of=("self",)).get(ref=ref, owner=by.body)
    REPORT.make("reject", report, by=by, why=why)
    journal.note(Verb.ALTER, "report", ref, why=why)


def tell_of_circulation(facts: Sequence[Payload]) -> None:
    """Tell each body that a circulation names, in one notice for each owner."""
    with connection.cursor() as cursor:
        cursor.execute("select * from intelligence_circulated(%s)", [[fact["report"] for fact in facts]])
        rows = cursor.fetchall()
    if not rows:
        return
    names = body_names(owner for _, _, owner, _, _ in rows)
    tell(
        [
            Message(
                body, "circulation",
                f"{names[owner]} circulated {f'{reports:,} reports' if reports > 1 else 'a report'} to you",
                "report" if reports == 1 else "reports", ref if reports == 1 else "", compartment,
            )
            for body, compartment, owner, reports, ref in rows
        ]
    )  # fmt: skip


def tell_of_widening(facts: Sequence[Payload]) -> None:
    """Tell the owner of a report, those who had it and those who now have it that its circulation grew."""
    reports = _widened(facts)
    names = body_names({n for fact in facts for n in fact["to"]} | {row[1] for row in reports.values()})
    messages = []
    for fact in facts:
        ref, owner, compartment = reports[fact["report"]]
        to = ", ".join(names[number] for number in fact["to"])
        others = [body for body in fact["had"] if body != owner]
        words = {
            owner: f"The circulation of your report {ref} was widened: {to} may read it now",
            **dict.fromkeys(
                others, f"{names[owner]} widened the circulation of report {ref}: {to} may read it now"
            ),
            **dict.fromkeys(fact["to"], f"{names[owner]} circulated a report to you"),
        }
        messages += [
            Message(
                body, "circulation" if body in fact["to"] else "widening", text, "report", ref, compartment
            )
            for body, text in words.items()
        ]
    tell(messages)


def tell_owner_of_circulation(facts: Sequence[Payload]) -> None:
    """Tell the owner of a report that it went to more bodies than its author had asked for."""
    reports = _widened(facts)
    names = body_names({number for fact in facts for number in fact["to"]})
    messages = []
    for fact in facts:
        ref, owner, compartment = reports[fact["report"]]
        to = ", ".join(names[number] for number in fact["to"]) or "every body"
        text = f"Your report {ref} was circulated wider than its author asked: {to} may read it now"
        messages.append(Message(owner, "widening", text, "report", ref, compartment))
    tell(messages)


def _widened(facts: Sequence[Payload]) -> dict[int, tuple[str, int, int]]:
    """The reference, owner and compartment of each report that these facts are about."""
    with connection.cursor() as cursor:
        cursor.execute("select * from intelligence_widened(%s)", [[fact["report"] for fact in facts]])
        return {row[0]: row[1:] for row in cursor.fetchall()}
