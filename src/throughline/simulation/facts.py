"""What is true in the synthetic nation and what happens in it, as plain values: the shape that writers read.

Ids are whole numbers and unique within their kind. A number is an E.164 number as an integer without its plus
(447200123456); an IMEI and an IMSI are 15 digits as text in facts and as integers in blocks of calls (show them
with leading zeros). Places are the keys of `places.Town` and bodies are the codes of the reference data. Times
are UTC. What a fact says is what happened, not what anyone wrote down of it: errors are the writers' own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Sex = Literal["female", "male"]
Part = Literal["holder", "elder", "runner", "stash", "cuckooed", "child"]
"""A part in a line: it controls, manages, carries, keeps, has its home taken over, or is a child drawn in."""
Why = Literal["pressure", "order", "rhythm", "end", "seized"]
"""Why a number was given up: police were near, a court cut it off, habit, the line ended, the handset was taken."""
How = Literal["stop", "watch", "source", "examination", "public", "visit", "camera", "custody", "partner"]
"""How a body came to see something: a stop in the street, a watch kept, somebody told, a phone examined..."""
Closing = Literal["type 1", "type 2", "gave up"]
"""How a line ended: its holder was charged, its number was cut off and stayed out of use, or nobody closed it.

A body may count a line as closed (`LineClosed`, type 2) that came back under another number: then the line has no end.
"""
Thing = Literal[
    "handset", "cash", "heroin", "crack", "cocaine", "cannabis", "firearm", "blade", "other weapon"
]
Blow = Literal["threat", "assault", "stabbing", "shooting", "robbery"]


# The truth. A person, vehicle or premises is complete when first told; the others are told when they end, and
# those that never ended are told after the last day, with no end.


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, whether or not they have a part in any line. `phone` is their own, 0 if none."""

    id: int
    given: str
    family: str
    born: date
    sex: Sex
    address: str
    postcode: str
    town: str
    phone: int
    street_name: str


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A car: its mark, what it looks like and the id of the person who uses it."""

    id: int
    mark: str
    looks: str
    user: int


@dataclass(frozen=True, slots=True)
class Premises:
    """An address that a line uses; `occupier` is the id of the person whose home it is."""

    id: int
    address: str
    postcode: str
    town: str
    kind: Literal["stash", "cuckooed"]
    occupier: int


@dataclass(frozen=True, slots=True)
class Line:
    """One county line. It is internal where its hub and all its towns lie in one body's area."""

    id: int
    brand: str
    hub: str
    towns: tuple[str, ...]
    drugs: tuple[str, ...]
    born: date
    died: date | None
    closing: Closing | None


@dataclass(frozen=True, slots=True)
class NumberHeld:
    """A number while a line used it, in one handset and SIM; `replaced_by` is the next number, 0 if none came."""

    line: int
    number: int
    imei: str
    imsi: str
    since: datetime
    until: datetime | None
    replaced_by: int
    why: Why | None


@dataclass(frozen=True, slots=True)
class Role:
    """A person's part in a line, from one day to another."""

    person: int
    line: int
    kind: Part
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Business:
    """An honest number that is used as busy ones are, such as a taxi firm: what a search for lines must not pick."""

    id: int
    kind: str
    number: int
    town: str


Truth = Person | Vehicle | Premises | Line | NumberHeld | Role | Business


# What happens. Every event has `at`, and what a body does or sees has `body` and `town`.


@dataclass(frozen=True, slots=True)
class Observed:
    """A body saw these things together. `line` is 0 where there is none behind it: most of what is seen."""

    at: datetime
    body: str
    town: str
    how: How
    line: int
    brand: str
    people: tuple[int, ...]
    numbers: tuple[int, ...]
    imeis: tuple[str, ...]
    vehicles: tuple[int, ...]
    premises: int


@dataclass(frozen=True, slots=True)
class Arrested:
    """A person was arrested, perhaps charged. `line` and `part` are the truth: 0 and none where they have no part."""

    at: datetime
    body: str
    town: str
    person: int
    line: int
    part: Part | None
    charged: bool
    planned: bool
    """True where the arrest was that of a plan against the line, not of chance in the street."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A child was reported missing from home; the home body records it."""

    at: datetime
    body: str
    town: str
    episode: int
    person: int
    line: int


@dataclass(frozen=True, slots=True)
class Found:
    """The child of a missing episode was found, by this body in this town; `line` is the truth."""

    at: datetime
    body: str
    town: str
    episode: int
    person: int
    line: int
    home_body: str
    days_away: int


@dataclass(frozen=True, slots=True)
class Seized:
    """A thing was taken by a body. Amounts: pounds of cash, grams of drugs, one for a handset or a weapon."""

    at: datetime
    body: str
    town: str
    line: int
    person: int
    kind: Literal[
        "handset", "cash", "heroin", "crack", "cocaine", "cannabis", "firearm", "blade", "other weapon"
    ]
    amount: int
    number: int
    imei: str
    imsi: str


