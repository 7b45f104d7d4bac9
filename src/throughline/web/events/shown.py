"""Planned events as their pages show them."""

from dataclasses import dataclass
from datetime import datetime

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.clashes.kinds import EVENT_KINDS
from throughline.clashes.places import Place
from throughline.clashes.queries import EventList, EventPage, EventRow, Neighbour
from throughline.web.events.words import BUTTONS, HISTORY, KIND_LABELS
from throughline.web.moves import Button, Entry
from throughline.web.sketch import Sketch, sketch_of
from throughline.web.words import day, moment, plural


@dataclass(frozen=True, slots=True)
class RowShown:
    """An event in the list; its number is that of its mark on the sketch."""

    number: int
    ref: str
    kind_label: str
    what: str
    place: str
    when: str
    state: str
    is_silent: bool
    is_past: bool
    warned: bool


@dataclass(frozen=True, slots=True)
class EventShown:
    """Everything on the page of an event."""

    ref: str
    kind_label: str
    what: str
    place: str
    within: str
    when: str
    contact: str
    state: str
    is_silent: bool
    is_past: bool
    compartment: str
    near: str
    neighbours: tuple[Neighbour, ...]
    buttons: tuple[Button, ...]
    may_change: bool
    may_cancel: bool
    may_speak: bool
    history: tuple[Entry, ...]


def span(starts: datetime, ends: datetime) -> str:
    """`3 October 2026 at 14:05 to 16:00`; with both days when they differ."""
    if day(starts) == day(ends):
        return f"{moment(starts)} to {moment(ends).rpartition(' at ')[2]}"
    return f"{moment(starts)} to {moment(ends)}"


def rows_shown(found: EventList, *, offset: int) -> list[RowShown]:
    """The rows of a list, numbered on from the page before."""
    return [_row(row, offset + n) for n, row in enumerate(found.rows, start=1)]


def _row(row: EventRow, number: int) -> RowShown:
    return RowShown(
        number, row.ref, KIND_LABELS[row.kind], row.what, row.place.shown, span(row.starts_at, row.ends_at), row.state,
        row.is_silent, row.is_past, row.warned,
    )  # fmt: skip


def sketched(found: EventList, *, offset: int) -> Sketch | None:
    """The sketch of those on this page of the list whose place is known in metres."""
    spots = [
        (offset + n, row.place.easting, row.place.northing)
        for n, row in enumerate(found.rows, start=1)
        if row.place.easting is not None and row.place.northing is not None
    ]
    return sketch_of(spots)


def event_shown(reader: Reader, event: EventPage) -> EventShown:
    """One event for its page."""
    kind = EVENT_KINDS[event.kind]
    changes = event.stands and reader.may(Permission.EVENT_PLAN)
    return EventShown(
        ref=event.ref, kind_label=kind.label, what=event.what, place=event.place.shown,
        within=_within(event.place),
        when=span(event.starts_at, event.ends_at), contact=event.contact, state=event.state,
        is_silent=event.is_silent, is_past=event.is_past, compartment=event.compartment,
        near=f"{kind.radius:,} metres and {kind.margin.seconds // 3600} hours. {kind.reason}",
        neighbours=event.neighbours, buttons=tuple(Button(v, BUTTONS[v]) for v in event.moves if v in BUTTONS),
        may_change=changes, may_cancel="cancel" in event.moves,
        may_speak=changes and event.is_silent and reader.may(Permission.EVENT_SILENCE), history=_history(event),
    )  # fmt: skip


def _within(place: Place) -> str:
    return f"Right to about {plural(place.spread, 'metre')}" if place.reference else "By its postcode alone"


def _history(event: EventPage) -> tuple[Entry, ...]:
    moved = [Entry(HISTORY[m.verb], m.by, m.at, m.why) for m in reversed(event.history)]
    return (*moved, Entry("Planned", event.planned_by, event.planned_at, ""))
