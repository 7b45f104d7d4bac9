"""When an order is to be complied with and when it ends: pure rules."""

from datetime import date, datetime

from throughline.kernel import clock
from throughline.kernel.terms import last_day_of_months
from throughline.kernel.working_days import NATION_NAMES, Nation, add_working_days, end_of_day
from throughline.orders.law import OrderKind


class WrongTime(ValueError):
    """A time that an order cannot have; the text says why."""


def comply_by(kind: OrderKind, *, ordered_on: date, nation: Nation) -> datetime | None:
    """The time that the law sets for compliance; None where it sets none.

    Source: SI 2017/1240 reg 3(4): the end of the fifth working day after the day on which the order is made.
    """
    if kind.working_days is None:
        return None
    return end_of_day(add_working_days(ordered_on, kind.working_days, nation))


def basis_of(kind: OrderKind, nation: Nation) -> str:
    """Why it is due then, in words."""
    sources = ", ".join(fact.source for fact in kind.about("compliance"))
    days = f"End of working day {kind.working_days} after the order"
    return f"{days}, as days are kept in {NATION_NAMES[nation]} ({sources})"


def check_other(other: datetime, *, ordered_on: date) -> None:
    """Whether a court may have stated this time instead (reg 3(5)).

    Raises:
        WrongTime: it lies before the order.
    """
    if clock.day_of(other) < ordered_on:
        raise WrongTime("The time for compliance cannot lie before the order")


def check_earlier(earlier: datetime, *, than: datetime, ordered_on: date) -> None:
    """Whether applicant and provider may agree this time (reg 3(6)): earlier only, never later.

    Raises:
        WrongTime: it is not earlier, or lies before the order.
    """
    if earlier >= than:
        raise WrongTime("Only an earlier time can be agreed. A later one is for the court")
    check_other(earlier, ordered_on=ordered_on)


def check_end(ends_on: date, *, ordered_on: date) -> None:
    """Whether an order may end on a day.

    Raises:
        WrongTime: it lies before the order.
    """
    if ends_on < ordered_on:
        raise WrongTime("An order cannot end before it is made")


def check_least(kind: OrderKind, ends_on: date, *, ordered_on: date) -> None:
    """Whether an order of this kind may end as early as that: the least that its law names.

    Raises:
        WrongTime: the law lets it end later only.
    """
    least = kind.least_years
    if least and ends_on < last_day_of_months(ordered_on, 12 * least):
        raise WrongTime(
            f"A {kind.short} that has an end lasts at least {least} years. Leave it blank for a further order"
        )


def hours_to_replacement(complied_at: datetime, replaced_at: datetime) -> float:
    """Hours from the moment at which an order was complied with to the first use of the replacement number.

    Below 0 where the replacement was in use before: the line had moved already.
    """
    return (replaced_at - complied_at).total_seconds() / 3600
