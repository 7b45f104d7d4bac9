"""Who rings and texts whom in a day: customers and their line, a line and its runners, and honest busy numbers."""

from typing import Final

import numpy as np

from throughline.simulation import numbers
from throughline.simulation.busy import Busy
from throughline.simulation.call_blocks import Ints, Rows, blocks, columns_of, joined
from throughline.simulation.clock_of_day import times_of_day
from throughline.simulation.customers import Customers
from throughline.simulation.dice import dice
from throughline.simulation.facts import CALL, TEXT, CallBlock, OfferBurst
from throughline.simulation.habits import MEAN_CALLS, RINGS_BACK, RINGS_OWN, TEXTS, TEXTS_BACK, habit
from throughline.simulation.honest import Honest
from throughline.simulation.lines import LiveLine, Phone
from throughline.simulation.nation import DAY_SECONDS, Nation
from throughline.simulation.own_phones import OwnPhones
from throughline.simulation.places import Town, towns

# The busiest customers ring most: a customer's rank is a fair number to this power.
_UNEVEN = 1.8
_SECONDS_SPREAD = 0.8
_OFFERS_A_DAY, _SECONDS_A_TEXT = 0.15, 2.0
_WORDS: Final = (
    "{0} on, best of both, 3 for 25 till 6",
    "{0} here all day, quick, 5 for 40",
    "{0} back on, fresh, ring",
)
_NEW_NUMBER: Final = "{0} new number, delete the old one, on all day"
_CELLS_OF_A_TOWN, _CELLS_OF_A_LINE, _AT_HOME_CELL = 97, 5, 0.6
_HELD_IN_TOWN = 0.35
_FOR_TOWN = 0.6


