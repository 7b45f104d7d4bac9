"""What the evidence that a reader may know says of a line: plain rules over rows, with no database in them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from throughline.lines.statements import BODY

UNNAMED = "Line without a name"


@dataclass(frozen=True, slots=True)
class Piece:
    """One row of evidence as plain values; ``withdrawn_at`` says when it was withdrawn, and ``why`` for what reason."""

    ref: str
    line: str
    statement: str
    kind: str
    value: str
    shown: str
    detail: str
    from_on: date | None
    to_on: date | None
    words: str
    source_ref: str
    grade: str
    seen_on: date
    recorded_at: datetime
    recorded_by: str
    body: str
    body_name: str
    may_withdraw: bool
    withdrawn_at: datetime | None = None
    withdrawn_why: str = ""

    @property
    def stands(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.withdrawn_at is None

    @property
    def first(self) -> date:
        """The first day of which it tells."""
        if self.statement == "closure" and self.from_on:
            return self.from_on
        return min(filter(None, (self.from_on, self.seen_on)))

    @property
    def last(self) -> date:
        """The last day of which it tells."""
        return max(filter(None, (self.from_on, self.to_on, self.seen_on)))


@dataclass(frozen=True, slots=True)
class Held:
    """One value of a statement with what supports it: since when, until when, and how many pieces of evidence."""

    statement: str
    kind: str
    value: str
    shown: str
    detail: str
    first: date
    last: date
    ended: date | None
    grades: tuple[str, ...]
    pieces: int
    words: tuple[str, ...]


def held(pieces: Iterable[Piece]) -> tuple[Held, ...]:
    """Each value once, with all that stands behind it; the oldest first."""
    grouped: dict[tuple[str, str, str, str], list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.stands:
            key = (
                piece.statement,
                piece.kind,
                piece.value,
                piece.detail if piece.statement == "role" else "",
            )
            grouped[key].append(piece)
    return tuple(sorted((_held(group) for group in grouped.values()), key=lambda h: (h.first, h.shown)))


def _held(group: Sequence[Piece]) -> Held:
    one = group[0]
    ends = [piece.to_on for piece in group if piece.to_on]
    return Held(
        one.statement, one.kind, one.value, one.shown, next((p.detail for p in group if p.detail), ""),
        min(p.first for p in group), max(p.last for p in group), max(ends) if len(ends) == len(group) else None,
        tuple(dict.fromkeys(p.grade for p in sorted(group, key=lambda p: p.grade))), len(group),
        tuple(dict.fromkeys(p.words for p in group if p.words)),
    )  # fmt: skip


def of(facts: Iterable[Held], *statements: str) -> tuple[Held, ...]:
    """Those that are of one of these statements."""
    return tuple(fact for fact in facts if fact.statement in statements)


def name_of(facts: Iterable[Held]) -> str:
    """What the line is called: its best supported name, or else its latest number."""
    facts = tuple(facts)
    if brands := of(facts, "brand"):
        return max(brands, key=lambda b: (b.pieces, b.last)).shown
    if numbers := of(facts, "number"):
        return f"Line on {max(numbers, key=lambda n: n.last).shown}"
    return UNNAMED


def reach_of(facts: Iterable[Held]) -> str:
    """``external`` when it sells outside the body that it comes from, ``internal`` when not, '' when not known.

    Judged by bodies alone: of a town by its name it is not known whose area it lies in.
    """
    facts = tuple(facts)
    exporters = {f.value for f in of(facts, "exports from") if f.kind == BODY}
    importers = {f.value for f in of(facts, "imports to") if f.kind == BODY}
    if not exporters or not importers:
        return ""
    return "external" if importers - exporters else "internal"


@dataclass(frozen=True, slots=True)
class Known:
    """A line as far as some evidence goes: each value that stands, its name, its reach, first and last seen."""

    facts: tuple[Held, ...]
    name: str
    reach: str
    first_seen: date | None
    last_seen: date | None


def known(pieces: Iterable[Piece]) -> Known:
    """Put together what stands. What a closure rests on tells nothing of when the line was seen."""
    facts = held(pieces)
    seen = [fact for fact in facts if fact.statement != "closure"]
    return Known(
        facts, name_of(facts), reach_of(facts), min((f.first for f in seen), default=None),
        max((f.last for f in seen), default=None),
    )  # fmt: skip


def by_line(pieces: Iterable[Piece]) -> Mapping[str, list[Piece]]:
    """The pieces of each line, by the line's reference."""
    grouped: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        grouped[piece.line].append(piece)
    return grouped
