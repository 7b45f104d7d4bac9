"""Telling the bodies of an operation what became of it, and chasing the returns that are missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.kernel.outbox import Payload, announce
from throughline.notices.services import Message, tell
from throughline.operations.events import ReturnsDue
from throughline.operations.slots import DAILY
from throughline.operations.workflow import LIVE
from throughline.organisations.queries import BodyCard, body_cards

DID = {
    "plan": "plans", "begin": "began", "call off": "called off", "conclude": "concluded",
    "publish": "published the totals of",
}  # fmt: skip
ASKED_AGAIN = 3
"""A missing return is asked for so many times again, a day apart; the board shows it for as long as it is missing."""


@dataclass(frozen=True, slots=True)
class _Told:
    id: int
    ref: str
    name: str
    owner: int
    taking_part: list[int]
    compartment: int
    state: str
    every: str

    def to(self, body: int, kind: str, text: str, *, needs: str = Permission.TASK_READ) -> Message:
        return Message(body, kind, text, "operation", self.ref, self.compartment, needs=needs)


def _told(facts: Sequence[Payload]) -> Iterator[tuple[Payload, _Told, dict[int, BodyCard]]]:
    cards = body_cards()
    with connection.cursor() as cursor:
        cursor.execute("select * from operations_to_tell(%s)", [[fact["operation"] for fact in facts]])
        rows = {row[0]: _Told(*row) for row in cursor.fetchall()}
    yield from ((fact, rows[fact["operation"]], cards) for fact in facts if fact["operation"] in rows)


def tell_of_operation(facts: Sequence[Payload]) -> None:
    """Tell every body that takes part but the one that moved it."""
    tell(
        [
            one.to(
                body, "operation", f"{cards[fact['body']].name} {DID[fact['verb']]}: {one.name} ({one.ref})"
            )
            for fact, one, cards in _told(facts)
            for body in sorted({*one.taking_part} - {fact["body"]})
        ]
    )


def tell_of_return(facts: Sequence[Payload]) -> None:
    """Tell the body that leads of a return that came late or was corrected."""
    messages = []
    for fact, one, cards in _told(facts):
        if fact["body"] != one.owner:
            did = "corrected its return" if fact["number"] > 1 else "sent its late return"
            text = f"{cards[fact['body']].name} {did}{_of(one, fact['day'])}: {one.name} ({one.ref})"
            messages.append(one.to(one.owner, "return", text))
    tell(messages)


def chase_returns(facts: Sequence[Payload]) -> None:
    """Tell each body whose return is missing, and the body that leads how many are; ask again a day later."""
    messages = []
    for fact, one, _ in _told(facts):
        if one.state not in LIVE:
            continue
        missing = _missing(one.id, fact["day"])
        what = f"{_of(one, fact['day'])}: {one.name} ({one.ref})"
        ours, needs = f"Your return is missing{what}", Permission.RETURN_SEND
        messages += [one.to(body, "return-missing", ours, needs=needs) for body in missing]
        if missing:
            messages.append(one.to(one.owner, "returns-missing", f"{len(missing)} returns are missing{what}"))
        if missing and fact["times"] < ASKED_AGAIN:
            again = ReturnsDue(one.id, fact["day"], fact["times"] + 1)
            announce(again, due=clock.now() + timedelta(days=1))
    tell(messages)


def _missing(operation: int, day: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select * from operations_missing(%s, %s)", [operation, day])
        return [row[0] for row in cursor.fetchall()]


def _of(one: _Told, day: str) -> str:
    on = date.fromisoformat(day)
    return f" for {on.day} {on:%B}" if one.every == DAILY else ""


MODERATED = {
    "claim": "claims", "join": "claims a part in", "count": "counted", "leave out": "left out", "fold": "folded",
    "open again": "opened again",
}  # fmt: skip


def tell_of_disruption(facts: Sequence[Payload]) -> None:
    """Tell every body that may know the disruption but the one that moved it."""
    cards, messages = body_cards(), []
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from operations_disruptions_to_tell(%s)", [[fact["disruption"] for fact in facts]]
        )
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    for fact in facts:
        ref, title, owner, bodies, compartment = rows[fact["disruption"]]
        text = f"{cards[fact['body']].name} {MODERATED[fact['verb']]}: {title} ({ref})"
        messages += [
            Message(body, "disruption", text, "disruption", ref, compartment, needs=Permission.TASK_READ)
            for body in sorted({owner, *bodies} - {fact["body"]})
        ]
    tell(messages)
