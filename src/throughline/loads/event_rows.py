"""What a row of a file of planned events says: its columns, and how one becomes an event to plan."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeVar

from throughline.clashes.kinds import EVENT_KINDS
from throughline.clashes.places import PlaceProblem, parse_place
from throughline.clashes.services import EventDraft
from throughline.clashes.times import in_london, read_time
from throughline.intelligence.report_columns import RejectedRow, Row, RowShape
from throughline.intelligence.report_layout import Layout
from throughline.intelligence.report_lines import FileProblem

EVENT_ROWS: Final = RowShape(
    "event", ("event", "kind", "what", "postcode", "place", "starts", "ends", "contact", "why", "silent")
)
STANDARD_EVENTS: Final = Layout(uses={column: column for column in EVENT_ROWS.columns}, shape=EVENT_ROWS)
COLUMN_OF: Final = {"spot": "place"}
"""The column in which a file has what a service names otherwise."""
LONGEST: Final = {"event": 100, "what": 200, "contact": 200, "why": 500}

_MOMENT: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})[ T](\d{1,2}[:.]?\d{2})(?::00)?", re.ASCII
)
_KINDS: Final = {
    word.casefold(): kind.name for kind in EVENT_KINDS.values() for word in (kind.name, kind.label)
}
_SILENT: Final = {"": False, "no": False, "yes": True}


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event of a file, with the row that it came in."""

    row: Row
    origin_ref: str
    draft: EventDraft
    why: str
    is_silent: bool


def layout_of_events(given: Sequence[str]) -> Layout:
    """The standard columns, or those that are given as ``HEADING=COLUMN``. Raises `FileProblem`."""
    if not given:
        return STANDARD_EVENTS
    uses = dict(one.rpartition("=")[::2] for one in given)
    wrong = [use for heading, use in uses.items() if not heading or use not in EVENT_ROWS.columns]
    if wrong or len(set(uses.values())) < len(given):
        raise FileProblem(
            f"Say each column once, as HEADING=COLUMN. The columns are: {', '.join(EVENT_ROWS.columns)}."
        )
    return Layout(uses=uses, shape=EVENT_ROWS)


Value = TypeVar("Value")


def event_of(row: Row) -> EventRow | RejectedRow:
    """The event that a row says, or the row with every column that needs mending."""
    said = {column: value.strip() for column, value in row.values.items()}
    faults = [] if said["event"] else [("event", "Give each event a reference of your own")]
    faults += _too_long(said)
    kind = _read(faults, "kind", lambda: _kind(said["kind"]))
    place = _read(faults, "postcode", lambda: parse_place(postcode=said["postcode"], spot=said["place"]))
    starts = _read(faults, "starts", lambda: _moment(said["starts"], fold=0))
    # Of an hour that comes twice, the longest span that the words bear.
    ends = _read(faults, "ends", lambda: _moment(said["ends"], fold=1))
    silent = _read(faults, "silent", lambda: _silence(said["silent"]))
    if faults or kind is None or place is None or starts is None or ends is None or silent is None:
        return refused(row, faults)
    draft = EventDraft(kind, said["what"], place, starts, ends, said["contact"])
    return EventRow(row, said["event"], draft, said["why"], silent)


def refused(row: Row, faults: Sequence[tuple[str, str]]) -> RejectedRow:
    """A row of an event that is refused: each column with its reason, as a sentence."""
    sentences = tuple((COLUMN_OF.get(column, column), f"{why.rstrip('.')}.") for column, why in faults)
    return row.refused(sentences, row.values["event"].strip())


def _too_long(said: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column, most in LONGEST.items():
        if len(said[column]) > most:
            yield column, f"This holds more than {most} characters"


def _read(faults: list[tuple[str, str]], column: str, read: Callable[[], Value]) -> Value | None:
    try:
        return read()
    except PlaceProblem as problem:
        faults.append((problem.field, str(problem)))
    except ValueError as problem:
        faults.append((column, str(problem)))
    return None


def _kind(text: str) -> str:
    if text.casefold() not in _KINDS:
        raise ValueError(f"Write the kind as one of: {', '.join(EVENT_KINDS)}")
    return _KINDS[text.casefold()]


def _moment(text: str, *, fold: int) -> datetime:
    found = _MOMENT.fullmatch(text)
    if not found:
        raise ValueError("Write the day and the time, such as 2027-03-27 14:30")
    return in_london(_day(found[1]), read_time(found[2]), fold=fold)


def _day(text: str) -> date:
    try:
        if "-" in text:
            return date.fromisoformat(text)
        day, month, year = map(int, text.split("/"))
        return date(year, month, day)
    except ValueError:
        raise ValueError("No calendar has this day: write it as in 2027-03-27 14:30") from None


def _silence(text: str) -> bool:
    if text.casefold() not in _SILENT:
        raise ValueError("Write yes to keep the event silent, or no, or leave it blank")
    return _SILENT[text.casefold()]
