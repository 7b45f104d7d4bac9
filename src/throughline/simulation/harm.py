"""The harm that a line does besides dealing: children who go missing for it, violence, debts; and who helps."""

import heapq
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np

from throughline.simulation.facts import Blow, Found, Missing, Safeguarded, Violence, Visited
from throughline.simulation.lines import LiveLine, Member
from throughline.simulation.nation import Nation
from throughline.simulation.places import Town
from throughline.simulation.policing import Police
from throughline.simulation.trade import leave

# For each child who works for a line, a day: episodes reported; days away are lognormal.
_MISSING_A_DAY, _MEDIAN_AWAY, _SPREAD_AWAY, _LONGEST_AWAY = 0.0080, 2.5, 0.9, 60
_FOUND_BY_RAIL, _HELPED_ONCE_FOUND, _FREE_ONCE_HELPED = 0.12, 0.25, 0.5
_VIOLENCE_A_DAY, _OVER_DEBT, _DEBT = 0.006, 0.45, 600.0
_BLOWS: Final[tuple[Blow, ...]] = ("threat", "assault", "stabbing", "shooting", "robbery")
_BLOW_SHARES = np.cumsum((0.42, 0.34, 0.1, 0.02, 0.12))
# Help that comes of neither arrest nor missing episode, a line and day; and how it grows in a week of action.
_HELP_A_DAY, _VISITS_A_DAY = 0.0030, 0.004
_INTENSIVE_HELP, _INTENSIVE_VISITS = 60.0, 30.0
_OF_CHILDREN, _CHILD_REFERRED, _ADULT_REFERRED = 0.53, 0.62, 0.12
_TRULY = 0.4


@dataclass(order=True, slots=True)
class Away:
    """A child who is missing, until the day of being found."""

    until: date
    episode: int
    person: int = field(compare=False)
    line: int = field(compare=False)
    town: Town = field(compare=False)
    home: str = field(compare=False)
    since: date = field(compare=False)


class Harm:
    """What happens to people around the lines, and who is away from home."""

    def __init__(self, nation: Nation, police: Police) -> None:
        self.nation, self.police = nation, police
        self.away: list[Away] = []
        self.missing: set[int] = set()

    def miss(self) -> None:
        """Children are sent to the towns, and reported missing from home."""
        nation, thrown = self.nation, self.nation.stream("missing")
        hits = thrown.random(nation.fleet.rows) < _MISSING_A_DAY * nation.fleet.children
        for slot in np.flatnonzero(hits & nation.fleet.alive):
            line = nation.fleet.at(slot)
            at_home = [member for member in line.having("child") if member.person not in self.missing]
            if at_home:
                self._go_missing(line, at_home[thrown.integers(len(at_home))], thrown)

    def find(self) -> None:
        """Those whose day has come are found, mostly where the line sells."""
        nation, thrown = self.nation, self.nation.stream("found")
        while self.away and self.away[0].until <= nation.today:
            gone = heapq.heappop(self.away)
            self.missing.discard(gone.person)
            body = "BTP" if thrown.random() < _FOUND_BY_RAIL else gone.town.body
            at, days = nation.some_time(thrown), (gone.until - gone.since).days
            nation.note(
                Found(at, body, gone.town.key, gone.episode, gone.person, gone.line, gone.home, max(1, days))
            )
            if thrown.random() < _HELPED_ONCE_FOUND:
                self._help(gone.person, gone.line, body, gone.town, thrown, child=True)

    def hurt(self) -> None:
        """Violence, nearly half of it over debts that a line says are owed to it."""
        nation, thrown = self.nation, self.nation.stream("violence")
        for slot in np.flatnonzero((thrown.random(nation.fleet.rows) < _VIOLENCE_A_DAY) & nation.fleet.alive):
            line = nation.fleet.at(slot)
            town = line.towns[thrown.integers(len(line.towns))]
            working = line.having("runner", "child", "cuckooed")
            member = working[thrown.integers(len(working))] if working and thrown.random() < 1 / 2 else None
            victim = member.person if member else nation.new_person(town, None)
            debt = int(thrown.exponential(_DEBT)) + 20 if thrown.random() < _OVER_DEBT else 0
            blow = _BLOWS[int(np.searchsorted(_BLOW_SHARES, thrown.random()))]
            at = nation.some_time(thrown)
            nation.note(Violence(at, town.body, town.key, line.id, victim, blow, debt))

    def help(self) -> None:
        """Children and grown people helped through other doors, and homes visited that may be cuckooed."""
        nation, thrown = self.nation, self.nation.stream("help")
        helped = _HELP_A_DAY * (_INTENSIVE_HELP if nation.is_intensive else 1.0)
        visited = _VISITS_A_DAY * (_INTENSIVE_VISITS if nation.is_intensive else 1.0)
        hits = thrown.poisson(np.array([[helped], [visited]]) * nation.fleet.alive)
        for slot in np.repeat(np.arange(nation.fleet.rows), hits[0]):
            self._meet(nation.fleet.at(slot), thrown)
        for slot in np.repeat(np.arange(nation.fleet.rows), hits[1]):
            self._knock(nation.fleet.at(slot), thrown)

    def _go_missing(self, line: LiveLine, child: Member, thrown: np.random.Generator) -> None:
        nation, home = self.nation, child.town.body
        days = min(_LONGEST_AWAY, _MEDIAN_AWAY * float(np.exp(_SPREAD_AWAY * thrown.standard_normal())))
        town = line.towns[thrown.integers(len(line.towns))]
        episode = nation.next_id("episode")
        until = nation.today + timedelta(days=1 + int(days))
        self.missing.add(child.person)
        heapq.heappush(self.away, Away(until, episode, child.person, line.id, town, home, nation.today))
        nation.note(Missing(nation.some_time(thrown), home, child.town.key, episode, child.person, line.id))

    def _meet(self, line: LiveLine, thrown: np.random.Generator) -> None:
        town = line.towns[thrown.integers(len(line.towns))]
        child = thrown.random() < _OF_CHILDREN
        members = line.having("child") if child else line.having("cuckooed", "runner")
        if members and thrown.random() < _FREE_ONCE_HELPED:
            member = members[thrown.integers(len(members))]
            self._help(member.person, line.id, town.body, town, thrown, child=child)
            leave(self.nation, line, member)
        else:
            person = self.nation.new_person(town, "child" if child else None)
            self._help(person, 0, town.body, town, thrown, child=child)

    def _knock(self, line: LiveLine, thrown: np.random.Generator) -> None:
        nation = self.nation
        town = line.towns[thrown.integers(len(line.towns))]
        homes, at = line.having("cuckooed"), nation.some_time(thrown)
        if homes and thrown.random() < _TRULY:
            self.police.visit(line, homes[thrown.integers(len(homes))], homes[0].town.body, at)
        else:
            nation.note(
                Visited(at, town.body, town.key, 0, nation.new_person(town, "cuckooed"), 0, truly=False)
            )
            nation.count(town.body, "cuckooed_visited")

    def _help(
        self, person: int, line: int, body: str, town: Town, thrown: np.random.Generator, *, child: bool
    ) -> None:
        nation = self.nation
        referred = thrown.random() < (_CHILD_REFERRED if child else _ADULT_REFERRED)
        nation.note(Safeguarded(nation.some_time(thrown), body, town.key, person, line, child, referred))
        nation.count(body, "children_safeguarded" if child else "adults_safeguarded")
        nation.count(body, "referred", int(referred))
