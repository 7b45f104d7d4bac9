"""The clocks of an order: the time for compliance and its end, set by its moves and by nothing else."""

from datetime import datetime
from typing import Final

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.clocks.services import MET, STOPPED, OnWhat, end_clocks, set_clock_anew
from throughline.kernel.terms import Term, Unit
from throughline.kernel.working_days import Nation, at_in_london, end_of_day
from throughline.orders.models import CourtOrder, OrderProvider
from throughline.orders.workflow import ENDED

COMPLIANCE: Final = Term(
    "order compliance", "Time for compliance with an order", "SI 2017/1240 reg 3(4)", Unit.STATED
)
END: Final = Term(
    "order end", "The end of an order", "As the court ordered", Unit.STATED, warn_hours=(336, 24)
)
"""A day before compliance, fourteen days and one before an end, the body is reminded: our defaults."""


def keep_clocks(by: Reader, order: CourtOrder, verb: str, why: str) -> None:
    """Start, set anew or end the clocks of an order that was moved by this verb."""
    if verb in ("grant", "vary", "extend"):
        event = {"grant": "The order was made", "vary": "It was varied", "extend": "It was extended"}[verb]
        for provider in OrderProvider.objects.filter(order=order):
            set_compliance(by, order, provider, event=event, why=why)
        if order.ends_on:
            on = _on(order, order.title)
            _set(by, order, END, on, end_of_day(order.ends_on), event=event, why=why, basis=END.basis)
        else:
            end_clocks(by=by, thing="order", ref=order.ref, how=STOPPED, why=why, term=END.key)
    elif order.state in ENDED:
        end_clocks(by=by, thing="order", ref=order.ref, how=STOPPED, why=why)


def set_compliance(by: Reader, order: CourtOrder, provider: OrderProvider, *, event: str, why: str) -> None:
    """Let a provider's time for compliance run until the time that it now has, if it has one."""
    if provider.comply_by:
        on = _on(order, f"{order.title}: {provider.name}", provider.ref)
        _set(by, order, COMPLIANCE, on, provider.comply_by, event=event, why=why, basis=provider.comply_why)


def meet_compliance(by: Reader, order: CourtOrder, provider: OrderProvider, why: str) -> None:
    """A provider has complied: its clock is met."""
    end_clocks(by=by, thing="order", ref=order.ref, how=MET, why=why, term=COMPLIANCE.key, part=provider.ref)


def _on(order: CourtOrder, what: str, part: str = "") -> OnWhat:
    return OnWhat("order", order.ref, what, order, Permission.ORDER_READ, Permission.ORDER_AUTHORISE, part)


def _set(
    by: Reader, order: CourtOrder, term: Term, on: OnWhat, due: datetime, *, event: str, why: str, basis: str
) -> None:  # fmt: skip
    assert order.ordered_on is not None  # noqa: S101 no order has a clock before its day
    set_clock_anew(
        by=by, term=term, on=on, start_event=event, started_at=at_in_london(order.ordered_on, datetime.min.time()),
        why=why, nation=Nation(order.nation), due_at=due, basis=basis,
    )  # fmt: skip
