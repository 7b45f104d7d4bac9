"""Arrests in lists, the page of one, and the suspects of one line on their several clocks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, When

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.clocks.queries import ClockRow, clocks_of
from throughline.custody.law import Regime, Stage, bail_ranks, regime_in
from throughline.custody.models import Arrest, BailCondition, BailStage, Breach
from throughline.custody.services import THING
from throughline.custody.workflow import ARREST, OPEN
from throughline.kernel import clock
from throughline.kernel.history import Moved, moves_of
from throughline.kernel.working_days import NATION_NAMES, Nation
from throughline.lines.models import CountyLine
from throughline.organisations.queries import body_cards


@dataclass(frozen=True, slots=True)
class ArrestRow:
    """An arrest in a list: ``ends_at`` is of its bail, while it runs; ``stage`` is that of the law, by key."""

    ref: str
    suspect: str
    offence: str
    body: str
    case: str
    state: str
    arrested_at: datetime
    starts_on: date | None
    stage: str
    ends_at: datetime | None
    is_past: bool


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage of bail as it was decided."""

    law: Stage
    rank: str
    court: str
    applied_on: date | None
    satisfied: tuple[tuple[str, str], ...]
    representations: str
    dpp: str
    why: str
    ends_at: datetime
    decided_at: datetime
    decided_by: str


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """A condition of bail; ``number`` is for a form."""

    number: int
    words: str
    because: str
    set_at: datetime
    lifted_at: datetime | None
    lifted_why: str


@dataclass(frozen=True, slots=True)
class BreachRow:
    """A breach of bail."""

    what: str
    done: str
    at: datetime
    noted_by: str


@dataclass(frozen=True, slots=True)
class ArrestPage:
    """An arrest as those who may know it read it; what can be done is empty for everyone but its body."""

    row: ArrestRow
    law: Regime
    line: str
    place: str
    nation: str
    made_by: str
    made_at: datetime
    necessity: str
    victims: str
    victims_said: str
    decided_by: str
    stages: tuple[StageRow, ...]
    conditions: tuple[ConditionRow, ...]
    breaches: tuple[BreachRow, ...]
    clocks: tuple[ClockRow, ...]
    history: tuple[Moved, ...]
    moves: tuple[str, ...]
    following: tuple[Stage, ...]
    may_keep: bool


def _row(one: Arrest, now: datetime) -> ArrestRow:
    runs = one.state == "on bail"
    return ArrestRow(
        one.ref, one.suspect, one.offence, body_cards()[one.owner].code, one.case, one.state, one.arrested_at,
        one.starts_on, one.stage, one.ends_at if runs else None, bool(runs and one.ends_at and one.ends_at < now),
    )  # fmt: skip


def arrest_list(
    reader: Reader, *, state: str = "", offset: int = 0, size: int = 25
) -> tuple[list[ArrestRow], int]:
    """The arrests that the reader may know, newest first, and how many there are of these."""
    reader.require(Permission.CUSTODY_READ)
    with reading(reader):
        rows = Arrest.objects.order_by("-pk")
        rows = rows.filter(state=state) if state else rows
        total, found = rows.count(), list(rows[offset : offset + size])
        journal.note(Verb.CONSULT, "arrests", why="looked at a list", refs=[one.ref for one in found])
    now = clock.now()
    return [_row(one, now) for one in found], total


def arrests_on(reader: Reader, line: str) -> list[ArrestRow]:
    """The arrests on a line that the reader may know, the soonest end of bail first; none for who reads no arrests."""
    if not reader.may(Permission.CUSTODY_READ):
        return []
    with reading(reader):
        on = CountyLine.objects.filter(ref=line).first()
        found = list(Arrest.objects.filter(line_id=on.pk)[:200]) if on else []
        if found:
            journal.note(Verb.CONSULT, "arrests", why="of a line", refs=[one.ref for one in found])
    now = clock.now()
    rows = [_row(one, now) for one in found]
    made = {one.ref: one.pk for one in found}
    return sorted(rows, key=lambda row: (row.ends_at is None, row.ends_at or row.arrested_at, made[row.ref]))


def bail_waiting(reader: Reader, *, size: int) -> list[ArrestRow]:
    """The open arrests of the reader's body: in custody first, then by the end of bail."""
    with reading(reader):
        rows = Arrest.objects.filter(owner=reader.body, state__in=OPEN)
        urgent = Case(When(state="in custody", then=0), default=1)
        found = list(rows.order_by(urgent, "ends_at", "pk")[:size])
    now = clock.now()
    return [_row(one, now) for one in found]


def arrest_page(reader: Reader, ref: str, *, why: str = "opened the arrest") -> ArrestPage | None:
    """Open an arrest, journalled; None when the reader may not know of it."""
    reader.require(Permission.CUSTODY_READ)
    with reading(reader):
        one = Arrest.objects.filter(ref=ref).first()
        if one is None:
            return None
        stages = list(BailStage.objects.filter(arrest=one).order_by("pk"))
        conditions = list(BailCondition.objects.filter(arrest=one).order_by("pk"))
        breaches = list(Breach.objects.filter(arrest=one).order_by("at", "pk"))
        line = CountyLine.objects.filter(pk=one.line_id or 0).values_list("ref", flat=True).first() or ""
        history = moves_of(ARREST.name, [one.pk])
        journal.note(Verb.CONSULT, "arrest", ref, why=why, owner=one.owner)
    law, is_ours = regime_in(one.law_version), one.owner == reader.body
    extends = is_ours and one.state == "on bail" and reader.may(Permission.CUSTODY_AUTHORISE)
    return ArrestPage(
        row=_row(one, clock.now()), law=law, line=line, place=one.place, nation=NATION_NAMES[Nation(one.nation)],
        made_by=one.made_by, made_at=one.made_at, necessity=one.necessity, victims=one.victims,
        victims_said=one.victims_said, decided_by=one.decided_by,
        stages=tuple(_stage(law, stage) for stage in stages),
        conditions=tuple(
            ConditionRow(c.pk, c.words, c.because, c.set_at, c.lifted_at, c.lifted_why) for c in conditions
        ),
        breaches=tuple(BreachRow(b.what, b.done, b.at, b.noted_by) for b in breaches),
        clocks=tuple(clocks_of(reader, THING, [ref])), history=history,
        moves=tuple(dict.fromkeys(ARREST.moves_open(by=reader, state=one.state))) if is_ours else (),
        following=law.following(one.stage, one.case) if extends else (),
        may_keep=is_ours and reader.may(Permission.CUSTODY_KEEP),
    )  # fmt: skip


def _stage(law: Regime, one: BailStage) -> StageRow:
    return StageRow(
        law.stages[one.stage], bail_ranks().get(one.rank, ""), one.court, one.applied_on,
        tuple(sorted(one.satisfied.items())), one.representations, one.dpp, one.why, one.ends_at, one.decided_at,
        one.decided_by,
    )  # fmt: skip
