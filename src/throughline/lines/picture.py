"""Many lines at once, each reduced to what a ranking, a map or a file needs of what the reader may know."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from throughline.lines.known import Piece
from throughline.lines.members import members_of
from throughline.lines.models import CountyLine
from throughline.lines.queries import standing_evidence
from throughline.lines.scoring.confidence import confidence_in
from throughline.lines.scoring.scheme import Scheme
from throughline.lines.scoring.score import levels, total
from throughline.lines.scoring.seen import Row, seen
from throughline.lines.statements import AREA
from throughline.organisations.queries import BodyCard

MOST_LINES = 3_000
"""So many lines are looked at together, the newest first; the nation has 1,000 to 2,000 open ones."""
COLUMNS = (
    "line_id", "statement", "kind", "value", "detail", "source_ref", "owner", "grade", "seen_on",
)  # fmt: skip
Area = tuple[str, str]
"""A kind (``body`` or ``town``) and a value: the code of a body, or the name of a town."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One line: where it stands, where it comes from and sells, its levels under a scheme, score and confidence.

    ``lead`` is the code of the body that leads, and ``bodies`` are those whose evidence the reader may know.
    """

    id: int
    ref: str
    state: str
    lead: str
    added_at: datetime
    comes_from: tuple[Area, ...]
    sells_in: tuple[Area, ...]
    drugs: frozenset[str]
    bodies: frozenset[str]
    items: int
    last_seen: date | None
    levels: tuple[int, ...]
    total: int
    confidence: str


def rows_of(pieces: Iterable[Piece]) -> list[Row]:
    """The pieces that are scored: those that stand, apart from what a closure rests on."""
    return [
        Row(*_said(p.statement, p.kind, p.value, p.detail), p.source_ref, p.body, p.grade, p.seen_on)
        for p in pieces
        if p.stands and p.statement != "closure"
    ]


def _said(statement: str, kind: str, value: str, detail: str) -> tuple[str, str]:
    if kind in AREA:
        # A town and the force that polices it are one place under two names: each kind is counted by itself.
        return f"{statement} {kind}", value.casefold()
    return statement, detail if statement == "role" else value


def drawn_lines(
    lines: Sequence[CountyLine], cards: Mapping[int, BodyCard], *, on: date, scheme: Scheme
) -> list[Drawn]:
    """These lines in their order, scored as of a day. Must run inside ``reading(reader)``."""
    along = members_of(line.pk for line in lines)
    held: dict[int, list[Row]] = defaultdict(list)
    areas: dict[tuple[int, str], dict[Area, None]] = defaultdict(dict)
    said = standing_evidence().filter(line__in=[*(line.pk for line in lines), *along])
    for line_id, statement, kind, value, detail, item, owner, grade, seen_on in (
        said.exclude(statement="closure").order_by("pk").values_list(*COLUMNS)
    ):  # fmt: skip
        line = along.get(line_id, line_id)
        if kind in AREA:
            areas[line, statement][kind, value] = None
        held[line].append(
            Row(*_said(statement, kind, value, detail), item, cards[owner].code, grade, seen_on)
        )
    return [
        _drawn(line, held[line.pk], areas, cards[line.lead].code if line.lead else "", on=on, scheme=scheme)
        for line in lines
    ]


def _drawn(
    line: CountyLine, rows: Sequence[Row], areas: Mapping[tuple[int, str], Mapping[Area, None]], lead: str, *,
    on: date, scheme: Scheme,
) -> Drawn:  # fmt: skip
    held = seen(rows, on=on, scheme=scheme)
    reached = levels(held, scheme)
    return Drawn(
        line.pk, line.ref, line.state, lead, line.added_at, tuple(areas.get((line.pk, "exports from"), ())),
        tuple(areas.get((line.pk, "imports to"), ())), frozenset(held.words.get("drug", ())), held.bodies,
        len(held.days), max(held.days.values(), default=None), reached, total(reached, scheme),
        confidence_in(held, scheme.confidence).level,
    )  # fmt: skip
