"""Which lines a body goes for: those it knows enough of, the worst by its own lights; and how often it can."""

import numpy as np
from numpy.typing import NDArray

from throughline.simulation.lines import HUB
from throughline.simulation.markets import EXPORTERS
from throughline.simulation.nation import Nation
from throughline.simulation.places import towns

_ENOUGH_TO_ACT = 1.5
# How far targets differ between bodies that know the same.
_TASTE = 0.6
# Planned operations a year for each line, shared among bodies by people policed; taskforces give exporters more.
_OPERATIONS_A_YEAR_A_LINE, _TASKFORCE, _BY_PEOPLE = 7.3, 2.5, 0.8


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
        own = here + nation.assumed.elsewhere * (everywhere - here) * (columns == HUB)
        self.worth = (1 - tasked) * own + tasked * everywhere

    def worst(self, body: int, wanted: int, thrown: np.random.Generator) -> list[tuple[int, float]]:
        """The rows of the lines that a body goes for, the worst by its own lights first, and what it knows of each."""
        mine = np.flatnonzero(self.body == body)
        score = self.worth[mine] * np.exp(_TASTE * thrown.standard_normal(len(mine)))
        first = mine[np.argsort(-score, kind="stable")].tolist()
        return [(int(self.rows[place]), float(self.known[place])) for place in first[:wanted]]


def plans_a_day(nation: Nation) -> NDArray[np.float64]:
    """Planned operations that each body is good for on an ordinary day, in the order of the bodies."""
    weight = np.zeros(len(nation.body_codes))
    every = np.zeros(len(nation.body_codes))
    people: dict[str, int] = {}
    for town in towns().values():
        people[town.body] = people.get(town.body, 0) + town.people
    for body, number in people.items():
        every[nation.body_index[body]] = number**_BY_PEOPLE * (_TASKFORCE if body in EXPORTERS else 1.0)
    for town in nation.towns:
        weight[nation.body_index[town.body]] = every[nation.body_index[town.body]]
    plans: NDArray[np.float64] = weight / weight.sum() * _OPERATIONS_A_YEAR_A_LINE * nation.scale.lines / 365
    return plans
