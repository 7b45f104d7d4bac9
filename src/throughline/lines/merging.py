"""Making one line of two, undoing it, and saying that two are not one."""

from collections.abc import Sequence

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.refs import new_ref
from throughline.lines.events import LinesMerged
from throughline.lines.models import CountyLine, LineApart, LineMerge
from throughline.lines.services import LONGEST_WHY, LineProblem
from throughline.notices.services import Message, tell


@writes
def merge_lines(*, by: Reader, kept: str, gone: str, why: str) -> str:
    """Make one line of two: ``kept`` stands for both from now on. Returns the reference by which it is undone.

    Raises:
        LineProblem: no reason, they are one already, or one stands for the other no more.
        CountyLine.DoesNotExist: the reader may not know one of them.
    """
    _may(by, why)
    pair = [CountyLine.objects.get(ref=ref) for ref in (gone, kept)]
    batch = new_ref("LM")
    with connection.cursor() as cursor:
        cursor.execute(
            "select lines_join(%s, %s, %s, %s, %s, %s)",
            [pair[0].pk, pair[1].pk, batch, by.name, why.strip()[:LONGEST_WHY], clock.now()],
        )
        moved = cursor.fetchone()[0]
    if not moved:
        raise LineProblem("", "These two cannot be merged: one is merged already, or is in a closed circle.")
    journal.note(Verb.COMBINE, "county line", kept, why=why.strip()[:LONGEST_WHY], merged=gone, batch=batch)
    announce(LinesMerged(batch=batch))
    return batch


@writes
def undo_merge(*, by: Reader, batch: str, why: str) -> None:
    """Undo a merge: every line stands as it stood before.

    Raises:
        LineProblem: no reason, it is undone already, or a later merge rests on it.
        LineMerge.DoesNotExist: the reader may not know such a merge.
    """
    _may(by, why)
    row = LineMerge.objects.filter(batch=batch).select_related("head").first()
    if row is None:
        raise LineMerge.DoesNotExist
    with connection.cursor() as cursor:
        cursor.execute("select lines_part(%s, %s, %s)", [batch, by.name, clock.now()])
        moved = cursor.fetchone()[0]
    if not moved:
        raise LineProblem("", "This merge is undone already, or a later one rests on it: undo that first.")
    journal.note(Verb.ALTER, "county line", row.head.ref, why=why.strip()[:LONGEST_WHY], undone=batch)
    announce(LinesMerged(batch=batch))


@writes
def keep_apart(*, by: Reader, one: str, other: str, why: str) -> None:
    """Say that two lines are not one; nobody is asked again.

    Raises:
        LineProblem: no reason.
        CountyLine.DoesNotExist: the reader may not know one of them.
    """
    _may(by, why)
    first, second = sorted((CountyLine.objects.get(ref=ref) for ref in (one, other)), key=lambda row: row.pk)
    LineApart.objects.get_or_create(
        line=first, other=second,
        defaults={"at": clock.now(), "by_body": by.body, "by_name": by.name, "why": why.strip()[:LONGEST_WHY]},
    )  # fmt: skip
    journal.note(Verb.ALTER, "county line", one, why=why.strip()[:LONGEST_WHY], apart_from=other)


def _may(by: Reader, why: str) -> None:
    by.require(Permission.LINE_MERGE)
    if not why.strip():
        raise LineProblem("why", "Say why: it is kept in the journal")


def tell_of_merges(facts: Sequence[Payload]) -> None:
    """Tell the other bodies that lead on the lines of a merge that it was made, or undone."""
    with connection.cursor() as cursor:
        cursor.execute("select * from lines_merge_to_tell(%s)", [[fact["batch"] for fact in facts]])
        rows = cursor.fetchall()
    tell(
        [
            Message(
                body, "merge",
                f"Line {line} is {'no longer merged with' if is_undone else 'now merged with'} line {head}.",
                "line", head, circle,
            )
            for head, line, body, circle, is_undone in rows
        ]
    )  # fmt: skip