class Exchange:
    """The calls of every line, of some honest numbers and of some holders' own phones, day by day."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        self.customers = Customers(nation)
        self.honest = Honest(nation, self.customers)
        self.busy, self.own_phones = Busy(nation, self.customers), OwnPhones(nation)
        self.kept: dict[int, tuple[str, Town]] = {}
        """For each line, the body that has its data and the town where its handset is kept."""

    def day(self) -> tuple[CallBlock, ...]:
        """Today's calls, one block for each body that may have some, in order of time."""
        nation, thrown = self.nation, self.nation.stream("calls")
        lines = nation.fleet.living()
        for line in lines:
            self.customers.attend(line)
            if line.id not in self.kept:
                self.kept[line.id] = self._keep(line)
        self.honest.open()
        self.busy.open()
        parts = []
        if lines:
            rows = joined([self._trade(lines, thrown), *self._bursts(lines, thrown)])
            kept = [self.kept[line.id] for line in lines]
            cells = self._cells(lines, rows.line, [town for _, town in kept], thrown)
            parts = [columns_of(nation, lines, rows, [body for body, _ in kept], cells)]
            parts += self.own_phones.today(lines, [body for body, _ in kept])
        return blocks(nation, [*parts, self.honest.calls(thrown), *self.busy.today()])

    def _keep(self, line: LiveLine) -> tuple[str, Town]:
        thrown, first_town = dice(self.nation.seed, "kept", line.id), towns()[line.every_town[0]]
        asking, held = thrown.random(2)
        return (
            first_town.body if asking < _FOR_TOWN else line.hub.body,
            first_town if held < _HELD_IN_TOWN else line.hub,
        )

    def _trade(self, lines: list[LiveLine], thrown: np.random.Generator) -> Rows:
        """The calls of ordinary trade, as many as a line's strength in its towns lets it have."""
        fleet = self.nation.fleet
        slots = [line.slot for line in lines]
        strength = (fleet.strength * fleet.sells)[slots].sum(axis=1) / np.maximum(
            1, fleet.sells[slots].sum(axis=1)
        )
        habits = [habit(self.nation.seed, line.id) for line in lines]
        full = np.array([line.calls * of.calls / MEAN_CALLS for line, of in zip(lines, habits, strict=True)])
        counts = thrown.poisson(full * strength)
        line = np.repeat(np.arange(len(lines)), counts)
        shares = np.array([of.shares for of in habits])
        what = (shares[line, :-1] <= thrown.random(len(line))[:, None]).sum(axis=1)
        outgoing = (what == TEXTS_BACK) | (what == RINGS_BACK) | (what == RINGS_OWN)
        texts = (what == TEXTS) | (what == TEXTS_BACK)
        start = np.zeros(len(line), np.int64)
        for clock in dict.fromkeys(of.clock for of in habits):
            mine = np.array([of.clock == clock for of in habits])[line]
            start[mine] = times_of_day(thrown, int(mine.sum()), clock)
        median = np.array([of.seconds for of in habits])[line]
        seconds = (1 + median * np.exp(_SECONDS_SPREAD * thrown.standard_normal(len(line)))).astype(np.int64)
        customers = self._buyers(lines, line, thrown)
        own = self._own(lines, line, thrown)
        other = np.where(what >= RINGS_OWN, own, customers)
        return Rows(line, start, other, outgoing, np.where(texts, TEXT, CALL), np.where(texts, 0, seconds))

    def _buyers(self, lines: list[LiveLine], line: Ints, thrown: np.random.Generator) -> Ints:
        """A buyer's number for each row: a customer, of whom the first of a line's list ring most, or once-off."""
        lists = [one.customers for one in lines if one.customers is not None]
        sizes = np.array([len(one) for one in lists])
        first = np.cumsum(sizes) - sizes
        rank = (sizes[line] * thrown.random(len(line)) ** _UNEVEN).astype(np.int64)
        areas = np.array([self.nation.body_index[one.towns[0].body] for one in lines])[line]
        somebody = self.customers.somebody(areas, thrown)
        once_off = (
            thrown.random(len(line))
            < np.array([habit(self.nation.seed, one.id).once_off for one in lines])[line]
        )
        buyer = np.where(once_off, somebody, np.concatenate(lists)[first[line] + rank])
        return numbers.telephones("customer", buyer, self.nation.seed)

    def _own(self, lines: list[LiveLine], line: Ints, thrown: np.random.Generator) -> Ints:
        """The own number of one of the line's people for each row."""
        members = [[member.person for member in one.members if member.kind != "cuckooed"] for one in lines]
        sizes = np.array([len(one) for one in members])
        first = np.cumsum(sizes) - sizes
        every = np.fromiter((nth for one in members for nth in one), np.int64)
        chosen = every[first[line] + (sizes[line] * thrown.random(len(line))).astype(np.int64)]
        return numbers.telephones("person", chosen, self.nation.seed)

    def _bursts(self, lines: list[LiveLine], thrown: np.random.Generator) -> list[Rows]:
        """Offers sent to every customer, and a new number told to them."""
        rows = []
        offering = thrown.random(len(lines)) < _OFFERS_A_DAY
        hours = thrown.uniform(9.5, 19.0, len(lines))
        for place, line in enumerate(lines):
            following = line.next_phone
            if following and following.since.date() == self.nation.today:
                told = (following.since - self.nation.at(0)).total_seconds() + 60 + 600 * thrown.random()
                rows.append(self._burst(place, line, following, int(told), words=_NEW_NUMBER, thrown=thrown))
            elif (
                offering[place]
                and habit(self.nation.seed, line.id).sends_offers
                and not line.given_up
                and line.phone.since < self.nation.at(hours[place] * 3600)
            ):
                words, second = _WORDS[place % len(_WORDS)], int(hours[place] * 3600)
                rows.append(self._burst(place, line, line.phone, second, words=words, thrown=thrown))
        return [row for row in rows if len(row.line)]

    def _burst(
        self,
        place: int,
        line: LiveLine,
        phone: Phone,
        second: int,
        *,
        words: str,
        thrown: np.random.Generator,
    ) -> Rows:
        every = line.customers if line.customers is not None else np.empty(0, np.int64)
        start = second + (np.cumsum(thrown.random(len(every))) * _SECONDS_A_TEXT).astype(np.int64)
        told = every[start < DAY_SECONDS]
        count = len(told)
        if count:
            text = words.format(line.brand)
            self.nation.note(OfferBurst(self.nation.at(second), line.id, phone.number, count, text))
        return Rows(
            np.full(count, place), start[:count], numbers.telephones("customer", told, self.nation.seed),
            np.ones(count, bool), np.full(count, TEXT), np.zeros(count, np.int64),
        )  # fmt: skip

    def _cells(
        self, lines: list[LiveLine], line: Ints, held: list[Town], thrown: np.random.Generator
    ) -> Ints:
        """Where the line's handset was: mostly at one mast of one town, otherwise at a few near it."""
        base = np.array([town.index * 100 for town in held])
        home = np.array([one.id * 13 for one in lines])
        step = np.where(
            thrown.random(len(line)) < _AT_HOME_CELL, 0, thrown.integers(1, _CELLS_OF_A_LINE, len(line))
        )
        cells: Ints = base[line] + (home[line] + step) % _CELLS_OF_A_TOWN
        return cells
