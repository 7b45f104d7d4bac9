"""The page on which bodies' own views of a line stand beside each other, and beside the common score."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.lines.known import Piece
from throughline.lines.picture import rows_of
from throughline.lines.queries import LinePage, line_page
from throughline.lines.ranking import score_of
from throughline.lines.scoring.scheme import scheme
from throughline.lines.scoring.score import score
from throughline.lines.views import Claim, Difference, differences
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

MATTERS = {
    "comes from": "Where it comes from", "both ends": "Which end is which", "name": "What it is called",
    "role": "The role of a person", "priority": "How much it matters to them",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnView:
    """What one body says of the line, its own priority and score, and the common score of its evidence alone."""

    body: str
    known_as: str
    priority: str
    own_score: str
    comes_from: str
    sells_in: str
    score: int
    pieces: int


@require_safe
@needs(Permission.LINE_READ)
def line_views(request: Request, ref: str) -> HttpResponse:
    """Where bodies' own views of one line differ, as far as the reader may know them."""
    line = line_page(request.reader, ref, why="compared the views of bodies")
    if line is None:
        raise Http404
    scored = score_of(line).score
    return page(
        request, "lines/views.html", title=f"Views of {line.known.name}", active="lines", ref=ref,
        name=line.known.name, differences=differing(line), views=own_views(line), total=scored.total,
        highest=scored.highest, matters=MATTERS,
    )  # fmt: skip


def differing(line: LinePage) -> tuple[Difference, ...]:
    """On what bodies differ, in what the reader may know of the line."""
    return differences(
        Claim(p.statement, p.kind, p.value, p.shown, p.detail, p.body_name, p.grade, p.last)
        for p in line.pieces
        if p.stands
    )


def own_views(line: LinePage) -> list[OwnView]:
    """Each body that holds evidence, the one with most first."""
    held: dict[str, list[Piece]] = defaultdict(list)
    for piece in line.pieces:
        if piece.stands:
            held[piece.body_name].append(piece)
    day = line.known_on or clock.today()
    views = [
        OwnView(
            body, _newest(those, "own reference"), _newest(those, "own priority"), _newest(those, "own score"),
            _all(those, "exports from"), _all(those, "imports to"),
            score(rows_of(those), on=day, scheme=scheme()).total, len(those),
        )
        for body, those in held.items()
    ]  # fmt: skip
    return sorted(views, key=lambda view: (-view.pieces, view.body))


def _newest(pieces: Iterable[Piece], statement: str) -> str:
    found = [piece for piece in pieces if piece.statement == statement]
    return max(found, key=lambda p: (p.seen_on, p.recorded_at)).shown if found else ""


def _all(pieces: Iterable[Piece], statement: str) -> str:
    return ", ".join(dict.fromkeys(piece.shown for piece in pieces if piece.statement == statement))
