"""Telling the body of a clock that its end is near or past: once at each point, and only while it runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from throughline.kernel.outbox import Payload
from throughline.notices.services import Message, tell

_DAY = 24


@dataclass(frozen=True, slots=True)
class _Told:
    id: int
    name: str
    thing: str
    thing_ref: str
    owner: int
    compartment: int
    needs: str
    escalates: str
    due_at: datetime


def tell_of_clocks(facts: Sequence[Payload]) -> None:
    """Tell of each clock that has come to a point, unless it has ended, stands still, or ends at another time by now.

    A notice says the name of the clock and the reference of its thing, no content. Nothing is extended or moved.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from clocks_to_tell(%s)", [[fact["clock"] for fact in facts]])
        rows = {row[0]: _Told(*row) for row in cursor.fetchall()}
    tell([message for fact in facts for message in _messages(rows.get(fact["clock"]), fact)])


def _messages(one: _Told | None, fact: Payload) -> Iterator[Message]:
    if one is None or one.due_at != datetime.fromisoformat(fact["due"]):
        return
    if fact["before_hours"]:
        text = f"{one.name} ends in {_length(fact['before_hours'])}: {one.thing_ref}"
        yield _to(one, "clock", text, one.needs)
        return
    text = f"{one.name} is past: {one.thing_ref}. Nothing moves by itself: decide what happens now"
    yield _to(one, "clock past", text, one.needs)
    if one.escalates and one.escalates != one.needs:
        yield _to(one, "clock past", f"{text}. You are told because you supervise", one.escalates)


def _to(one: _Told, kind: str, text: str, needs: str) -> Message:
    return Message(one.owner, kind, text, one.thing, one.thing_ref, one.compartment, needs=needs)


def _length(hours: int) -> str:
    days, rest = divmod(hours, _DAY)
    count, word = (days, "day") if days and not rest else (hours, "hour")
    return f"{count} {word}{'' if count == 1 else 's'}"
