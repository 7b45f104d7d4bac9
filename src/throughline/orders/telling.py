"""Telling bodies of questions about orders, and watching for what replaces a number."""

import contextlib
from collections.abc import Iterator, Sequence

from django.db import connection
from django.db.models import Q

from throughline.access.permissions import Permission
from throughline.access.queries import reader_numbered
from throughline.access.reader import reading
from throughline.kernel.outbox import Payload
from throughline.lines.models import CountyLine
from throughline.notices.services import Message, tell
from throughline.orders.models import CourtOrder, OrderItem
from throughline.organisations.queries import body_cards
from throughline.telecoms.watching import WatchProblem, keep_watch


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


_CUT_OFF = Q(provider__complied_at__isnull=False) | Q(provider=None, order__complied_at__isnull=False)
"""What one provider alone is to cut off is watched from its compliance on, all else from the first compliance."""


def watch_for_replacements(facts: Sequence[Payload]) -> None:
    """From the moment of compliance: watch for what replaces each number, for whoever recorded it."""
    for fact in facts:
        reader = reader_numbered(fact["person"]) if fact["verb"] == "comply" else None
        if reader is None or not reader.may(Permission.CALLS_READ):
            continue
        with reading(reader):
            order = CourtOrder.objects.filter(pk=fact["order"]).first()
            numbers = (
                list(OrderItem.objects.filter(_CUT_OFF, order=order, kind="phone").order_by("pk"))
                if order
                else []
            )
            line = CountyLine.objects.filter(pk=order.line_id or 0).first() if order else None
        for number in numbers:
            # It is watched already, or there are no calls of it yet.
            with contextlib.suppress(WatchProblem):
                keep_watch(
                    by=reader, number=number.key, line=line.ref if line else "",
                    why=f"Cut off by order {order.ref if order else ''}",
                )  # fmt: skip
