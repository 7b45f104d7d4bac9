"""Who buys from whom: the buyers of each town, the customers of each line, and whom a line keeps as it changes."""

import numpy as np
from numpy.typing import NDArray

from throughline.simulation.dice import dice
from throughline.simulation.habits import habit
from throughline.simulation.lines import LiveLine
from throughline.simulation.nation import Nation
from throughline.simulation.places import towns

_Ints = NDArray[np.int64]

# People in a thousand who may buy in a town, and how many of them one line serves.
_BUYERS_A_THOUSAND, _FEWEST_BUYERS, _SERVED, _SERVED_SPREAD = 7, 80, 130.0, 0.35

# People who are no regular buyers have ids beyond those of the buyers, so many for each body's area.
_PUBLIC, _PUBLIC_OF_EACH = 9_000_000, 40_000


class Customers:
    """The ids of buyers, town after town, and which of them ring which line."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        self.of_town: dict[str, tuple[int, int]] = {}
        """The first buyer of each town, and how many there are."""
        nth = 0
        for town in towns().values():
            size = max(_FEWEST_BUYERS, town.people * _BUYERS_A_THOUSAND // 1000)
            self.of_town[town.key] = (nth, size)
            nth += size
        self._towns_of: dict[int, int] = {}

    def attend(self, line: LiveLine) -> None:
        """A new line finds its customers; one that moved finds some in its new town."""
        if line.customers is None:
            self._meet(line)
        elif self._towns_of.get(line.id) != len(line.every_town):
            self._follow(line, line.customers)

    def lose(self, line: LiveLine, kept: float) -> None:
        """After a change of number a line keeps this share of its customers, and finds others in time."""
        if line.customers is None:
            return
        thrown = self.nation.stream("custom")
        stays = thrown.random(len(line.customers)) < kept
        others = self._some_buyers(line, int((~stays).sum()), thrown)
        line.customers = _once(np.concatenate((line.customers[stays], others)))

    def somebody(self, bodies: _Ints, thrown: np.random.Generator) -> _Ints:
        """For each of these bodies, by their index, some person of its area; seldom the same one again."""
        found: _Ints = (
            _PUBLIC
            + bodies * _PUBLIC_OF_EACH
            + (thrown.random(len(bodies)) * _PUBLIC_OF_EACH).astype(np.int64)
        )
        return found

    def _meet(self, line: LiveLine) -> None:
        thrown = dice(self.nation.seed, "customers", line.id)
        served = _SERVED * habit(self.nation.seed, line.id).customers
        wanted = int(served * np.exp(_SERVED_SPREAD * thrown.standard_normal()))
        line.customers = _once(self._some_buyers(line, wanted, thrown))
        self._towns_of[line.id] = len(line.every_town)

    def _follow(self, line: LiveLine, customers: _Ints) -> None:
        """A line that moved to another town loses the customers of the town it left and finds others."""
        thrown = self.nation.stream("custom")
        self._towns_of[line.id] = len(line.every_town)
        places = [self.of_town[town.key] for town in line.towns]
        here = np.logical_or.reduce(
            [(first <= customers) & (customers < first + size) for first, size in places]
        )
        others = self._some_buyers(line, int((~here).sum()), thrown)
        line.customers = _once(np.concatenate((customers[here], others)))

    def _some_buyers(self, line: LiveLine, wanted: int, thrown: np.random.Generator) -> _Ints:
        places = [self.of_town[town.key] for town in line.towns]
        which = thrown.integers(len(places), size=wanted)
        first, size = np.array(places).T[:, which]
        found: _Ints = first + (thrown.random(wanted) * size).astype(np.int64)
        return found


def _once(ids: _Ints) -> _Ints:
    """Each id where it first stands: the busiest stay in front."""
    _, first = np.unique(ids, return_index=True)
    kept: _Ints = ids[np.sort(first)]
    return kept
