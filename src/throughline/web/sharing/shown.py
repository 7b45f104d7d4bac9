"""A request for access as its page shows it: both sides, its clock, its answer, and what the reader can do."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.queries import HeldReport
from throughline.sharing.queries import RequestPage
from throughline.web.fields import Choice
from throughline.web.sharing.words import DONE
from throughline.web.words import day


@dataclass(frozen=True, slots=True)
class HeldShown:
    """One report of the reader's own body that holds the selector."""

    ref: str
    href: str
    title: str
    grade: str
    date: str
    circulation: str


@dataclass(frozen=True, slots=True)
class RequestShown:
    """Everything on the page of a request."""

    ref: str
    kind_label: str
    shown: str
    is_ours: bool
    asker_name: str
    asker_desk: str
    holder_name: str
    holder_desk: str
    asked_by: str
    why: str
    asked_at: datetime
    due_at: datetime
    is_waiting: bool
    is_overdue: bool
    state: str
    outcome: str
    reason: str
    words: str
    report_ref: str
    report_href: str
    answered_by: str
    answered_at: datetime | None
    may_answer: bool
    may_withdraw: bool
    held: tuple[HeldShown, ...]


def request_shown(reader: Reader, found: RequestPage) -> RequestShown:
    """The request for this reader."""
    reads = found.report_ref and reader.may(Permission.REPORT_READ)
    return RequestShown(
        ref=found.ref, kind_label=found.kind_label, shown=found.selector.shown, is_ours=found.is_ours,
        asker_name=found.asker_name, asker_desk=found.asker_desk, holder_name=found.holder_name,
        holder_desk=found.holder_desk, asked_by=found.asked_by, why=found.why, asked_at=found.asked_at,
        due_at=found.due_at, is_waiting=found.state == "asked", is_overdue=found.is_overdue, state=found.state,
        outcome=DONE.get(found.state, ""), reason=found.reason, words=found.words, report_ref=found.report_ref,
        report_href=reverse("report", args=[found.report_ref]) if reads else "", answered_by=found.answered_by,
        answered_at=found.answered_at, may_answer="grant" in found.moves, may_withdraw="withdraw" in found.moves,
        held=tuple(map(_held, found.held)),
    )  # fmt: skip


def _held(report: HeldReport) -> HeldShown:
    grade = f"{report.source}{report.assessment}{report.handling}"
    circulation = ", ".join(report.circulation) or "Nobody outside your body"
    if report.circulation and report.state != "circulated":
        circulation += ", once it is circulated"
    return HeldShown(
        report.ref, reverse("report", args=[report.ref]), report.title, grade, day(report.date_of_intelligence),
        circulation,
    )  # fmt: skip


def report_choices(found: RequestPage) -> list[Choice]:
    """The reports among which the holder chooses."""
    return [
        Choice(h.ref, h.title, f"{h.ref}, {h.date}. Open to: {h.circulation}") for h in map(_held, found.held)
    ]
