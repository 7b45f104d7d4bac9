"""Telling a body, and marking a notice as read."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.refs import new_ref
from throughline.notices.models import Notice


@dataclass(frozen=True, slots=True)
class Message:
    """A notice to be: to which body, of which kind, in what words, what to open, and for which permission alone."""

    body: int
    kind: str
    text: str
    thing: str = ""
    thing_ref: str = ""
    compartment: int = 0
    needs: str = ""


def tell(messages: Sequence[Message]) -> None:
    """Write notices, in the transaction of the step that tells."""
    if not messages:
        return
    at = clock.now().isoformat()
    rows = [
        {"ref": new_ref("NO"), "body": m.body, "compartment": m.compartment, "kind": m.kind, "text": m.text,
         "thing": m.thing, "thing_ref": m.thing_ref, "at": at, "needs": m.needs}
        for m in messages
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("select notices_tell(%s::jsonb)", [json.dumps(rows)])


@writes
def read_notice(*, by: Reader, ref: str) -> None:
    """Mark a notice as read by this person for their body."""
    by.require(Permission.NOTICE_READ)
    Notice.objects.filter(ref=ref, read_at__isnull=True).update(read_at=clock.now(), read_by=by.name)


@writes
def read_all_notices(*, by: Reader) -> int:
    """Mark everything the body has not read as read; returns how many."""
    by.require(Permission.NOTICE_READ)
    return Notice.objects.filter(read_at__isnull=True).update(read_at=clock.now(), read_by=by.name)
