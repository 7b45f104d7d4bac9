"""Concerns in lists, the page of one, and who it is about for a further reason."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Q, QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.clocks.models import RunningClock
from throughline.clocks.queries import ClockRow, clocks_of
from throughline.intelligence.models import Item, Report
from throughline.kernel import clock
from throughline.kernel.history import Moved, moves_of
from throughline.kernel.working_days import NATION_NAMES, Nation
from throughline.lines.models import CountyLine
from throughline.matching.models import Hit
from throughline.organisations.queries import body_cards
from throughline.safeguarding.clocks import THING
from throughline.safeguarding.law import all_indicators, steps
from throughline.safeguarding.models import Assessment, Concern, ConcernStep, Particulars
from throughline.safeguarding.words import is_exploited_child
from throughline.safeguarding.workflow import CONCERN, OPEN
from throughline.selectors.registry import Selector


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """A concern in a list. It names nobody. ``due_at`` is the next time of a duty that runs."""

    ref: str
    state: str
    age: str
    harms: tuple[str, ...]
    body_name: str
    is_own: bool
    raised_at: datetime
    due_at: datetime | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One indicator of an assessment, with its answer, why and on which evidence."""

    about: str
    asks: str
    found: str
    why: str
    evidence: str


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """An assessment, by which version of the indicators."""

    version: int
    source: str
    made_at: datetime
    made_by: str
    judgement: str
    words: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing that was done or decided."""

    kind: str
    at: datetime
    who: str
    words: str
    next_on: date | None
    by: str
    body_name: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ConcernPage:
    """A concern as those who look after it read it, without who it is about."""

    row: ConcernRow
    words: str
    nation: str
    authority: str
    source: str
    source_ref: str
    is_source_known: bool
    line: str
    reasons: tuple[str, ...]
    raised_by: str
    outcome: str
    is_exploited_child: bool
    bodies: tuple[str, ...]
    clocks: tuple[ClockRow, ...]
    steps: tuple[StepRow, ...]
    assessments: tuple[AssessmentRow, ...]
    history: tuple[Moved, ...]
    moves: tuple[str, ...]
    is_open: bool
    may_work: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Who a concern is about."""

    name: str
    born_on: date | None
    selector: str
    kind: str
    address: str
    contact: str
    family: str
    authority: str


def concern_list(
    reader: Reader, *, state: str = "", age: str = "", offset: int = 0, size: int = 25
) -> tuple[list[ConcernRow], int]:
    """The concerns that the reader may know, newest first, and how many there are of these."""
    reader.require(Permission.CONCERN_READ)
    with reading(reader):
        rows: QuerySet[Concern] = Concern.objects.order_by("-pk")
        rows = rows.filter(state=state) if state else rows
        rows = rows.filter(age=age) if age else rows
        total, found = rows.count(), list(rows[offset : offset + size])
        due = _due(found)
        journal.note(Verb.CONSULT, "concerns", why="looked at a list", refs=[one.ref for one in found])
    return _rows(reader, found, due), total


def _due(found: list[Concern]) -> dict[str, datetime]:
    """The next end of a clock of each, by reference."""
    rows = RunningClock.objects.filter(thing=THING, thing_ref__in=[one.ref for one in found], ended_at=None)
    return dict(rows.values_list("thing_ref").annotate(due=Min("due_at")))


def _rows(reader: Reader, found: list[Concern], due: dict[str, datetime]) -> list[ConcernRow]:
    cards, now = body_cards(), clock.now()
    return [
        ConcernRow(
            one.ref, one.state, one.age, tuple(one.harms), cards[one.owner].name, one.owner == reader.body,
            one.raised_at, due.get(one.ref), bool(due.get(one.ref) and due[one.ref] < now),
        )
        for one in found
    ]  # fmt: skip


def concerns_waiting(reader: Reader, *, size: int) -> list[ConcernRow]:
    """The concerns of the reader's body that nobody has taken up or assessed, the oldest first."""
    with reading(reader):
        found = list(
            Concern.objects.filter(owner=reader.body, state__in=("proposed", "raised")).order_by("pk")[:size]
        )
        due = _due(found)
    return _rows(reader, found, due)


