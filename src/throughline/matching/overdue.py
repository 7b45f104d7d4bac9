"""What was not answered in time in a region, as its co-ordinators may know it: that a hit exists, and between whom."""

from dataclasses import dataclass
from datetime import datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel.counting import count_up_to
from throughline.matching.models import HitEscalation
from throughline.organisations.queries import body_cards


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """One side that waits to be answered: of which hit, by whom, whom to ring. Nothing of what either holds."""

    hit: str
    kind: str
    body_name: str
    desk: str
    other_name: str
    answer_by: datetime
    told_at: datetime


@dataclass(frozen=True, slots=True)
class OverdueList:
    """A page of them, and where the next page starts (None at the end)."""

    rows: tuple[OverdueRow, ...]
    next_offset: int | None


def overdue_in_region(reader: Reader, *, offset: int = 0, size: int = 25) -> OverdueList:
    """What the bodies of the reader's region have not answered, longest overdue first; journalled."""
    reader.require(Permission.HIT_OVERSEE)
    cards = body_cards()
    with reading(reader):
        rows = HitEscalation.objects.filter(region=reader.body, answered_at__isnull=True)
        found = list(rows.order_by("answer_by", "id")[offset : offset + size + 1])
        journal.note(
            Verb.CONSULT, "overdue list", why="looked at a list", refs=[row.hit for row in found[:size]]
        )
    page = tuple(
        OverdueRow(
            row.hit,
            row.kind,
            cards[row.body].name,
            cards[row.body].desk,
            cards[row.other].name,
            row.answer_by,
            row.at,
        )
        for row in found[:size]
    )
    return OverdueList(page, offset + size if len(found) > size else None)


def overdue_count(reader: Reader, *, cap: int = 1000) -> int:
    """How many answers the bodies of the reader's region owe, counted up to ``cap``."""
    with reading(reader):
        rows = HitEscalation.objects.filter(region=reader.body, answered_at__isnull=True)
        return count_up_to(rows, cap)
