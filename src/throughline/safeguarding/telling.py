"""Telling those who look after concerns that one waits, or was shared with them. No detail."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from throughline.access.permissions import Permission
from throughline.kernel.outbox import Payload
from throughline.notices.services import Message, tell

_FOR = Permission.CONCERN_READ
_WAITS = {
    "raise": "A concern was raised and waits to be assessed",
    "propose": "Screening proposes a concern: take it up or set it aside",
    "reopen": "A concern was reopened and waits to be assessed",
}


def tell_of_concerns(facts: Sequence[Payload]) -> None:
    """Tell the body of a concern that it waits for somebody. The text names nobody and nothing."""
    verbs = {fact["concern"]: fact["verb"] for fact in facts if fact["verb"] in _WAITS}
    rows = _rows("select id, ref, owner, compartment from safeguarding_to_tell(%s)", list(verbs))
    tell(
        [
            Message(
                owner, "concern", f"{_WAITS[verbs[number]]} ({ref})", "concern", ref, compartment, needs=_FOR
            )
            for number, ref, owner, compartment in rows
        ]
    )


def tell_of_sharing(facts: Sequence[Payload]) -> None:
    """Tell a body that a concern is open to those who look after concerns there."""
    bodies = [(fact["concern"], fact["body"]) for fact in facts]
    rows = _rows(
        "select id, ref, compartment from safeguarding_to_tell(%s)", [number for number, _ in bodies]
    )
    found = {number: (ref, compartment) for number, ref, compartment in rows}
    tell(
        [
            Message(body, "concern", f"A concern was shared with you ({ref})", "concern", ref, compartment, needs=_FOR)
            for number, body in bodies if number in found for ref, compartment in (found[number],)
        ]
    )  # fmt: skip


def _rows(door: str, asked: list[int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(door, [asked])
        return list(cursor.fetchall())
