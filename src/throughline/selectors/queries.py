"""Reading a body's interests."""

from dataclasses import dataclass
from datetime import datetime

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.selectors.models import Interest
from throughline.selectors.registry import Selector


@dataclass(frozen=True, slots=True)
class InterestCard:
    """One interest of the reader's own body."""

    ref: str
    kind: str
    shown: str
    why: str
    kept_by: str
    at: datetime
    is_silent: bool


def kept_interests(reader: Reader) -> list[InterestCard]:
    """The interests that the reader's body keeps now, newest first."""
    reader.require(Permission.INTEREST_KEEP)
    with reading(reader):
        rows = list(Interest.objects.filter(state="kept", owner=reader.body).order_by("-id")[:500])
    return [
        InterestCard(r.ref, r.kind, Selector(r.kind, r.key).shown, r.why, r.kept_by, r.at, r.silent)
        for r in rows
    ]
