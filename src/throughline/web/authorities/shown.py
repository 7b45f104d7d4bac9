"""Authorities as their pages show them: what they hold in words, their life, and what they will delete."""

from dataclasses import dataclass
from datetime import datetime

from throughline.telecoms.ending import Ending
from throughline.telecoms.held import AuthorityPage, AuthorityRow, LoadRow
from throughline.web.moves import Entry
from throughline.web.words import day, number, plural

STATES = {"recorded": "Recorded", "awaited": "Particulars awaited", "ended": "Ended"}
MOVES = {
    "record": "Particulars recorded",
    "end": "Ended: all that was held under it is deleted",
}
KINDS = {"calls": "Calls", "contacts": "Contacts of a handset", "sites": "Cell sites"}
_STEPS = ("bytes", "kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class AuthorityShown:
    """One authority with what its page needs besides."""

    code: str
    ref: str
    state: str
    body_name: str
    grounds: str
    necessity: str
    proportionality: str
    period: str
    kept_until: str
    marking: str
    recorded: str
    recorded_at: datetime
    ended_why: str
    holds: str
    loads: tuple[LoadRow, ...]
    history: tuple[Entry, ...]
    may_record: bool
    may_end: bool


def authority_shown(found: AuthorityPage) -> AuthorityShown:
    """An authority in words."""
    row = found.row
    return AuthorityShown(
        row.code, row.ref, STATES[row.state], found.body_name, row.grounds, found.necessity, found.proportionality,
        period_of(row), kept_until(row), _marking(found), found.recorded_by, row.recorded_at, found.ended_why,
        in_words(found.holds), found.loads, _history(found), "record" in found.moves, "end" in found.moves,
    )  # fmt: skip


def period_of(row: AuthorityRow) -> str:
    """From when to when calls may be obtained; blank while the particulars are awaited."""
    return f"{day(row.starts_on)} to {day(row.ends_on)}" if row.starts_on else ""


def kept_until(row: AuthorityRow) -> str:
    """Until when it is kept, or that it has ended."""
    return f"Ended on {day(row.ended_at)}" if row.ended_at else day(row.keep_until)


def in_words(holds: Ending) -> str:
    """What is held, as a sentence: nothing, or calls and files."""
    if not holds.files and not holds.loads:
        return "Nothing"
    return f"{plural(holds.calls, 'call')} in {plural(holds.files, 'file')} ({size_in_words(holds.size)}), " \
           f"from {plural(holds.loads, 'load')}"  # fmt: skip


def size_in_words(size: float) -> str:
    """Bytes in the largest whole unit of thousands: `3.2 MB`."""
    for step in _STEPS[:-1]:
        if size < 1000:  # noqa: PLR2004 as kilo says
            return f"{number(round(size, 1) if step != 'bytes' else int(size))} {step}"
        size /= 1000
    return f"{number(round(size, 1))} {_STEPS[-1]}"


def _marking(found: AuthorityPage) -> str:
    others = f", and of {', '.join(found.others)}" if found.others else " alone"
    return f"OFFICIAL-SENSITIVE, for {found.body_name}{others}"


def _history(found: AuthorityPage) -> tuple[Entry, ...]:
    first = (
        "Recorded by a load"
        if any(m.verb == "record" for m in found.history) or found.row.state == "awaited"
        else "Recorded"
    )
    moves = [Entry(MOVES[moved.verb], moved.by, moved.at, moved.why) for moved in found.history]
    return (*moves[::-1], Entry(first, found.recorded_by, found.row.recorded_at, ""))
