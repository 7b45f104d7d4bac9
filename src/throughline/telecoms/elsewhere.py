"""Which other bodies hold call data that bears on a number: a pointer to their desks, as a check gives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_cards
from throughline.telecoms.numbers import keys_asked
from throughline.telecoms.store import NUMBERS, database, parts

_SHOWN_OF_A_REASON: Final = 200


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A body that holds calls of a number which the reader may not know, and how to reach it."""

    body_name: str
    desk: str
    desk_email: str


@writes
def look_elsewhere(*, by: Reader, numbers: Sequence[str], why: str) -> tuple[Elsewhere, ...]:
    """The bodies whose own call data hold one of these numbers, beyond what the reader may know, by name.

    Each is told who asked and why, as the holder of a checked value is. What was found there enters no answer.
    """
    by.require(Permission.CALLS_READ)
    keys = sorted({key for number in numbers for key in keys_asked(number)})
    with connection.cursor() as cursor:
        cursor.execute("select owner, folder, is_quiet from telecoms_elsewhere(%s)", [keys])
        rows = cursor.fetchall()
    # A body that is silent about any of it is not pointed at by the rest.
    holders = {owner for owner, folder, _ in rows if _holds(folder, keys)}
    holders -= {owner for owner, folder, is_quiet in rows if is_quiet and _holds(folder, keys)}
    if not holders:
        return ()
    cards = body_cards()
    named = ", ".join(numbers)
    for owner in sorted(holders):
        journal.note(Verb.DISCLOSE, "calls of an authority", why=why, owner=owner, degree="existence")
    text = f"{by.body_name} asked about {named}, of which you hold calls: {why[:_SHOWN_OF_A_REASON]}"
    tell([Message(owner, "enquiry", text, needs=Permission.CALLS_READ) for owner in sorted(holders)])
    found = sorted((cards[owner] for owner in holders), key=lambda card: card.name)
    return tuple(Elsewhere(card.name, card.desk, card.desk_email) for card in found)


def _holds(folder: str, keys: Sequence[str]) -> bool:
    files = parts([folder], NUMBERS)
    if not files:
        return False
    with database() as engine:
        found = engine.execute(
            "select 1 from read_parquet($files) where number in (select unnest($keys)) limit 1",
            {"files": files, "keys": list(keys)},
        ).fetchall()
    return bool(found)
