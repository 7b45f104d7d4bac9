"""Lines that ask for a bid: for their score, a child at risk, a replacement number, or a hit that nobody answered.

What asks is found anew at each look from what the reader may know, so that nobody can tell from a proposal what they
may not know. Nothing is kept but that a person set a cause aside, and why; whoever takes one up makes a bid of it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading, writes
from throughline.kernel import clock
from throughline.lines.models import CountyLine
from throughline.lines.picture import Drawn, drawn_lines, fetched
from throughline.lines.queries import filtered_lines, known_lines, standing_evidence
from throughline.lines.scoring.scheme import scheme
from throughline.lines.statements import BODY, TOWN
from throughline.lines.workflow import OPEN
from throughline.matching.models import HitSide
from throughline.organisations.queries import body_cards
from throughline.organisations.towns import towns_of_body
from throughline.tasking.models import SetAside
from throughline.tasking.moving import chosen, said
from throughline.tasking.planning.tactics import tactics
from throughline.tasking.queries import tasked_lines
from throughline.telecoms.watch_queries import found_watches

HIGH = 60
"""Points of score from which a line asks: a default of this product, and no band of any published scheme."""
QUIET = timedelta(days=28)
"""So long a cause that was set aside stays away; what is so still after that asks again."""
MOST = 500
"""Lines of a body that are looked at, the newest first: more than any body leads today."""
CHILD, REPLACEMENT, HIT, SCORE = "child", "replacement", "hit", "score"
CAUSES = {
    CHILD: "A child is at risk in it",
    REPLACEMENT: "A number of it may have been replaced",
    HIT: "A hit on a number of it was not answered in time",
    SCORE: f"Its score is {HIGH} or more",
}
"""Why a line asks, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A line that asks for a bid, and each cause."""

    ref: str
    name: str
    score: int
    confidence: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetAsideView:
    """That a cause was set aside, by whom and why."""

    cause: str
    why: str
    by: str
    at: datetime


def lines_asking(reader: Reader) -> tuple[Asking, ...]:
    """The lines of the reader's body that ask for a bid and have none open, the most pressing first. Journalled."""
    reader.require(Permission.TASK_BID)
    found = _asking(reader)
    with reading(reader):
        named = known_lines(reader, list(CountyLine.objects.filter(pk__in=[one.id for one, _ in found])))
        journal.note(
            Verb.CONSULT, "line list", why="looked at what asks for a bid", refs=[one.ref for one, _ in found]
        )
    return tuple(
        Asking(one.ref, named[one.id].name, one.total, one.gist.confidence, causes) for one, causes in found
    )


def count_asking(reader: Reader) -> int:
    """How many lines ask the reader's body for a bid."""
    return len(_asking(reader))


def causes_of(reader: Reader, line: str) -> tuple[str, ...]:
    """Why this line asks the reader's body for a bid; nothing where it does not."""
    return next((causes for _, causes in _asking(reader, ref=line)), ())


def _asking(reader: Reader, *, ref: str = "") -> list[tuple[Drawn, tuple[str, ...]]]:
    cards, tasked = body_cards(), tasked_lines(reader)
    watched = found_watches(reader) if reader.may(Permission.CALLS_READ) else ()
    with reading(reader):
        rows = filtered_lines(cards, state=OPEN).filter(_of_body(reader)).exclude(ref__in=tasked)
        lines, _ = fetched(rows.filter(ref=ref) if ref else rows, MOST)
        drawn = drawn_lines(lines, cards, on=clock.today(), scheme=scheme())
        unanswered = _unanswered(lines)
        quiet = set(SetAside.objects.filter(at__gt=clock.now() - QUIET).values_list("line_id", "cause"))
    replaced = {row.line for row in watched}
    found = [
        (one, tuple(c for c in _causes(one, replaced, unanswered) if (one.id, c) not in quiet))
        for one in drawn
    ]
    order = list(CAUSES)
    asking = [(one, causes) for one, causes in found if causes]
    return sorted(asking, key=lambda each: (order.index(each[1][0]), -each[0].total, each[0].ref))


def _of_body(reader: Reader) -> Q:
    """Lines that the body leads, or that come from or sell in its area. Inside ``reading(reader)``."""
    areas = standing_evidence().filter(statement__in=("exports from", "imports to"))
    towns = Q(kind=TOWN, said__in=towns_of_body(reader.body_code))
    here = areas.annotate(said=Lower("value")).filter(Q(kind=BODY, value__iexact=reader.body_code) | towns)
    return Q(lead=reader.body) | Q(Exists(here.filter(line=OuterRef("pk"))))


def _unanswered(lines: Sequence[CountyLine]) -> set[int]:
    """The lines of whose numbers a hit is overdue, on a side that the reader may know. Inside ``reading(reader)``."""
    late = HitSide.objects.filter(
        overdue=True, state="raised", hit__kind=OuterRef("kind"), hit__key=OuterRef("value")
    )
    numbers = standing_evidence().filter(statement="number", line__in=lines)
    return set(numbers.filter(Exists(late)).order_by().values_list("line_id", flat=True))


def _causes(line: Drawn, replaced: Collection[str], unanswered: Collection[int]) -> list[str]:
    part, least = tactics().child_at_risk
    level = dict(zip((one.name for one in scheme().parts), line.gist.levels, strict=True))
    so = {
        CHILD: level.get(part, 0) >= least, REPLACEMENT: line.ref in replaced, HIT: line.id in unanswered,
        SCORE: line.total >= HIGH,
    }  # fmt: skip
    return [cause for cause in CAUSES if so[cause]]


def set_aside_on(reader: Reader, line: str) -> tuple[SetAsideView, ...]:
    """What the reader's body set aside on a line, the newest first."""
    with reading(reader):
        rows = SetAside.objects.filter(line__ref=line).order_by("-pk")
        return tuple(SetAsideView(row.cause, row.why, row.by_name, row.at) for row in rows)


@writes
def set_aside(*, by: Reader, line: str, cause: str, why: str) -> None:
    """Say that this cause asks for no bid now, and why.

    Raises:
        BidProblem: no such cause, or no reason.
        CountyLine.DoesNotExist: the reader may know of no such line.
    """
    by.require(Permission.TASK_BID)
    chosen("cause", cause, CAUSES, "Choose what is set aside")
    words = said("words", why, "Say why it asks for no bid")
    on = CountyLine.objects.get(ref=line)
    SetAside.objects.create(body=by.body, line=on, cause=cause, why=words, at=clock.now(), by_name=by.name)
    journal.note(Verb.ALTER, "line", line, why=words, cause=cause)
