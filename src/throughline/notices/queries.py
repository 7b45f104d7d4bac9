"""Reading notices."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Subquery
from django.db.models.functions import TruncDate

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.kernel.counting import count_up_to
from throughline.notices.models import Notice, Preference


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


@dataclass(frozen=True, slots=True)
class Gathered:
    """The unread notices of one kind and one day, as one line of the digest."""

    kind: str
    day: date
    count: int


def gathered_kinds(reader: Reader) -> frozenset[str]:
    """The kinds that this person has gathered by the day."""
    with reading(reader):
        row = Preference.objects.filter(person=reader.person).first()
    return frozenset(row.gathered) if row else frozenset()


def digest(reader: Reader, *, size: int = 60) -> list[Gathered]:
    """The unread notices of the gathered kinds, a line for each kind and day, newest day first."""
    reader.require(Permission.NOTICE_READ)
    kinds = gathered_kinds(reader)
    if not kinds:
        return []
    with reading(reader):
        rows = (
            Notice.objects.filter(body=reader.body, read_at__isnull=True, kind__in=kinds)
            .values(day=TruncDate("at", tzinfo=clock.LONDON), of=F("kind"))
            .annotate(count=Count("id"))
            .order_by("-day", "of")[:size]
        )
        return [Gathered(row["of"], row["day"], row["count"]) for row in rows]


def notice_list(
    reader: Reader, *, unread_only: bool = False, before: str = "", size: int = 25, kind: str = "",
    day: date | None = None, without: frozenset[str] = frozenset(),
) -> tuple[list[NoticeCard], str]:  # fmt: skip
    """The body's notices, newest first, and the reference after which the next page starts ('' at the end)."""
    reader.require(Permission.NOTICE_READ)
    with reading(reader):
        rows = Notice.objects.filter(body=reader.body).exclude(kind__in=without).order_by("-id")
        if kind:
            rows = rows.filter(kind=kind)
        if day:
            rows = rows.annotate(day=TruncDate("at", tzinfo=clock.LONDON)).filter(day=day)
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
        return count_up_to(Notice.objects.filter(body=reader.body, read_at__isnull=True), cap)


def _card(row: Notice) -> NoticeCard:
    return NoticeCard(
        row.ref, row.kind, row.text, row.thing, row.thing_ref, row.at, row.read_at is not None, row.read_by
    )
