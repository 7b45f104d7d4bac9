"""The clocks that run, as far as their reader may know them: a wall of them, those of one thing, and their kinds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.clocks.models import RunningClock
from throughline.kernel import clock
from throughline.organisations.queries import body_cards


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock: what runs (``name``, its ``basis``), for what, since which event, until when. Moments are in UTC.

    ``is_pausable``: this reader may let it stand still, or go on again, under its ``pause_basis``.
    """

    ref: str
    kind: str
    name: str
    what: str
    thing: str
    thing_ref: str
    body: str
    due_at: datetime
    is_past: bool
    is_paused: bool = False
    basis: str = ""
    is_unverified: bool = False
    start_event: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    ended_how: str = ""
    ended_why: str = ""
    paused_why: str = ""
    pause_basis: str = ""
    is_pausable: bool = False


def running_clocks(reader: Reader, *, kinds: Collection[str] = (), size: int) -> list[ClockRow]:
    """The clocks that run and that the reader may know, the soonest due first; of these kinds, or of every kind."""
    with reading(reader):
        rows = RunningClock.objects.filter(ended_at=None).order_by("due_at", "pk")
        found = list((rows.filter(term__in=kinds) if kinds else rows)[:size])
        journal.note(Verb.CONSULT, "clocks", why="looked at the clocks", refs=[one.ref for one in found])
    return _rows(reader, found)


def kinds_running(reader: Reader) -> dict[str, str]:
    """The kinds of clocks that run and that the reader may know, with their names."""
    with reading(reader):
        rows = (
            RunningClock.objects.filter(ended_at=None).order_by("term").values_list("term", "name").distinct()
        )
        return dict(rows)


def clocks_of(reader: Reader, thing: str, refs: Collection[str]) -> list[ClockRow]:
    """Every clock of these things that the reader may know, those that run first, then the newest ended."""
    with reading(reader):
        rows = RunningClock.objects.filter(thing=thing, thing_ref__in=refs)
        found = sorted(rows, key=lambda one: (one.ended_at is not None, one.due_at, one.pk))
    return _rows(reader, found)


def _rows(reader: Reader, found: list[RunningClock]) -> list[ClockRow]:
    now, cards = clock.now(), body_cards()
    return [
        ClockRow(
            one.ref, one.term, one.name, one.what, one.thing, one.thing_ref, cards[one.owner].code, one.due_at,
            one.due_at < now and one.ended_at is None and one.paused_at is None, one.paused_at is not None, one.basis,
            one.is_unverified, one.start_event, one.started_at, one.ended_at, one.ended_how, one.ended_why,
            one.paused_why, one.pause_basis, _is_pausable(reader, one),
        )
        for one in found
    ]  # fmt: skip


def _is_pausable(reader: Reader, one: RunningClock) -> bool:
    lets = one.pause_basis and one.ended_at is None
    return bool(lets and reader.may(Permission(one.escalates or one.needs)))


def clock_row(reader: Reader, ref: str, *, why: str) -> ClockRow | None:
    """One clock by its own reference, journalled; None when the reader may not know of it."""
    with reading(reader):
        found = list(RunningClock.objects.filter(ref=ref))
        for one in found:
            journal.note(Verb.CONSULT, "clock", ref, why=why, owner=one.owner)
    return next(iter(_rows(reader, found)), None)
