"""A county line as its pages show it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.lines.known import Held, Piece, of
from throughline.lines.queries import CheckBackView, LinePage, MergeView
from throughline.lines.ranking import RankedRow
from throughline.lines.statements import ROLES, STATEMENTS
from throughline.selectors.registry import Selector
from throughline.web.lines.sketch import Sketch, sketch_of
from throughline.web.lines.words import HISTORY, MOVES, REACHES, STATES
from throughline.web.moves import Button, Entry

A_FEW = 4
"""Of what one item told of a line, so much is said in the time line; the table above it has all."""


@dataclass(frozen=True, slots=True)
class RowShown:
    """A line in the list."""

    ref: str
    name: str
    state: str
    lead_name: str
    numbers: str
    route: str
    last_seen: date | None
    score: int
    confidence: str


@dataclass(frozen=True, slots=True)
class FactShown:
    """One value with what stands behind it."""

    text: str
    note: str
    first: date
    last: date
    ended: date | None
    grades: tuple[str, ...]
    pieces: int


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one kind under a heading."""

    heading: str
    facts: tuple[FactShown, ...]


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """One piece of evidence."""

    ref: str
    what: str
    text: str
    words: str
    report: str
    item: str
    grade: str
    body_name: str
    seen_on: date
    span: tuple[date | None, date | None]
    recorded_at: datetime
    recorded_by: str
    may_withdraw: bool
    withdrawn_at: datetime | None
    withdrawn_why: str
    who: str


@dataclass(frozen=True, slots=True)
class LineShown:
    """Everything on the page of a line."""

    ref: str
    name: str
    state: str
    lead_name: str
    desk: str
    officer: str
    closed_on: date | None
    known_on: date | None
    reach: str
    comes_from: str
    sells_in: str
    drugs: str
    first_seen: date | None
    last_seen: date | None
    numbers: tuple[FactShown, ...]
    sketch: Sketch | None
    groups: tuple[Group, ...]
    evidence: tuple[EvidenceShown, ...]
    check_backs: tuple[CheckBackView, ...]
    timeline: tuple[Entry, ...]
    buttons: tuple[Button, ...]
    may_close: bool
    may_lead: bool
    may_look: bool
    merged_into: str
    merges: tuple[MergeView, ...]


def state_of(state: str) -> str:
    """A state in words."""
    return STATES.get(state, state)


def rows_shown(rows: Iterable[RankedRow]) -> list[RowShown]:
    """The rows of the list."""
    return [_row(ranked) for ranked in rows]


def _row(ranked: RankedRow) -> RowShown:
    row = ranked.row
    facts = row.known.facts
    route = " to ".join(filter(None, (_list(of(facts, "exports from")), _list(of(facts, "imports to")))))
    numbers = sorted(of(facts, "number"), key=lambda n: n.last, reverse=True)
    latest = numbers[0].shown if numbers else ""
    more = f" and {len(numbers) - 1} more" if len(numbers) > 1 else ""
    return RowShown(
        row.ref, row.known.name, row.state, row.lead_name, latest + more, route, row.known.last_seen,
        ranked.total, ranked.confidence,
    )  # fmt: skip


def _list(facts: Iterable[Held]) -> str:
    return ", ".join(fact.shown for fact in facts)


def line_shown(reader: Reader, line: LinePage) -> LineShown:
    """One line for its page."""
    facts = line.known.facts
    numbers = of(facts, "number")
    led = line.known_on is None and reader.may(Permission.LINE_KEEP)
    return LineShown(
        ref=line.ref, name=line.known.name, state=line.state, lead_name=line.lead_name, desk=line.desk,
        officer=line.officer, closed_on=line.closed_on, known_on=line.known_on, reach=REACHES[line.known.reach],
        comes_from=_list(of(facts, "exports from")), sells_in=_list(of(facts, "imports to")),
        drugs=_list(of(facts, "drug")), first_seen=line.known.first_seen, last_seen=line.known.last_seen,
        numbers=tuple(map(_fact, numbers)), sketch=sketch_of(numbers), groups=tuple(_groups(facts)),
        evidence=tuple(_evidence(reader, piece) for piece in reversed(line.pieces)), check_backs=line.check_backs,
        timeline=tuple(_timeline(line)),
        buttons=tuple(Button(verb, MOVES[verb].name) for verb in line.moves if verb in MOVES),
        may_close=any(verb.startswith("close") for verb in line.moves),
        may_lead=led and (line.is_led_by_us or not line.lead),
        may_look=line.is_led_by_us and reader.may(Permission.LINE_DECIDE), merged_into=line.merged_into,
        merges=line.merges,
    )  # fmt: skip


