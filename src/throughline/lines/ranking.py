"""Lines by their score: the ranked list, what one line's score is made of, and how far the ranking hangs on weights."""

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.lines.models import CountyLine
from throughline.lines.picture import Drawn, drawn_lines, fetched, rows_of
from throughline.lines.queries import LinePage, LineRow, filtered_lines, line_rows
from throughline.lines.scoring.moving import Moving, moving
from throughline.lines.scoring.scheme import scheme
from throughline.lines.scoring.score import Score, score
from throughline.lines.scoring.sensitivity import shares_among_the_first
from throughline.lines.workflow import OPEN, OPEN_STATES
from throughline.organisations.queries import body_cards


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A line in a ranked list, with its score and the confidence beside it."""

    row: LineRow
    total: int
    confidence: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """A page of lines, open ones first and the highest score first; ``is_cut`` when only the newest are ranked."""

    rows: tuple[RankedRow, ...]
    total: int
    is_cut: bool


def ranked_lines(
    reader: Reader, *, state: str = "", brand: str = "", body: str = "", area: str = "", offset: int = 0,
    size: int = 25, why: str = "looked at a list",
) -> Ranking:  # fmt: skip
    """The lines of ``line_list`` by score, each scored from what the reader may know. Journalled."""
    reader.require(Permission.LINE_READ)
    cards = body_cards()
    with reading(reader):
        found, is_cut = fetched(filtered_lines(cards, state=state, brand=brand, body=body, area=area))
        scored = by_score(drawn_lines(found, cards, on=clock.today(), scheme=scheme()))
        lines = {line.ref: line for line in found}
        shown = scored[offset : offset + size]
        rows = line_rows(reader, [lines[one.ref] for one in shown], cards)
        journal.note(Verb.CONSULT, "line list", why=why, refs=[one.ref for one in shown])
    return Ranking(
        tuple(RankedRow(row, one.total, one.gist.confidence) for row, one in zip(rows, shown, strict=True)),
        len(scored), is_cut,
    )  # fmt: skip


def by_score(lines: Iterable[Drawn]) -> list[Drawn]:
    """Open lines first, the highest score first; of equals the newest."""
    return sorted(lines, key=lambda one: (one.state not in OPEN_STATES, -one.total, -one.id))


def with_scores(reader: Reader, rows: Iterable[LineRow]) -> tuple[RankedRow, ...]:
    """The rows of a list in their order, each with its score."""
    shown = list(rows)
    with reading(reader):
        found = list(CountyLine.objects.filter(ref__in=[row.ref for row in shown]))
        drawn = {one.ref: one for one in drawn_lines(found, body_cards(), on=clock.today(), scheme=scheme())}
    return tuple(
        RankedRow(row, drawn[row.ref].total, drawn[row.ref].gist.confidence)
        for row in shown
        if row.ref in drawn
    )


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of one line as of a day, and what would move it."""

    score: Score
    moving: Moving


def score_of(line: LinePage) -> Scored:
    """Score a line as this reader may know it, as of today or of the day for which the page was asked."""
    rows, by, on = rows_of(line.pieces), scheme(), line.known_on or clock.today()
    found = score(rows, on=on, scheme=by)
    return Scored(found, moving(rows, found, by))


@dataclass(frozen=True, slots=True)
class Steady:
    """A line of a ranking, and how often it stands among the first when the weights are others, 0 to 1."""

    row: RankedRow
    share: float


def steady_lines(reader: Reader, *, size: int = 20) -> tuple[Steady, ...]:
    """The open lines that stand among the first under some weights, the steadiest first. Journalled."""
    reader.require(Permission.LINE_READ)
    cards, by = body_cards(), scheme()
    with reading(reader):
        lines, _ = fetched(filtered_lines(cards, state=OPEN))
        drawn = {one.ref: one for one in drawn_lines(lines, cards, on=clock.today(), scheme=by)}
        shares = shares_among_the_first({ref: one.gist.levels for ref, one in drawn.items()}, by)
        first = sorted((ref for ref in shares if shares[ref]), key=lambda ref: (-shares[ref], ref))[:size]
        held = {line.ref: line for line in lines}
        rows = line_rows(reader, [held[ref] for ref in first], cards)
        journal.note(Verb.CONSULT, "line list", why="looked at a ranking", refs=first)
    return tuple(
        Steady(RankedRow(row, drawn[row.ref].total, drawn[row.ref].gist.confidence), shares[row.ref])
        for row in rows
    )
