"""Call data as providers hand it over: for each body and month one authority, in a form that all share and in theirs.

The form that all share is Parquet in the columns of `throughline load calls`: time in UTC, numbers in E.164, the cell
of the number that was asked for, and its IMEI and IMSI. Beside it stand the same calls as four providers would send
them, as CSV of four layouts: their clocks (UTC, the clock on the wall in 12 hours, an offset written out, milliseconds
since 1970), and their ways of writing numbers, text messages and cells. Which provider a number belongs to follows from
the number. The layouts are our own invention: no specification of a British provider's call data is public.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from numpy.typing import NDArray

from throughline.simulation.facts import CallBlock, Day
from throughline.simulation.files import Folder

WITHHELD: Final = "withheld"
_WITHHELD_ONE_IN: Final = 41
"""One caller in so many withholds their number, always."""
_COLUMNS: Final = ("start", "caller", "called", "seconds", "kind", "cell", "imei", "imsi", "subject")
_HOUR: Final = 3_600
_LONDON: Final = ZoneInfo("Europe/London")
_HIDDEN: Final = f"called = subject and caller % {_WITHHELD_ONE_IN} = 0"

STANDARD: Final = f"""
  select make_timestamp(start * 1000000) as "time",
    case when {_HIDDEN} then '{WITHHELD}' else '+' || caller end as caller, '+' || called as callee,
    seconds as duration, 'C' || lpad(cell::varchar, 6, '0') as cell, if(kind = 0, 'call', 'text') as kind,
    lpad(imei::varchar, 15, '0') as imei, lpad(imsi::varchar, 15, '0') as imsi
  from block
"""  # noqa: S608 nothing from outside is in it


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider's layout: a query over a month's calls, and what stands between its columns."""

    name: str
    query: str
    comma: str = ","


PROVIDERS: Final = (
    Provider("alder", f"""
      select strftime(make_timestamp(start * 1000000), '%Y-%m-%dT%H:%M:%SZ') as "time",
        case when {_HIDDEN} then '{WITHHELD}' else '+' || caller end as caller, '+' || called as callee,
        seconds as duration, 'C' || lpad(cell::varchar, 6, '0') as cell, if(kind = 0, 'call', 'text') as kind,
        lpad(imei::varchar, 15, '0') as imei, lpad(imsi::varchar, 15, '0') as imsi
    """),
    Provider("birch", f"""
      select strftime(make_timestamp((start + ahead) * 1000000), '%d/%m/%Y') as "Call Date",
        strftime(make_timestamp((start + ahead) * 1000000), '%I:%M:%S %p') as "Call Time",
        case when {_HIDDEN} then 'Withheld' else '0' || (caller - 440000000000) end as "A Number",
        '0' || (called - 440000000000) as "B Number", if(kind = 0, 'Voice', 'SMS') as "Type",
        case when kind = 0 then strftime(make_timestamp(seconds::bigint * 1000000), '%H:%M:%S') end as "Duration",
        'C' || lpad(cell::varchar, 6, '0') as "Cell",
        substr(lpad(imei::varchar, 15, '0'), 1, 14) as "IMEI"
    """),
    Provider("cedar", f"""
      select strftime(make_timestamp((start + ahead) * 1000000), '%Y-%m-%d %H:%M:%S')
          || if(ahead = 0, '+00:00', '+01:00') as "START_TS",
        case when {_HIDDEN} then null else caller::varchar end as "ORIG", called as "DEST", seconds as "DUR_S",
        if(kind = 0, 'MOC', 'SMS-MO') as "EVENT", '001-01-' || (cell // 1000) || '-' || cell as "CGI",
        lpad(imsi::varchar, 15, '0') as "IMSI", lpad(imei::varchar, 15, '0') as "IMEI"
    """, ";"),
    Provider("dogwood", f"""
      select if(caller = subject, 'OUT', 'IN') as "Direction", '00' || subject as "MSISDN",
        case when {_HIDDEN} then 'UNAVAILABLE' when caller = subject then '00' || called
          else '00' || caller end as "Other party",
        start * 1000 as "Epoch ms", seconds as "Seconds", if(kind = 0, 'VOICE', 'SMS') as "Service",
        cell as "Cell id"
    """),
)  # fmt: skip
"""Invented companies; a subject's number says whose it is: the number over 1,000, in four."""


def provider_of(number: int) -> Provider:
    """Whose a number is."""
    return PROVIDERS[number // 1_000 % len(PROVIDERS)]


def authority(body: str, month: date) -> str:
    """The reference of a body's authority for a month: NORF-CD-2025-04."""
    return f"{body}-CD-{month:%Y-%m}"


class CallFiles:
    """Gathers the days of a month, then writes each body's authority; never more than a month is held."""

    def __init__(self, folder: Folder, own_forms_until: date) -> None:
        self.folder, self.own_forms_until = folder, own_forms_until
        self.rows = 0
        self._month: date | None = None
        self._blocks: dict[str, list[CallBlock]] = {}
        self._database = duckdb.connect(config={"memory_limit": "1GB"})

    def day(self, day: Day) -> None:
        """Take in the calls of a day."""
        month = day.date.replace(day=1)
        if month != self._month:
            self.write()
            self._month = month
        for block in day.calls:
            if len(block):
                self._blocks.setdefault(block.body, []).append(block)

    def write(self) -> None:
        """Write the month that was gathered."""
        if self._month is not None:
            for body in sorted(self._blocks):
                self._write(body, self._month, self._blocks.pop(body))

    def _write(self, body: str, month: date, blocks: list[CallBlock]) -> None:
        columns = {name: np.concatenate([getattr(block, name) for block in blocks]) for name in _COLUMNS}
        columns["ahead"] = _ahead(columns["start"])
        self._database.register("block", columns)
        place = f"{body}/calls/{authority(body, month)}"
        self._copy(STANDARD, f"{place}.parquet", "format parquet, compression zstd")
        self.folder.add(f"{place}.parquet", len(columns["start"]))
        self.rows += len(columns["start"])
        if month < self.own_forms_until:
            self._in_own_forms(place, columns["subject"])
        self._database.unregister("block")

    def _in_own_forms(self, place: str, subjects: NDArray[np.int64]) -> None:
        whose = subjects // 1_000 % len(PROVIDERS)
        for nth, provider in enumerate(PROVIDERS):
            if rows := int((whose == nth).sum()):
                query = f"{provider.query} from block where subject // 1000 % {len(PROVIDERS)} = {nth}"
                self._copy(
                    query, f"{place}-{provider.name}.csv", f"format csv, header, delimiter '{provider.comma}'"
                )
                self.folder.add(f"{place}-{provider.name}.csv", rows)

    def _copy(self, query: str, place: str, how: str) -> None:
        path = self.folder.root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        target = str(path).replace("'", "''")
        self._database.execute(f"copy ({query}) to '{target}' ({how})")


def _ahead(start: NDArray[np.int64]) -> NDArray[np.int64]:
    """Seconds by which the clock on the wall in London is ahead of UTC at each time."""
    hours, place = np.unique(start // _HOUR, return_inverse=True)
    shifts = [_shift(int(hour)) for hour in hours]
    found: NDArray[np.int64] = np.array(shifts, np.int64)[place]
    return found


def _shift(hour: int) -> int:
    there = datetime.fromtimestamp(hour * _HOUR, UTC).astimezone(_LONDON).utcoffset()
    return int(there.total_seconds()) if there else 0
