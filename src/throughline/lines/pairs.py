"""Pairs of lines that may be one, found in what the reader may know of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel.explain import Reason
from throughline.lines.known import Known
from throughline.lines.members import heads
from throughline.lines.models import CountyLine, LineApart, LineMerge
from throughline.lines.queries import known_lines, known_together, standing_evidence
from throughline.lines.same import STRONG, likeness
from throughline.organisations.queries import body_names

WIDEST = 12
"""A value on more lines than this says nothing of any two: a hostel, a taxi."""
MOST_LINES = 300
"""Of a body's lines so many are looked at, the newest first."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines that may be one: their names, and what they share. The older line comes first."""

    one: str
    other: str
    one_name: str
    other_name: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two lines to be compared."""

    ref: str
    state: str
    lead_name: str
    known: Known


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lines beside each other, what both would be as one, and how many lines the reader may know."""

    one: Side
    other: Side
    both: Known
    reasons: tuple[Reason, ...]
    lines_before: int


def pairs_of(reader: Reader, *, size: int) -> tuple[Pair, ...]:
    """Pairs in which the reader's body leads on a line, or nobody does, most alike first."""
    with reading(reader):
        ours = heads().filter(Q(lead=reader.body) | Q(lead__isnull=True)).exclude(state="not a line")
        found = _pairs(reader, list(ours.order_by("-pk").values_list("pk", flat=True)[:MOST_LINES]))
    return found[:size]


def pairs_with(reader: Reader, *refs: str) -> tuple[Pair, ...]:
    """Pairs that these lines make, with each other or with any, most alike first."""
    with reading(reader):
        return _pairs(reader, list(heads().filter(ref__in=refs).values_list("pk", flat=True)))


def _pairs(reader: Reader, ours: Sequence[int]) -> tuple[Pair, ...]:
    near = _near(ours)
    wanted = {line for pair in near for line in pair}
    lines = {line.pk: line for line in heads().filter(pk__in=wanted).exclude(state="not a line")}
    apart = set(LineApart.objects.filter(line__in=wanted).values_list("line_id", "other_id"))
    facts = known_lines(reader, lines.values())
    found = []
    for one, other in sorted(near - apart):
        if one in lines and other in lines and (like := likeness(facts[one].facts, facts[other].facts)):
            refs, names = (lines[one].ref, lines[other].ref), (facts[one].name, facts[other].name)
            found.append(Pair(*refs, *names, like.score, like.reasons))
    return tuple(sorted(found, key=lambda pair: -pair.score))


def _near(ours: Sequence[int]) -> set[tuple[int, int]]:
    """Lines that share any value with one of ours, by the lines that stand for them; the older first."""
    along = dict(
        LineMerge.objects.filter(undone_at__isnull=True, overtaken_by="").values_list("line_id", "head_id")
    )
    mine, said = set(ours), standing_evidence().filter(statement__in=(*STRONG, "brand"))
    own = said.filter(line__in=[*mine, *(line for line, head in along.items() if head in mine)])
    values = set(own.values_list("statement", "kind", "value"))
    shared: dict[tuple[str, str, str], set[int]] = {}
    others = said.filter(value__in={value for _, _, value in values})
    for statement, kind, value, line in others.values_list("statement", "kind", "value", "line_id"):
        if (statement, kind, value) in values:
            shared.setdefault((statement, kind, value), set()).add(along.get(line, line))
    return {
        (min(a, b), max(a, b))
        for lines in shared.values() if len(lines) <= WIDEST
        for a, b in combinations(lines, 2) if a in mine or b in mine
    }  # fmt: skip


def compare_lines(reader: Reader, one: str, other: str) -> Comparison | None:
    """Two lines beside each other, journalled; None unless the reader may know both and both stand for themselves."""
    reader.require(Permission.LINE_READ)
    with reading(reader):
        found = {line.ref: line for line in heads().filter(ref__in=[one, other])}
        if one == other or len(found) != len((one, other)):
            return None
        both = known_together(reader, found.values())
        facts = known_lines(reader, found.values())
        before = heads().count()
        journal.note(Verb.CONSULT, "county line", one, why="compared two lines", other=other)
    names = body_names(line.lead for line in found.values() if line.lead)
    sides = [_side(found[ref], facts[found[ref].pk], names) for ref in (one, other)]
    like = likeness(sides[0].known.facts, sides[1].known.facts)
    return Comparison(sides[0], sides[1], both, like.reasons if like else (), before)


def _side(line: CountyLine, facts: Known, names: dict[int, str]) -> Side:
    return Side(line.ref, line.state, names.get(line.lead or 0, ""), facts)
