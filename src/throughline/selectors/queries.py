"""Reading a body's interests."""

from dataclasses import dataclass
from datetime import date, datetime

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
    ends_on: date | None


def kept_interests(reader: Reader, *, skip: int = 0, size: int = 500) -> list[InterestCard]:
    """The interests that the reader's body keeps now, newest first."""
    reader.require(Permission.INTEREST_KEEP)
    with reading(reader):
        rows = Interest.objects.filter(state="kept", owner=reader.body).order_by("-id")
        return [_card(row) for row in rows[skip : skip + size]]


def kept_interest(reader: Reader, ref: str) -> InterestCard | None:
    """One interest that the reader's body keeps now, or None."""
    reader.require(Permission.INTEREST_KEEP)
    with reading(reader):
        row = Interest.objects.filter(state="kept", owner=reader.body, ref=ref).first()
    return _card(row) if row else None


def _card(row: Interest) -> InterestCard:
    shown = Selector(row.kind, row.key).shown
    return InterestCard(row.ref, row.kind, shown, row.why, row.kept_by, row.at, row.silent, row.ends_on)
