"""The thread on a hit: notes that its two bodies write to each other, where each is told of the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.kernel.refs import new_ref
from throughline.matching.events import NoteWritten
from throughline.matching.models import HitNote, HitSide
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_cards, body_names

LISTED = 200
"""The newest notes of a thread that are shown."""


class NoteProblem(ValueError):
    """What is wrong with a note, in a sentence."""


@dataclass(frozen=True, slots=True)
class ThreadNote:
    """One note as the reader may know it; one that is not shared is read in its own body alone."""

    ref: str
    body_name: str
    is_own: bool
    is_shared: bool
    by: str
    at: datetime
    text: str


def thread_of(reader: Reader, hit: int) -> tuple[ThreadNote, ...]:
    """The notes on a hit that the reader may know, oldest first. Must run inside ``reading(reader)``."""
    rows = list(HitNote.objects.filter(hit=hit).order_by("-id")[:LISTED])
    cards = body_cards() if rows else {}
    return tuple(
        ThreadNote(n.ref, cards[n.body].name, n.body == reader.body, n.shared, n.person_name, n.at, n.text)
        for n in reversed(rows)
    )


@writes
def write_note(*, by: Reader, hit: str, text: str) -> str:
    """Write on a hit of the reader's own body; returns the reference of the note.

    The other body reads it if it is told of the hit as this is written. If a silence keeps the hit from it, the
    note stays in the writer's body, also when the silence ends.

    Raises:
        NoteProblem: a note without words.
        HitSide.DoesNotExist: the reader may not know such a hit.
    """
    by.require(Permission.HIT_JUDGE)
    if not text.strip():
        raise NoteProblem("Enter a note.")
    side = HitSide.objects.get(hit__ref=hit, body=by.body)
    note = HitNote.objects.create(
        hit_id=side.hit_id, ref=new_ref("HN"), body=side.body, other=side.other, shared=side.other_told,
        compartment=side.compartment, other_compartment=side.other_compartment, text=text.strip(),
        person=by.person, person_name=by.name, at=clock.now(),
    )  # fmt: skip
    verb = Verb.DISCLOSE if note.shared else Verb.ALTER
    why = "wrote to the other body" if note.shared else "wrote for their own body"
    journal.note(verb, "hit", hit, why=why, note=note.ref)
    announce(NoteWritten(note=note.pk))
    return note.ref


def tell_of_note(facts: Sequence[Payload]) -> None:
    """Tell the other body that there is a note to read, where it may read it."""
    messages = []
    with connection.cursor() as cursor:
        for fact in facts:
            cursor.execute("select * from matching_note_to_tell(%s)", [fact["note"]])
            for hit, body, person, other, compartment in cursor.fetchall():
                text = f"{person} at {body_names([body])[body]} wrote a note on hit {hit}"
                messages.append(Message(other, "note", text, "hit", hit, compartment))
    tell(messages)
