"""Who goes with a number: who travels with it, meets it, shares its handset, came by it, supplies it, is at risk.

Nobody is told to be anything: each tie is what calls show, counted, for a person to judge. That people who are often in
the same places at the same times know one another is measured (D. Crandall and others, Inferring social ties from
geographic coincidences, PNAS 107, 2010); the thresholds below are our judgement.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import duckdb

from throughline.access.reader import Reader
from throughline.telecoms.numbers import keys_asked
from throughline.telecoms.profile import BURST_CONTACTS
from throughline.telecoms.queries import known_calls

NEAR_MINUTES: Final = 15
LEAST_CELLS, LEAST_DAYS = 3, 2
"""Travelling together: in the same cell within a quarter of an hour, in so many cells, on so many days."""
MEETING_HOURS: Final = 3
"""A meeting: in the same cell so soon after a call or text between the two."""
SHARED_CONTACTS: Final = 3
STARTED_DAYS: Final = 7
"""Somebody brought in: first seen later than so many days into the data, first of all with this number, and from then
in touch with so many of its contacts."""
SUPPLY_HOURS, LEAST_BURSTS, MOST_CONTACTS = 24, 2, 60
"""A supplier: called in the day before so many bulk texts, and half of all, who gets none and has few contacts."""
LEAST_NIGHTS: Final = 2
"""A home at risk: the number is used by night in the cell in which a contact is at home, so many nights."""
SHOWN: Final = 20


MOST_PLACES: Final = 400


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of tie: what it is called, by which rule others are found, and what else may look alike."""

    heading: str
    rule: str


KINDS: Final = {
    "shares": Kind(
        "Shares a handset or SIM: perhaps one person's",
        "Used in a handset, or with a SIM, in which this number was used too. Phones are lent, sold and passed on.",
    ),
    "travels": Kind(
        "Travels with it",
        f"In the same cell within {NEAR_MINUTES} minutes, in {LEAST_CELLS} cells or more, on {LEAST_DAYS} days or "
        "more. A bus or a train takes strangers along the same way.",
    ),
    "meets": Kind(
        "Meets it",
        f"In the same cell within {NEAR_MINUTES} minutes, not later than {MEETING_HOURS} hours after a call or text "
        "between the two. Neighbours who ring each other look alike.",
    ),
    "brought_in": Kind(
        "Came by it: perhaps recruited",
        f"First seen more than {STARTED_DAYS} days into the data, first of all with this number, and in touch with "
        f"{SHARED_CONTACTS} of its contacts or more. A new customer with friends among the others looks alike.",
    ),
    "suppliers": Kind(
        "Perhaps its supplier",
        f"Spoken with in the {SUPPLY_HOURS} hours before half of its bulk texts or more, and before {LEAST_BURSTS} at "
        f"least; was sent none of them, and has {MOST_CONTACTS} contacts at most. A partner or driver may look alike.",
    ),
    "at_risk": Kind(
        "Perhaps a home taken over: for safeguarding",
        f"This number was in use by night, 23:00 to 06:00, on {LEAST_NIGHTS} nights or more, in the cell in which the "
        "other is most by night, and the two share no handset. A cell may hold many homes.",
    ),
}
"""Each kind of tie, by the name under which it stands in `Together`."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Another number, what ties it, how often, and from when to when."""

    number: str
    reason: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Together:
    """All that ties others to one number; ``at_risk`` is for safeguarding, and never for tasking."""

    number: str
    shares: tuple[Tie, ...]
    travels: tuple[Tie, ...]
    meets: tuple[Tie, ...]
    brought_in: tuple[Tie, ...]
    suppliers: tuple[Tie, ...]
    at_risk: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two of the numbers asked about: calls and texts between them, and days on which they were in one place.

    Without ``has_cells`` the data names no cell of one of them, so that no day says nothing.
    """

    one: str
    other: str
    calls: int
    days_near: int
    has_cells: bool

    @property
    def reason(self) -> str:
        """Both figures in a sentence."""
        spoke = f"They called or texted each other {_of(self.calls, 'time')}"
        if not self.has_cells:
            return f"{spoke}. The data names no cell of one of them, so it cannot say whether they were in one place."
        near = f"they were in the same cell within {NEAR_MINUTES} minutes on {_of(self.days_near, 'day')}"
        return f"{spoke}, and {near}."


@dataclass(frozen=True, slots=True)
class Place:
    """A number seen in a cell over some hours of one day."""

    number: str
    cell: str
    first: datetime
    last: datetime
    times: int


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of several numbers: each with its ties, how they stand to each other, and where they were."""

    each: tuple[Together, ...]
    among: tuple[Pair, ...]
    places: tuple[Place, ...]


