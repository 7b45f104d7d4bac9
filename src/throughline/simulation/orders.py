"""Orders of courts that a number be cut off (SI 2017/1240), and what comes of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from throughline.simulation.facts import LineClosed, OrderComplied, OrderMade
from throughline.simulation.lines import LiveLine
from throughline.simulation.nation import Nation
from throughline.simulation.succession import give_up_number
from throughline.simulation.trade import end_line

_STAYS_DOWN, _COUNTED_CLOSED = 0.18, 0.85
_WORKING_DAYS, _FRIDAY = 5, 4


@dataclass(slots=True)
class Order:
    """An order that the provider has not complied with yet."""

    id: int
    body: str
    line: int
    number: int
    comply_on: date


class Orders:
    """The orders that wait for compliance."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        self.waiting: list[Order] = []

    def apply(self, line: LiveLine, body: str, thrown: np.random.Generator) -> None:
        """A body asks a court to cut off the number of a line, unless that is ordered already."""
        nation = self.nation
        if any(order.line == line.id and order.number == line.phone.number for order in self.waiting):
            return
        comply_by = _working_days_after(nation.today, _WORKING_DAYS)
        comply_on = min(comply_by, nation.today + timedelta(days=int(thrown.integers(1, 8))))
        order = Order(nation.next_id("order"), body, line.id, line.phone.number, comply_on)
        self.waiting.append(order)
        nation.note(
            OrderMade(
                nation.at(thrown.uniform(10, 16) * 3600), body, order.id, line.id, order.number, comply_by
            )
        )

    def comply(self) -> None:
        """Providers cut off the numbers whose day has come; the line may have left the number by then."""
        nation = self.nation
        due = [order for order in self.waiting if order.comply_on <= nation.today]
        self.waiting = [order for order in self.waiting if order.comply_on > nation.today]
        thrown = nation.stream("orders")
        living = {line.id: line for line in nation.fleet.living()} if due else {}
        for order in due:
            at = nation.at(thrown.uniform(9, 17) * 3600)
            nation.note(OrderComplied(at, order.body, order.id, order.line, order.number))
            line = living.get(order.line)
            if line and line.phone.number == order.number and not line.given_up:
                self._cut_off(line, order, at, thrown)

    def _cut_off(self, line: LiveLine, order: Order, at: datetime, thrown: np.random.Generator) -> None:
        """Most lines come back on another number within hours or days; most are counted as closed all the same."""
        nation = self.nation
        gone = thrown.random() < _STAYS_DOWN
        if gone or thrown.random() < _COUNTED_CLOSED:
            nation.note(LineClosed(at, order.body, line.id, "type 2"))
            nation.count(order.body, "lines_closed")
            nation.outcomes.closed += 1
        if gone:
            end_line(nation, line, "type 2", order.body, at)
        else:
            give_up_number(nation, line, "order", at)


def _working_days_after(day: date, days: int) -> date:
    """The end of the nth working day after a day (SI 2017/1240 regulation 3(4)), bank holidays left aside."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() <= _FRIDAY
    return day
