"""Honest phones that are used much as a deal line is: what makes a search for lines hard.

Somebody asked for the data of each: a phone that is rung a lot, or sends bulk texts, or is quick on the line, draws
suspicion. What each kind does in a day is our assumption, since nothing is published; each phone differs from its kind.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from throughline.simulation import numbers
from throughline.simulation.call_blocks import Columns, Ints, Rows
from throughline.simulation.clock_of_day import ALL_DAY, EVENING, LATE, OFFICE, Clock, times_of_day
from throughline.simulation.customers import Customers
from throughline.simulation.dice import dice
from throughline.simulation.facts import CALL, TEXT, Business
from throughline.simulation.nation import DAY_SECONDS, Nation
from throughline.simulation.places import Town

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Use:
    """How phones of a kind are used. `weight` is how many there are beside other kinds, `calls` calls and texts a day.

    `circle` is how many people the phone deals with again and again; `strangers` the share of its calls with somebody
    of its area; `comes_in` the share that comes to it; `texts` the share of texts; `seconds` the median length of a
    call; `bulk` how often a day it texts `told` of its circle at once; `cells` among how many masts it moves.
    """

    kind: str
    weight: float
    calls: float
    circle: int
    strangers: float
    comes_in: float
    texts: float
    seconds: float
    clock: Clock
    bulk: float = 0.0
    told: int = 0
    cells: int = 5
    closes_at_weekends: bool = False


USES: Final = (
    Use("taxi driver", 8, 90, 400, 0.35, 0.75, 0.25, 35, LATE, cells=40),
    Use("takeaway", 10, 55, 300, 0.30, 0.90, 0.05, 70, EVENING, bulk=0.15, told=150, cells=1),
    Use("delivery rider", 14, 45, 15, 0.85, 0.20, 0.30, 25, EVENING, cells=40),
    Use("sex worker", 5, 40, 90, 0.45, 0.80, 0.50, 40, LATE, bulk=0.15, told=50),
    Use("tradesman", 14, 22, 60, 0.25, 0.50, 0.30, 95, OFFICE, cells=40, closes_at_weekends=True),
    Use("community worker", 8, 25, 70, 0.10, 0.45, 0.50, 120, ALL_DAY, bulk=0.3, told=35),
    Use("bookmaker", 3, 110, 130, 0.05, 0.80, 0.20, 30, ALL_DAY, bulk=0.6, told=80, cells=2),
    Use("call centre", 6, 220, 20, 0.98, 0.06, 0.02, 45, OFFICE, cells=1, closes_at_weekends=True),
    Use("teenager", 16, 120, 30, 0.02, 0.50, 0.85, 60, EVENING, bulk=1.5, told=14),
    Use("reminders", 4, 8, 900, 0.30, 0.50, 0.30, 60, OFFICE, bulk=1.0, told=60, cells=1, closes_at_weekends=True),
    Use("landlord", 6, 16, 45, 0.15, 0.45, 0.40, 90, OFFICE, bulk=0.1, told=25),
    Use("hairdresser", 8, 25, 250, 0.20, 0.75, 0.40, 50, OFFICE, bulk=0.3, told=20, cells=1),
    Use("promoter", 3, 30, 200, 0.20, 0.40, 0.70, 35, LATE, bulk=0.5, told=150),
)  # fmt: skip
_SPREAD, _SHARES_SPREAD = 0.45, 0.4
"""How far a phone is from its kind: as a factor (lognormal), and in log-odds."""
_NEW, _GIVEN_UP = 0.3, 0.1
"""Shares of phones that begin, and that end, on some day of the run."""
_BUYERS = 0.1
"""The share of a circle who also buy from lines."""
_UNEVEN, _SECONDS_SPREAD, _SECONDS_A_TEXT, _AT_HOME_CELL = 1.8, 0.8, 2.0, 0.6
_CELLS_OF_A_TOWN, _WEEKEND = 97, 5
_FIRST = 10_000
_FIRST_HANDSET, _FIRST_SIM = 910_000_000, 9_100_000_000


class Busy:
    """Every such phone of a nation, and its calls day by day."""

    def __init__(self, nation: Nation, customers: Customers) -> None:
        self.nation, self.customers = nation, customers
        self.count = int(nation.scale.lines * nation.scale.busy_a_line)
        self.uses: list[Use] = []

    def open(self) -> None:
        """On the first day, tell of each."""
        if self.uses or not self.count:
            return
        nation, thrown = self.nation, dice(self.nation.seed, "busy")
        weights, people = np.array([use.weight for use in USES]), np.array([t.people for t in nation.towns])
        kinds = thrown.choice(len(USES), self.count, p=weights / weights.sum())
        self.uses = [USES[kind] for kind in kinds]
        towns = [nation.towns[n] for n in thrown.choice(len(people), self.count, p=people / people.sum())]
        self.number = numbers.telephones("business", _FIRST + np.arange(self.count), nation.seed)
        self.body = np.array([nation.body_index[town.body] for town in towns])
        self.town_cell = np.array([town.index * 100 for town in towns])
        self.imei = np.array([int(numbers.imei(_FIRST_HANDSET + n)) for n in range(self.count)])
        self.imsi = np.array([int(numbers.imsi(_FIRST_SIM + n)) for n in range(self.count)])
        self.calls = self._each("calls") * self._factor(thrown)
        self.seconds = self._each("seconds") * self._factor(thrown)
        self.bulk = self._each("bulk") * self._factor(thrown)
        self.told = self._each("told") * self._factor(thrown)
        self.strangers, self.comes_in, self.texts = (
            self._share(name, thrown) for name in ("strangers", "comes_in", "texts")
        )
        self.since = (
            np.where(thrown.random(self.count) < _NEW, thrown.random(self.count), 0) * nation.scale.days
        )
        self.until = (
            np.where(thrown.random(self.count) < _GIVEN_UP, thrown.random(self.count), 1) * nation.scale.days
        )
        self._meet(towns, np.maximum(5, self._each("circle") * self._factor(thrown)).astype(np.int64), thrown)
        for n, (use, town) in enumerate(zip(self.uses, towns, strict=True)):
            nation.tell(Business(_FIRST + n, use.kind, int(self.number[n]), town.key))

    def today(self) -> list[Columns]:
        """The calls and texts of today."""
        if not self.count:
            return []
        nation, thrown = self.nation, self.nation.stream("busy")
        weekend = nation.today.weekday() >= _WEEKEND
        open_now = (self.since <= nation.day_number) & (nation.day_number < self.until)
        open_now &= ~np.array([weekend and use.closes_at_weekends for use in self.uses])
        which = np.repeat(np.arange(self.count), thrown.poisson(self.calls * open_now))
        known = thrown.random(len(which)) >= self.strangers[which]
        other = np.where(
            known, self._of_circle(which, thrown), self.customers.somebody(self.body[which], thrown)
        )
        texts = thrown.random(len(which)) < self.texts[which]
        long = self.seconds[which] * np.exp(_SECONDS_SPREAD * thrown.standard_normal(len(which)))
        ordinary = Rows(
            which, self._times(which, thrown), other, thrown.random(len(which)) >= self.comes_in[which],
            np.where(texts, TEXT, CALL), np.where(texts, 0, 1 + long).astype(np.int64),
        )  # fmt: skip
        return [self._columns(rows, thrown) for rows in (ordinary, self._bulk(open_now, thrown))]

    def _bulk(self, open_now: NDArray[np.bool_], thrown: np.random.Generator) -> Rows:
        """Texts to part of a circle, one after another."""
        sending = np.repeat(np.arange(self.count), thrown.poisson(self.bulk * open_now))
        at = self._times(sending, thrown)
        told = [
            thrown.permutation(self.size[n])[: max(1, thrown.poisson(self.told[n]))] + self.first[n]
            for n in sending
        ]
        sizes = np.array([len(one) for one in told], np.int64)
        which = np.repeat(sending, sizes)
        place = np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        start = np.repeat(at, sizes) + (place * _SECONDS_A_TEXT).astype(np.int64)
        other = self.circles[np.concatenate(told)] if told else np.empty(0, np.int64)
        kept = start < DAY_SECONDS
        count = int(kept.sum())
        return Rows(
            which[kept], start[kept], other[kept], np.ones(count, bool), np.full(count, TEXT), np.zeros(count, np.int64)
        )  # fmt: skip

    def _columns(self, rows: Rows, thrown: np.random.Generator) -> Columns:
        """The rows, whose `line` is a phone's place here, with its number, masts, handset and SIM."""
        which = rows.line
        subject, theirs = self.number[which], numbers.telephones("customer", rows.other, self.nation.seed)
        masts = np.array([use.cells for use in self.uses])[which]
        away = (thrown.random(len(which)) * masts).astype(np.int64)
        step = np.where(thrown.random(len(which)) < _AT_HOME_CELL, 0, away)
        return Columns(
            self.body[which], rows.start, np.where(rows.outgoing, subject, theirs),
            np.where(rows.outgoing, theirs, subject), rows.seconds, rows.kind,
            self.town_cell[which] + (which * 13 + step) % _CELLS_OF_A_TOWN, self.imei[which], self.imsi[which],
            subject, np.zeros(len(which), np.int64),
        )  # fmt: skip

    def _times(self, which: Ints, thrown: np.random.Generator) -> Ints:
        times = np.zeros(len(which), np.int64)
        clocks = [use.clock for use in self.uses]
        for clock in dict.fromkeys(clocks):
            mine = np.array([one == clock for one in clocks])[which]
            times[mine] = times_of_day(thrown, int(mine.sum()), clock)
        return times

    def _meet(self, towns: list[Town], sizes: Ints, thrown: np.random.Generator) -> None:
        """The circle of each: people of its area, a few of whom also buy from lines."""
        self.size, self.first = sizes, np.cumsum(sizes) - sizes
        which = np.repeat(np.arange(self.count), sizes)
        public = self.customers.somebody(self.body[which], thrown)
        buyers = np.array([self.customers.of_town[town.key] for town in towns])[which]
        buyer = buyers[:, 0] + (thrown.random(len(which)) * buyers[:, 1]).astype(np.int64)
        self.circles = np.where(thrown.random(len(which)) < _BUYERS, buyer, public)

    def _of_circle(self, which: Ints, thrown: np.random.Generator) -> Ints:
        rank = (self.size[which] * thrown.random(len(which)) ** _UNEVEN).astype(np.int64)
        found: Ints = self.circles[self.first[which] + rank]
        return found

    def _each(self, name: str) -> Shares:
        return np.array([getattr(use, name) for use in self.uses], np.float64)

    def _factor(self, thrown: np.random.Generator) -> Shares:
        return np.exp(_SPREAD * thrown.standard_normal(self.count) - _SPREAD**2 / 2)

    def _share(self, name: str, thrown: np.random.Generator) -> Shares:
        odds = np.log(self._each(name) / (1 - self._each(name))) + _SHARES_SPREAD * thrown.standard_normal(
            self.count
        )
        return 1 / (1 + np.exp(-odds))
