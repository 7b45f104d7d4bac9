"""Versions of a report: sanitised ones to go further, one that corrects it, and taking it back altogether."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Marking
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.intelligence.events import ReportCorrected, ReportSanitised, ReportsGraded, ReportWithdrawn
from throughline.intelligence.models import Item, Report, ReportLink
from throughline.intelligence.report_rows import ReportDraft
from throughline.intelligence.sanitising import STANDS, sanitisable
from throughline.intelligence.services import (
    disclosures,
    draw_until_free,
    note_sightings,
    record_reports,
    write_reports,
)
from throughline.intelligence.workflow import REPORT
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_ids, body_names
from throughline.selectors.events import SightingsWithdrawn
from throughline.selectors.models import Sighting


class VersionRefused(ValueError):
    """Why a version cannot be made of a report, in a sentence."""


@writes
def sanitise_report(*, by: Reader, ref: str, items: Sequence[int], draft: ReportDraft) -> str:
    """Make a sanitised version of a report, drawn from the items with these numbers, and return its reference.

    The version is a record of its own, of the body that makes it: own words, grade, marking and circulation. What was
    taken out is not in it. Returns '' when a version with this draft's reference is recorded already.

    Raises:
        Report.DoesNotExist: the reader may not know such a report.
        VersionRefused: it does not stand, an item is not graded, or an item's code does not let this body sanitise it.
        NotAllowed: the person's role does not sanitise.
    """
    by.require(Permission.REPORT_SANITISE)
    full = Report.objects.get(ref=ref)
    if full.state not in STANDS:
        raise VersionRefused(f"This report is {full.state}: no sanitised version is made of it.")
    _refuse_what_may_not_be_sanitised(full, items, is_own=full.owner == by.body)
    _refuse_ungraded(draft)
    [recorded] = record_reports(by=by, drafts=[replace(draft, is_sanitised=True)])
    if not recorded.ref:
        return ""
    version = Report.objects.get(ref=recorded.ref)
    _link(by, later=version, earlier=full, kind="derived_from")
    journal.note(
        Verb.ALTER, "report", full.ref, why="sanitised version made", owner=full.owner, version=version.ref
    )
    announce(ReportSanitised(version=version.pk))
    return version.ref


def _refuse_what_may_not_be_sanitised(full: Report, items: Sequence[int], *, is_own: bool) -> None:
    found = Item.objects.filter(report=full, number__in=items).select_related("marking")
    may_be = {
        item.number for item in found if sanitisable(is_own=is_own, sanitisation=item.marking.sanitisation)
    }
    shut = sorted(set(items) - may_be)
    if shut or not items:
        numbers = ", ".join(map(str, shut)) or "none"
        raise VersionRefused(
            f"Only the originator may sanitise what is not shared under C with S1 (items: {numbers}). Ask its desk."
        )


def _refuse_ungraded(draft: ReportDraft) -> None:
    if not draft.items or not all(item.grade for item in draft.items):
        raise VersionRefused("Keep at least one item, and grade each: a version has grades of its own.")


def _link(by: Reader, *, later: Report, earlier: Report, kind: str) -> None:
    ReportLink.objects.create(later=later, earlier=earlier, kind=kind, made_at=clock.now(), made_by=by.name)


@writes
def correct_report(*, by: Reader, ref: str, draft: ReportDraft, why: str) -> str:
    """Record a new version that replaces a report of the reader's own body, and return its reference.

    It goes to the circulation of the earlier one, whose sightings are withdrawn from matching; whoever had the earlier
    is told. The earlier stays readable to those who could read it, and says what replaced it.

    Raises:
        Report.DoesNotExist: the reader's body has no such report, as far as the reader may know.
        MoveRefused: the report is not one that stands, or the role does not correct.
        VersionRefused: an item of the new version is not graded.
    """
    earlier = Report.objects.select_for_update(of=("self",)).get(ref=ref, owner=by.body)
    _refuse_ungraded(draft)
    was_circulated = earlier.state == "circulated"
    REPORT.make("correct", earlier, by=by, why=why)
    new = draw_until_free(lambda: _write_like(by, draft, earlier))
    _link(by, later=new, earlier=earlier, kind="replaces")
    if was_circulated:
        REPORT.make("circulate", new, by=by, why="in the place of the version that it corrects")
        journal.note_all(disclosures([new], body_ids(), why="correction"))
    announce(
        *note_sightings([new]),
        ReportsGraded(reports=[new.pk]),
        ReportCorrected(report=earlier.pk, new=new.ref),
    )
    _close(earlier, why=why)
    journal.note(Verb.COLLECT, "report", new.ref, why="recorded as a correction")
    journal.note(Verb.ALTER, "report", ref, why=why, replaced_by=new.ref)
    return new.ref


def _write_like(by: Reader, draft: ReportDraft, earlier: Report) -> Report:
    """The new version, open to exactly those to whom the earlier one is open."""
    circulation = Circulation(
        earlier.everyone, tuple(earlier.bodies), tuple(earlier.people), tuple(earlier.teams)
    )
    marking: Marking = marking_for(
        owner=earlier.owner, classification=int(draft.classification), circulation=circulation,
        compartment=earlier.compartment, silent=earlier.silent,
    )  # fmt: skip
    marking.released = earlier.released
    [new] = write_reports(by, [replace(draft, is_sanitised=earlier.is_sanitised)], [marking])
    return new


@writes
def withdraw_report(*, by: Reader, ref: str, why: str) -> None:
    """Take back a report of the reader's own body: its sightings leave matching, and whoever had it is told.

    Raises:
        Report.DoesNotExist: the reader's body has no such report, as far as the reader may know.
        MoveRefused: the report is not one that stands, or the role does not withdraw.
    """
    report = Report.objects.select_for_update(of=("self",)).get(ref=ref, owner=by.body)
    REPORT.make("withdraw", report, by=by, why=why, fact=ReportWithdrawn(report=report.pk))
    _close(report, why=why)
    journal.note(Verb.ALTER, "report", ref, why=why)


def _close(report: Report, *, why: str) -> None:
    """Say on the report itself when and why it no longer stands, and withdraw its sightings."""
    Report.objects.filter(pk=report.pk).update(closed_at=clock.now(), closed_why=why)
    items = list(Item.objects.filter(report=report).values_list("ref", flat=True))
    sightings = list(Sighting.objects.filter(source_ref__in=items).values_list("id", flat=True))
    if sightings:
        announce(SightingsWithdrawn(sightings=sightings))


def tell_of_sanitising(facts: Sequence[Payload]) -> None:
    """Tell an originator that another body made a sanitised version of its report."""
    rows = _asked("select * from intelligence_sanitised_by(%s)", [fact["version"] for fact in facts])
    names = body_names(made_by for *_, made_by in rows)
    tell(
        [
            Message(
                owner, "version", f"{names[made_by]} made a sanitised version of your report {ref}, as the "
                "sanitisation code S1 permits", "report", ref, compartment,
            )
            for owner, compartment, ref, made_by in rows
        ]
    )  # fmt: skip


def tell_of_correction(facts: Sequence[Payload]) -> None:
    """Tell whoever had the earlier version that another stands in its place."""
    new = {fact["report"]: fact["new"] for fact in facts}
    said = (
        "has corrected a report that was sent to you or that you opened. Read the new version: "
        "the earlier one no longer stands"
    )
    _tell_those_who_had(new, said)
    _tell_makers_of_versions(list(new), "has been corrected. Compare your version, and correct it if need be")


def tell_of_withdrawal(facts: Sequence[Payload]) -> None:
    """Tell whoever had a report that it no longer stands."""
    withdrawn = {fact["report"]: "" for fact in facts}
    said = "has withdrawn a report that was sent to you or that you opened. Do not rely on it"
    _tell_those_who_had(withdrawn, said)
    _tell_makers_of_versions(
        list(withdrawn), "has been withdrawn. Withdraw your version too, unless it still stands without it"
    )


def _tell_those_who_had(stands_now: dict[int, str], said: str) -> None:
    """One notice for each body, or each person, about each report; it opens the version that stands now, if any."""
    rows = _asked("select * from intelligence_had(%s)", list(stands_now))
    names = body_names(owner for *_, owner, _ in rows)
    tell(
        [
            Message(
                body, "correction", f"{names[owner]} {said}", "report", stands_now[report] or ref, compartment, person
            )
            for report, body, person, compartment, owner, ref in rows
        ]
    )  # fmt: skip


def _tell_makers_of_versions(reports: Sequence[int], said: str) -> None:
    rows = _asked("select * from intelligence_drawn_from(%s)", reports)
    tell(
        [
            Message(body, "version", f"The report from which your sanitised version {ref} was drawn {said}", "report",
                    ref, compartment)
            for _, body, compartment, ref in rows
        ]
    )  # fmt: skip


def _asked(question: str, ids: Sequence[int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, [list(ids)])
        return list(cursor.fetchall())
