"""What bodies learn of lines, whom they arrest, and which lines they go for: as their policy lets them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from throughline.simulation.facts import (
    Arrested,
    LineClosed,
    OrderComplied,
    OrderMade,
    Seized,
    Thing,
    Visited,
)
from throughline.simulation.lines import HUB, LiveLine, Member
from throughline.simulation.markets import EXPORTERS
from throughline.simulation.nation import Nation
from throughline.simulation.places import Town, towns
from throughline.simulation.succession import give_up_number
from throughline.simulation.trade import displace, end_line, leave

# Reports a day that name the line or its number: in each town that it sells in, and where it is run from, where
# the force may not know that a line leaves its area.
SEEN_IN_TOWN, SEEN_AT_HUB = 0.085, 0.035
_ENOUGH_TO_ACT, _HALF_SURE = 1.5, 1.8
# Planned operations a year for 900 lines, shared among bodies by people policed; taskforces give exporters more.
_OPERATIONS_A_YEAR_A_LINE, _TASKFORCE, _BY_PEOPLE = 7.3, 2.5, 0.8
_INTENSIVE_PLANS, _INTENSIVE_STREET = 5.7, 64.0
# How a force weighs harm that its own line does elsewhere, when its area comes first.
_ELSEWHERE, _TASTE = 0.25, 0.6
_REACH_HUB, _REACH_ALONE, _REACH_ASKED = 0.9, 0.4, 0.45
_TRIES_HOLDER, _TRIES_ASKED = 0.4, 0.5
_HEIR, _HEIR_WITHOUT_NUMBER = 0.22, 0.12
_STREET_ARRESTS_A_DAY = 0.0034
_CHANGES_AFTER_RAID, _CHANGES_AFTER_STREET = 0.28, 0.07
_DISPLACED, _TOWN_LEFT, _FREED_BY_VISIT = 0.2, 0.3, 0.7
_CHARGED = 0.55
_ORDER_STAYS_DOWN, _ORDER_COUNTED_CLOSED = 0.18, 0.85
_WORKING_DAYS, _FRIDAY, _WEEK = 5, 4, 7
_BY_RAIL = 0.07
_WEAPON, _GRAMS = 0.25, 12.0
_WEAPONS: Final[tuple[tuple[Thing, str], ...]] = (
    ("firearm", "firearms"), ("blade", "blades"), ("other weapon", "other_weapons"),
)  # fmt: skip
_WEAPON_SHARES = np.cumsum((0.145, 0.706, 0.149))
_CASH, _CASH_SPREAD = 700.0, 1.0


@dataclass(slots=True)
class Order:
    """An order that the provider has not complied with yet."""

    id: int
    body: str
    line: int
    number: int
    comply_on: date


class Choices:
    """The lines that bodies know enough of to act today, with what each knows, and what a line is worth to it."""

    def __init__(self, nation: Nation) -> None:
        fleet, tasked = nation.fleet, nation.policy.tasked
        known, harm = fleet.known(nation.policy.shared), fleet.selling()
        self.rows, columns = np.nonzero((fleet.bodies >= 0) & (known >= _ENOUGH_TO_ACT))
        self.body = fleet.bodies[self.rows, columns]
        self.known = known[self.rows, columns]
        everywhere = harm[self.rows].sum(axis=1)
        here = (harm[self.rows] * (fleet.bodies[self.rows, 1:] == self.body[:, None])).sum(axis=1)
        own = here + _ELSEWHERE * (everywhere - here) * (columns == HUB)
        self.worth = (1 - tasked) * own + tasked * everywhere

    def worst(self, body: int, wanted: int, thrown: np.random.Generator) -> list[tuple[int, float]]:
        """The rows of the lines that a body goes for, the worst by its own lights first, and what it knows of each."""
        mine = np.flatnonzero(self.body == body)
        score = self.worth[mine] * np.exp(_TASTE * thrown.standard_normal(len(mine)))
        first = mine[np.argsort(-score, kind="stable")].tolist()
        return [(int(self.rows[place]), float(self.known[place])) for place in first[:wanted]]


class Police:
    """The bodies at work: their strength, and the orders that wait for compliance."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        self.orders: list[Order] = []
        self.by_line: dict[int, int] = {}
        self.plans_a_day = self._plans_a_day()

    def see(self) -> NDArray[np.int64]:
        """Reports of the day that name a line, for each line and each of its bodies; they become evidence."""
        fleet = self.nation.fleet
        rates = np.empty_like(fleet.evidence)
        rates[:, HUB] = SEEN_AT_HUB * fleet.alive
        rates[:, 1:] = SEEN_IN_TOWN * fleet.strength * fleet.sells
        seen = self.nation.stream("seen").poisson(rates)
        fleet.evidence += seen
        return seen

    def arrest_in_the_street(self) -> None:
        """Chance arrests, and in a week of action the many that are no part of a plan against one line."""
        nation, thrown = self.nation, self.nation.stream("street")
        rate = _STREET_ARRESTS_A_DAY * (_INTENSIVE_STREET if nation.is_intensive else 1.0)
        for slot in np.repeat(np.arange(nation.fleet.rows), thrown.poisson(rate * nation.fleet.alive)):
            line = nation.fleet.at(slot)
            town = line.towns[thrown.integers(len(line.towns))]
            self._arrest_someone(line, town, thrown)

    def operate(self) -> None:
        """Each body's planned operations of the day, against the lines that it knows enough of."""
        nation, thrown = self.nation, self.nation.stream("plans")
        factor = _INTENSIVE_PLANS if nation.is_intensive else 1.0
        planned = thrown.poisson(self.plans_a_day * factor)
        if planned.any():
            choices = Choices(nation)
            for body in np.flatnonzero(planned).tolist():
                for slot, known in choices.worst(body, int(planned[body]), thrown):
                    if nation.fleet.alive[slot]:
                        self._go_for(nation.fleet.at(slot), nation.body_codes[body], known, thrown)

    def comply_with_orders(self) -> None:
        """Providers cut off the numbers whose day has come; the line may have left the number by then."""
        nation = self.nation
        due = [order for order in self.orders if order.comply_on <= nation.today]
        self.orders = [order for order in self.orders if order.comply_on > nation.today]
        thrown = nation.stream("orders")
        living = {line.id: line for line in nation.fleet.living()} if due else {}
        for order in due:
            at = nation.at(thrown.uniform(9, 17) * 3600)
            nation.note(OrderComplied(at, order.body, order.id, order.line, order.number))
            line = living.get(order.line)
            if line and line.phone.number == order.number and not line.given_up:
                self._cut_off(line, order, at, thrown)

    def _plans_a_day(self) -> NDArray[np.float64]:
        nation = self.nation
        weight = np.zeros(len(nation.body_codes))
        every = np.zeros(len(nation.body_codes))
        people: dict[str, int] = {}
        for town in towns().values():
            people[town.body] = people.get(town.body, 0) + town.people
        for body, number in people.items():
            every[nation.body_index[body]] = number**_BY_PEOPLE * (_TASKFORCE if body in EXPORTERS else 1.0)
        for town in nation.towns:
            weight[nation.body_index[town.body]] = every[nation.body_index[town.body]]
        plans: NDArray[np.float64] = (
            weight / weight.sum() * _OPERATIONS_A_YEAR_A_LINE * nation.scale.lines / 365
        )
        return plans

    def _go_for(self, line: LiveLine, body: str, known: float, thrown: np.random.Generator) -> None:
        policy = self.nation.policy
        ordered = thrown.random() < policy.orders
        if ordered:
            self._apply_for_order(line, body, thrown)
        if not policy.arrests:
            return
        is_hub = line.hub.body == body
        reach = _REACH_HUB if is_hub else _REACH_ALONE + _REACH_ASKED * policy.tasked
        tries = is_hub or thrown.random() < _TRIES_HOLDER + _TRIES_ASKED * policy.tasked
        if tries and thrown.random() < reach * known / (known + _HALF_SURE):
            self._take_holder(line, body if is_hub else line.hub.body, thrown, ordered=ordered)
        else:
            self._raid(line, body, thrown)

    def _take_holder(self, line: LiveLine, body: str, thrown: np.random.Generator, *, ordered: bool) -> None:
        """The holder is arrested and charged. The line ends, unless somebody else takes it on."""
        nation, holder = self.nation, line.holder
        at = nation.some_time(thrown)
        self._arrest(line, holder, body, line.hub, at, charged=True, planned=True)
        for member in line.having("elder", "runner", "child")[: int(thrown.integers(0, 2))]:
            self._arrest(
                line, member, body, member.town, at, charged=thrown.random() < _CHARGED, planned=True
            )
            leave(nation, line, member)
        self._take_phone(line, holder, body, line.hub, at)
        heirs = line.having("elder")
        if heirs and thrown.random() < (_HEIR_WITHOUT_NUMBER if ordered else _HEIR):
            leave(nation, line, holder)
            self._succeed(line, heirs[0])
            nation.fleet.strength[line.slot] *= 0.4
            give_up_number(nation, line, "seized", at)
        else:
            end_line(nation, line, "type 1", body, at + timedelta(hours=2))

    def _succeed(self, line: LiveLine, heir: Member) -> None:
        """An elder takes the line on: the part of elder ends and that of holder begins."""
        leave(self.nation, line, heir)
        line.members.insert(0, Member(heir.person, "holder", self.nation.today, heir.town))

    def _raid(self, line: LiveLine, body: str, thrown: np.random.Generator) -> None:
        """An operation in a town: runners and homes. Trade there falls for weeks, or moves elsewhere."""
        nation = self.nation
        places = [place for place, town in enumerate(line.towns) if town.body == body]
        place = places[thrown.integers(len(places))] if places else int(thrown.integers(len(line.towns)))
        town, at = line.towns[place], nation.some_time(thrown)
        for member in line.having("runner", "child")[: int(thrown.integers(0, 2))]:
            self._arrest(line, member, body, town, at, charged=thrown.random() < _CHARGED, planned=True)
            leave(nation, line, member)
        for member in line.having("cuckooed"):
            if member.town == town:
                self.visit(line, member, body, at)
                if thrown.random() < _FREED_BY_VISIT:
                    leave(nation, line, member)
        nation.fleet.strength[line.slot, place] *= _TOWN_LEFT
        if thrown.random() < _DISPLACED:
            displace(nation, line, place)
        if thrown.random() < _CHANGES_AFTER_RAID:
            give_up_number(nation, line, "pressure", at)

    def visit(self, line: LiveLine, member: Member, body: str, at: datetime) -> None:
        """Officers come to a home that a line took over."""
        nation = self.nation
        premises = line.premises.get(member.person, 0)
        nation.note(Visited(at, body, member.town.key, premises, member.person, line.id, truly=True))
        nation.count(body, "cuckooed_visited")

    def _arrest_someone(self, line: LiveLine, town: Town, thrown: np.random.Generator) -> None:
        nation = self.nation
        body, at = town.body, nation.some_time(thrown)
        body = "BTP" if thrown.random() < _BY_RAIL else body
        working = line.having("runner", "child")
        if working and thrown.random() < (0.35 if nation.is_intensive else 0.85):
            member = working[thrown.integers(len(working))]
            self._arrest(line, member, body, town, at, charged=thrown.random() < _CHARGED, planned=False)
            leave(nation, line, member)
        else:
            self._arrest(line, None, body, town, at, charged=thrown.random() < _CHARGED, planned=False)
        if thrown.random() < _CHANGES_AFTER_STREET:
            give_up_number(nation, line, "pressure", at)

    def _arrest(
        self,
        line: LiveLine,
        member: Member | None,
        body: str,
        town: Town,
        at: datetime,
        *,
        charged: bool,
        planned: bool,
    ) -> None:
        """Arrest a member, or somebody who hangs about the line and has no part in it."""
        nation = self.nation
        person = member.person if member else nation.new_person(town, None)
        of_line = line.id if member else 0
        nation.note(
            Arrested(
                at, body, town.key, person, of_line, member.kind if member else None, bool(charged), planned
            )
        )
        nation.count(body, "arrests")
        self._search(person, of_line, line, (body, town, at))

    def _search(self, person: int, of_line: int, line: LiveLine, where: tuple[str, Town, datetime]) -> None:
        """What is found on somebody: cash mostly, drugs often, a weapon in one case of four."""
        nation, thrown = self.nation, self.nation.stream("searches")
        body, town, at = where
        weapon, kind_of_weapon, drug_found, which, grams = thrown.random(5)

        def seize(kind: Thing, amount: int) -> None:
            nation.note(Seized(at, body, town.key, of_line, person, kind, amount, 0, "", ""))

        if weapon < _WEAPON:
            kind, counted = _WEAPONS[int(np.searchsorted(_WEAPON_SHARES, kind_of_weapon))]
            seize(kind, 1)
            nation.count(body, counted)
        cash = int(_CASH * np.exp(_CASH_SPREAD * thrown.standard_normal()))
        seize("cash", cash)
        nation.count(body, "cash", cash)
        if drug_found < 1 / 2:
            seize(line.drugs[int(which * len(line.drugs))], 1 + int(-_GRAMS * np.log(1 - grams)))

    def _take_phone(self, line: LiveLine, member: Member, body: str, town: Town, at: datetime) -> None:
        phone = line.phone
        self.nation.note(
            Seized(
                at, body, town.key, line.id, member.person, "handset", 1, phone.number, phone.imei, phone.imsi
            )
        )  # fmt: skip

    def _apply_for_order(self, line: LiveLine, body: str, thrown: np.random.Generator) -> None:
        nation = self.nation
        if any(order.line == line.id and order.number == line.phone.number for order in self.orders):
            return
        comply_by = _working_days_after(nation.today, _WORKING_DAYS)
        comply_on = min(comply_by, nation.today + timedelta(days=int(thrown.integers(1, 8))))
        order = Order(nation.next_id("order"), body, line.id, line.phone.number, comply_on)
        self.orders.append(order)
        nation.note(
            OrderMade(
                nation.at(thrown.uniform(10, 16) * 3600), body, order.id, line.id, order.number, comply_by
            )
        )

    def _cut_off(self, line: LiveLine, order: Order, at: datetime, thrown: np.random.Generator) -> None:
        """Most lines come back on another number within hours or days; half are counted as closed all the same."""
        nation = self.nation
        gone = thrown.random() < _ORDER_STAYS_DOWN
        if gone or thrown.random() < _ORDER_COUNTED_CLOSED:
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
