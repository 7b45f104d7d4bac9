"""What call data says of a number, as its page shows it: words, rows and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from throughline.telecoms.candidates import LineCandidate
from throughline.telecoms.numbers import shown
from throughline.telecoms.profile import Burst, Forward, Gap, Profile, Used
from throughline.telecoms.successors import Successors
from throughline.web.calls.drawn import Bars, Columns, bars_of, columns_of
from throughline.web.words import plural

LIKELY, OPEN, FAINT = 0.8, 0.5, 0.01


@dataclass(frozen=True, slots=True)
class UsedRow:
    """A contact, handset, SIM or cell in a table."""

    what: str
    times: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class ForwardRow:
    """Another number and which way calls were sent on between the two, in a sentence."""

    number: str
    reason: str
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts as a picture and as rows of (name, count)."""

    picture: Columns | None
    rows: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ProfileShown:
    """How a number is used."""

    number: str
    calls: int
    texts: int
    sent: int
    received: int
    contacts: int
    first: datetime
    last: datetime
    days_active: int
    short: str
    median_seconds: int
    hours: Counted
    weeks: Counted
    newcomers: Counted
    contacts_most: tuple[UsedRow, ...]
    bursts: tuple[Burst, ...]
    handsets: tuple[UsedRow, ...]
    handsets_drawn: Bars | None
    sims: tuple[UsedRow, ...]
    sims_drawn: Bars | None
    areas: tuple[tuple[str, tuple[UsedRow, ...]], ...]
    gaps: tuple[Gap, ...]
    forwards: tuple[ForwardRow, ...]


def profile_shown(found: Profile) -> ProfileShown:
    """A profile for its page."""
    hours = [f"{hour:02}:00" for hour in range(24)]
    weeks = [f"Week {n}" for n in range(1, len(found.calls_by_week) + 1)]
    areas = (
        ("At night, 23:00 to 06:00: where it may live", found.night_cells),
        ("At work, Monday to Friday 09:00 to 17:00", found.working_cells), ("At any time", found.cells),
    )  # fmt: skip
    return ProfileShown(
        shown(found.number), found.calls, found.texts, found.sent, found.received, found.contacts, found.first,
        found.last, found.days_active, f"{found.short_share:.0%}", round(found.median_seconds),
        _counted(found.hours, hours), _counted(found.calls_by_week, weeks),
        _counted(found.new_contacts_by_week, weeks), _contacts(found.top_contacts), found.bursts,
        _rows(found.handsets), bars_of(found.handsets), _rows(found.sims), bars_of(found.sims),
        tuple((name, _rows(cells)) for name, cells in areas if cells), found.gaps,
        tuple(map(_forward, found.forwards)),
    )  # fmt: skip


def _forward(one: Forward) -> ForwardRow:
    to, onto = "the number asked about", "this one"
    if not one.is_sent_on:
        to, onto = "this number", "the one asked about"
    return ForwardRow(
        shown(one.number), f"{plural(one.times, 'call')} to {to} went on to {onto}", one.first, one.last
    )


def _counted(counts: Sequence[int], names: Sequence[str]) -> Counted:
    short = [name.removeprefix("Week ").removesuffix(":00") for name in names]
    return Counted(columns_of(counts, short), tuple(zip(names, counts, strict=True)))


def _rows(used: Sequence[Used]) -> tuple[UsedRow, ...]:
    return tuple(UsedRow(one.what, one.times, one.first, one.last) for one in used)


def _contacts(used: Sequence[Used]) -> tuple[UsedRow, ...]:
    return tuple(UsedRow(shown(one.what), one.times, one.first, one.last) for one in used)


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One newcomer with its chance in per cent, and what speaks for it."""

    number: str
    percent: str
    filled: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuccessorsShown:
    """Who took over from one number, in words, and what would decide it."""

    number: str
    verdict: str
    nobody: str
    rows: tuple[CandidateRow, ...]
    further: str


def successors_shown(found: Successors) -> SuccessorsShown:
    """The answer for one number; candidates without any chance to speak of are left to the command."""
    nobody = max(0.0, 1 - sum(one.probability for one in found.candidates))
    rows = tuple(
        CandidateRow(shown(one.number), _percent(one.probability), round(100 * one.probability), one.reasons)
        for one in found.candidates if one.probability >= FAINT or one is found.candidates[0]
    )  # fmt: skip
    return SuccessorsShown(
        shown(found.number),
        _verdict(found),
        _percent(nobody) if found.candidates else "",
        rows,
        found.further,
    )


def _verdict(found: Successors) -> str:
    if found.none_found:
        return "None found."
    best = found.candidates[0]
    how = "very likely" if best.probability >= LIKELY else "likely" if best.probability >= OPEN else "perhaps"
    return f"It was {how} {shown(best.number)}."


def _percent(chance: float) -> str:
    if 0 < chance < FAINT:
        return "under 1%"
    return "over 99%" if 1 - FAINT < chance < 1 else f"{chance:.0%}"


@dataclass(frozen=True, slots=True)
class LineCandidateRow:
    """A number that may be a deal line: its place, score of 100, parts in words."""

    rank: int
    number: str
    score: int
    reasons: tuple[str, ...]


def line_candidates_shown(found: Sequence[LineCandidate]) -> tuple[LineCandidateRow, ...]:
    """The ranking for its page."""
    return tuple(
        LineCandidateRow(rank, shown(one.number), round(100 * one.score), one.reasons)
        for rank, one in enumerate(found, 1)
    )
