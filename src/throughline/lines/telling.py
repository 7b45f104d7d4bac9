"""Telling the lead body of a closed line that a check-back is due, or that a number has been seen since."""

from collections.abc import Iterable, Sequence

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
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


def tell_of_life(seen: Sequence[tuple[str, int, int, int]]) -> None:
    """Tell the leads of closed lines (reference, lead, compartment, owner) whose number that owner has seen since."""
    if not seen:
        return  # as for nearly every report
    cards = body_cards()
    text = "A number of closed line {ref} has been seen since it was closed. Decide whether to reopen it."
    tell(_messages("sign of life", text, [(ref, lead, circle) for ref, lead, circle, _ in seen]))
    for ref, lead, _, owner in seen:
        journal.note(Verb.DISCLOSE, "county line", ref, why="sign of life", owner=owner, to=cards[lead].code)


def _messages(kind: str, text: str, found: Iterable[_Told]) -> list[Message]:
    return [Message(lead, kind, text.format(ref=ref), "line", ref, circle) for ref, lead, circle in found]
