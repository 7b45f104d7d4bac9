"""Encodings into the house, and the step that matches them with every other body's that were made with the same key."""

import json
from collections.abc import Sequence

import numpy as np
from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.matching.events import BlindLoaded
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_names

MOST = 100_000
"""So many records may a body load: the comparing grows with their product."""


class BlindProblem(ValueError):
    """What is wrong with a load, in a sentence."""


@writes
def load_encodings(*, by: Reader, ids: Sequence[str], packed: Sequence[bytes], made_by: str) -> int:
    """Put the encodings of the reader's body in place of those it loaded before; returns how many.

    Raises:
        BlindProblem: too many of them.
        NotAllowed: the person's role does not load.
    """
    by.require(Permission.REPORT_LOAD)
    if len(ids) > MOST:
        raise BlindProblem(f"{len(ids):,} records are too many: at most {MOST:,} are matched blind.")
    with connection.cursor() as cursor:
        cursor.execute(
            "select matching_blind_keep(%s, %s, %s, %s)", [list(ids), list(packed), made_by, clock.now()]
        )
    journal.note(
        Verb.COLLECT, "encodings", why="loaded for blind matching", records=len(ids), made_by=made_by
    )
    announce(BlindLoaded(body=by.body))
    return len(ids)


def match_blind(facts: Sequence[Payload]) -> None:
    """Match the encodings of these bodies with those of all others under the same key, and tell both to ring."""
    pairs = set[tuple[int, int]]()
    for body in sorted({int(fact["body"]) for fact in facts}):
        for other in _under_one_key(body):
            pairs.add((min(body, other), max(body, other)))
    for one, other in sorted(pairs):
        new = _match(one, other)
        if new:
            _tell(one, other, new)


def _under_one_key(body: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select matching_blind_bodies(%s::smallint)", [body])
        return [int(other) for (other,) in cursor.fetchall()]


def _match(one: int, other: int) -> int:
    from throughline.matching.blind.files import bits_of  # noqa: PLC0415 the machinery, for who needs it
    from throughline.matching.blind.matching import match  # noqa: PLC0415

    ours, theirs = _records(one), _records(other)
    found = match(bits_of([packed for _, packed in ours]), bits_of([packed for _, packed in theirs]))
    rows = [
        {"a": ours[pair.left][0], "b": theirs[pair.right][0], "likeness": pair.likeness,
         "probability": float(np.clip(pair.probability, 0, 1))} for pair in found.pairs
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "select matching_blind_propose(%s::smallint, %s::smallint, %s::jsonb, %s)",
            [one, other, json.dumps(rows), clock.now()],
        )
        (new,) = cursor.fetchone()
    journal.note(
        Verb.COMBINE, "encodings", why="blind matching", compared=found.compared, pairs=len(rows), new=new
    )
    return int(new)


def _records(body: int) -> list[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute("select record, packed from matching_blind_of(%s::smallint)", [body])
        return [(record, bytes(packed)) for record, packed in cursor.fetchall()]


def _tell(one: int, other: int, new: int) -> None:
    names = body_names([one, other])
    tell([
        Message(body, "blind", f"{new:,} {'record' if new == 1 else 'records'} of yours may be of people whom "
                f"{names[known]} knows, by encodings alone", "blind-links")
        for body, known in ((one, other), (other, one))
    ])  # fmt: skip
