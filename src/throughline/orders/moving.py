"""Every step of an order from its authority to its end, and the clocks that each step starts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.working_days import Nation
from throughline.orders.clocks import keep_clocks, set_compliance
from throughline.orders.drafting import OrderProblem, held, said
from throughline.orders.events import OrderMoved
from throughline.orders.law import kind_in, ranks
from throughline.orders.models import CourtOrder, LossQuestion, OrderItem, OrderProvider
from throughline.orders.providers import meet_all, nearest_time, tell_providers, waiting_providers
from throughline.orders.timing import (
    WrongTime,
    basis_of,
    check_earlier,
    check_end,
    check_least,
    check_other,
    comply_by,
    hours_to_replacement,
)
from throughline.orders.workflow import ORDER, TO_COMPLY
from throughline.organisations.queries import body_cards
from throughline.selectors.registry import NotASelector, parse
from throughline.telecoms.profile import profile_of
from throughline.telecoms.queries import NoCalls


@dataclass(frozen=True, slots=True)
class Made:
    """What is said at a move: of these a move takes what it needs. Moments are in UTC, days are those of London."""

    why: str
    rank: str = ""
    loss_decision: str = ""
    none_to_ask: str = ""
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
    tell_providers(order, verb, made.at)
    keep_clocks(by, order, verb, why)
    if verb == "comply":
        meet_all(by, order, why)
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
    none = made.none_to_ask.strip() or order.none_to_ask
    return {"rank": made.rank, "loss_decision": decision, "none_to_ask": none, "authorised_by": by.name}


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
            kind = kind_in(order.kind, order.law_version)
            check_least(kind, made.ends_on, ordered_on=made.ordered_on)
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


@writes
def agree_earlier(*, by: Reader, ref: str, earlier: datetime, why: str, provider: str = "") -> None:
    """Record that applicant and provider agreed an earlier time ('' for all providers). Its clock starts anew.

    Raises:
        CourtOrder.DoesNotExist: the reader may not know such an order.
        OrderProblem: it is not earlier, no reason is given, or no such time runs.
    """
    order = held(by, ref, *TO_COMPLY)
    why = said("why", why, "Say who agreed it, and why")
    if order.ordered_on is None:
        raise OrderProblem("", "No time for compliance runs")
    words = f"Earlier time agreed: {why}"
    for one in waiting_providers(order, provider):
        if one.comply_by is None:
            raise OrderProblem("", "No time for compliance runs")
        try:
            check_earlier(earlier, than=one.comply_by, ordered_on=order.ordered_on)
        except WrongTime as problem:
            raise OrderProblem("comply_on", str(problem)) from None
        one.comply_by, one.comply_why = earlier, words
        OrderProvider.objects.filter(pk=one.pk).update(comply_by=earlier, comply_why=words)
        set_compliance(by, order, one, event="An earlier time was agreed", why=words)
    nearest_time(order)
    journal.note(Verb.ALTER, "court order", ref, why=words)


@writes
def record_replacement(*, by: Reader, ref: str, number: str, at: datetime | None, why: str) -> float:
    """Record the number that took over from one that was cut off; returns the hours from compliance to its first use.

    With no ``at``, its first use is that of the call data that the reader may know.

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
    first = _past(at) if at else _first_use(by, selector.key)
    CourtOrder.objects.filter(pk=order.pk).update(
        replaced_key=selector.key, replaced_at=first, replaced_by=by.name
    )
    journal.note(Verb.ALTER, "court order", ref, why=why, verb="replacement found")
    return hours_to_replacement(order.complied_at, first)


def _first_use(by: Reader, key: str) -> datetime:
    try:
        profile = profile_of(by, key, why="when a replacement was first used")
    except NoCalls:
        profile = None
    if profile is None:
        raise OrderProblem(
            "at", "No call of it is in the data that you may know: enter when it was first used"
        )
    return profile.first
