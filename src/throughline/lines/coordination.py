"""What needs somebody across a region or the nation: lines that are new, unmapped, unowned, due, or seen by many."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.lines.flows import bodies_in
from throughline.lines.models import CountyLine
from throughline.lines.picture import MOST_LINES, Drawn, drawn_lines, fetched
from throughline.lines.queries import due_check_backs, filtered_lines, line_rows
from throughline.lines.ranking import RankedRow, by_score
from throughline.lines.scoring.scheme import scheme
from throughline.lines.workflow import CLOSED, OPEN, OPEN_STATES
from throughline.organisations.queries import BodyCard, body_cards

REGION, NATION = "region", "nation"
NEW_FOR = timedelta(days=7)
SEVERAL = 2
PILES = ("new", "unmapped", "unowned", "several", "untasked", "differ", "check-backs")


@dataclass(frozen=True, slots=True)
class LinePile:
    """The lines of one kind, the highest score first, as far as they are asked for; and how many there are."""

    key: str
    rows: tuple[RankedRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Coordination:
    """The piles of a region or the nation; ``place`` is its name, ``is_cut`` when only the newest were looked at."""

    scope: str
    place: str
    piles: tuple[LinePile, ...]
    is_cut: bool


def coordination_of(
    reader: Reader, *, scope: str = REGION, pile: str = "", offset: int = 0, size: int = 5,
    tasked: Container[str] = (),
) -> Coordination:  # fmt: skip
    """The lines that the reader may know and that need somebody, in piles or one of them; journalled.

    A line is of a region when a body of it leads, when it comes from or sells in one, or when one holds evidence, each
    as far as the reader may know. Nobody may tell from a pile what they may not know: to one who does not know where a
    line sells, it is unmapped. ``tasked`` are the references of lines on which the reader knows of work asked for.
    """
    reader.require(Permission.HIT_OVERSEE)
    cards, now = body_cards(), clock.now()
    bodies, place = _reach(cards, cards[reader.body], scope)
    with reading(reader):
        # Those that are due are closed, and few: they are looked at before the newest of the open ones.
        due = list(_due(cards))
        lines, is_cut = fetched(filtered_lines(cards, state=OPEN))
        held = {line.ref: line for line in [*lines, *due]}
        drawn = drawn_lines(list(held.values()), cards, on=clock.day_of(now), scheme=scheme())
        near = [one for one in drawn if not bodies or bodies & _touched(one)]
        found = {
            key: by_score(
                one
                for one in near
                if _BELONGS[key](one, now) and not (key == "untasked" and one.ref in tasked)
            )
            for key in ((pile,) if pile in PILES else PILES)
        }
        some = {one.ref: one for those in found.values() for one in those[offset : offset + size]}
        rows = line_rows(reader, [held[ref] for ref in some], cards)
        journal.note(Verb.CONSULT, "line list", why="looked at the co-ordination desk", refs=list(some))
    ranked = {row.ref: RankedRow(row, some[row.ref].total, some[row.ref].gist.confidence) for row in rows}
    piles = tuple(
        LinePile(key, tuple(ranked[one.ref] for one in those[offset : offset + size]), len(those))
        for key, those in found.items()
    )
    return Coordination(REGION if bodies else NATION, place, piles, is_cut)


def _due(cards: dict[int, BodyCard]) -> QuerySet[CountyLine]:
    return filtered_lines(cards).filter(pk__in=due_check_backs().values("line"))[:MOST_LINES]


def _touched(line: Drawn) -> set[str]:
    return bodies_in([*line.gist.comes_from, *line.gist.sells_in]) | line.gist.bodies | {line.lead}


_BELONGS: dict[str, Callable[[Drawn, datetime], bool]] = {
    "new": lambda line, now: line.state in OPEN_STATES and line.added_at > now - NEW_FOR,
    "unmapped": lambda line, _: (
        line.state in OPEN_STATES and not (line.gist.comes_from and line.gist.sells_in)
    ),
    "unowned": lambda line, _: line.state in OPEN_STATES and not line.lead,
    "several": lambda line, _: line.state in OPEN_STATES and len(line.gist.bodies) >= SEVERAL,
    "untasked": lambda line, _: line.state in OPEN_STATES and len(line.gist.bodies) >= SEVERAL,
    "differ": lambda line, _: line.state in OPEN_STATES and line.gist.do_bodies_differ,
    "check-backs": lambda line, _: line.state in CLOSED,
}


def _reach(cards: dict[int, BodyCard], own: BodyCard, scope: str) -> tuple[set[str], str]:
    """The codes of the bodies of a scope and its name; none, which stands for all, for the nation."""
    unit = next((card for card in cards.values() if card.code == (own.rocu or own.code)), own)
    region = {card.code for card in cards.values() if card.rocu == unit.code} | {unit.code}
    if scope == NATION or own.level == "national":
        return set(), "the nation"
    if len(region) == 1:
        # London has no regional unit.
        region = {card.code for card in cards.values() if card.region == own.region}
    return region, own.region
