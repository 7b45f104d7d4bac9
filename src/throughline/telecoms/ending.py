"""Ending an authority for call data: by a person or by the clock, all that was held under it is deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.telecoms.authorities import checked_why, own_authority
from throughline.telecoms.events import AuthorityEnded
from throughline.telecoms.models import Authority, CallLoad
from throughline.telecoms.store import delete_calls, size_of, sweep
from throughline.telecoms.workflow import AUTHORITY


@dataclass(frozen=True, slots=True)
class Ending:
    """What the end of an authority deletes: rows of calls, loads written down, files and their bytes."""

    calls: int
    loads: int
    files: int
    size: int


def what_ends(held: Authority) -> Ending:
    """What is held under an authority now. Inside a reading."""
    files, size = size_of(held.folder)
    return Ending(held.calls, CallLoad.objects.filter(authority=held).count(), files, size)


@transaction.atomic
def end_authority(*, by: Reader, ref: str, why: str) -> Ending:
    """End an authority of the reader's body and delete all that is held under it, at once. Says what was deleted.

    Raises:
        AuthorityProblem: no reason, or the reader may not know such an authority.
    """
    with reading(by):
        why = checked_why(why)
        held = own_authority(by, ref)
        gone = what_ends(held)
        delete_calls(held.folder)
        AUTHORITY.make("end", held, by=by, why=why)
        Authority.objects.filter(pk=held.pk).update(ended_at=clock.now(), ended_why=why, calls=0)
        _forget([held.pk])
        journal.note(
            Verb.ERASE, "calls of an authority", held.ref, why=why, calls=gone.calls, loads=gone.loads, files=gone.files
        )  # fmt: skip
        announce(AuthorityEnded(authority=held.pk))
    return gone


def end_lapsed_authorities(facts: Sequence[Payload]) -> None:
    """Delete the calls of authorities whose last day of keeping is over, unless it was put off."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from telecoms_lapsed(%s, %s)", [[fact["authority"] for fact in facts], clock.today()]
        )
        lapsed = cursor.fetchall()
        # Files first: should the rest fail, the step comes again and finds them gone.
        for _, ref, owner, folder in lapsed:
            delete_calls(folder)
            journal.note(
                Verb.ERASE, "calls of an authority", ref, why="the last day of keeping is over", owner=owner
            )
        ids = [row[0] for row in lapsed]
        cursor.execute("select telecoms_end(%s, %s)", [ids, clock.now()])
        _forget(ids)
        announce(*(AuthorityEnded(authority=one) for one in ids))
        cursor.execute("select * from telecoms_standing_folders()")
        sweep({row[0] for row in cursor.fetchall()})


def _forget(ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select telecoms_forget_loads(%s)", [list(ids)])
