"""The lines that trade: each as an object with its people, and all together as columns to throw dice over."""

from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from throughline.simulation.facts import Part, Thing, Vehicle, Why
from throughline.simulation.places import Town

TOWNS = 4
"""The most towns a line may sell in."""
HUB = 0
"""The column of the hub's body; the towns' bodies follow it."""
_DAYS_TO_FORGET = 75.0


@dataclass(slots=True)
class Member:
    """Somebody's part in a line while it lasts."""

    person: int
    kind: Part
    since: date
    town: Town


@dataclass(slots=True)
class Phone:
    """The number a line trades on, its handset and SIM, and the number that is to follow it."""

    number: int
    imei: str
    imsi: str
    since: datetime


@dataclass(slots=True, eq=False)
class LiveLine:
    """A line while it trades. `slot` is its row in the columns; `calls` its calls and texts on a full day."""

    id: int
    slot: int
    brand: str
    hub: Town
    towns: list[Town]
    drugs: tuple[Thing, ...]
    born: date
    phone: Phone
    calls: float
    rhythm: int
    members: list[Member] = field(default_factory=list)
    vehicles: list[Vehicle] = field(default_factory=list)
    premises: dict[int, int] = field(default_factory=dict)
    """Premises by the person whose home it is."""
    next_phone: Phone | None = None
    given_up: tuple[datetime, Why] | None = None
    """When and why the number was given up, until the next one is taken up."""
    every_town: list[str] = field(default_factory=list)
    customers: NDArray[np.int64] | None = None
    """The ids of those who ring, the busiest first."""

    def having(self, *kinds: Part) -> list[Member]:
        """The members with one of these parts."""
        return [member for member in self.members if member.kind in kinds]

    @property
    def holder(self) -> Member:
        """Who controls the number."""
        return self.having("holder")[0]

    @property
    def is_internal(self) -> bool:
        """Whether its hub and all its towns lie in one body's area."""
        return all(town.body == self.hub.body for town in self.towns)


class Fleet:
    """Every live line as rows of columns; a row is used again once its line has ended."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.lines: dict[int, LiveLine] = {}
        self.free = list(range(rows - 1, -1, -1))
        self.alive = np.zeros(rows, bool)
        self.sells = np.zeros((rows, TOWNS), bool)
        self.strength = np.zeros((rows, TOWNS))
        self.bodies = np.full((rows, TOWNS + 1), -1, np.int16)
        self.same = np.zeros((rows, TOWNS + 1, TOWNS + 1))
        self.evidence = np.zeros((rows, TOWNS + 1))
        self.runners = np.zeros(rows, np.int64)
        self.children = np.zeros(rows, np.int64)
        self.wanted = np.zeros(rows, np.int64)
        self.next_rhythm = np.full(rows, 1 << 30, np.int64)
        self.silent_hours = np.zeros(rows)

    def add(self, line: LiveLine, bodies: dict[str, int]) -> None:
        """Give a line its row: it is put at full strength in its towns, and nobody knows of it."""
        slot = line.slot
        self.lines[slot] = line
        self.alive[slot] = True
        self.strength[slot] = 1.0
        self.evidence[slot] = 0.0
        self.runners[slot] = self.children[slot] = 0
        self.silent_hours[slot] = 0.0
        self.move(line, bodies)

    def move(self, line: LiveLine, bodies: dict[str, int]) -> None:
        """Write down where a line sells."""
        slot = line.slot
        self.sells[slot] = np.arange(TOWNS) < len(line.towns)
        row = np.full(TOWNS + 1, -1, np.int16)
        row[HUB] = bodies[line.hub.body]
        for place, town in enumerate(line.towns, start=1):
            row[place] = bodies[town.body]
        self.bodies[slot] = row
        self.same[slot] = (row[:, None] == row) & (row >= 0)

    def remove(self, line: LiveLine) -> None:
        """Free the row of a line that has ended."""
        slot = line.slot
        del self.lines[slot]
        self.alive[slot] = False
        self.sells[slot] = False
        self.bodies[slot] = -1
        self.evidence[slot] = self.strength[slot] = 0.0
        self.runners[slot] = self.children[slot] = self.wanted[slot] = 0
        self.silent_hours[slot] = 0.0
        self.next_rhythm[slot] = 1 << 30
        self.free.append(slot)

    def at(self, slot: int | np.signedinteger) -> LiveLine:
        """The line of a row that is in use."""
        return self.lines[int(slot)]

    def living(self) -> list[LiveLine]:
        """Every live line, the oldest here first."""
        return list(self.lines.values())

    def pass_a_day(self, recovery: float) -> None:
        """A night's effect: evidence ages, and trade grows back."""
        self.evidence *= np.exp(-1 / _DAYS_TO_FORGET)
        self.strength += (1 - self.strength) * recovery * self.sells
        self.silent_hours[:] = 0.0

    def known(self, shared: float) -> NDArray[np.float64]:
        """What the body of each column knows of each line: its own evidence, and this part of the others'."""
        own = np.einsum("nij,nj->ni", self.same, self.evidence)
        known: NDArray[np.float64] = own + shared * (self.evidence.sum(axis=1, keepdims=True) - own)
        return known

    def selling(self) -> NDArray[np.float64]:
        """How much of a full day's trade each line does in each of its towns."""
        open_part = np.clip(1 - self.silent_hours / 24, 0, 1)
        trade: NDArray[np.float64] = self.strength * self.sells * open_part[:, None]
        return trade
