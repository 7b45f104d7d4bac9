"""Reports that someone has not finished writing: kept as typed, for their writer alone, until they are recorded."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading, writes
from throughline.intelligence.events import DraftBegun
from throughline.intelligence.models import Report, SavedDraft
from throughline.intelligence.report_rows import ReportDraft
from throughline.intelligence.services import Recorded, record_reports
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.notices.services import Message, tell

MOST_DRAFTS: Final = 50
"""So many reports half written are kept for one person; it keeps a script gone wild from filling the disk."""
LARGEST: Final = 1_000_000
"""Characters in one draft: more than twice what the form takes in all."""

TOLD_AFTER: Final = timedelta(days=30)
"""A draft that its writer has left alone so long is told of."""
KEPT_FOR: Final = timedelta(days=60)
"""And after so long it goes: what nobody finishes is not kept (Data Protection Act 2018, section 39)."""

Typed = Mapping[str, Sequence[str]]
"""What stands in the boxes of the form, by the name of each; a list, since a name may come more than once."""


class DraftProblem(ValueError):
    """Why what was typed cannot be kept, in a sentence."""


@dataclass(frozen=True, slots=True)
class DraftCard:
    """One draft of the reader's own, in a list."""

    ref: str
    title: str
    begun_at: datetime
    saved_at: datetime
    kept_until: datetime


@writes
def save_draft(*, by: Reader, ref: str, typed: Typed) -> bool:
    """Keep what was typed in the form under its reference, over what was kept before.

    Returns False where the report is recorded already, so that a page left open brings no draft back.

    Raises:
        DraftProblem: there is too much of it, or there are too many drafts.
        NotAllowed: the person's role does not write reports.
    """
    by.require(Permission.REPORT_ADD)
    if Report.objects.filter(owner=by.body, origin_ref=ref).exists():
        return False
    text, now = json.dumps(typed), clock.now()
    if len(text) > LARGEST:
        raise DraftProblem("This is too long to be kept as a draft. Record it in several reports.")
    if SavedDraft.objects.filter(ref=ref).update(typed=text, saved_at=now):
        return True
    if SavedDraft.objects.count() >= MOST_DRAFTS:
        raise DraftProblem(f"You have {MOST_DRAFTS} drafts already. Finish or delete one first.")
    _, is_new = SavedDraft.objects.get_or_create(
        person=by.person, ref=ref, defaults={"body": by.body, "typed": text, "begun_at": now, "saved_at": now}
    )
    if is_new:
        journal.note(Verb.COLLECT, "draft", ref, why="began to write a report")
        announce(DraftBegun(person=by.person, ref=ref), due=now + TOLD_AFTER)
    return True


@writes
def discard_draft(*, by: Reader, ref: str) -> None:
    """Delete a draft of one's own. Raises SavedDraft.DoesNotExist when the reader has none of this reference."""
    SavedDraft.objects.get(ref=ref).delete()
    journal.note(Verb.ERASE, "draft", ref, why="deleted by its writer")


def look_after_drafts(facts: Sequence[Payload]) -> None:
    """Tell writers of drafts that they left alone for `TOLD_AFTER`; those left for `KEPT_FOR` go."""
    now = clock.now()
    for fact in facts:
        with connection.cursor() as cursor:
            cursor.execute(
                "select * from intelligence_look_at_draft(%s, %s, %s)",
                [fact["person"], fact["ref"], now - KEPT_FOR],
            )
            found = cursor.fetchone()
        if found is None:
            continue  # recorded, deleted, or gone now
        body, saved_at = found
        is_left = now - saved_at >= TOLD_AFTER
        if is_left:
            last = clock.day_of(saved_at + KEPT_FOR)
            text = f"A draft of yours will be deleted on {last:%-d %B %Y} unless you go on with it"
            tell([Message(body, "draft", text, "report-drafts", person=fact["person"])])
        announce(
            DraftBegun(person=fact["person"], ref=fact["ref"]),
            due=saved_at + (KEPT_FOR if is_left else TOLD_AFTER),
        )


@writes
def record_written(*, by: Reader, draft: ReportDraft) -> Recorded:
    """Record a report that was written by hand, and let go of its draft in the same transaction."""
    [recorded] = record_reports(by=by, drafts=[draft])
    SavedDraft.objects.filter(ref=draft.report).delete()
    return recorded


def my_drafts(reader: Reader, *, size: int = MOST_DRAFTS) -> list[DraftCard]:
    """The reader's own drafts, the one saved last first."""
    with reading(reader):
        rows = list(_unfinished(reader).order_by("-saved_at")[:size])
    return [
        DraftCard(row.ref, _title(row.typed), row.begun_at, row.saved_at, row.saved_at + KEPT_FOR)
        for row in rows
    ]


def draft_count(reader: Reader) -> int:
    """How many drafts the reader has."""
    with reading(reader):
        return _unfinished(reader).count()


def draft_typed(reader: Reader, ref: str) -> dict[str, list[str]] | None:
    """What stands in a draft of the reader's own, journalled; None when they have none of this reference."""
    reader.require(Permission.REPORT_ADD)
    with reading(reader):
        row = _unfinished(reader).filter(ref=ref).first()
        if row is None:
            return None
        journal.note(Verb.CONSULT, "draft", ref, why="went on writing")
    return _read(row.typed)


def _unfinished(reader: Reader) -> QuerySet[SavedDraft]:
    """Without one that a second window saved at the very moment at which the first recorded it."""
    recorded = Report.objects.filter(owner=reader.body, origin_ref=OuterRef("ref"))
    return SavedDraft.objects.filter(~Exists(recorded))


def _title(typed: str) -> str:
    return " ".join("".join(_read(typed).get("title", [])).replace("\0", "").split())


def _read(typed: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(typed)
    return found