def concerns_on(reader: Reader, line: str) -> list[ConcernRow]:
    """The concerns on a line, newest first; none for whoever looks after none."""
    if not reader.may(Permission.CONCERN_READ):
        return []
    with reading(reader):
        on = CountyLine.objects.filter(ref=line).values_list("pk", flat=True).first()
        found = list(Concern.objects.filter(line_id=on or 0).order_by("-pk")[:100])
        due = _due(found)
    return _rows(reader, found, due)


def concern_page(reader: Reader, ref: str, *, why: str = "opened the concern") -> ConcernPage | None:
    """Open a concern, journalled; None when the reader may not know of it."""
    reader.require(Permission.CONCERN_READ)
    cards = body_cards()
    with reading(reader):
        one = Concern.objects.filter(ref=ref).first()
        if one is None:
            return None
        row = _rows(reader, [one], _due([one]))[0]
        noted = list(map(_step, ConcernStep.objects.filter(concern=one).order_by("-at", "-pk")))
        assessments = list(map(_assessment, Assessment.objects.filter(concern=one).order_by("-pk")))
        line = CountyLine.objects.filter(pk=one.line_id or 0).values_list("ref", flat=True).first() or ""
        history = moves_of(CONCERN.name, [one.pk])
        is_source_known = _is_known(one.source_ref)
        journal.note(Verb.CONSULT, "concern", ref, why=why, owner=one.owner)
    clocks = clocks_of(reader, THING, [ref])
    may_work = reader.may(Permission.CONCERN_WORK)
    return ConcernPage(
        row=row, words=one.words, nation=NATION_NAMES[Nation(one.nation)], authority=one.authority, source=one.source,
        source_ref=one.source_ref, is_source_known=is_source_known, line=line, reasons=tuple(one.reasons),
        raised_by=one.raised_by, outcome=one.outcome, is_exploited_child=is_exploited_child(one.age, one.harms),
        bodies=tuple(cards[body].name for body in one.bodies), clocks=tuple(clocks), steps=tuple(noted),
        assessments=tuple(assessments), history=history,
        moves=tuple(CONCERN.moves_open(by=reader, state=one.state)), is_open=one.state in OPEN, may_work=may_work,
    )  # fmt: skip


def _step(one: ConcernStep) -> StepRow:
    asks = steps()[one.kind].asks if one.kind in steps() else ()
    details = tuple((ask.asks, one.details[ask.key]) for ask in asks if ask.key in one.details)
    return StepRow(
        one.kind,
        one.at,
        one.who,
        one.words,
        one.next_on,
        one.by_name,
        body_cards()[one.by_body].name,
        details,
    )


def _is_known(ref: str) -> bool:
    """Whether the reader may know what a concern was raised from."""
    return any(rows.filter(ref=ref).exists() for rows in (Report.objects, Item.objects, Hit.objects))


def _assessment(one: Assessment) -> AssessmentRow:
    listed = all_indicators()[one.version - 1]
    by_key = {indicator.key: indicator for indicator in listed.all}
    found = tuple(
        Found(by_key[a["indicator"]].about, by_key[a["indicator"]].asks, a["found"], a["why"], a["evidence"])
        for a in one.answers
    )
    return AssessmentRow(
        one.version, listed.source, one.made_at, one.made_by, one.judgement, one.words, found
    )


def concern_person(reader: Reader, ref: str, *, why: str) -> Person | None:
    """Who a concern is about, for a further reason, which is journalled; None when the reader may not know of it."""
    reader.require(Permission.CONCERN_READ)
    with reading(reader):
        concern = Concern.objects.filter(ref=ref).first()
        if concern is None:
            return None
        one = Particulars.objects.filter(concern=concern).first() or Particulars()
        journal.note(Verb.CONSULT, "concern", ref, why=why, owner=concern.owner, opened="who it is about")
    shown = Selector(one.kind, one.key).shown if one.key else ""
    return Person(
        one.name, one.born_on, shown, one.kind, one.address, one.contact, one.family, concern.authority
    )


def open_concerns(reader: Reader) -> int:
    """How many concerns that the reader may know are open."""
    reader.require(Permission.CONCERN_READ)
    with reading(reader):
        return Concern.objects.filter(Q(state__in=OPEN)).count()
