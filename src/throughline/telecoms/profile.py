"""How one number is used: volume, hours, contacts, bulk texts, handsets, SIMs, cells and gaps."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import duckdb

from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.telecoms.numbers import keys_asked
from throughline.telecoms.queries import known_calls
from throughline.telecoms.store import FORWARDS, SIDES, SITES
from throughline.telecoms.time_map import TimeMap, time_map_in

BURST_CONTACTS: Final = 10
"""Texts to so many contacts within a quarter of an hour are a bulk text: an offer, as lines send them."""
SHORT_SECONDS: Final = 60
_LISTED: Final = 5
_GAP_DAYS: Final = 3


@dataclass(frozen=True, slots=True)
class Burst:
    """Texts sent to many within a quarter of an hour."""

    at: datetime
    texts: int
    contacts: int


@dataclass(frozen=True, slots=True)
class Used:
    """A handset, SIM, cell or contact, how often it was used, from when to when."""

    what: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without any call or text, between two moments."""

    first: datetime
    last: datetime
    days: float


@dataclass(frozen=True, slots=True)
class Forward:
    """Calls that this number sent on to another, or that another sent on to it."""

    number: str
    is_sent_on: bool
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Profile:
    """How a number is used. Shares are of 1; hours are counts from midnight on, by the clock in London.

    Weeks are counted from the first call. By night is 23:00 to 06:00, at work Monday to Friday from 09:00 to 17:00.
    """

    number: str
    calls: int
    texts: int
    sent: int
    received: int
    contacts: int
    first: datetime
    last: datetime
    days_active: int
    short_share: float
    median_seconds: float
    hours: tuple[int, ...]
    calls_by_week: tuple[int, ...]
    new_contacts_by_week: tuple[int, ...]
    top_contacts: tuple[Used, ...]
    bursts: tuple[Burst, ...]
    handsets: tuple[Used, ...]
    sims: tuple[Used, ...]
    cells: tuple[Used, ...]
    night_cells: tuple[Used, ...]
    working_cells: tuple[Used, ...]
    gaps: tuple[Gap, ...]
    forwards: tuple[Forward, ...]
    time_map: TimeMap


def profile_of(reader: Reader, number: str, *, why: str = "profile of a number") -> Profile | None:
    """The profile of a number over the calls that the reader may know; None where it has none there.

    Raises:
        NoCalls: the reader may know no call data.
    """
    asked = keys_asked(number)
    with known_calls(reader, why=why, numbers=1, asked=asked, views=(SIDES, FORWARDS, SITES)) as engine:
        found = (profile_in(engine, key) for key in asked)
        return next((one for one in found if one), None)


def profile_in(engine: duckdb.DuckDBPyConnection, key: str) -> Profile | None:
    """The profile of a number over the calls that are open; None where it has none there."""
    engine.execute("create or replace temp table own as select * from sides where number = ?", [key])
    totals = _ask(engine, _TOTALS)[0]
    return _profile(engine, key, totals) if totals[0] else None


def _profile(engine: duckdb.DuckDBPyConnection, key: str, totals: tuple[Any, ...]) -> Profile:
    calls, texts, sent, received, contacts, first, last, days, short, median = totals[1:]
    return Profile(
        key, calls, texts, sent, received, contacts, _utc(first), _utc(last), days, round(short or 0.0, 3),
        float(median or 0), _hours(engine), _by_week(engine, _BY_WEEK), _by_week(engine, _NEW_CONTACTS),
        _used(engine, "other", "other <> ''"),
        tuple(Burst(_utc(at), n, to) for at, n, to in _ask(engine, _BURSTS)),
        _used(engine, "imei"), _used(engine, "imsi"), _used(engine, "cell"), _used(engine, "cell", _NIGHT),
        _used(engine, "cell", _AT_WORK),
        tuple(Gap(_utc(a), _utc(b), round(days, 1)) for a, b, days in _ask(engine, _GAPS)),
        _forwards(engine, key), time_map_in(engine),
    )  # fmt: skip


def _ask(engine: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return engine.execute(query).fetchall()


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


def _hours(engine: duckdb.DuckDBPyConnection) -> tuple[int, ...]:
    """Counts by the hour in London: calls of one hour in UTC share their hour there."""
    counts = [0] * 24
    for hour, n in _ask(engine, "select date_trunc('hour', moment), count(*) from own group by 1"):
        counts[_utc(hour).astimezone(clock.LONDON).hour] += n
    return tuple(counts)


def _forwards(engine: duckdb.DuckDBPyConnection, key: str) -> tuple[Forward, ...]:
    rows = engine.execute(_FORWARDS, {"key": key}).fetchall()
    return tuple(
        Forward(number, is_sent_on, times, _utc(first), _utc(last))
        for number, is_sent_on, times, first, last in rows
    )


def _by_week(engine: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    """Counts by the week since the first call; a week in which nothing was is 0."""
    counts = {int(week): int(n) for week, n in _ask(engine, query)}
    last = _ask(engine, "select datediff('day', min(moment), max(moment)) // 7 from own")[0][0]
    return tuple(counts.get(week, 0) for week in range(int(last) + 1))


def _used(engine: duckdb.DuckDBPyConnection, column: str, when: str = "true") -> tuple[Used, ...]:
    rows = _ask(
        engine,
        f"select {column}, count(*), min(moment), max(moment) from own where {column} is not null and {when} "  # noqa: S608 our names
        f"group by 1 order by 2 desc, 1 limit {_LISTED}",
    )
    return tuple(Used(what, times, _utc(first), _utc(last)) for what, times, first, last in rows)


_THERE: Final = "(moment at time zone 'UTC' at time zone 'Europe/London')"
_NIGHT: Final = f"(hour({_THERE}) >= 23 or hour({_THERE}) < 6)"
_AT_WORK: Final = f"(hour({_THERE}) between 9 and 16 and isodow({_THERE}) <= 5)"
_BY_WEEK: Final = """
select datediff('day', (select min(moment) from own), moment) // 7 as week, count(*) from own group by 1
"""
_TOTALS: Final = f"""
select count(*), count(*) filter (where kind = 'call'), count(*) filter (where kind = 'text'),
  count(*) filter (where outgoing), count(*) filter (where not outgoing),
  count(distinct other) filter (where other <> ''), min(moment), max(moment), count(distinct moment::date),
  avg((seconds < {SHORT_SECONDS})::int) filter (where kind = 'call' and seconds > 0),
  median(seconds) filter (where kind = 'call' and seconds > 0)
from own
"""  # noqa: S608 our numbers
_NEW_CONTACTS: Final = """
select week, count(*) from (
  select datediff('day', (select min(moment) from own), min(moment)) // 7 as week
  from own where other <> '' group by other)
group by week order by week
"""
_BURSTS: Final = f"""
select min(moment), count(*), count(distinct other) from own where outgoing and kind = 'text'
group by time_bucket(interval 15 minutes, moment) having count(distinct other) >= {BURST_CONTACTS}
order by 1
"""  # noqa: S608 our numbers
_FORWARDS: Final = f"""
select if(number = $key, onto, number), number = $key, count(*), min(moment), max(moment) from forwards
where number = $key or onto = $key group by 1, 2 order by 3 desc, 1, 2 limit {_LISTED}
"""  # noqa: S608 our numbers
_GAPS: Final = f"""
select before, moment, epoch(moment - before) / 86400 as days from (
  select moment, lag(moment) over (order by moment) as before from own)
where before is not null and epoch(moment - before) > {_GAP_DAYS} * 86400 order by days desc limit {_LISTED}
"""  # noqa: S608 our numbers
