"""Files kept with a report or one of its items, under the same marking: added, listed, opened and withdrawn."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading, writes
from throughline.intelligence.attachment_types import TYPES, FileRefused, name_from, type_of
from throughline.intelligence.models import Attachment, Item, Report
from throughline.kernel import clock
from throughline.kernel.refs import new_ref
from throughline.organisations.queries import body_cards

MOST_FILES: Final = 20
"""So many files are kept with one report."""


@dataclass(frozen=True, slots=True)
class AttachmentCard:
    """A file of a report; ``item`` is the number of its item, 0 where it belongs to the report as a whole."""

    ref: str
    name: str
    label: str
    size: int
    sha256: str
    item: int
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class AttachmentFile:
    """The file itself. It is handed over as it came in, and never opened or drawn."""

    name: str
    content: bytes


@writes
def attach_file(*, by: Reader, report: str, item: int, name: str, content: bytes) -> str:
    """Keep a file with a report of the reader's own body, or with one of its items; returns its reference.

    Added to a report that is circulated already it is disclosed at once, so whoever adds it must be one who
    circulates.

    Raises:
        Report.DoesNotExist, Item.DoesNotExist: the reader's body has no such report, or the report no such item.
        FileRefused: the file is not of a kind that is kept, or the report takes no more.
        NotAllowed: the person's role does not add to reports, or to circulated ones.
    """
    by.require(Permission.REPORT_ADD)
    held = Report.objects.select_for_update(of=("self",)).get(ref=report, owner=by.body)
    if held.state == "circulated":
        by.require(Permission.REPORT_CIRCULATE)
    if held.state == "rejected":
        raise FileRefused("This report is rejected, and takes no files.")
    if held.attachments.filter(withdrawn_at=None).count() >= MOST_FILES:
        raise FileRefused(f"This report has {MOST_FILES} files already.")
    kind, of_item = type_of(name, content), held.items.get(number=item) if item else None
    ref = new_ref("AT")
    Attachment.objects.create(
        marking_id=(of_item or held).marking_id, owner=by.body, report=held, item=of_item, ref=ref,
        name=name_from(name), kind=kind.name, size=len(content), sha256=hashlib.sha256(content).hexdigest(),
        content=content, added_at=clock.now(), added_by=by.name,
    )  # fmt: skip
    journal.note(Verb.COLLECT, "attachment", ref, why="attached to a report", report=report, item=item)
    if held.state == "circulated":
        journal.note(
            Verb.DISCLOSE, "attachment", ref, why="attached to a circulated report", report=report,
            to="every body" if held.everyone else _codes(held.bodies),
        )  # fmt: skip
    return ref


def _codes(bodies: Sequence[int]) -> list[str]:
    cards = body_cards()
    return [cards[number].code for number in bodies]


@writes
def withdraw_attachment(*, by: Reader, ref: str, why: str) -> None:
    """Erase a file of the reader's own body: its content and its name are gone, that there was one stays.

    Raises Attachment.DoesNotExist when the reader's body has no such file.
    """
    by.require(Permission.REPORT_GRADE)
    held = Attachment.objects.select_for_update(of=("self",)).get(ref=ref, owner=by.body, withdrawn_at=None)
    Attachment.objects.filter(pk=held.pk).update(content=b"", name="", sha256="", withdrawn_at=clock.now())
    journal.note(Verb.ERASE, "attachment", ref, why=why)


def attachments_of(reader: Reader, report: str) -> list[AttachmentCard]:
    """The files of a report that the reader may know; the look at the report itself is what the journal keeps."""
    reader.require(Permission.REPORT_READ)
    with reading(reader):
        rows = list(
            Attachment.objects.filter(report__ref=report, withdrawn_at=None).defer("content").order_by("id")
        )
        numbers = dict(Item.objects.filter(attachments__in=rows).values_list("id", "number"))
    return [
        AttachmentCard(
            row.ref, row.name, TYPES[row.kind].label, row.size, row.sha256,
            numbers[row.item_id] if row.item_id else 0, row.added_at, row.added_by,
        )
        for row in rows
    ]  # fmt: skip


def open_attachment(reader: Reader, *, report: str, ref: str) -> AttachmentFile | None:
    """Hand over a file, journalled; None when the reader may not know of it, or it was withdrawn."""
    reader.require(Permission.REPORT_READ)
    with reading(reader):
        row = Attachment.objects.filter(ref=ref, report__ref=report, withdrawn_at=None).first()
        if row is None:
            return None
        journal.note(Verb.CONSULT, "attachment", ref, why="opened the file", owner=row.owner, report=report)
    return AttachmentFile(row.name, bytes(row.content))
