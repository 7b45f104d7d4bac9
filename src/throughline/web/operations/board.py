"""The board: a page whose live part is fetched again while it is open, and which says the same without a script."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.operations.board import LEADS, MISSING, WAITING, Board, BodyRow, Total, week_board
from throughline.operations.figures import Figure
from throughline.operations.measures import POUNDS, Measure
from throughline.operations.words import KINDS
from throughline.web.fields import Choice
from throughline.web.operations.picture import picture_of
from throughline.web.operations.words import COLOURS, MARKS, RETURN_COLOURS, RETURNS, STATES
from throughline.web.page import page, require_plain
from throughline.web.request import Request
from throughline.web.view import needs


@dataclass(frozen=True, slots=True)
class TotalShown:
    """A total in words; ``text`` is '' where no body said anything."""

    name: str
    text: str
    under: str
    is_part: bool
    published: str
    definition: str


def shown(figure: Figure | None, measure: Measure) -> str:
    """A figure with its unit: ``over £1,200,000``, ``15.3 kg``, ``586``; '' for none."""
    if figure is None:
        return ""
    if measure.unit == POUNDS:
        text = str(figure)
        word, _, number = text.rpartition(" ") if figure.kind != "between" else ("", "", text)
        return f"{word} £{number}".strip()
    return f"{figure} kg" if measure.unit == "kg" else str(figure)


def totals_shown(board: Board) -> list[tuple[str, list[TotalShown]]]:
    """The totals by group, parts under what they are part of."""
    parts = {name for total in board.totals for name in total.measure.parts}
    groups: dict[str, list[TotalShown]] = {}
    for total in board.totals:
        groups.setdefault(total.measure.group, []).append(_total(total, board, parts))
    return list(groups.items())


def _total(total: Total, board: Board, parts: set[str]) -> TotalShown:
    measure = total.measure
    then = shown(total.published, measure)
    now = shown(total.figure, measure)
    under = f"From {total.given} of {sum(board.counts.values())} returns" if total.given else ""
    return TotalShown(
        measure.name, now, under, measure.key in parts, then if then != now else "", measure.definition
    )


def _headlines(found: Board) -> list[tuple[str, str]]:
    """The measures that the board leads with, each with its total."""
    return [(t.measure.name, shown(t.figure, t.measure)) for t in found.totals if t.measure.key in LEADS]


def _stand(row: BodyRow) -> str:
    """How the returns of a body stand that are not in: ``5 missing, 1 not yet due``."""
    counts = [(row.states.count(state), RETURNS[state].lower()) for state in (MISSING, WAITING)]
    return ", ".join(f"{count} {words}" for count, words in counts if count)


@require_safe
@needs(Permission.TASK_READ)
def board(request: Request, ref: str) -> HttpResponse:
    """The board of an operation; ``part=live`` is the part of it that changes."""
    is_part = request.GET.get("part") == "live"
    # Looking on is one look: what a page fetches for itself while it is open says so in the journal.
    found = week_board(
        request.reader, ref, why="looked on at the board" if is_part else "looked at the board"
    )
    if found is None:
        raise Http404
    lead = request.GET.get("measure", "")
    at = LEADS.index(lead) if lead in LEADS else 0
    values: dict[str, Any] = {
        "board": found, "groups": totals_shown(found), "picture": picture_of(found, at), "lead": LEADS[at],
        "lead_name": found.leads[at].name, "returns": RETURNS, "return_colours": RETURN_COLOURS, "marks": MARKS,
        "figures": [
            [shown(figure, m) for figure, m in zip(row.totals, found.leads, strict=True)] for row in found.bodies
        ],
        "headlines": _headlines(found), "stand": [_stand(row) for row in found.bodies],
        "leads_shown": [f"{m.name}#" for m in found.leads],
        "by_day": [[shown(figure, m) for figure in row] for m, row in zip(found.leads, found.by_day, strict=True)],
        "states": STATES, "colours": COLOURS, "kinds": KINDS,
    }  # fmt: skip
    if is_part:
        require_plain(values, "board")
        return HttpResponse(render_to_string("operations/live.html", values))
    measures = [Choice(m.key, m.name) for m in found.leads]
    return page(
        request,
        "operations/board.html",
        title=f"Board: {found.name}",
        active="operations",
        measures=measures,
        **values,
    )
