"""What bodies come to see each day: things of a line together, and far more that no line is behind."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

import numpy as np
from numpy.typing import NDArray

from throughline.simulation import numbers
from throughline.simulation.facts import How, Observed
from throughline.simulation.lines import HUB, LiveLine, Member
from throughline.simulation.nation import DAY_SECONDS, Nation
from throughline.simulation.places import Town

# Sightings of a line's people that do not name the line, a line and day: they are what matching must join.
_UNNAMED_A_DAY = 1.4
_HOWS: Final[tuple[How, ...]] = (
    "stop",
    "watch",
    "source",
    "examination",
    "public",
    "visit",
    "camera",
    "partner",
)
_HOW_SHARES = np.cumsum((0.22, 0.12, 0.2, 0.08, 0.18, 0.08, 0.08, 0.04))
# Who else than the local force may be the one to see: the railway's police, the regional unit, the agency.
_BY_RAIL, _BY_UNIT, _BY_AGENCY, _BY_CENTRE = 0.06, 0.05, 0.012, 0.004
_UNITS: Final = {
    "South West": "SWROCU", "Eastern": "ERSOU", "North West": "NWROCU", "North East": "NEROCU",
    "East Midlands": "EMSOU", "Southern Wales": "TARIAN", "South East": "SEROCU",
    "Yorkshire and the Humber": "YHROCU", "West Midlands": "WMROCU",
}  # fmt: skip
_BYSTANDERS = 4_000
_SEEN_AGAIN = 0.6
_TWO, _AT_HUB = 0.4, 0.4
# How often a report that names a line has its number, its brand, its handset; and any report a telephone, car, home.
_NAMED_BY = np.array((0.75, 0.55, 0.15))
_SEEN_WITH = np.array((0.4, 0.2, 0.7))
_Names = tuple[str, tuple[int, ...], tuple[str, ...]]


class Witnesses:
    """The eyes of bodies. Some of those who are nobody's are seen again and again, as in life."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        self.known: list[tuple[int, Town, str]] = []
        sizes = np.array([town.people for town in nation.towns], float) ** 0.8
        self._towns = np.cumsum(sizes / sizes.sum())

    def report(self, seen: NDArray[np.int64]) -> None:
        """Write down the day's sightings: those that name a line, those of its people, and the rest."""
        thrown = self.nation.stream("sightings")
        for slot, column in zip(*(part.tolist() for part in np.nonzero(seen)), strict=True):
            line = self.nation.fleet.at(slot)
            for _ in range(int(seen[slot, column])):
                self._named(line, line.hub if column == HUB else line.towns[column - 1], thrown)
        for line in self._drawn(thrown):
            self._unnamed(line, thrown)
        for _ in range(int(thrown.poisson(self.nation.scale.noise))):
            self._nothing(thrown)

    def _drawn(self, thrown: np.random.Generator) -> Iterator[LiveLine]:
        fleet = self.nation.fleet
        for slot in np.repeat(np.arange(fleet.rows), thrown.poisson(_UNNAMED_A_DAY * fleet.alive)):
            yield fleet.at(slot)

    def _named(self, line: LiveLine, town: Town, thrown: np.random.Generator) -> None:
        """A report that knows the line by its brand or its number, or both, with some of its people."""
        by_number, by_brand, by_handset = thrown.random(3) < _NAMED_BY
        deal = (line.phone.number,) if by_number else ()
        imeis = (line.phone.imei,) if by_handset else ()
        brand = line.brand if by_brand or not by_number else ""
        self._note(line, town, self._some(line, town, thrown), thrown, names=(brand, deal, imeis))

    def _unnamed(self, line: LiveLine, thrown: np.random.Generator) -> None:
        """Somebody of a line is seen, and perhaps their own telephone, car or address; the line is not known."""
        town = line.hub if thrown.random() < _AT_HUB else line.towns[thrown.integers(len(line.towns))]
        self._note(line, town, self._some(line, town, thrown) or (line.holder,), thrown, names=("", (), ()))

    def _nothing(self, thrown: np.random.Generator) -> None:
        """A report of people whom no line is behind."""
        if self.known and thrown.random() < _SEEN_AGAIN:
            nth, town, mark = self.known[thrown.integers(len(self.known))]
        else:
            town = self.nation.towns[int(np.searchsorted(self._towns, thrown.random()))]
            nth, mark = self.nation.new_person(town, None), ""
            self._remember((nth, town, mark), thrown)
        phone = (self._phone_of(nth),) if thrown.random() < 1 / 2 else ()
        at, how, body = self._when_how_who(town, thrown)
        self.nation.note(Observed(at, body, town.key, how, 0, "", (nth,), phone, (), (), 0))

    def _remember(self, one: tuple[int, Town, str], thrown: np.random.Generator) -> None:
        if len(self.known) < _BYSTANDERS:
            self.known.append(one)
        else:
            self.known[thrown.integers(_BYSTANDERS)] = one

    def _phone_of(self, nth: int) -> int:
        return numbers.telephone("bystander", nth, self.nation.seed)

    def _some(self, line: LiveLine, town: Town, thrown: np.random.Generator) -> tuple[Member, ...]:
        """One or two of those of a line who are to be found in a town."""
        if town is line.hub:
            there = line.having("holder", "elder", "stash")
        else:
            there = line.having("runner", "child", "cuckooed")
        if not there:
            return ()
        first = int(thrown.integers(len(there)))
        if len(there) > 1 and thrown.random() < _TWO:
            return there[first], there[first - 1]
        return (there[first],)

    def _note(
        self,
        line: LiveLine,
        town: Town,
        some: tuple[Member, ...],
        thrown: np.random.Generator,
        *,
        names: _Names,
    ) -> None:
        brand, deal, imeis = names
        with_phones, with_car, with_home = thrown.random(3) < _SEEN_WITH
        seed = self.nation.seed
        own = tuple(numbers.telephone("person", member.person, seed) for member in some if with_phones)
        cars = tuple(car.id for car in line.vehicles) if with_car else ()
        homes = [line.premises[member.person] for member in some if member.person in line.premises]
        at, how, body = self._when_how_who(town, thrown)
        self.nation.note(
            Observed(
                at, body, town.key, how, line.id, brand, tuple(member.person for member in some), deal + own, imeis,
                cars, homes[0] if homes and with_home else 0,
            )
        )  # fmt: skip

    def _when_how_who(self, town: Town, thrown: np.random.Generator) -> tuple[datetime, How, str]:
        throw = thrown.random(3)
        at = self.nation.at(DAY_SECONDS * (0.3 + 0.69 * throw[0]))
        how = _HOWS[min(int(np.searchsorted(_HOW_SHARES, throw[1])), len(_HOWS) - 1)]
        return at, how, _who(town, float(throw[2]))


def _who(town: Town, throw: float) -> str:
    for share, body in (
        (_BY_RAIL, "BTP"),
        (_BY_UNIT, _UNITS.get(town.region, "NCA")),
        (_BY_AGENCY, "NCA"),
        (_BY_CENTRE, "NCLCC"),
    ):
        if throw < share:
            return body
        throw -= share
    return town.body
