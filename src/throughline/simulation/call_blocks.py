"""Rows of calls as blocks: the number, handset and SIM of the time, body by body, in order of time."""

from dataclasses import dataclass
from datetime import UTC, datetime, time

import numpy as np
from numpy.typing import NDArray

from throughline.simulation.facts import CallBlock
from throughline.simulation.lines import LiveLine
from throughline.simulation.nation import DAY_SECONDS, Nation

Ints = NDArray[np.int64]


@dataclass(slots=True)
class Rows:
    """Calls of the day as columns. `line` is a place in a list of lines, `start` seconds since midnight."""

    line: Ints
    start: Ints
    other: Ints
    outgoing: NDArray[np.bool_]
    kind: Ints
    seconds: Ints


@dataclass(slots=True)
class Columns:
    """The same with the number that each row is about, and the body whose authority it comes under."""

    body: Ints
    start: Ints
    caller: Ints
    called: Ints
    seconds: Ints
    kind: Ints
    cell: Ints
    imei: Ints
    imsi: Ints
    subject: Ints
    line: Ints


def joined(parts: list[Rows]) -> Rows:
    """Several parts as one."""
    return Rows(*(np.concatenate([getattr(part, name) for part in parts]) for name in Rows.__slots__))


def columns_of(nation: Nation, lines: list[LiveLine], rows: Rows, bodies: list[str], cell: Ints) -> Columns:
    """The rows of lines, each under the body of its line; those at a time when the line had no number are left out."""
    subject, imei, imsi = _subjects(nation, lines, rows)
    ids = np.array([line.id for line in lines])
    body = np.array([nation.body_index[code] for code in bodies])
    known = subject > 0
    every = (
        body[rows.line], rows.start, np.where(rows.outgoing, subject, rows.other),
        np.where(rows.outgoing, rows.other, subject), rows.seconds, rows.kind, cell, imei, imsi, subject,
        ids[rows.line],
    )  # fmt: skip
    return Columns(*(column[known] for column in every))


def blocks(nation: Nation, parts: list[Columns]) -> tuple[CallBlock, ...]:
    """One block for each body that has calls today."""
    one = [np.concatenate([getattr(part, name) for part in parts]) for name in Columns.__slots__]
    order = np.argsort(one[0] * (2 * DAY_SECONDS) + one[1], kind="stable")
    every = Columns(*(column[order] for column in one))
    ends = (np.flatnonzero(np.diff(every.body, append=-1)) + 1).tolist()
    return tuple(
        _block(nation, every, slice(first, end)) for first, end in zip([0, *ends], ends, strict=False)
    )


def _block(nation: Nation, every: Columns, rows: slice) -> CallBlock:
    midnight = int(datetime.combine(nation.today, time(), UTC).timestamp())
    return CallBlock(
        body=nation.body_codes[int(every.body[rows.start])],
        start=every.start[rows] + midnight,
        caller=every.caller[rows],
        called=every.called[rows],
        seconds=every.seconds[rows].astype(np.int32),
        kind=every.kind[rows].astype(np.int8),
        cell=every.cell[rows].astype(np.int32),
        imei=every.imei[rows],
        imsi=every.imsi[rows],
        subject=every.subject[rows],
        line=every.line[rows].astype(np.int32),
    )


def _subjects(nation: Nation, lines: list[LiveLine], rows: Rows) -> tuple[Ints, Ints, Ints]:
    """The number, handset and SIM that a line had at the time of each row; 0 while it had none."""
    midnight = nation.at(0)

    def second(when: datetime) -> float:
        return (when - midnight).total_seconds()

    begins = np.array([second(line.phone.since) for line in lines])
    until = np.array([second(line.given_up[0]) if line.given_up else np.inf for line in lines])
    since = np.array([second(line.next_phone.since) if line.next_phone else np.inf for line in lines])
    early = (rows.start >= begins[rows.line]) & (rows.start < until[rows.line])
    late = rows.start >= since[rows.line]

    def at_the_time(of_phone: list[tuple[int, int]]) -> Ints:
        now, following = np.array(of_phone, np.int64).T
        found: Ints = np.where(early, now[rows.line], np.where(late, following[rows.line], 0))
        return found

    pairs = [(line.phone, line.next_phone or line.phone) for line in lines]
    return (
        at_the_time([(now.number, then.number) for now, then in pairs]),
        at_the_time([(int(now.imei), int(then.imei)) for now, then in pairs]),
        at_the_time([(int(now.imsi), int(then.imsi)) for now, then in pairs]),
    )
