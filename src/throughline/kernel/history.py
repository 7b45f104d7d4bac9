"""What became of a record: its moves, as plain values."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from throughline.kernel.models import History


@dataclass(frozen=True, slots=True)
class Moved:
    """One move of a record: what was done, by whom, when and why."""

    verb: str
    before: str
    after: str
    by: str
    at: datetime
    why: str


def moves_of(thing: str, ids: Iterable[int]) -> tuple[Moved, ...]:
    """The moves of these records that the present reader may know, oldest first."""
    rows = History.objects.filter(thing=thing, thing_id__in=list(ids)).order_by("id")
    return tuple(Moved(h.verb, h.before, h.after, h.by_name, h.at, h.why) for h in rows)