def _fact(fact: Held) -> FactShown:
    note = "; ".join(fact.words)
    if fact.statement == "number" and fact.detail:
        note = "; ".join(filter(None, (f"Replaced by {Selector('phone', fact.detail).shown}", note)))
    return FactShown(fact.shown, note, fact.first, fact.last, fact.ended, fact.grades, fact.pieces)


def _groups(facts: tuple[Held, ...]) -> Iterable[Group]:
    """People by their role, then places and the rest; what is not known is left out."""
    people = of(facts, "role")
    for role, label in ROLES.items():
        found = [fact for fact in people if (fact.detail or "not known") == role]
        if found:
            yield Group(label, tuple(map(_fact, found)))
    for name in (
        "premises",
        "vehicle",
        "transport",
        "violence",
        "exploitation",
        "closure",
        "group",
        "own reference",
    ):
        if found := list(of(facts, name)):
            yield Group(STATEMENTS[name].label, tuple(map(_fact, found)))


def _evidence(reader: Reader, piece: Piece) -> EvidenceShown:
    what = STATEMENTS[piece.statement].label
    if piece.statement == "role":
        what = ROLES.get(piece.detail, what)
    report, _, number = piece.source_ref.partition("/")
    return EvidenceShown(
        piece.ref, what, piece.shown, piece.words, report, piece.source_ref, piece.grade,
        piece.body_name, piece.seen_on, (piece.from_on, piece.to_on), piece.recorded_at, piece.recorded_by,
        piece.may_withdraw and piece.stands, piece.withdrawn_at, piece.withdrawn_why,
        # Who may know an item is for its own body to ask.
        reverse("who-item", args=[report, int(number)]) if piece.body == reader.body_code and number.isdigit() else "",
    )  # fmt: skip


def _added(pieces: Iterable[Piece]) -> Iterable[Entry]:
    """What each item told of the line at one time, as one entry."""
    told: dict[tuple[datetime, str, str], list[str]] = defaultdict(list)
    for piece in pieces:
        what = f"{STATEMENTS[piece.statement].label}: {piece.shown}"
        told[piece.recorded_at, piece.recorded_by, piece.source_ref].append(what)
    for (at, by, item), said in told.items():
        more = f" and {len(said) - A_FEW} more" if len(said) > A_FEW else ""
        yield Entry("; ".join(said[:A_FEW]) + more, by, at, f"From {item}")


def _timeline(line: LinePage) -> list[Entry]:
    """All that happened, newest first; why the line moved only for whoever may know that."""
    whys = {(m.after, m.at.replace(microsecond=0)): m for m in line.history}
    entries = []
    for stood in line.standings:
        moved = whys.get((stood.state, stood.at.replace(microsecond=0)))
        what = HISTORY[moved.verb] if moved else STATES[stood.state]
        lead = f"Led by {stood.lead_name}" if stood.lead_name else "Nobody leads"
        entries.append(
            Entry(what, moved.by if moved else stood.lead_name or "Throughline", stood.at,
                  f"{lead}. {moved.why}" if moved else lead)
        )  # fmt: skip
    entries += _added(line.pieces)
    for piece in line.pieces:
        if piece.withdrawn_at:
            entries.append(
                Entry(f"Withdrawn: {piece.shown}", piece.body_name, piece.withdrawn_at, piece.withdrawn_why)
            )
    entries += [
        Entry("Looked whether it has come back", one.done_by or "Throughline", one.done_at, one.found)
        for one in line.check_backs if one.done_at
    ]  # fmt: skip
    return sorted(entries, key=lambda entry: entry.at, reverse=True)
