"""Who rings and texts whom in a day: customers and their line, a line and its runners, and honest busy numbers."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

import numpy as np
from numpy.typing import NDArray

from throughline.simulation import numbers
from throughline.simulation.dice import dice
from throughline.simulation.facts import CALL, TEXT, Business, CallBlock, OfferBurst
from throughline.simulation.lines import LiveLine, Phone
from throughline.simulation.nation import DAY_SECONDS, Nation
from throughline.simulation.places import Town, towns

_Ints = NDArray[np.int64]

# People in a thousand who may buy in a town, and how many of them one line serves.
_BUYERS_A_THOUSAND, _FEWEST_BUYERS, _SERVED, _SERVED_SPREAD = 7, 80, 130.0, 0.35
# The busiest customers ring most: a customer's rank is a fair number to this power.
_UNEVEN = 1.8
# In turn: a customer rings, texts; the line texts back, rings back; the line rings its people, and they it.
_WHAT = np.cumsum((0.56, 0.15, 0.10, 0.08, 0.05, 0.06))
_RINGS, _TEXTS, _TEXTS_BACK, _RINGS_BACK, _RINGS_OWN, _OWN_RINGS = range(6)
_MEDIAN_SECONDS, _SECONDS_SPREAD = 34.0, 0.8
# How much of a day's trade is done by the end of each hour: little before nine, most from noon to nine at night.
_HOURLY: Final = (
    1.2, 0.7, 0.4, 0.2, 0.2, 0.3, 0.6, 1.3, 2.4, 4.0, 5.4, 6.2,
    6.8, 6.8, 6.6, 6.6, 6.9, 7.3, 7.5, 7.2, 6.5, 5.8, 4.4, 2.7,
)  # fmt: skip
_CLOCK = np.concatenate(([0.0], np.cumsum(_HOURLY) / sum(_HOURLY)))
_OFFERS_A_DAY, _SECONDS_A_TEXT = 0.15, 2.0
_WORDS: Final = (
    "{0} on, best of both, 3 for 25 till 6",
    "{0} here all day, quick, 5 for 40",
    "{0} back on, fresh, ring",
)
_NEW_NUMBER: Final = "{0} new number, delete the old one, on all day"
_CELLS_OF_A_TOWN, _CELLS_OF_A_LINE, _AT_HOME_CELL = 97, 5, 0.6
_HELD_IN_TOWN = 0.35
_HONEST: Final = ("taxi firm", "takeaway", "garage", "surgery")
_HONEST_CALLS, _PUBLIC, _HONEST_BUYERS = 110.0, 9_000_000, 0.3
_FOR_TOWN = 0.6


@dataclass(slots=True)
class _Rows:
    """Calls of the day as columns, before they are put in order. `start` is in seconds since midnight."""

    line: _Ints
    start: _Ints
    other: _Ints
    outgoing: NDArray[np.bool_]
    kind: _Ints
    seconds: _Ints


class Exchange:
    """The calls of every line and of some honest numbers, day by day."""

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        self.first_buyer: dict[str, tuple[int, int]] = {}
        nth = 0
        for town in towns().values():
            size = max(_FEWEST_BUYERS, town.people * _BUYERS_A_THOUSAND // 1000)
            self.first_buyer[town.key] = (nth, size)
            nth += size
        self.asking: dict[int, str] = {}
        self.held_at: dict[int, Town] = {}
        self.towns_of: dict[int, int] = {}
        self.honest: list[tuple[Business, Town]] = []

    def day(self) -> tuple[CallBlock, ...]:
        """Today's calls, one block for each body that may have some, in order of time."""
        nation, thrown = self.nation, self.nation.stream("calls")
        lines = nation.fleet.living()
        for line in lines:
            if line.customers is None:
                self._meet(line)
            elif self.towns_of.get(line.id) != len(line.every_town):
                self._follow(line)
        self._open_honest()
        rows = self._joined([self._trade(lines, thrown), *self._bursts(lines, thrown)])
        return self._blocks(lines, rows, thrown)

    def lose(self, line: LiveLine, kept: float) -> None:
        """After a change of number a line keeps this share of its customers, and finds others in time."""
        if line.customers is None:
            return
        thrown = self.nation.stream("custom")
        stays = thrown.random(len(line.customers)) < kept
        others = self._some_buyers(line, int((~stays).sum()), thrown)
        line.customers = _once(np.concatenate((line.customers[stays], others)))

    def _meet(self, line: LiveLine) -> None:
        thrown = dice(self.nation.seed, "customers", line.id)
        wanted = int(_SERVED * np.exp(_SERVED_SPREAD * thrown.standard_normal()))
        line.customers = _once(self._some_buyers(line, wanted, thrown))
        self.towns_of[line.id] = len(line.every_town)
        first_town = towns()[line.every_town[0]]
        self.asking[line.id] = first_town.body if thrown.random() < _FOR_TOWN else line.hub.body
        self.held_at[line.id] = first_town if thrown.random() < _HELD_IN_TOWN else line.hub

    def _follow(self, line: LiveLine) -> None:
        """A line that moved to another town loses the customers of the town it left and finds others."""
        thrown = self.nation.stream("custom")
        self.towns_of[line.id] = len(line.every_town)
        if line.customers is None:
            return
        places = [self.first_buyer[town.key] for town in line.towns]
        here = np.logical_or.reduce(
            [(first <= line.customers) & (line.customers < first + size) for first, size in places]
        )
        others = self._some_buyers(line, int((~here).sum()), thrown)
        line.customers = _once(np.concatenate((line.customers[here], others)))

    def _some_buyers(self, line: LiveLine, wanted: int, thrown: np.random.Generator) -> _Ints:
        places = [self.first_buyer[town.key] for town in line.towns]
        which = thrown.integers(len(places), size=wanted)
        first, size = np.array(places).T[:, which]
        found: _Ints = first + (thrown.random(wanted) * size).astype(np.int64)
        return found

    def _open_honest(self) -> None:
        """One honest number for each body: somebody asked for its data too."""
        if self.honest:
            return
        for place, body in enumerate(dict.fromkeys(town.body for town in self.nation.towns)):
            town = max(
                (town for town in self.nation.towns if town.body == body), key=lambda town: town.people
            )
            number = numbers.telephone("business", place, self.nation.seed)
            one = Business(place + 1, _HONEST[place % len(_HONEST)], number, town.key)
            self.honest.append((one, town))
            self.nation.tell(one)

    def _trade(self, lines: list[LiveLine], thrown: np.random.Generator) -> _Rows:
        """The calls of ordinary trade, as many as a line's strength in its towns lets it have."""
        fleet = self.nation.fleet
        slots = [line.slot for line in lines]
        strength = (fleet.strength * fleet.sells)[slots].sum(axis=1) / np.maximum(
            1, fleet.sells[slots].sum(axis=1)
        )
        counts = thrown.poisson(np.array([line.calls for line in lines]) * strength)
        line = np.repeat(np.arange(len(lines)), counts)
        what = np.searchsorted(_WHAT, thrown.random(len(line)) * _WHAT[-1], side="right").astype(np.int64)
        outgoing = (what == _TEXTS_BACK) | (what == _RINGS_BACK) | (what == _RINGS_OWN)
        texts = (what == _TEXTS) | (what == _TEXTS_BACK)
        start = (np.interp(thrown.random(len(line)), _CLOCK, np.arange(25)) * 3600).astype(np.int64)
        seconds = (1 + _MEDIAN_SECONDS * np.exp(_SECONDS_SPREAD * thrown.standard_normal(len(line)))).astype(
            np.int64
        )
        customers = self._buyers(lines, line, thrown)
        own = self._own(lines, line, thrown)
        other = np.where(what >= _RINGS_OWN, own, customers)
        return _Rows(line, start, other, outgoing, np.where(texts, TEXT, CALL), np.where(texts, 0, seconds))

    def _buyers(self, lines: list[LiveLine], line: _Ints, thrown: np.random.Generator) -> _Ints:
        """A customer's number for each row; the first of a line's list ring most."""
        lists = [one.customers for one in lines if one.customers is not None]
        sizes = np.array([len(one) for one in lists])
        first = np.cumsum(sizes) - sizes
        rank = (sizes[line] * thrown.random(len(line)) ** _UNEVEN).astype(np.int64)
        return numbers.telephones("customer", np.concatenate(lists)[first[line] + rank], self.nation.seed)

    def _own(self, lines: list[LiveLine], line: _Ints, thrown: np.random.Generator) -> _Ints:
        """The own number of one of the line's people for each row."""
        members = [[member.person for member in one.members if member.kind != "cuckooed"] for one in lines]
        sizes = np.array([len(one) for one in members])
        first = np.cumsum(sizes) - sizes
        every = np.fromiter((nth for one in members for nth in one), np.int64)
        chosen = every[first[line] + (sizes[line] * thrown.random(len(line))).astype(np.int64)]
        return numbers.telephones("person", chosen, self.nation.seed)

    def _bursts(self, lines: list[LiveLine], thrown: np.random.Generator) -> list[_Rows]:
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
    ) -> _Rows:
        every = line.customers if line.customers is not None else np.empty(0, np.int64)
        start = second + (np.cumsum(thrown.random(len(every))) * _SECONDS_A_TEXT).astype(np.int64)
        told = every[start < DAY_SECONDS]
        count = len(told)
        if count:
            text = words.format(line.brand)
            self.nation.note(OfferBurst(self.nation.at(second), line.id, phone.number, count, text))
        return _Rows(
            np.full(count, place), start[:count], numbers.telephones("customer", told, self.nation.seed),
            np.ones(count, bool), np.full(count, TEXT), np.zeros(count, np.int64),
        )  # fmt: skip

    def _joined(self, parts: list[_Rows]) -> _Rows:
        return _Rows(
            *(
                np.concatenate([getattr(part, name) for part in parts])
                for name in ("line", "start", "other", "outgoing", "kind", "seconds")
            )
        )

    def _blocks(
        self, lines: list[LiveLine], rows: _Rows, thrown: np.random.Generator
    ) -> tuple[CallBlock, ...]:
        subject, imei, imsi = self._subjects(lines, rows)
        ids = np.array([line.id for line in lines], np.int32)
        body = np.array([self.nation.body_index[self.asking[line.id]] for line in lines])
        cell = self._cells(lines, rows.line, thrown)
        known = subject > 0
        columns = [
            body[rows.line], rows.start, np.where(rows.outgoing, subject, rows.other),
            np.where(rows.outgoing, rows.other, subject), rows.seconds, rows.kind, cell, imei, imsi, subject,
            ids[rows.line],
        ]  # fmt: skip
        honest = self._honest_calls(thrown)
        joined = [np.concatenate((one[known], other)) for one, other in zip(columns, honest, strict=True)]
        order = np.argsort(joined[0] * (2 * DAY_SECONDS) + joined[1], kind="stable")
        return self._split([one[order] for one in joined])

    def _split(self, columns: list[NDArray[np.integer]]) -> tuple[CallBlock, ...]:
        midnight = int(datetime.combine(self.nation.today, time(), UTC).timestamp())
        body = columns[0]
        ends = np.flatnonzero(np.diff(body, append=-1)) + 1
        blocks, first = [], 0
        for end in ends.tolist():
            _, start, caller, called, seconds, kind, cell, imei, imsi, subject, line = (
                column[first:end] for column in columns
            )
            blocks.append(
                CallBlock(
                    self.nation.body_codes[int(body[first])], start.astype(np.int64) + midnight,
                    caller.astype(np.int64), called.astype(np.int64), seconds.astype(np.int32),
                    kind.astype(np.int8), cell.astype(np.int32), imei.astype(np.int64), imsi.astype(np.int64),
                    subject.astype(np.int64), line.astype(np.int32),
                )
            )  # fmt: skip
            first = end
        return tuple(blocks)

    def _subjects(self, lines: list[LiveLine], rows: _Rows) -> tuple[_Ints, _Ints, _Ints]:
        """The number, handset and SIM that a line had at the time of each row; 0 while it had none."""
        midnight = self.nation.at(0)

        def second(when: datetime) -> float:
            return (when - midnight).total_seconds()

        begins = np.array([second(line.phone.since) for line in lines])
        until = np.array([second(line.given_up[0]) if line.given_up else np.inf for line in lines])
        since = np.array([second(line.next_phone.since) if line.next_phone else np.inf for line in lines])
        early = (rows.start >= begins[rows.line]) & (rows.start < until[rows.line])
        late = rows.start >= since[rows.line]

        def at_the_time(of_phone: list[tuple[int, int]]) -> _Ints:
            now, following = np.array(of_phone, np.int64).T
            found: _Ints = np.where(early, now[rows.line], np.where(late, following[rows.line], 0))
            return found

        pairs = [(line.phone, line.next_phone or line.phone) for line in lines]
        return (
            at_the_time([(now.number, then.number) for now, then in pairs]),
            at_the_time([(int(now.imei), int(then.imei)) for now, then in pairs]),
            at_the_time([(int(now.imsi), int(then.imsi)) for now, then in pairs]),
        )

    def _cells(self, lines: list[LiveLine], line: _Ints, thrown: np.random.Generator) -> _Ints:
        """Where the line's handset was: mostly at one mast of one town, otherwise at a few near it."""
        base = np.array([self.held_at[one.id].index * 100 for one in lines])
        home = np.array([one.id * 13 for one in lines])
        step = np.where(
            thrown.random(len(line)) < _AT_HOME_CELL, 0, thrown.integers(1, _CELLS_OF_A_LINE, len(line))
        )
        cells: _Ints = base[line] + (home[line] + step) % _CELLS_OF_A_TOWN
        return cells

    def _honest_calls(self, thrown: np.random.Generator) -> list[_Ints]:
        counts = thrown.poisson(_HONEST_CALLS, len(self.honest))
        which = np.repeat(np.arange(len(self.honest)), counts)
        start = (np.interp(thrown.random(len(which)), _CLOCK, np.arange(25)) * 3600).astype(np.int64)
        towns_of = np.array([self.first_buyer[town.key] for _, town in self.honest])
        buyer = towns_of[which, 0] + (thrown.random(len(which)) * towns_of[which, 1]).astype(np.int64)
        public = _PUBLIC + (thrown.random(len(which)) ** 2 * 40_000).astype(np.int64) + which * 40_000
        other = np.where(thrown.random(len(which)) < _HONEST_BUYERS, buyer, public)
        subject = np.array([one.number for one, _ in self.honest])[which]
        body = np.array([self.nation.body_index[town.body] for _, town in self.honest])[which]
        cell = np.array([town.index * 100 for _, town in self.honest])[which]
        seconds = (20 + thrown.exponential(90, len(which))).astype(np.int64)
        nobody, handset = np.zeros(len(which), np.int64), which + int(numbers.imei(900_000_000)[:14]) * 10
        sim = which + int(numbers.imsi(9_000_000_000))
        calls = np.full(len(which), CALL)
        return [
            body,
            start,
            numbers.telephones("customer", other, self.nation.seed),
            subject,
            seconds,
            calls,
            cell,
            handset,
            sim,
            subject,
            nobody,
        ]


def _once(ids: _Ints) -> _Ints:
    """Each id where it first stands: the busiest stay in front."""
    _, first = np.unique(ids, return_index=True)
    kept: _Ints = ids[np.sort(first)]
    return kept
