"""Every step of an order from its authority to its end, and the clocks that each step starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.working_days import Nation, end_of_day
from throughline.orders.drafting import OrderProblem, held, said
from throughline.orders.events import OrderDue, OrderMoved
from throughline.orders.law import kind_in, ranks
from throughline.orders.models import CourtOrder, LossQuestion, OrderItem
from throughline.orders.timing import (
    WARN_OF_COMPLIANCE_DAYS,
    WARN_OF_END_DAYS,
    WrongTime,
    basis_of,
    check_earlier,
    check_end,
    check_other,
    comply_by,
    hours_to_replacement,
)
from throughline.orders.workflow import ORDER, TO_COMPLY
from throughline.organisations.queries import body_cards
from throughline.selectors.registry import NotASelector, parse

COMPLIANCE, END = "compliance", "end"


@dataclass(frozen=True, slots=True)
class Made:
    """What is said at a move: of these a move takes what it needs. Moments are in UTC, days are those of London."""

    why: str
    rank: str = ""
    loss_decision: str = ""
    court: str = ""
    ordered_on: date | None = None
    ends_on: date | None = None
    comply_by: datetime | None = None
    comply_why: str = ""
    at: datetime | None = None


@writes
def move_order(*, by: Reader, ref: str, verb: str, made: Made) -> None:
    """Take the next step of an order, start its clocks, and tell.

    Raises:
        CourtOrder.DoesNotExist: the reader may not know such an order.
        OrderProblem: for the field that needs mending.
        MoveRefused: it is not at that step, or the law lets this rank not take it.
    """
    order = held(by, ref)
    why = said("why", made.why, "Say why, in a few words: it is kept in the history")
    change = _CHANGES[verb](order, made, by) if verb in _CHANGES else {}
    for name, value in change.items():
        setattr(order, name, value)
    ORDER.make(verb, order, by=by, why=why)
    if change:
        CourtOrder.objects.filter(pk=order.pk).update(**change)
    if verb in ("grant", "vary", "extend"):
        _start_clocks(order)
    journal.note(Verb.ALTER, "court order", ref, why=why, verb=verb)
    announce(OrderMoved(order=order.pk, verb=verb, person=by.person))


def _authorise(order: CourtOrder, made: Made, by: Reader) -> dict[str, object]:
    card, kind = body_cards()[by.body], kind_in(order.kind, order.law_version)
    rank = ranks().get(made.rank)
    if kind.ranks and (rank is None or (rank.body == "NCA") != (card.code == "NCA")):
        raise OrderProblem("rank", "Choose the rank that you hold in your body")
    decision = said(
        "loss_decision", made.loss_decision, "Say what was decided about intelligence that would be lost"
    )
    if kind.is_of_items and not OrderItem.objects.filter(order=order).exists():
        raise OrderProblem("", "The order names nothing yet")
    waiting = LossQuestion.objects.filter(order=order, answered_at=None).order_by("answer_by")
    if any(until > clock.now() for until in waiting.values_list("answer_by", flat=True)):
        raise OrderProblem("", "Bodies with an interest have been asked, and have time left to answer")
    return {"rank": made.rank, "loss_decision": decision, "authorised_by": by.name}


def _apply(order: CourtOrder, made: Made, by: Reader) -> dict[str, object]:
    return {"court": said("court", made.court, "Name the court")}


def _grant(order: CourtOrder, made: Made, by: Reader) -> dict[str, object]:
    """As the court made it, or made it anew when it varied or extended it."""
    if made.ordered_on is None:
        raise OrderProblem("ordered_on", "Enter the day of the order")
    if made.ordered_on > clock.today():
        raise OrderProblem("ordered_on", "The day of the order must be today or in the past")
    try:
        due, why = _compliance(order, made, made.ordered_on)
        if made.ends_on:
            check_end(made.ends_on, ordered_on=made.ordered_on)
    except WrongTime as problem:
        raise OrderProblem("ends_on" if "end" in str(problem) else "comply_on", str(problem)) from None
    return {"ordered_on": made.ordered_on, "ends_on": made.ends_on, "comply_by": due, "comply_why": why}


def _compliance(order: CourtOrder, made: Made, ordered_on: date) -> tuple[datetime | None, str]:
    kind, nation = kind_in(order.kind, order.law_version), Nation(order.nation)
    if made.comply_by:
        check_other(made.comply_by, ordered_on=ordered_on)
        return made.comply_by, said("comply_why", made.comply_why, "Say why the court stated another time")
    due = comply_by(kind, ordered_on=ordered_on, nation=nation)
    return due, basis_of(kind, nation) if due else ""


def _extend(order: CourtOrder, made: Made, by: Reader) -> dict[str, object]:
    if made.ends_on is None:
        raise OrderProblem("ends_on", "Enter the day until which the court extended it")
    if order.ends_on and made.ends_on <= order.ends_on:
        raise OrderProblem("ends_on", "An extended order ends later than before")
    return _grant(order, made, by)


def _serve(order: CourtOrder, made: Made, by: Reader) -> dict[str, object]:
    return {"served_at": _past(made.at)}


def _comply(order: CourtOrder, made: Made, by: Reader) -> dict[str, object]:
    at = _past(made.at)
    if order.served_at and at < order.served_at:
        raise OrderProblem("at", "It cannot be complied with before it was served")
    return {"complied_at": order.complied_at or at}


def _past(at: datetime | None) -> datetime:
    if at is None or at > clock.now():
        raise OrderProblem("at", "Enter a day and time that is not in the future")
    return at


def _expire(order: CourtOrder, made: Made, by: Reader) -> dict[str, object]:
    if order.ends_on is None:
        raise OrderProblem("", "It stands until it is discharged")
    if order.ends_on >= clock.today():
        raise OrderProblem("", "Its last day is not over yet")
    return {}


_CHANGES: Mapping[str, Callable[[CourtOrder, Made, Reader], dict[str, object]]] = {
    "authorise": _authorise, "apply": _apply, "grant": _grant, "vary": _grant, "extend": _extend, "serve": _serve,
    "comply": _comply, "expire": _expire,
}  # fmt: skip


def _start_clocks(order: CourtOrder) -> None:
    if order.comply_by:
        _start(order, COMPLIANCE, order.comply_by, timedelta(days=WARN_OF_COMPLIANCE_DAYS))
    if order.ends_on:
        _start(order, END, end_of_day(order.ends_on), timedelta(days=WARN_OF_END_DAYS))


def _start(order: CourtOrder, which: str, due: datetime, before: timedelta) -> None:
    if due - before > clock.now():
        announce(OrderDue(order.pk, which, due.isoformat(), is_warning=True), due=due - before)
    announce(OrderDue(order.pk, which, due.isoformat(), is_warning=False), due=due)


@writes
def agree_earlier(*, by: Reader, ref: str, earlier: datetime, why: str) -> None:
    """Record that applicant and provider agreed an earlier time for compliance. Its clock starts anew.

    Raises:
        CourtOrder.DoesNotExist: the reader may not know such an order.
        OrderProblem: it is not earlier, no reason is given, or no such time runs.
    """
    order = held(by, ref, *TO_COMPLY)
    why = said("why", why, "Say who agreed it, and why")
    if order.comply_by is None or order.ordered_on is None:
        raise OrderProblem("", "No time for compliance runs")
    try:
        check_earlier(earlier, than=order.comply_by, ordered_on=order.ordered_on)
    except WrongTime as problem:
        raise OrderProblem("comply_on", str(problem)) from None
    order.comply_by = earlier
    words = f"Earlier time agreed: {why}"
    CourtOrder.objects.filter(pk=order.pk).update(comply_by=earlier, comply_why=words)
    _start(order, COMPLIANCE, earlier, timedelta(days=WARN_OF_COMPLIANCE_DAYS))
    journal.note(Verb.ALTER, "court order", ref, why=words)


@writes
def record_replacement(*, by: Reader, ref: str, number: str, at: datetime | None, why: str) -> float:
    """Record the number that took over from one that was cut off; returns the hours from compliance to its first use.

    Raises:
        CourtOrder.DoesNotExist: the reader may not know such an order.
        OrderProblem: for the field that needs mending.
    """
    order = held(by, ref, "complied", "varied", "extended", "served", "expired", "discharged")
    why = said("why", why, "Say how you know that it is the replacement")
    if order.complied_at is None:
        raise OrderProblem("", "Nothing is cut off yet")
    try:
        selector = parse(number, kind="phone")
    except NotASelector as problem:
        raise OrderProblem("number", str(problem)) from None
    if OrderItem.objects.filter(order=order, kind=selector.kind, key=selector.key).exists():
        raise OrderProblem("number", "The order itself names this number")
    first = _past(at)
    CourtOrder.objects.filter(pk=order.pk).update(
        replaced_key=selector.key, replaced_at=first, replaced_by=by.name
    )
    journal.note(Verb.ALTER, "court order", ref, why=why, verb="replacement found")
    return hours_to_replacement(order.complied_at, first)
