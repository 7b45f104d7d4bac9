"""How lines begin, find people and towns, and end of themselves."""

from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from throughline.simulation import people
from throughline.simulation.dice import dice
from throughline.simulation.facts import Closing, Line, LineClosed, Part, Role, Thing
from throughline.simulation.lines import TOWNS, LiveLine, Member
from throughline.simulation.nation import Nation
from throughline.simulation.places import Town
from throughline.simulation.succession import give_up_number, last_number, new_phone, open_number

_ONE_INTERNAL_IN, _INTERNAL_SINCE = 18, 0.325
_TOWNS_OF_A_LINE = (0.58, 0.28, 0.10, 0.04)
# A line lives four months or so; one that falls leaves customers whom another comes to serve.
_TURNOVER_A_YEAR, _DRAWN_BY_DEMAND = 3.1, 1.5
_GIVES_UP_A_DAY = 0.0011
_FROM_THE_HUB = 0.7
_MEAN_AGE, _SEEN_BEFORE, _REMEMBERED = 110, 0.06, 75
_CHILD, _RECRUIT_A_DAY, _LEAVES_A_DAY = 0.33, 0.16, 1 / 130
_TAKES_HOME_A_DAY = 0.012
_HAS_RHYTHM, _RHYTHM_DAYS = 0.2, (21, 70)
_CALLS, _CALLS_SPREAD = 330.0, 0.35
_DRUGS: Final[tuple[tuple[Thing, ...], ...]] = (
    ("heroin", "crack"),
    ("crack", "cocaine"),
    ("cocaine",),
    ("heroin", "crack", "cocaine"),
    ("cannabis",),
)
_DRUG_SHARES = (0.68, 0.10, 0.10, 0.08, 0.04)


def open_first_lines(nation: Nation) -> None:
    """The lines that trade already on the first day, some months old and known to some."""
    thrown = nation.stream("first lines")
    for place in range(nation.scale.lines):
        internal = place % _ONE_INTERNAL_IN == 0
        line = _open_line(nation, internal=internal, age=int(thrown.exponential(_MEAN_AGE)))
        age = (nation.today - line.born).days
        rates = np.where(nation.fleet.bodies[line.slot] >= 0, _SEEN_BEFORE, 0.0) * min(age, _REMEMBERED)
        nation.fleet.evidence[line.slot] = thrown.poisson(rates)


def open_lines(nation: Nation) -> None:
    """New lines of a day: as many as end, and more where customers are left without one."""
    living, wanted = int(nation.fleet.alive.sum()), nation.scale.lines
    rate = wanted * _TURNOVER_A_YEAR / 365 * max(0.0, 1 + _DRAWN_BY_DEMAND * (wanted - living) / wanted)
    for _ in range(min(int(nation.stream("trade").poisson(rate)), len(nation.fleet.free))):
        _open_line(nation)


def recruit(nation: Nation) -> None:
    """Lines that are short of runners draw people in, a third of them children; some leave; homes are taken over."""
    fleet, thrown = nation.fleet, nation.stream("recruiting")
    short = fleet.alive & (fleet.runners + fleet.children < fleet.wanted)
    leaving = thrown.random(fleet.rows) < _LEAVES_A_DAY * (fleet.runners + fleet.children)
    joining = thrown.random(fleet.rows) < _RECRUIT_A_DAY
    for slot in np.flatnonzero(fleet.alive & leaving):
        line = fleet.at(slot)
        working = line.having("runner", "child")
        leave(nation, line, working[thrown.integers(len(working))])
    for slot in np.flatnonzero(short & joining):
        _draw_in(nation, fleet.at(slot), nation.today, thrown)
    for slot in np.flatnonzero(fleet.alive & (thrown.random(fleet.rows) < _TAKES_HOME_A_DAY)):
        line = fleet.at(slot)
        without = [town for town in line.towns if town not in {home.town for home in line.having("cuckooed")}]
        if without:
            join(nation, line, "cuckooed", without[0], nation.today)


def change_by_rhythm(nation: Nation) -> None:
    """Some lines change their number every so many weeks, whatever happens."""
    fleet = nation.fleet
    for slot in np.flatnonzero(fleet.alive & (fleet.next_rhythm <= nation.day_number)):
        line = fleet.at(slot)
        give_up_number(nation, line, "rhythm", nation.some_time(nation.stream("rhythm")))
        fleet.next_rhythm[slot] = nation.day_number + line.rhythm


def give_up_lines(nation: Nation) -> None:
    """A few lines end without anyone closing them."""
    fleet, thrown = nation.fleet, nation.stream("giving up")
    for slot in np.flatnonzero(fleet.alive & (thrown.random(fleet.rows) < _GIVES_UP_A_DAY)):
        end_line(nation, fleet.at(slot), "gave up", "", nation.some_time(thrown))


def end_line(nation: Nation, line: LiveLine, closing: Closing, body: str, at: datetime) -> None:
    """A line ends: its number, its people's parts and itself are told as true, with today as their end."""
    at = max(at, line.phone.since + timedelta(minutes=1))
    nation.tell(last_number(line, at, "order" if closing == "type 2" else "end"))
    for member in list(line.members):
        leave(nation, line, member)
    nation.tell(told_line(line, nation.today, closing))
    if closing != "type 2":
        nation.note(LineClosed(at, body, line.id, closing))
    if closing == "type 1":
        nation.count(body, "lines_closed")
        nation.outcomes.closed += 1
    nation.outcomes.ended += 1
    nation.fleet.remove(line)


