"""What bodies learn of lines, whom they arrest, and which lines they go for: as their policy lets them."""

from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from throughline.simulation.choices import Choices, plans_a_day
from throughline.simulation.facts import Arrested, Visited
from throughline.simulation.lines import HUB, LiveLine, Member
from throughline.simulation.nation import Nation
from throughline.simulation.orders import Orders
from throughline.simulation.places import Town
from throughline.simulation.searches import search, take_phone
from throughline.simulation.succession import give_up_number
from throughline.simulation.trade import displace, end_line, leave

# Reports a day that name the line or its number, in each town that it sells in.
SEEN_IN_TOWN = 0.085
_INTENSIVE_PLANS, _INTENSIVE_STREET = 5.7, 64.0
_REACH_HUB, _REACH_ASKED = 0.9, 0.45
_TRIES_HOLDER, _TRIES_ASKED = 0.4, 0.5
# An heir without the number is about half as likely.
_HEIR_WITHOUT_NUMBER = 0.55
_STREET_ARRESTS_A_DAY = 0.0034
# The share of street arrests that are of the line's own: in a week of action most are of people around it.
_OF_THE_LINE, _OF_THE_LINE_IN_ACTION = 0.85, 0.35
_CHANGES_AFTER_RAID, _CHANGES_AFTER_STREET = 0.28, 0.07
_TOWN_LEFT, _HEIR_BEGINS_AT, _FREED_BY_VISIT = 0.3, 0.4, 0.7
_CHARGED = 0.55
_BY_RAIL = 0.07


class Police:
    """The bodies at work: their strength, and the orders that they have asked for."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        self.orders = Orders(nation)
        self.plans_a_day = plans_a_day(nation)

    def see(self) -> NDArray[np.int64]:
        """Reports of the day that name a line, for each line and each of its bodies; they become evidence."""
        fleet = self.nation.fleet
        rates = np.empty_like(fleet.evidence)
        rates[:, HUB] = self.nation.assumed.seen_at_hub * fleet.alive
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

    def _go_for(self, line: LiveLine, body: str, known: float, thrown: np.random.Generator) -> None:
        policy, assumed = self.nation.policy, self.nation.assumed
        ordered = thrown.random() < policy.orders
        if ordered:
            self.orders.apply(line, body, thrown)
        if not policy.arrests:
            return
        is_hub, asked = line.hub.body == body, policy.tasked * assumed.acted_on
        reach = _REACH_HUB if is_hub else min(_REACH_HUB, assumed.reach_alone + _REACH_ASKED * asked)
        tries = is_hub or thrown.random() < _TRIES_HOLDER + _TRIES_ASKED * asked
        if tries and thrown.random() < reach * known / (known + assumed.half_sure):
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
        take_phone(nation, line, holder.person, (body, line.hub, at))
        heirs = line.having("elder")
        if heirs and thrown.random() < nation.assumed.heir * (_HEIR_WITHOUT_NUMBER if ordered else 1.0):
            leave(nation, line, holder)
            self._succeed(line, heirs[0])
            nation.fleet.strength[line.slot] *= _HEIR_BEGINS_AT
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
        if thrown.random() < nation.assumed.displaced:
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
        if working and thrown.random() < (_OF_THE_LINE_IN_ACTION if nation.is_intensive else _OF_THE_LINE):
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
        search(nation, person, of_line, line, (body, town, at))