@dataclass(frozen=True, slots=True)
class OfferBurst:
    """A line sent the same offer to `sent` numbers in a few minutes; the texts stand in the day's calls."""

    at: datetime
    line: int
    number: int
    sent: int
    words: str


@dataclass(frozen=True, slots=True)
class OrderMade:
    """A court ordered that a number be cut off (a DDTRO), on the application of a body."""

    at: datetime
    body: str
    order: int
    line: int
    number: int
    comply_by: date


@dataclass(frozen=True, slots=True)
class OrderComplied:
    """The provider cut the number off."""

    at: datetime
    body: str
    order: int
    line: int
    number: int


@dataclass(frozen=True, slots=True)
class NumberChanged:
    """A line took a new number and told most of its customers; `kept` is the share of them it kept."""

    at: datetime
    line: int
    old: int
    new: int
    why: Why
    hours_silent: float
    kept: float
    same_handset: bool


@dataclass(frozen=True, slots=True)
class Violence:
    """Somebody was hurt or threatened; `debt` is what they were said to owe, in pounds, 0 if that was not it."""

    at: datetime
    body: str
    town: str
    line: int
    victim: int
    kind: Blow
    debt: int


@dataclass(frozen=True, slots=True)
class Visited:
    """Officers and partners went to a home thought to be cuckooed; `truly` says whether it was."""

    at: datetime
    body: str
    town: str
    premises: int
    occupier: int
    line: int
    truly: bool


@dataclass(frozen=True, slots=True)
class Safeguarded:
    """A person was helped; `referred` says whether they were referred to the national mechanism (NRM)."""

    at: datetime
    body: str
    town: str
    person: int
    line: int
    child: bool
    referred: bool


@dataclass(frozen=True, slots=True)
class LineClosed:
    """A line was counted as closed by a body, or ended of itself (`gave up`, no body)."""

    at: datetime
    body: str
    line: int
    closing: Closing


@dataclass(frozen=True, slots=True)
class WeekReturn:
    """What one body did in a week that ended on this Sunday; `intensive` marks a national week of action."""

    at: datetime
    body: str
    intensive: bool
    arrests: int
    lines_closed: int
    cuckooed_visited: int
    adults_safeguarded: int
    children_safeguarded: int
    referred: int
    firearms: int
    blades: int
    other_weapons: int
    cash: int


Event = (
    Observed
    | Arrested
    | Missing
    | Found
    | Seized
    | OfferBurst
    | OrderMade
    | OrderComplied
    | NumberChanged
    | Violence
    | Visited
    | Safeguarded
    | LineClosed
    | WeekReturn
)

CALL, TEXT = 0, 1


class Called(NamedTuple):
    """One row of call data: `line` is 0 where the call is not on a line's number."""

    start: datetime
    caller: int
    called: int
    seconds: int
    kind: Literal["call", "text"]
    cell: int
    imei: str
    imsi: str
    line: int


@dataclass(frozen=True, slots=True, eq=False)
class CallBlock:
    """The calls of one day that one body may have under its authority, as columns of one length.

    `start` is in seconds since 1970 (UTC); `kind` is CALL or TEXT; `cell`, `imei` and `imsi` are those of the
    number that the data were asked for (`subject`), which is the caller or the called. `line` is the truth: the
    line that held the subject, 0 where no line did. Rows stand in order of time.
    """

    body: str
    start: NDArray[np.int64]
    caller: NDArray[np.int64]
    called: NDArray[np.int64]
    seconds: NDArray[np.int32]
    kind: NDArray[np.int8]
    cell: NDArray[np.int32]
    imei: NDArray[np.int64]
    imsi: NDArray[np.int64]
    subject: NDArray[np.int64]
    line: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Day:
    """One day: what happened in order of time, what became known to be true, and the calls, body by body."""

    date: date
    events: tuple[Event, ...]
    truth: tuple[Truth, ...]
    calls: tuple[CallBlock, ...]


def called_rows(block: CallBlock) -> Iterator[Called]:
    """A block as rows, for small scales."""
    from_epoch = block.start.astype("datetime64[s]").tolist()
    kinds: tuple[Literal["call"], Literal["text"]] = ("call", "text")
    for place, start in enumerate(from_epoch):
        yield Called(
            start.replace(tzinfo=UTC), int(block.caller[place]), int(block.called[place]), int(block.seconds[place]),
            kinds[block.kind[place]], int(block.cell[place]), f"{block.imei[place]:015d}",
            f"{block.imsi[place]:015d}", int(block.line[place]),
        )  # fmt: skip