def told_line(line: LiveLine, died: date | None, closing: Closing | None) -> Line:
    """A line as the truth tells of it: with every town it ever sold in."""
    towns = tuple(line.every_town)
    return Line(line.id, line.brand, line.hub.key, towns, line.drugs, line.born, died, closing)


def tell_the_rest(nation: Nation) -> None:
    """After the last day: the lines that still trade, with their numbers and people."""
    for line in nation.fleet.living():
        nation.tell(told_line(line, None, None))
        nation.tell(open_number(line))
        for member in line.members:
            nation.tell(Role(member.person, line.id, member.kind, member.since, None))


def leave(nation: Nation, line: LiveLine, member: Member) -> None:
    """Somebody's part in a line ends today."""
    line.members.remove(member)
    if member.kind == "runner":
        nation.fleet.runners[line.slot] -= 1
    elif member.kind == "child":
        nation.fleet.children[line.slot] -= 1
    line.premises.pop(member.person, None)
    nation.tell(Role(member.person, line.id, member.kind, member.since, nation.today))


def join(nation: Nation, line: LiveLine, kind: Part, town: Town, since: date) -> Member:
    """Somebody new takes a part in a line."""
    member = Member(nation.new_person(town, kind), kind, since, town)
    line.members.append(member)
    if kind == "runner":
        nation.fleet.runners[line.slot] += 1
    elif kind == "child":
        nation.fleet.children[line.slot] += 1
        nation.outcomes.drawn_in += 1
    elif kind in ("stash", "cuckooed") and nation.told:
        nth = nation.next_id("premises")
        occupier = nation.person(member.person, town, kind, nation.today)
        nation.tell(people.premises(nth, occupier, kind))
        line.premises[member.person] = nth
    return member


def displace(nation: Nation, line: LiveLine, lost: int) -> None:
    """A line leaves the town of a place in its list and sells in another, near enough, from today."""
    thrown = nation.stream("displacement")
    found = nation.markets.another(line.hub, line.towns, thrown, internal=line.is_internal)
    if found is None:
        return
    line.towns[lost] = found
    if line.towns[lost].key not in line.every_town:
        line.every_town.append(line.towns[lost].key)
    nation.fleet.strength[line.slot, lost] = 0.4
    nation.fleet.evidence[line.slot, lost + 1] = 0.0
    nation.fleet.move(line, nation.body_index)


def _open_line(nation: Nation, *, internal: bool | None = None, age: int = 0) -> LiveLine:
    nth = nation.next_id("line")
    thrown = dice(nation.seed, "line", nth)
    born = nation.today - timedelta(days=age)
    throw = thrown.random()
    internal = throw < _INTERNAL_SINCE if internal is None else internal
    hub = nation.markets.hub(thrown)
    since = nation.at(3600 * thrown.uniform(7, 11)) - timedelta(days=age)
    line = LiveLine(
        id=nth, slot=nation.fleet.free.pop(), brand=people.brand(nation.seed, nth), hub=hub,
        towns=_importing_towns(nation, hub, thrown, internal=internal), drugs=_DRUGS[thrown.choice(5, p=_DRUG_SHARES)],
        born=born, phone=new_phone(nation, since),
        calls=_CALLS * float(np.exp(_CALLS_SPREAD * thrown.standard_normal() - _CALLS_SPREAD**2 / 2)),
        rhythm=int(thrown.integers(*_RHYTHM_DAYS)) if thrown.random() < _HAS_RHYTHM else 0,
    )  # fmt: skip
    line.every_town = [town.key for town in line.towns]
    nation.fleet.add(line, nation.body_index)
    if line.rhythm:
        nation.fleet.next_rhythm[line.slot] = nation.day_number + int(thrown.integers(1, line.rhythm + 1))
    _people_line(nation, line, thrown)
    return line


def _people_line(nation: Nation, line: LiveLine, thrown: np.random.Generator) -> None:
    holder = join(nation, line, "holder", line.hub, line.born)
    for _ in range(1 + int(thrown.random() < 1 / 3)):
        join(nation, line, "elder", line.hub, line.born)
    if thrown.random() < 1 / 2:
        join(nation, line, "stash", line.hub, line.born)
    for town in line.towns:
        if thrown.random() < 1 / 2:
            join(nation, line, "cuckooed", town, line.born)
    nation.fleet.wanted[line.slot] = 1 + len(line.towns) + thrown.poisson(0.7)
    age = (nation.today - line.born).days
    for _ in range(int(nation.fleet.wanted[line.slot])):
        _draw_in(nation, line, nation.today - timedelta(days=int(min(age, thrown.exponential(60)))), thrown)
    if thrown.random() < 2 / 3 and nation.told:
        car = people.vehicle(nation.seed, nation.next_id("vehicle"), holder.person, nation.today)
        nation.tell(car)
        line.vehicles.append(car)


def _draw_in(nation: Nation, line: LiveLine, since: date, thrown: np.random.Generator) -> None:
    kind: Part = "child" if thrown.random() < _CHILD else "runner"
    home = line.hub if thrown.random() < _FROM_THE_HUB else line.towns[thrown.integers(len(line.towns))]
    join(nation, line, kind, home, since)


def _importing_towns(nation: Nation, hub: Town, thrown: np.random.Generator, *, internal: bool) -> list[Town]:
    chosen: list[Town] = []
    for _ in range(int(thrown.choice(TOWNS, p=_TOWNS_OF_A_LINE)) + 1):
        if town := nation.markets.another(hub, chosen, thrown, internal=internal):
            chosen.append(town)
    return chosen or [hub]
