"""Asking every body with an interest in what an order would cut off whether it wants it kept, and answering."""

from datetime import timedelta
from typing import Final

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.refs import new_ref
from throughline.matching.services import run_check
from throughline.orders.drafting import OrderProblem, chosen, held, said
from throughline.orders.events import InterestsAsked
from throughline.orders.items import is_matched
from throughline.orders.models import CourtOrder, LossQuestion, OrderItem
from throughline.organisations.queries import body_cards, body_ids
from throughline.selectors.registry import Selector

ANSWER_WITHIN: Final = timedelta(days=2)
"""How long a body has to answer. Our default: no rule sets it."""
ANSWERS = {
    "no objection": "No objection: nothing would be lost",
    "keep": "Keep it alive: intelligence would be lost",
    "talk": "Ring us before you go on",
}


@writes
def ask_interests(*, by: Reader, ref: str) -> int:
    """Look who holds each item of an order and ask them; returns how many questions are new.

    Each look is a check like any other: journalled and told to its holders. A body whose interest is silent is told
    of it and not named here, so it is not among those asked: it rings, or it does not.

    Raises:
        CourtOrder.DoesNotExist: the reader may not know such an order.
        OrderProblem: it names nothing yet, or is past that.
    """
    by.require(Permission.ORDER_DRAFT)
    order = held(by, ref, "drafted", "authorised")
    items = [one for one in OrderItem.objects.filter(order=order).order_by("pk") if is_matched(one.kind)]
    if not OrderItem.objects.filter(order=order).exists():
        raise OrderProblem("", "Name first what the order is to cut off")
    asked = set(LossQuestion.objects.filter(order=order).values_list("kind", "key", "body"))
    ids, now, new = body_ids(), clock.now(), []
    for item in items:
        why = f"Considering an order that would cut it off ({ref})"
        for holding in run_check(by=by, selector=Selector(item.kind, item.key), why=why):
            body = ids[holding.body]
            if body == by.body or (item.kind, item.key, body) in asked:
                continue
            asked.add((item.kind, item.key, body))
            marking = marking_for(
                owner=by.body, classification=OFFICIAL_SENSITIVE, circulation=Circulation(bodies=(body,)),
                compartment=order.compartment,
            )  # fmt: skip
            marking.released = True
            marking.save()
            new.append(
                LossQuestion.objects.create(
                    marking=marking, owner=by.body, order=order, ref=new_ref("LQ"), kind=item.kind, key=item.key,
                    body=body, asked_at=now, asked_by=by.name, answer_by=now + ANSWER_WITHIN,
                )
            )  # fmt: skip
            journal.note(
                Verb.DISCLOSE, "court order", ref, why="asked whether it wants it kept", to=holding.body
            )
    CourtOrder.objects.filter(pk=order.pk).update(asked_at=now)
    journal.note(Verb.CONSULT, "court order", ref, why="asked bodies with an interest", questions=len(new))
    if new:
        announce(InterestsAsked([one.pk for one in new], is_answered=False))
    return len(new)


@writes
def answer_interest(*, by: Reader, ref: str, answer: str, words: str) -> None:
    """Say for the reader's body whether an item should be kept alive.

    Raises:
        LossQuestion.DoesNotExist: the reader may not know such a question.
        OrderProblem: for the field that needs mending.
    """
    by.require(Permission.HIT_JUDGE)
    chosen("answer", answer, ANSWERS, "Choose your answer")
    words = said("words", words, "Say why: the body that applies reads this")
    question = LossQuestion.objects.select_for_update(of=("self",)).get(ref=ref, body=by.body)
    if question.answered_at:
        raise OrderProblem("", f"{question.answered_by} has answered already")
    LossQuestion.objects.filter(pk=question.pk).update(
        answer=answer, words=words, answered_at=clock.now(), answered_by=by.name
    )
    to = body_cards()[question.owner].code
    journal.note(
        Verb.DISCLOSE, "question of an order", ref, why=words, owner=question.owner, to=to, answer=answer
    )
    announce(InterestsAsked([question.pk], is_answered=True))
