"""The state of a nation on one day: its lines, its dice, its notebook, and what has been counted so far."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from throughline.simulation import people
from throughline.simulation.dice import dice
from throughline.simulation.facts import Event, Part, Person, Truth
from throughline.simulation.lines import Fleet
from throughline.simulation.markets import Markets
from throughline.simulation.places import Town, bodies, within
from throughline.simulation.policies import Policy
from throughline.simulation.scales import Scale

_WEEK = 7
_ROOM = 2
DAY_SECONDS = 86_400


@dataclass(slots=True)
class Outcomes:
    """What a run came to, for comparing policies. A harm day is a day's full trade in one town."""

    harm_days: float = 0.0
    child_days: int = 0
    drawn_in: int = 0
    line_days: int = 0
    closed: int = 0
    ended: int = 0
    numbers: int = 0


class Nation:
    """Everything that is so on `today`. `told` says whether people are invented, or counted alone."""

    def __init__(self, scale: Scale, seed: int, policy: Policy, *, told: bool) -> None:
        self.scale, self.seed, self.policy, self.told = scale, seed, policy, told
        self.today, self.day_number = scale.first, 0
        self.towns: list[Town] = within(scale.regions)
        self.body_codes = list(bodies())
        self.body_index = {code: place for place, code in enumerate(self.body_codes)}
        self.markets = Markets(self.towns)
        self.fleet = Fleet(scale.lines * _ROOM + 50)
        self.events: list[Event] = []
        self.truth: list[Truth] = []
        self.outcomes = Outcomes()
        self.tallies: dict[str, Counter[str]] = {}
        self.ids: Counter[str] = Counter()
        self._streams: dict[str, np.random.Generator] = {}

    def stream(self, name: str) -> np.random.Generator:
        """The dice of one process, thrown on from day to day."""
        if name not in self._streams:
            self._streams[name] = dice(self.seed, name)
        return self._streams[name]

    def begin(self, day: date) -> None:
        """Turn the page to a day."""
        self.today, self.day_number = day, (day - self.scale.first).days
        self.events, self.truth = [], []

    def next_id(self, kind: str) -> int:
        """The next whole number for a kind of thing, from 1."""
        self.ids[kind] += 1
        return self.ids[kind]

    def note(self, event: Event) -> None:
        """Write down what happened today."""
        self.events.append(event)

    def tell(self, truth: Truth) -> None:
        """Write down what is true, where anyone is told of people at all."""
        if self.told:
            self.truth.append(truth)

    def count(self, body: str, what: str, amount: int = 1) -> None:
        """Add to a body's return of the week."""
        self.tallies.setdefault(body, Counter())[what] += amount

    def new_person(self, town: Town, part: Part | None) -> int:
        """The id of a new person, who is told as true."""
        nth = self.next_id("person")
        if self.told:
            self.truth.append(self.person(nth, town, part, self.today))
        return nth

    def person(self, nth: int, town: Town, part: Part | None, on: date) -> Person:
        """The person of an id, made anew as they were first made."""
        return people.person(self.seed, nth, town, part, on)

    def at(self, second: float) -> datetime:
        """A time of today."""
        return datetime.combine(self.today, time(), UTC) + timedelta(seconds=int(second))

    def some_time(self, thrown: np.random.Generator) -> datetime:
        """Some time of today, by day or in the evening rather than in the night."""
        return self.at(DAY_SECONDS * (0.3 + 0.69 * thrown.beta(1.6, 1.3)))

    @property
    def is_intensive(self) -> bool:
        """Whether today lies in a national week of action."""
        return any(first <= self.today < first + timedelta(days=_WEEK) for first in self.scale.intensive)
