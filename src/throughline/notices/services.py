"""Telling a body, and marking a notice as read."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models.functions import TruncDate

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.refs import new_ref
from throughline.notices.models import Notice, Preference


@dataclass(frozen=True, slots=True)
class Message:
    """A notice to be: to which body, of which kind, in what words, what to open, and for which permission alone."""

    body: int
    kind: str
    text: str
    thing: str = ""
    thing_ref: str = ""
    compartment: int = 0
    person: int | None = None
    """The one person of the body who may know of it; None for everyone who reads its notices."""
    needs: str = ""


def tell(messages: Sequence[Message]) -> None:
    """Write notices, in the transaction of the step that tells."""
    if not messages:
        return
    at = clock.now().isoformat()
    rows = [
        {"ref": new_ref("NO"), "body": m.body, "compartment": m.compartment, "kind": m.kind, "text": m.text,
         "thing": m.thing, "thing_ref": m.thing_ref, "at": at, "person": m.person, "needs": m.needs}
        for m in messages
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select notices_tell(%s::jsonb)", [json.dumps(rows)])


@writes
def gather_notices(*, by: Reader, kinds: Collection[str]) -> None:
    """Have these kinds gathered by the day, and all others shown one by one. Nothing is left out."""
    by.require(Permission.NOTICE_READ)
    Preference.objects.update_or_create(person=by.person, defaults={"gathered": sorted(kinds)})


@writes
def read_notice(*, by: Reader, ref: str) -> None:
    """Mark a notice as read by this person for their body."""
    by.require(Permission.NOTICE_READ)
    Notice.objects.filter(ref=ref, read_at__isnull=True).update(read_at=clock.now(), read_by=by.name)


@writes
def read_all_notices(*, by: Reader, kind: str = "", day: date | None = None) -> int:
    """Mark everything the body has not read as read, or all of one kind and day; returns how many."""
    by.require(Permission.NOTICE_READ)
    rows = Notice.objects.filter(read_at__isnull=True)
    if kind:
        rows = rows.filter(kind=kind)
    if day:
        rows = rows.annotate(day=TruncDate("at", tzinfo=clock.LONDON)).filter(day=day)
    return rows.update(read_at=clock.now(), read_by=by.name)
