"""The summary of a week as an accessible PDF, with its classification on every page."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.operations.board import Board, week_board
from throughline.operations.queries import operation_page
from throughline.web.operations.board import totals_shown
from throughline.web.operations.words import RETURNS, STATES
from throughline.web.page import HIGHEST
from throughline.web.pdf import pdf_answer, set_as_pdf
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import day, moment, plural

NOT_YET = "Not yet"
"""In the column of what was published, until something is."""


@require_safe
@needs(Permission.TASK_READ)
def summary(request: Request, ref: str) -> HttpResponse:
    """The totals of an operation as a document: provisional until they are published."""
    board = week_board(request.reader, ref, why="printed the summary")
    found = operation_page(request.reader, ref, why="printed the summary")
    if board is None or found is None:
        raise Http404
    values = summary_of(board, lead=found.lead, days_note=found.row.days_note)
    return pdf_answer(set_as_pdf("operations/summary.typ", values), name=f"{ref}-summary")


def summary_of(board: Board, *, lead: str, days_note: str) -> dict[str, Any]:
    """Everything that the document says, as text. A measure of which nobody said anything is left out."""
    stand = "Provisional" if board.is_provisional else "Published"
    groups = [
        (
            heading,
            [
                [t.name, t.text, t.published or (NOT_YET if board.is_provisional else t.text), t.definition]
                for t in rows
                if t.text
            ],
        )
        for heading, rows in totals_shown(board)
    ]
    return {
        "title": f"{board.name}: {stand.lower()} totals", "name": board.name, "ref": board.ref, "marking": HIGHEST,
        "stand": f"{stand} totals, taken {moment(board.at)}. {STATES[board.state]}.",
        "period": f"{day(board.starts_on)} to {day(board.ends_on)}. {days_note}".strip(),
        "led": f"Led by {board.lead_body}, with {plural(len(board.bodies), 'body', 'bodies')} taking part.",
        "as_at": f"The newest figures stood as at {moment(board.as_at)}." if board.as_at else "No return is in.",
        "returns": ", ".join(f"{RETURNS[state].lower()} {count}" for state, count in board.counts.items() if count),
        "lead": lead, "groups": [[heading, rows] for heading, rows in groups if rows],
    }  # fmt: skip
