"""Serving each provider of an order, and each one's compliance: the order is served, or complied with, when all are."""

from datetime import datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.orders.clocks import meet_compliance
from throughline.orders.drafting import OrderProblem, held, said
from throughline.orders.events import OrderMoved
from throughline.orders.models import CourtOrder, OrderProvider
from throughline.orders.workflow import ORDER, TO_COMPLY


def waiting_providers(order: CourtOrder, ref: str = "") -> list[OrderProvider]:
    """Those that have yet to comply with an order; with a reference, that one alone.

    Raises:
        OrderProblem: there is no such provider of the order, or it has complied.
    """
    rows = OrderProvider.objects.filter(order=order, complied_at=None).order_by("pk")
    found = list(rows.filter(ref=ref) if ref else rows)
    if not found:
        raise OrderProblem("", "No provider of the order has yet to comply")
    return found


def tell_providers(order: CourtOrder, verb: str, at: datetime | None) -> None:
    """Carry a move of a whole order to each of its providers."""
    rows = OrderProvider.objects.filter(order=order)
    if verb in ("grant", "vary", "extend"):
        # Served anew: whoever complied before complies with what the order is now.
        rows.update(comply_by=order.comply_by, comply_why=order.comply_why, served_at=None, complied_at=None)
    elif verb == "serve":
        rows.filter(served_at=None).update(served_at=at)
    elif verb == "comply":
        rows.filter(complied_at=None).update(complied_at=at)


def meet_all(by: Reader, order: CourtOrder, why: str) -> None:
    """End the clocks of all providers: the whole order has been complied with."""
    for one in OrderProvider.objects.filter(order=order):
        meet_compliance(by, order, one, why)


def nearest_time(order: CourtOrder) -> None:
    """Let the order say the time of the provider that is due next."""
    due = [one for one in OrderProvider.objects.filter(order=order, complied_at=None) if one.comply_by]
    if due:
        first = min(due, key=lambda one: (one.comply_by, one.pk))
        CourtOrder.objects.filter(pk=order.pk).update(comply_by=first.comply_by, comply_why=first.comply_why)


@writes
def serve_provider(*, by: Reader, ref: str, provider: str, at: datetime | None, why: str) -> None:
    """Record that one provider was served; the order is served when all are.

    Raises:
        CourtOrder.DoesNotExist: the reader may not know such an order.
        OrderProblem: it waits for no service, the time lies ahead, or no words are given.
    """
    by.require(Permission.ORDER_DRAFT)
    order, one, when, words = _checked(by, ref, provider, at, why)
    if one.served_at:
        raise OrderProblem("", f"{one.name} has been served already")
    OrderProvider.objects.filter(pk=one.pk).update(served_at=when)
    journal.note(Verb.ALTER, "court order", ref, why=words, verb="serve", provider=one.ref)
    if order.state != "served" and not OrderProvider.objects.filter(order=order, served_at=None).exists():
        ORDER.make("serve", order, by=by, why=words)
        CourtOrder.objects.filter(pk=order.pk).update(served_at=when)


@writes
def record_compliance(*, by: Reader, ref: str, provider: str, at: datetime | None, why: str) -> None:
    """Record that one provider complied: its clock is met and its numbers are watched. Raises as `serve_provider`."""
    by.require(Permission.ORDER_DRAFT)
    order, one, when, words = _checked(by, ref, provider, at, why)
    if one.served_at is None or when < one.served_at:
        raise OrderProblem("at", "It cannot be complied with before it was served")
    OrderProvider.objects.filter(pk=one.pk).update(complied_at=when)
    meet_compliance(by, order, one, words)
    journal.note(Verb.ALTER, "court order", ref, why=words, verb="comply", provider=one.ref)
    CourtOrder.objects.filter(pk=order.pk, complied_at=None).update(complied_at=when)
    if order.state == "served" and not OrderProvider.objects.filter(order=order, complied_at=None).exists():
        ORDER.make("comply", order, by=by, why=words)
    nearest_time(order)
    announce(OrderMoved(order=order.pk, verb="comply", person=by.person))


def _checked(
    by: Reader, ref: str, provider: str, at: datetime | None, why: str
) -> tuple[CourtOrder, OrderProvider, datetime, str]:
    order, words = held(by, ref, *TO_COMPLY), said("why", why, "Say how you know")
    if at is None or at > clock.now():
        raise OrderProblem("at", "Enter a day and time that is not in the future")
    return order, waiting_providers(order, provider)[0], at, words
