"""Telling bodies of the clocks of their orders and of questions about them, and watching for what replaces a number."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from throughline.access.permissions import Permission
from throughline.access.queries import reader_numbered
from throughline.access.reader import reading
from throughline.kernel.outbox import Payload
from throughline.kernel.working_days import end_of_day
from throughline.lines.models import CountyLine
from throughline.notices.services import Message, tell
from throughline.orders.models import CourtOrder, OrderItem
from throughline.orders.moving import COMPLIANCE
from throughline.orders.workflow import IN_FORCE, TO_COMPLY
from throughline.organisations.queries import body_cards
from throughline.telecoms.watching import WatchProblem, keep_watch


@dataclass(frozen=True, slots=True)
class _Told:
    id: int
    ref: str
    title: str
    owner: int
    compartment: int
    state: str
    comply_by: datetime | None
    ends_on: date | None


def _told(ids: Sequence[int]) -> dict[int, _Told]:
    with connection.cursor() as cursor:
        cursor.execute("select * from orders_to_tell(%s)", [list(ids)])
        return {row[0]: _Told(*row) for row in cursor.fetchall()}


def tell_of_order_clock(facts: Sequence[Payload]) -> None:
    """Tell the body of an order that its time for compliance or its end is near or past, if it still waits for that.

    A time that was set anew since has a clock of its own. Nothing is extended, expired or complied with by itself.
    """
    rows, messages = _told([fact["order"] for fact in facts]), []
    for fact in facts:
        one = rows.get(fact["order"])
        if one is None or not _still_runs(one, fact):
            continue
        what = "Time for compliance" if fact["clock"] == COMPLIANCE else "The end"
        when = "is near" if fact["is_warning"] else "is past: decide what happens now"
        text = f"{what} of an order {when}: {one.title} (order {one.ref})"
        messages.append(_to(one, text))
    tell(messages)


def _still_runs(one: _Told, fact: Payload) -> bool:
    due = datetime.fromisoformat(fact["due"])
    if fact["clock"] == COMPLIANCE:
        return one.state in TO_COMPLY and one.comply_by == due
    return one.state in IN_FORCE and one.ends_on is not None and end_of_day(one.ends_on) == due


def _to(one: _Told, text: str) -> Message:
    return Message(one.owner, "order", text, "order", one.ref, one.compartment, needs=Permission.ORDER_READ)


def tell_of_questions(facts: Sequence[Payload]) -> None:
    """Tell a body that it is asked whether it wants something kept, and the body that asks of the answer."""
    tell([message for fact in facts for message in _questions(fact)])


def _questions(fact: Payload) -> Iterator[Message]:
    cards = body_cards()
    with connection.cursor() as cursor:
        cursor.execute("select * from orders_questions_to_tell(%s)", [fact["questions"]])
        rows = cursor.fetchall()
    for ref, owner, body, compartment, order_ref, title in rows:
        if fact["is_answered"]:
            text = f"{cards[body].name} answered whether intelligence is lost: {title} (order {order_ref})"
            yield Message(owner, "order", text, "order", order_ref, compartment, needs=Permission.ORDER_READ)
        else:
            text = (
                f"{cards[owner].name} considers an order on something that you hold. Say whether to keep it"
            )
            yield Message(
                body, "order question", text, "order-question", ref, compartment, needs=Permission.HIT_JUDGE
            )


def watch_for_replacements(facts: Sequence[Payload]) -> None:
    """From the moment of compliance: watch for what replaces each number, for whoever recorded it."""
    for fact in facts:
        reader = reader_numbered(fact["person"]) if fact["verb"] == "comply" else None
        if reader is None or not reader.may(Permission.CALLS_READ):
            continue
        with reading(reader):
            order = CourtOrder.objects.filter(pk=fact["order"]).first()
            numbers = (
                list(OrderItem.objects.filter(order=order, kind="phone").order_by("pk")) if order else []
            )
            line = CountyLine.objects.filter(pk=order.line_id or 0).first() if order else None
        for number in numbers:
            # It is watched already, or there are no calls of it yet.
            with contextlib.suppress(WatchProblem):
                keep_watch(
                    by=reader, number=number.key, line=line.ref if line else "",
                    why=f"Cut off by order {order.ref if order else ''}",
                )  # fmt: skip
