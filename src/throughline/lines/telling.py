"""Telling the lead body of a closed line that a check-back is due, or that a number has been seen since."""

from collections.abc import Iterable, Sequence

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.kernel import clock
from throughline.kernel.outbox import Payload
from throughline.notices.services import Message, tell
from throughline.organisations.queries import body_cards

_Told = tuple[str, int, int]
"""The reference of a line, its lead body, and its compartment."""


def tell_of_check_backs(facts: Sequence[Payload]) -> None:
    """Tell the lead body that the day of a check-back has come, if nobody has looked and the line is closed still."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from lines_check_backs_due(%s)", [[n for f in facts for n in f["check_backs"]]]
        )
        found: list[_Told] = cursor.fetchall()
    tell(
        _messages(
            "check-back", "A check-back is due on closed line {ref}: see whether it has come back.", found
        )
    )


def look_for_life(facts: Sequence[Payload]) -> None:
    """Put a closed line on its lead's desk when one of its numbers is seen after the closure; a person decides."""
    ids = [n for fact in facts for n in fact["sightings"]]
    with connection.cursor() as cursor:
        cursor.execute("select * from lines_look_for_life(%s, %s, %s)", [ids, clock.today(), clock.now()])
        rows = cursor.fetchall()
    if not rows:
        return  # as for nearly every report
    cards = body_cards()
    text = "A number of closed line {ref} has been seen since it was closed. Decide whether to reopen it."
    tell(_messages("sign of life", text, [(ref, lead, circle) for ref, lead, circle, _ in rows]))
    for ref, lead, _, owner in rows:
        journal.note(Verb.DISCLOSE, "county line", ref, why="sign of life", owner=owner, to=cards[lead].code)


def _messages(kind: str, text: str, found: Iterable[_Told]) -> list[Message]:
    return [Message(lead, kind, text.format(ref=ref), "line", ref, circle) for ref, lead, circle in found]
