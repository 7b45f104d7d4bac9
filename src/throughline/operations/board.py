"""The board of an operation: totals by measure, by body and by day, and which returns are in, late or missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.operations.checking import Figures, known
from throughline.operations.figures import NOTHING, Figure, added, read_figure
from throughline.operations.measures import Measure, measures_on
from throughline.operations.models import Operation, Publication, Return
from throughline.operations.returning import figures_of
from throughline.operations.slots import slots_of
from throughline.organisations.queries import BodyCard, body_cards

IN, LATE, NIL, MISSING, WAITING = "in", "late", "nil", "missing", "waiting"
"""How a return stands: in by its time, sent after it, in with nothing to report, missing past its time, not yet due."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The version of a return that stands."""

    body: int
    day: date
    number: int
    figures: Figures
    is_nil: bool
    as_at: datetime
    first_at: datetime


@dataclass(frozen=True, slots=True)
class Total:
    """What a measure comes to: None where no body said anything of it. ``given`` returns say something.

    ``published`` is what was published, where that is past.
    """

    measure: Measure
    figure: Figure | None
    given: int
    published: Figure | None


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body on the board: how each of its returns stands, and its totals of some measures."""

    code: str
    name: str
    states: tuple[str, ...]
    totals: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The board at a moment. ``counts`` is how many returns stand in each way; ``by_day`` holds each lead measure."""

    ref: str
    name: str
    kind: str
    state: str
    every: str
    starts_on: date
    ends_on: date
    at: datetime
    as_at: datetime | None
    totals: tuple[Total, ...]
    days: tuple[date, ...]
    bodies: tuple[BodyRow, ...]
    leads: tuple[Measure, ...]
    by_day: tuple[tuple[Figure | None, ...], ...]
    counts: dict[str, int]
    lead_body: str

    @property
    def is_provisional(self) -> bool:
        """Whether the totals can still change without being called a correction."""
        return self.state != "published"


LEADS = ("arrests", "lines_closed", "cuckooed", "safeguarded", "weapons")
"""The measures that the board draws by body and by day."""


def week_board(reader: Reader, ref: str, *, why: str = "looked at the board") -> Board | None:
    """The board of an operation that the reader may know, journalled; None for any other."""
    reader.require(Permission.TASK_READ)
    with reading(reader):
        operation = Operation.objects.filter(ref=ref).first()
        if operation is None:
            return None
        sent = standing_returns(operation)
        published = Publication.objects.filter(operation=operation).first()
        journal.note(Verb.CONSULT, "operation", ref, why=why, owner=operation.owner)
    return _board(operation, sent, published, body_cards())


def standing_returns(operation: Operation) -> list[Sent]:
    """The newest version of every return of an operation."""
    rows = list(Return.objects.filter(operation=operation).order_by("body", "day", "number"))
    first = {(row.body, row.day): row.sent_at for row in reversed(rows)}
    newest = {(row.body, row.day): row for row in rows}
    return [
        Sent(body, day, row.number, figures_of(row), row.is_nil, row.as_at, first[body, day])
        for (body, day), row in newest.items()
    ]


def _board(
    operation: Operation, sent: Sequence[Sent], published: Publication | None, cards: dict[int, BodyCard]
) -> Board:
    measures, now = measures_on(operation.starts_on), clock.now()
    slots = slots_of(starts=operation.starts_on, ends=operation.ends_on, every=operation.every)
    by_slot = {(one.body, one.day): one for one in sent}
    rows = []
    for body in sorted(operation.taking_part, key=lambda n: cards[n].name):
        states = tuple(_state(by_slot.get((body, s.day)), s.due_at, now) for s in slots)
        own = [one for one in sent if one.body == body]
        rows.append(
            BodyRow(
                cards[body].code,
                cards[body].name,
                states,
                tuple(total_of(own, key, measures) for key in LEADS),
            )
        )
    out = dict(published.totals) if published else {}
    stand = [state for row in rows for state in row.states]
    return Board(
        ref=operation.ref, name=operation.name, kind=operation.kind, state=operation.state, every=operation.every,
        starts_on=operation.starts_on, ends_on=operation.ends_on, at=now,
        as_at=max((one.as_at for one in sent), default=None),
        totals=tuple(
            Total(m, total_of(sent, m.key, measures), _given(sent, m.key, measures), figure_from(out.get(m.key)))
            for m in measures.values()
        ),
        days=tuple(s.day for s in slots), bodies=tuple(rows), leads=tuple(measures[key] for key in LEADS),
        by_day=tuple(
            tuple(total_of([one for one in sent if one.day == s.day], key, measures) for s in slots) for key in LEADS
        ),
        counts={state: stand.count(state) for state in (IN, LATE, NIL, MISSING, WAITING)},
        lead_body=cards[operation.owner].name,
    )  # fmt: skip


def _state(one: Sent | None, due_at: datetime, now: datetime) -> str:
    if one is None:
        return MISSING if due_at <= now else WAITING
    if one.first_at > due_at:
        return LATE
    return NIL if one.is_nil else IN


def total_of(sent: Iterable[Sent], key: str, measures: dict[str, Measure]) -> Figure | None:
    """The sum of a measure over returns; a nil return is nought, and where nobody said anything there is none."""
    found = [figure for one in sent if (figure := _of(one, key, measures)) is not None]
    return added(found) if found else None


def _of(one: Sent, key: str, measures: dict[str, Measure]) -> Figure | None:
    return NOTHING if one.is_nil else known(one.figures, key, measures)


def _given(sent: Sequence[Sent], key: str, measures: dict[str, Measure]) -> int:
    return sum(_of(one, key, measures) is not None for one in sent)


def figure_from(kept: dict[str, str] | None) -> Figure | None:
    """A published figure as it was kept; None where none was."""
    return read_figure(kept["figure"], whole=False) if kept else None
