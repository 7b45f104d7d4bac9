"""Where lines start and where they sell: big cities send out, and towns draw by their size and their nearness."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from throughline.simulation.places import Town, minutes

# The four exporting areas in which the Home Office pays for taskforces, by the share of lines that start there.
EXPORTERS: Final = {"MPS": 0.40, "WMP": 0.14, "MERS": 0.14, "GMP": 0.12}
_OTHER_HUBS, _CITY = 0.20, 150_000
# A gravity model: population to this power, over minutes of travel (and a start-up time) to that.
_BY_PEOPLE, _BY_MINUTES, _AT_LEAST = 0.75, -1.2, 25.0


class Markets:
    """The choice of hubs and towns among the towns of one nation."""

    def __init__(self, towns: list[Town]) -> None:
        self.towns = towns
        indexes = [town.index for town in towns]
        self._nearness = (_AT_LEAST + minutes()[np.ix_(indexes, indexes)]) ** _BY_MINUTES
        self._people = np.array([town.people for town in towns], float)
        self._bodies = np.array([town.body for town in towns])
        self._place = {town.key: place for place, town in enumerate(towns)}
        self._hubs = np.cumsum(self._hub_weights())

    def hub(self, thrown: np.random.Generator) -> Town:
        """Where a line is run from."""
        return self.towns[int(np.searchsorted(self._hubs, thrown.random() * self._hubs[-1], side="right"))]

    def another(
        self, hub: Town, chosen: list[Town], thrown: np.random.Generator, *, internal: bool
    ) -> Town | None:
        """One more town for a line: by size, by travel from its hub, and near the town it has already; or None."""
        start = self._place[hub.key]
        at_home = self._bodies == hub.body
        weights = self._people**_BY_PEOPLE * self._nearness[start] * (at_home if internal else ~at_home)
        if chosen:
            weights = weights * self._nearness[self._place[chosen[0].key]]
            weights[[self._place[town.key] for town in chosen]] = 0.0
        total = np.cumsum(weights)
        if total[-1] == 0:
            return None
        return self.towns[int(np.searchsorted(total, thrown.random() * total[-1], side="right"))]

    def _hub_weights(self) -> NDArray[np.float64]:
        weights = np.zeros(len(self.towns))
        for body, share in EXPORTERS.items():
            of_the_body = self._people * (self._bodies == body)
            weights += share * of_the_body / max(1.0, of_the_body.sum())
        exporting = np.isin(self._bodies, list(EXPORTERS))
        others = self._people * ((self._people > _CITY) & ~exporting)
        every = weights + _OTHER_HUBS * others / max(1.0, others.sum())
        return every if every.any() else self._people
