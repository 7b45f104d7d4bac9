"""Telling the sides of a bid what became of it, desks and region of what is overdue, and a body of its plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from throughline.access.permissions import Permission
from throughline.kernel.outbox import Payload
from throughline.notices.services import Message, tell
from throughline.organisations.queries import BodyCard, body_cards
from throughline.tasking.moving import regions_of
from throughline.tasking.workflow import HAND_OFFS

DID = {
    "make": "bids for work", "deconflict": "deconflicted", "assess": "assessed", "adopt": "adopted",
    "share": "agreed to share", "turn down": "did not adopt", "refer up": "referred up", "escalate": "escalated",
    "offer": "offered",
    "allocate": "offered as planned", "accept": "accepted", "decline": "declined", "begin": "began work on",
    "record": "recorded the result of", "review": "reviewed", "close": "closed", "withdraw": "withdrew",
    "take off": "took off",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Told:
    id: int
    ref: str
    title: str
    owner: int
    desk: int
    offered: int | None
    bodies: list[int]
    compartment: int
    state: str
    due_at: datetime | None

    @property
    def sides(self) -> set[int]:
        """Those of its sides that may know it."""
        return {self.owner, self.desk, self.offered or self.owner} & {self.owner, *self.bodies}

    def to(self, body: int, kind: str, text: str) -> Message:
        return Message(body, kind, text, "bid", self.ref, self.compartment, needs=Permission.TASK_READ)


def _told(facts: Sequence[Payload]) -> Iterator[tuple[Payload, _Told, dict[int, BodyCard]]]:
    cards = body_cards()
    with connection.cursor() as cursor:
        cursor.execute("select * from tasking_to_tell(%s)", [[fact["bid"] for fact in facts]])
        rows = {row[0]: _Told(*row) for row in cursor.fetchall()}
    yield from ((fact, rows[fact["bid"]], cards) for fact in facts if fact["bid"] in rows)


def tell_of_bid(facts: Sequence[Payload]) -> None:
    """Tell every side but the one that moved it."""
    tell(
        [
            bid.to(
                body, "bid", f"{cards[fact['body']].name} {DID[fact['verb']]}: {bid.title} (bid {bid.ref})"
            )
            for fact, bid, cards in _told(facts)
            for body in sorted(bid.sides - {fact["body"]})
        ]
    )


def tell_of_stopped_bid(facts: Sequence[Payload]) -> None:
    """Tell every side of a bid at once that its work may not go on. What it says names nobody."""
    tell(
        [
            bid.to(
                body, "bid-stopped", f"Stop: the work may not go on. Read why: {bid.title} (bid {bid.ref})"
            )
            for _, bid, _ in _told(facts)
            for body in sorted(bid.sides)
        ]
    )


def tell_of_overdue_bid(facts: Sequence[Payload]) -> None:
    """Where a bid still waits for the step that was due, tell its sides, and the region of the body it waits for.

    A region outside the circulation of the bid hears nothing of it.
    """
    messages = []
    for fact, bid, cards in _told(facts):
        hand_off = HAND_OFFS.get(bid.state)
        if hand_off is None or bid.due_at != datetime.fromisoformat(fact["due"]):
            continue
        waits_for = int(getattr(bid, hand_off.side))
        regions = regions_of(waits_for) & {bid.owner, *bid.bodies}
        text = f"Overdue: {cards[waits_for].name} was to {hand_off.what}: {bid.title} (bid {bid.ref})"
        for body in sorted(bid.sides | regions):
            ring = "" if body == waits_for else f". Ring {cards[waits_for].desk}"
            messages.append(bid.to(body, "bid-overdue", text + ring))
    tell(messages)


def tell_of_plan(facts: Sequence[Payload]) -> None:
    """Tell whoever decides that a plan is proposed, and whoever hands the work out that one was adopted."""
    with connection.cursor() as cursor:
        cursor.execute("select * from tasking_plans_to_tell(%s)", [[fact["plan"] for fact in facts]])
        plans = {row[0]: row[1:] for row in cursor.fetchall()}
    said = {
        "propose": (
            Permission.TASK_DECIDE,
            "A plan is proposed for {weeks} weeks from {day:%-d %B %Y} ({ref})",
        ),
        "adopt": (
            Permission.TASK_ASSESS,
            "The plan for {weeks} weeks from {day:%-d %B %Y} is adopted ({ref})",
        ),
    }
    tell(
        [
            Message(body, "plan", words.format(weeks=weeks, day=day, ref=ref), "plan", ref, 0, needs=needs)
            for fact in facts
            if fact["plan"] in plans
            for ref, body, day, weeks in [plans[fact["plan"]]]
            for needs, words in [said[fact["verb"]]]
        ]
    )
