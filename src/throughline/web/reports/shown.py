"""A report as its page shows it: in words, with what its own body can do next."""

from dataclasses import dataclass
from datetime import date, datetime

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.about import PRIORITIES
from throughline.intelligence.older_grading import OLDER_SCHEME, STAYS_HOME, why_it_stays_home
from throughline.intelligence.queries import EVERY_BODY, ItemView, ProvenanceView, ReportPage
from throughline.intelligence.threats import threat_families
from throughline.kernel.history import Moved
from throughline.organisations.queries import body_cards
from throughline.web.moves import Entry

MOST_IN_A_VERSION = 50
"""Items that the page of a version can hold; a longer report is withdrawn, and recorded anew from a file."""

DONE = {"grade": "Graded", "circulate": "Circulated", "widen": "Circulation widened", "reject": "Rejected",
        "correct": "Corrected", "withdraw": "Withdrawn"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kin:
    """Another version of the report, and what it is to this one."""

    what: str
    ref: str
    title: str
    owner_name: str
    state: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a report no longer stands, and the version in its place, if this reader may know it."""

    word: str
    at: datetime
    why: str
    instead: str


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
    stays_home: str
    may_reject: bool
    may_widen: bool
    may_check: bool
    may_sanitise: bool
    may_correct: bool
    may_withdraw: bool
    is_sanitised: bool
    closed: Closed | None
    kin: tuple[Kin, ...]
    threats: str
    priority: str
    caveat: str
    pii: str
    sensitive_source: str
    provenance: ProvenanceView | None


def report_shown(reader: Reader, found: ReportPage) -> ReportShown:
    """The report for this reader."""
    is_waiting = found.is_own and found.state == "received"
    all_graded = all(item.grade for item in found.items) and (
        not found.provenance or bool(found.provenance.grade)
    )
    stays_home = _stays_home(found)
    return ReportShown(
        ref=found.ref, origin_ref=found.origin_ref, title=found.title, owner_name=found.owner_name, desk=found.desk,
        contact=found.contact, is_own=found.is_own, date_of_intelligence=found.date_of_intelligence,
        recorded_at=found.recorded_at, recorded_by=found.recorded_by, state=found.state, marking=found.marking,
        circulation=_circulation(found), items=found.items, history=tuple(map(_entry, reversed(found.history))),
        may_grade=is_waiting and reader.may(Permission.REPORT_GRADE),
        may_finish=is_waiting and all_graded and "grade" in found.moves,
        may_circulate="circulate" in found.moves and not stays_home,
        stays_home=stays_home if "circulate" in found.moves else "", may_reject="reject" in found.moves,
        may_widen="widen" in found.moves and found.circulation != EVERY_BODY,
        may_check=reader.may(Permission.CHECK_RUN),
        may_sanitise=reader.may(Permission.REPORT_SANITISE) and bool(found.sanitisable_items()),
        may_correct="correct" in found.moves and len(found.items) <= MOST_IN_A_VERSION,
        may_withdraw="withdraw" in found.moves,
        is_sanitised=found.is_sanitised, closed=_closed(found), kin=_kin(found),
        threats="; ".join(threat_families().get(code, code) for code in found.about.threats),
        priority=_priority(found.about.priority), caveat=found.about.caveat, pii=found.about.pii.capitalize(),
        sensitive_source=found.about.sensitive_source, provenance=found.provenance,
    )  # fmt: skip


def _stays_home(found: ReportPage) -> str:
    """Why the report will not be circulated under the grade that an item of it came with; '' if it may be."""
    staying = (item for item in found.items if item.scheme == OLDER_SCHEME and item.grade[-1:] in STAYS_HOME)
    return next((why_it_stays_home(item.number, item.grade[-1]) for item in staying), "")


def _priority(name: str) -> str:
    return f"{name.capitalize()}: {PRIORITIES[name][:1].lower()}{PRIORITIES[name][1:]}" if name else ""


def _closed(found: ReportPage) -> Closed | None:
    if found.closed_at is None:
        return None
    instead = found.relatives.replaced_by
    return Closed(found.state, found.closed_at, found.closed_why, instead[0].ref if instead else "")


def _kin(found: ReportPage) -> tuple[Kin, ...]:
    relatives, cards = found.relatives, body_cards()
    named = (
        ("Derived from", relatives.derived_from), ("Sanitised version", relatives.versions),
        ("Replaces", relatives.replaces), ("Replaced by", relatives.replaced_by),
    )  # fmt: skip
    return tuple(
        Kin(what, one.ref, one.title, cards[one.owner].name, one.state) for what, kin in named for one in kin
    )


def _circulation(found: ReportPage) -> str:
    nobody, named = f"Nobody outside {found.owner_name}", ", ".join(found.circulation)
    if found.is_released or not named:
        return named or nobody
    return nobody if found.closed_at else f"{named}, once it is circulated"


def _entry(moved: Moved) -> Entry:
    return Entry(DONE[moved.verb], moved.by, moved.at, moved.why)
