"""Reading standing watches."""

from dataclasses import dataclass
from datetime import datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel.history import Moved, moves_of
from throughline.telecoms.models import Watch
from throughline.telecoms.numbers import shown
from throughline.telecoms.watch_workflow import STANDING, WATCH


@dataclass(frozen=True, slots=True)
class WatchRow:
    """A watch of the reader's body; ``has_found`` says that its keeper has been told of a number."""

    ref: str
    number: str
    line: str
    why: str
    kept_by: str
    made_at: datetime
    looked_at: datetime | None
    state: str
    authority: str

    @property
    def has_found(self) -> bool:
        return self.state == "found"


@dataclass(frozen=True, slots=True)
class WatchPage:
    """One watch with what became of it, and the moves that the reader may make."""

    row: WatchRow
    history: tuple[Moved, ...]
    moves: tuple[str, ...]


def watch_list(reader: Reader, *, size: int = 200) -> tuple[WatchRow, ...]:
    """The standing watches of the reader's body, newest first."""
    reader.require(Permission.CALLS_READ)
    with reading(reader):
        rows = Watch.objects.select_related("authority").order_by("-pk")
        found = list(rows.filter(state__in=STANDING)[:size])
        journal.note(Verb.CONSULT, "call watches", why="looked at a list", refs=[row.ref for row in found])
    return tuple(map(_row, found))


def found_watches(reader: Reader, *, size: int = 200) -> tuple[WatchRow, ...]:
    """Those of the body's watches that found a number on which nobody has decided, oldest first: for the desk."""
    with reading(reader):
        rows = Watch.objects.select_related("authority").filter(state="found").order_by("looked_at", "pk")
        return tuple(map(_row, rows[:size]))


def watch_page(reader: Reader, ref: str) -> WatchPage | None:
    """One watch; None when the reader may not know it."""
    reader.require(Permission.CALLS_READ)
    with reading(reader):
        watch = Watch.objects.select_related("authority").filter(ref=ref).first()
        if watch is None:
            return None
        journal.note(Verb.CONSULT, "call watch", ref, why="opened", owner=watch.authority.owner)
        history = moves_of("watch", [watch.pk])
    moves = tuple(verb for verb in WATCH.moves_open(by=reader, state=watch.state) if verb != "find")
    return WatchPage(_row(watch), history, moves)


def _row(watch: Watch) -> WatchRow:
    return WatchRow(
        watch.ref, shown(watch.number), watch.line, watch.why, watch.kept_by, watch.made_at, watch.looked_at,
        watch.state, watch.authority.ref,
    )  # fmt: skip
