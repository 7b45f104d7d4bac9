"""A report as its page shows it: in words, with what its own body can do next."""

from dataclasses import dataclass
from datetime import date, datetime

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.queries import EVERY_BODY, ItemView, ReportPage
from throughline.kernel.history import Moved

DONE = {
    "grade": "Graded", "circulate": "Circulated", "widen": "Circulation widened", "reject": "Rejected",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history."""

    what: str
    who: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class ReportShown:
    """What the template needs, and nothing that it would have to work out."""

    ref: str
    origin_ref: str
    title: str
    owner_name: str
    desk: str
    contact: str
    is_own: bool
    date_of_intelligence: date
    recorded_at: datetime
    recorded_by: str
    state: str
    marking: str
    circulation: str
    items: tuple[ItemView, ...]
    history: tuple[Entry, ...]
    may_grade: bool
    may_finish: bool
    may_circulate: bool
    may_reject: bool
    may_widen: bool
    may_check: bool


def report_shown(reader: Reader, found: ReportPage) -> ReportShown:
    """The report for this reader."""
    is_waiting = found.is_own and found.state == "received"
    all_graded = all(item.grade for item in found.items)
    return ReportShown(
        ref=found.ref, origin_ref=found.origin_ref, title=found.title, owner_name=found.owner_name, desk=found.desk,
        contact=found.contact, is_own=found.is_own, date_of_intelligence=found.date_of_intelligence,
        recorded_at=found.recorded_at, recorded_by=found.recorded_by, state=found.state, marking=found.marking,
        circulation=_circulation(found), items=found.items, history=tuple(map(_entry, reversed(found.history))),
        may_grade=is_waiting and reader.may(Permission.REPORT_GRADE),
        may_finish=is_waiting and all_graded and "grade" in found.moves,
        may_circulate="circulate" in found.moves, may_reject="reject" in found.moves,
        may_widen="widen" in found.moves and found.circulation != EVERY_BODY,
        may_check=reader.may(Permission.CHECK_RUN),
    )  # fmt: skip


def _circulation(found: ReportPage) -> str:
    named = ", ".join(found.circulation) or f"Nobody outside {found.owner_name}"
    return (
        named if found.state == "circulated" or not found.circulation else f"{named}, once it is circulated"
    )


def _entry(moved: Moved) -> Entry:
    return Entry(DONE[moved.verb], moved.by, moved.at, moved.why)
