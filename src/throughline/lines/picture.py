"""Many lines at once, each reduced to what a ranking, a map or a file needs of what the reader may know."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from throughline.kernel.planner import any_of, without
from throughline.lines.gist import Gist, gist_of
from throughline.lines.known import Piece
from throughline.lines.members import members_of
from throughline.lines.models import CountyLine, Evidence
from throughline.lines.queries import standing_evidence
from throughline.lines.remembered import RESTS_ON, Remembered, Rests
from throughline.lines.scoring.scheme import Scheme
from throughline.lines.scoring.seen import Row
from throughline.lines.statements import AREA
from throughline.organisations.queries import BodyCard

MOST_LINES = 20_000
"""So many lines are looked at together, the newest first: twice what the nation has ever had."""
COLUMNS = (
    "line_id", "statement", "kind", "value", "detail", "source_ref", "owner", "grade", "seen_on",
)  # fmt: skip
Area = tuple[str, str]
"""A kind (``body`` or ``town``) and a value: the code of a body, or the name of a town."""
_remembered = Remembered()


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
    gist: Gist

    @property
    def total(self) -> int:
        """Its score."""
        return self.gist.total


def fetched(lines: "QuerySet[CountyLine]", most: int = MOST_LINES) -> tuple[list[CountyLine], bool]:
    """The first of these lines, and whether there are more. Must run inside ``reading(reader)``.

    Whether a line may be known is asked of its own evidence by the index: to read all the evidence of the nation
    first, as the planner would from three thousand lines on, takes four times as long.
    """
    with without("seqscan"):
        found = list(lines[: most + 1])
    return found[:most], len(found) > most


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
    """These lines in their order, scored as of a day. Must run inside ``reading(reader)``.

    What a line comes to is worked out once for each body of evidence, and looked up after that.
    """
    along = members_of(line.pk for line in lines)
    rests = _what_they_rest_on(lines, along)
    gists = _remembered.among(rests, on, scheme)
    fresh = [line for line in lines if line.pk not in gists]
    for line, gist in _worked_out(fresh, along, cards, on=on, scheme=scheme):
        _remembered.put(rests[line], on, scheme, gist)
        gists[line] = gist
    codes = {body: card.code for body, card in cards.items()}
    return [
        Drawn(
            line.pk, line.ref, line.state, codes.get(line.lead or 0, ""), line.added_at, gists[line.pk],
        )
        for line in lines
    ]  # fmt: skip


def _what_they_rest_on(lines: Sequence[CountyLine], along: Mapping[int, int]) -> dict[int, Rests]:
    """The mark of the evidence behind each line that the present reader may know, with that of lines it stands for."""
    # A withdrawal is a row as well: the mark is taken of both, and neither is looked up for the other.
    said = Evidence.objects.filter(
        any_of('"lines_evidence"."line_id"', [*(line.pk for line in lines), *along])
    )
    held: dict[int, list[tuple[int, int, int]]] = {line.pk: [] for line in lines}
    for line_id, *mark in (
        said.order_by().values("line_id").annotate(**RESTS_ON).values_list("line_id", *RESTS_ON)
    ):
        line = along.get(line_id, line_id)
        if line in held:
            held[line].append((mark[0], mark[1], mark[2]))
    return {line: tuple(sorted(marks)) for line, marks in held.items()}


def _worked_out(
    lines: Sequence[CountyLine],
    along: Mapping[int, int],
    cards: Mapping[int, BodyCard],
    *,
    on: date,
    scheme: Scheme,
) -> Iterator[tuple[int, Gist]]:
    """What each line comes to, from its rows of evidence."""
    wanted = {line.pk for line in lines}
    members = {line for line, head in along.items() if head in wanted}
    rows: dict[int, list[Row]] = defaultdict(list)
    areas: dict[int, dict[tuple[str, Area], None]] = defaultdict(dict)
    said = standing_evidence().exclude(statement="closure").order_by("pk")
    for line_id, statement, kind, value, detail, item, owner, grade, seen_on in (
        said.filter(line__in=[*wanted, *members]).values_list(*COLUMNS) if wanted else ()
    ):
        line = along.get(line_id, line_id)
        if kind in AREA:
            areas[line][statement, (kind, value)] = None
        rows[line].append(
            Row(*_said(statement, kind, value, detail), item, cards[owner].code, grade, seen_on)
        )
    for line in wanted:
        yield line, gist_of(rows[line], areas[line], on=on, scheme=scheme)
