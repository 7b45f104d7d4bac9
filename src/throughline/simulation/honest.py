"""Honest numbers that many people ring, such as taxi firms: what a search for lines must not pick."""

from typing import Final

import numpy as np

from throughline.simulation import numbers
from throughline.simulation.call_blocks import Columns
from throughline.simulation.clock_of_day import times_of_day
from throughline.simulation.customers import Customers
from throughline.simulation.facts import CALL, Business
from throughline.simulation.nation import Nation
from throughline.simulation.places import Town

_KINDS: Final = ("taxi firm", "takeaway", "garage", "surgery")
_CALLS_A_DAY, _BUYERS_AMONG_THEM = 110.0, 0.3
# Those who ring one and buy nothing have ids of their own, so many for each honest number.
_PUBLIC, _PUBLIC_OF_EACH = 9_000_000, 40_000
_SHORTEST, _MEAN_LONGER = 20, 90
_FIRST_HANDSET, _FIRST_SIM = 900_000_000, 9_000_000_000


class Honest:
    """One honest number for each body: somebody asked for its data too."""

    def __init__(self, nation: Nation, customers: Customers) -> None:
        self.nation, self.customers = nation, customers
        self.known: list[tuple[Business, Town]] = []

    def open(self) -> None:
        """On the first day, tell of each."""
        if self.known:
            return
        for place, body in enumerate(dict.fromkeys(town.body for town in self.nation.towns)):
            there = [town for town in self.nation.towns if town.body == body]
            town = max(there, key=lambda town: town.people)
            number = numbers.telephone("business", place, self.nation.seed)
            one = Business(place + 1, _KINDS[place % len(_KINDS)], number, town.key)
            self.known.append((one, town))
            self.nation.tell(one)

    def calls(self, thrown: np.random.Generator) -> Columns:
        """Who rang them today: the public mostly, some of whom are also customers of lines."""
        which = np.repeat(np.arange(len(self.known)), thrown.poisson(_CALLS_A_DAY, len(self.known)))
        start = times_of_day(thrown, len(which))
        buyers = np.array([self.customers.of_town[town.key] for _, town in self.known])
        buyer = buyers[which, 0] + (thrown.random(len(which)) * buyers[which, 1]).astype(np.int64)
        rank = (thrown.random(len(which)) ** 2 * _PUBLIC_OF_EACH).astype(np.int64)
        public = _PUBLIC + rank + which * _PUBLIC_OF_EACH
        other = np.where(thrown.random(len(which)) < _BUYERS_AMONG_THEM, buyer, public)
        seconds = (_SHORTEST + thrown.exponential(_MEAN_LONGER, len(which))).astype(np.int64)
        subject = np.array([one.number for one, _ in self.known])[which]
        places = range(len(self.known))
        return Columns(
            body=np.array([self.nation.body_index[town.body] for _, town in self.known])[which],
            start=start,
            caller=numbers.telephones("customer", other, self.nation.seed),
            called=subject,
            seconds=seconds,
            kind=np.full(len(which), CALL),
            cell=np.array([town.index * 100 for _, town in self.known])[which],
            imei=np.array([int(numbers.imei(_FIRST_HANDSET + place)) for place in places])[which],
            imsi=np.array([int(numbers.imsi(_FIRST_SIM + place)) for place in places])[which],
            subject=subject,
            line=np.zeros(len(which), np.int64),
        )
