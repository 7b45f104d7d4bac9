"""Reading notices."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Subquery

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.notices.models import Notice


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """One notice, as plain values."""

    ref: str
    kind: str
    text: str
    thing: str
    thing_ref: str
    at: datetime
    is_read: bool
    read_by: str


def notice_list(
    reader: Reader, *, unread_only: bool = False, before: str = "", size: int = 25
) -> tuple[list[NoticeCard], str]:
    """The body's notices, newest first, and the reference after which the next page starts ('' at the end)."""
    reader.require(Permission.NOTICE_READ)
    with reading(reader):
        rows = Notice.objects.filter(body=reader.body).order_by("-id")
        if unread_only:
            rows = rows.filter(read_at__isnull=True)
        if before:
            rows = rows.filter(id__lt=Subquery(Notice.objects.filter(ref=before).values("id")[:1]))
        found = list(rows[: size + 1])
    return [_card(r) for r in found[:size]], (found[size - 1].ref if len(found) > size else "")


def oldest_unread(reader: Reader, *, size: int = 10) -> list[NoticeCard]:
    """What has waited longest to be read."""
    with reading(reader):
        return [
            _card(r)
            for r in Notice.objects.filter(body=reader.body, read_at__isnull=True).order_by("id")[:size]
        ]


def unread_count(reader: Reader, *, cap: int = 1000) -> int:
    """How many wait to be read, counted up to ``cap``."""
    with reading(reader):
        return len(
            Notice.objects.filter(body=reader.body, read_at__isnull=True).values_list("id", flat=True)[:cap]
        )


def _card(row: Notice) -> NoticeCard:
    return NoticeCard(
        row.ref, row.kind, row.text, row.thing, row.thing_ref, row.at, row.read_at is not None, row.read_by
    )