def group_of(reader: Reader, numbers: Sequence[str], *, why: str = "who goes with a number") -> Group:
    """Who goes with each of these numbers, over the calls that the reader may know; those without calls are left out.

    Raises:
        NoCalls: the reader may know no call data.
    """
    asked = [key for number in numbers for key in keys_asked(number)]
    with known_calls(reader, why=why, numbers=len(numbers), asked=asked) as engine:
        keys = [key for number in numbers if (key := _key(engine, number))]
        each = tuple(_of_one(engine, key) for key in dict.fromkeys(keys))
        _set(engine, keys)
        among = tuple(Pair(*row) for row in engine.execute(_AMONG).fetchall())
        places = tuple(
            Place(number, cell, _utc(first), _utc(last), times)
            for number, cell, first, last, times in engine.execute(_PLACES).fetchall()
        )
    return Group(each, among, places)


def _key(engine: duckdb.DuckDBPyConnection, number: str) -> str:
    rows = engine.execute(
        "select number from numbers where number in (select unnest($keys)) limit 1",
        {"keys": keys_asked(number)},
    ).fetchall()
    return str(rows[0][0]) if rows else ""


def _set(engine: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> None:
    """The table ``own``: the rows of these numbers; everything below is drawn from it."""
    engine.execute(
        "create or replace temp table own as select * from sides where number in (select unnest($keys))",
        {"keys": list(keys)},
    )


def _of_one(engine: duckdb.DuckDBPyConnection, key: str) -> Together:
    _set(engine, [key])
    return Together(
        key,
        _ties(engine, _SHARES, lambda what, n: f"used {_of(n, 'time')} in a {what} that this number was used in too"),
        _ties(
            engine, _TRAVELS,
            lambda cells, days: f"in the same cell within {NEAR_MINUTES} minutes, in {_of(cells, 'cell')}, on "
            f"{_of(days, 'day')}",
        ),
        _ties(engine, _MEETS,
              lambda days: f"in the same cell within {NEAR_MINUTES} minutes on {_of(days, 'day')}, each time within "
              f"{MEETING_HOURS} hours after a call or text between them"),
        _ties(engine, _BROUGHT_IN,
              lambda n: f"first seen with this number, and since in touch with {n} of its contacts"),
        _ties(engine, _SUPPLIERS,
              lambda n, all_: f"spoken with in the {SUPPLY_HOURS} hours before {n} of its {_of(all_, 'bulk text')}, "
              "and was sent none"),
        _ties(engine, _AT_RISK,
              lambda nights: f"the number was in use where this contact is at home, on {_of(nights, 'night')}"),
    )  # fmt: skip


def _of(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _ties(engine: duckdb.DuckDBPyConnection, query: str, reason: Callable[..., str]) -> tuple[Tie, ...]:
    """Rows of (number, first, last, times, what the reason names...)."""
    rows: list[tuple[Any, ...]] = engine.execute(query).fetchall()
    return tuple(
        Tie(number, reason(*said), int(times), _utc(first), _utc(last))
        for number, first, last, times, *said in rows
    )


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


_NEAR: Final = f"""
near as (
  select s.number, s.cell, s.moment, o.number as whose from own o join sides s on s.cell = o.cell
    and s.moment between o.moment - interval {NEAR_MINUTES} minutes and o.moment + interval {NEAR_MINUTES} minutes
  where o.cell is not null and s.number <> o.number)
"""  # noqa: S608 our numbers
_SHARES: Final = f"""
select s.number, min(s.moment), max(s.moment), count(*),
  if(bool_or(coalesce(s.imsi in (select imsi from own), false)), 'SIM', 'handset'), count(*)
from sides s where s.number not in (select number from own)
  and (s.imei in (select imei from own where imei is not null)
    or s.imsi in (select imsi from own where imsi is not null))
group by s.number order by 4 desc, 1 limit {SHOWN}
"""  # noqa: S608 our numbers
_TRAVELS: Final = f"""
with {_NEAR}
select number, min(moment), max(moment), count(distinct moment), count(distinct cell) as cells,
  count(distinct moment::date) as days
from near group by number having cells >= {LEAST_CELLS} and days >= {LEAST_DAYS}
order by cells desc, days desc, number limit {SHOWN}
"""  # noqa: S608 our numbers
_MEETS: Final = f"""
with {_NEAR}, met as (
  select n.number, n.moment from near n where exists (
    select 1 from own o where o.other = n.number
      and o.moment between n.moment - interval {MEETING_HOURS} hours and n.moment))
select number, min(moment), max(moment), count(*), count(distinct moment::date) as days
from met group by number order by days desc, number limit {SHOWN}
"""  # noqa: S608 our numbers
_BROUGHT_IN: Final = f"""
with contact as (select distinct other as number from own where other <> ''),
life as (
  select number, min(first) as first, max(last) as last from numbers
  where number in (select number from contact) group by number
  having min(first) > (select min(first) from numbers) + interval {STARTED_DAYS} days),
begun as (
  select s.number, arg_min(s.other, s.moment) as whom from sides s
  where s.number in (select number from life) group by s.number),
shared as (
  select number, count(distinct other) as contacts from edges
  where number in (select number from life) and other in (select number from contact) group by number)
select number, first, last, contacts, contacts from life join begun using (number) join shared using (number)
where whom in (select number from own) and contacts >= {SHARED_CONTACTS} order by contacts desc, number limit {SHOWN}
"""  # noqa: S608 our numbers
_SUPPLIERS: Final = f"""
with burst as (
  select min(moment) as at from own where outgoing and kind = 'text'
  group by time_bucket(interval 15 minutes, moment) having count(distinct other) >= {BURST_CONTACTS}),
told as (
  select distinct o.other from own o join burst b
    on o.moment between b.at and b.at + interval 15 minutes where o.outgoing and o.kind = 'text'),
before as (
  select o.other, count(distinct b.at) as bursts, min(o.moment) as first, max(o.moment) as last
  from own o join burst b on o.moment between b.at - interval {SUPPLY_HOURS} hours and b.at
  where o.other <> '' and o.seconds > 0 and o.other not in (select other from told) group by o.other)
select other, first, last, bursts, bursts, (select count(*) from burst) from before
where bursts >= {LEAST_BURSTS} and 2 * bursts >= (select count(*) from burst)
  and other in (select number from numbers group by number having max(contacts) <= {MOST_CONTACTS})
order by bursts desc, other limit {SHOWN}
"""  # noqa: S608 our numbers
_BY_NIGHT: Final = """
(hour({moment} at time zone 'UTC' at time zone 'Europe/London') >= 23
  or hour({moment} at time zone 'UTC' at time zone 'Europe/London') < 6)
"""
_AT_RISK: Final = f"""
with nights as (
  select number, cell, count(*) as n from sides
  where number in (select other from own) and cell is not null and {_BY_NIGHT.format(moment="moment")} group by 1, 2),
home as (select number, arg_max(cell, n) as cell from nights group by number having sum(n) >= 3)
select h.number, min(o.moment), max(o.moment), count(*), count(distinct (o.moment - interval 6 hours)::date) as slept
from home h join own o on o.cell = h.cell where {_BY_NIGHT.format(moment="o.moment")}
  and h.number not in (select s.number from sides s where s.imei in (select imei from own where imei is not null))
group by h.number having slept >= {LEAST_NIGHTS} order by slept desc, h.number limit {SHOWN}
"""  # noqa: S608 our numbers
_AMONG: Final = f"""
with asked as (select distinct number from own), {_NEAR},
pairs as (select a.number as one, b.number as other from asked a join asked b on a.number < b.number),
spoken as (select number, other, count(*) as calls from own group by 1, 2),
days as (select whose, number, count(distinct moment::date) as days from near group by 1, 2)
select one, p.other, coalesce(any_value(s.calls), 0), coalesce(any_value(d.days), 0),
  one in (select number from own where cell is not null) and p.other in (select number from own where cell is not null)
from pairs p
  left join spoken s on s.number = one and s.other = p.other left join days d on d.whose = one and d.number = p.other
group by one, p.other order by 3 desc, 4 desc, 1, 2
"""  # noqa: S608 our numbers
_PLACES: Final = f"""
select number, cell, min(moment), max(moment), count(*) from own where cell is not null
group by number, cell, moment::date order by 3, 1, 2 limit {MOST_PLACES}
"""  # noqa: S608 our numbers
