"""Reading the planned events of the reader's own body."""

from dataclasses import dataclass
from datetime import datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.models import Compartment
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.clashes.models import Clash, PlannedEvent
from throughline.clashes.places import Place
from throughline.clashes.workflow import PLANNED_EVENT, STANDING
from throughline.kernel import clock
from throughline.kernel.history import Moved, moves_of
from throughline.organisations.queries import body_cards


@dataclass(frozen=True, slots=True)
class EventRow:
    """A planned event in a list; ``warned`` says that another body plans something near it."""

    ref: str
    kind: str
    what: str
    place: Place
    starts_at: datetime
    ends_at: datetime
    state: str
    is_silent: bool
    is_past: bool
    warned: bool


@dataclass(frozen=True, slots=True)
class EventList:
    """A page of events and where the next page starts (None at the end)."""

    rows: tuple[EventRow, ...]
    next_offset: int | None


def event_list(reader: Reader, *, standing: bool = True, offset: int = 0, size: int = 25) -> EventList:
    """The events of the reader's own body: those that stand, soonest first, or those that are done, latest first."""
    reader.require(Permission.EVENT_READ)
    with reading(reader):
        rows = PlannedEvent.objects.filter(owner=reader.body)
        if standing:
            rows = rows.filter(state__in=STANDING).order_by("starts_at", "id")
        else:
            rows = rows.exclude(state__in=STANDING).order_by("-starts_at", "-id")
        found = list(rows[offset : offset + size + 1])
        warned = set(Clash.objects.filter(event__in=found).values_list("event_id", flat=True))
        journal.note(
            Verb.CONSULT, "event list", why="looked at a list", refs=[row.ref for row in found[:size]]
        )
    page = tuple(_row(event, warned) for event in found[:size])
    return EventList(page, offset + size if len(found) > size else None)


def _row(event: PlannedEvent, warned: set[int]) -> EventRow:
    return EventRow(
        event.ref, event.kind, event.what, _place(event), event.starts_at, event.ends_at, event.state, event.silent,
        _is_past(event), event.pk in warned,
    )  # fmt: skip


def _is_past(event: PlannedEvent) -> bool:
    return event.state in STANDING and event.ends_at < clock.now()


def _place(event: PlannedEvent) -> Place:
    return Place(event.postcode, event.easting, event.northing, event.spread)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another body that plans something near: its name and the desk to ring, and nothing else."""

    body_name: str
    desk: str
    desk_email: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """One planned event with its warnings and the moves open to the reader."""

    ref: str
    kind: str
    what: str
    place: Place
    starts_at: datetime
    ends_at: datetime
    contact: str
    planned_by: str
    planned_at: datetime
    state: str
    is_silent: bool
    is_past: bool
    stands: bool
    compartment: str
    neighbours: tuple[Neighbour, ...]
    moves: tuple[str, ...]
    history: tuple[Moved, ...]


def event_page(reader: Reader, ref: str, *, why: str = "opened the event") -> EventPage | None:
    """Open one event of the reader's own body, journalled; None when they may not know of it."""
    reader.require(Permission.EVENT_READ)
    with reading(reader):
        event = PlannedEvent.objects.filter(ref=ref, owner=reader.body).first()
        if event is None:
            return None
        others = list(Clash.objects.filter(event=event).values_list("other", flat=True))
        history = moves_of(PLANNED_EVENT.name, [event.pk])
        journal.note(Verb.CONSULT, "planned event", ref, why=why)
    return EventPage(
        ref=event.ref, kind=event.kind, what=event.what, place=_place(event), starts_at=event.starts_at,
        ends_at=event.ends_at, contact=event.contact, planned_by=event.planned_by, planned_at=event.planned_at,
        state=event.state, is_silent=event.silent, is_past=_is_past(event), stands=event.state in STANDING,
        compartment=dict(open_compartments(reader)).get(event.compartment, ""), neighbours=_neighbours(others),
        moves=tuple(PLANNED_EVENT.moves_open(by=reader, state=event.state)), history=history,
    )  # fmt: skip


def _neighbours(others: list[int]) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(card.name, card.desk, card.desk_email) for n, card in body_cards().items() if n in others
    )


def open_compartments(reader: Reader) -> list[tuple[int, str]]:
    """The compartments on whose lists the reader is, by number and name."""
    return list(
        Compartment.objects.filter(id__in=reader.compartments).order_by("name").values_list("id", "name")
    )


@dataclass(frozen=True, slots=True)
class OverdueEvent:
    """An event that should be over and that nobody has closed."""

    ref: str
    what: str
    ends_at: datetime


def overdue_events(reader: Reader, *, size: int = 15) -> list[OverdueEvent]:
    """The events of the reader's body whose end has passed and that still stand, oldest first, up to ``size``."""
    with reading(reader):
        rows = PlannedEvent.objects.filter(owner=reader.body, state__in=STANDING, ends_at__lt=clock.now())
        return [OverdueEvent(e.ref, e.what, e.ends_at) for e in rows.order_by("ends_at", "id")[:size]]
