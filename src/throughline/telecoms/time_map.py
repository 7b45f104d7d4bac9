"""When and where numbers are used: each hour of each day of the week, week by week, and where their cells stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import duckdb

from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.telecoms.numbers import keys_asked
from throughline.telecoms.queries import known_calls
from throughline.telecoms.sites import Site
from throughline.telecoms.store import SIDES, SITES

LISTED: Final = 12
"""So many of the busiest cells are told one by one."""
Hours = tuple[int, ...]
"""Counts of 24 hours from midnight on, by the clock in London."""


@dataclass(frozen=True, slots=True)
class Week:
    """How often the numbers were used in a week, which begins on this Monday."""

    begins: date
    times: int


@dataclass(frozen=True, slots=True)
class CellUse:
    """How often a cell was used, at which hours, from when to when, and where it stands.

    ``site`` is None where no list that the reader may know has the cell, or where lists put it in several places.
    """

    cell: str
    times: int
    hours: Hours
    first: datetime
    last: datetime
    site: Site | None
    is_disputed: bool


@dataclass(frozen=True, slots=True)
class TimeMap:
    """When and where some numbers were used, over the whole time or in one week.

    ``days`` are seven rows of hours, Monday first; ``weeks`` are all weeks from the first to the last, whichever is
    shown; ``other_cells`` are those beyond `LISTED`, and ``other_times`` how often they were used.
    """

    numbers: tuple[str, ...]
    week: date | None
    days: tuple[Hours, ...]
    weeks: tuple[Week, ...]
    cells: tuple[CellUse, ...]
    other_cells: int
    other_times: int


def time_map_of(
    reader: Reader, numbers: Sequence[str], *, week: date | None = None, why: str = "time map of numbers"
) -> TimeMap | None:
    """The time map of these numbers together, over the calls that the reader may know; None where they have none.

    ``week`` is any day of the week that is asked for; where nothing is known of that week, the whole time is shown.

    Raises:
        NoCalls: the reader may know no call data.
    """
    asked = [key for number in numbers for key in keys_asked(number)]
    with known_calls(reader, why=why, numbers=len(numbers), asked=asked, views=(SIDES, SITES)) as engine:
        engine.execute(
            "create or replace temp table own as select * from sides where number in (select unnest($asked))",
            {"asked": asked},
        )
        found = time_map_in(engine, week=week)
    return found if found.weeks else None


def time_map_in(engine: duckdb.DuckDBPyConnection, *, week: date | None = None) -> TimeMap:
    """The time map of the calls in the table ``own``, by the lists in the view ``sites``."""
    used = [
        _Used(_utc(hour).astimezone(clock.LONDON), cell, int(times), _utc(first), _utc(last))
        for hour, cell, times, first, last in engine.execute(_USED).fetchall()
    ]
    weeks = Counter[date]()
    for one in used:
        weeks[one.monday] += one.times
    monday = week - timedelta(days=week.weekday()) if week else None
    if monday not in weeks:
        monday = None
    shown = [one for one in used if monday in (None, one.monday)]
    days = [[0] * 24 for _ in range(7)]
    for one in shown:
        days[one.at.weekday()][one.at.hour] += one.times
    cells, others = _cells(engine, shown)
    numbers = engine.execute("select distinct number from own order by 1").fetchall()
    return TimeMap(
        tuple(number for (number,) in numbers), monday, tuple(map(tuple, days)), _every_week(weeks), cells,
        len(others), sum(others.values()),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Used:
    """Uses of one cell (None where none is named) in one hour: the hour in London, and the first and last moment."""

    at: datetime
    cell: str | None
    times: int
    first: datetime
    last: datetime

    @property
    def monday(self) -> date:
        return self.at.date() - timedelta(days=self.at.weekday())


def _every_week(weeks: Counter[date]) -> tuple[Week, ...]:
    """Every week from the first to the last; one in which nothing was is 0."""
    if not weeks:
        return ()
    first, last = min(weeks), max(weeks)
    mondays = (first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    return tuple(Week(monday, weeks[monday]) for monday in mondays)


def _cells(
    engine: duckdb.DuckDBPyConnection, used: Sequence[_Used]
) -> tuple[tuple[CellUse, ...], Counter[str]]:
    """The busiest cells, and how often each other one was used."""
    times, by_cell = Counter[str](), dict[str, list[_Used]]()
    for one in used:
        if one.cell is not None:
            times[one.cell] += one.times
            by_cell.setdefault(one.cell, []).append(one)
    order = sorted(times, key=lambda cell: (-times[cell], cell))
    sites = _sites(engine, order[:LISTED])
    out = []
    for cell in order[:LISTED]:
        hours = [0] * 24
        for one in by_cell[cell]:
            hours[one.at.hour] += one.times
        stands = sites.get(cell, ())
        out.append(CellUse(
            cell, times[cell], tuple(hours), min(one.first for one in by_cell[cell]),
            max(one.last for one in by_cell[cell]), stands[0] if len(stands) == 1 else None, len(stands) > 1,
        ))  # fmt: skip
    return tuple(out), Counter({cell: times[cell] for cell in order[LISTED:]})


def _sites(engine: duckdb.DuckDBPyConnection, cells: Sequence[str]) -> dict[str, tuple[Site, ...]]:
    """Each place at which a list puts these cells; the same place once, whatever else is said of it."""
    out = dict[str, tuple[Site, ...]]()
    for row in engine.execute(_STANDING, {"cells": list(cells)}).fetchall():
        out[row[0]] = (*out.get(row[0], ()), Site(*row))
    return out


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC)


# An hour in UTC has one hour in London.
_USED: Final = """
select date_trunc('hour', moment) as hour, cell, count(*), min(moment), max(moment) from own group by 1, 2
"""
_STANDING: Final = """
select cell, latitude, longitude, easting, northing, any_value(azimuth), coalesce(max(postcode), ''),
  coalesce(max(place), '')
from sites where cell in (select unnest($cells)) group by cell, latitude, longitude, easting, northing order by all
"""
