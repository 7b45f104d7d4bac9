"""Mending rows that were refused: a form with the reason beside each cell, or the file of them to take away."""

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.intelligence.report_cells import LONGEST_TEXT
from throughline.intelligence.report_columns import COLUMNS
from throughline.kernel.error_file import inert
from throughline.kernel.workflow import MoveRefused
from throughline.loads.queries import RefusedRow, refused_on, refused_rows, refused_together
from throughline.loads.services import mend_rows
from throughline.web.fields import Text, TextArea
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.loads.forms import USE_NAMES
from throughline.web.loads.shown import MOST_TOGETHER
from throughline.web.loads.views import found
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

WIDTHS: Final = {
    **dict.fromkeys(
        ("item", "source", "assessment", "handling", "action", "sanitisation"), "govuk-input--width-5"
    ),
    **dict.fromkeys(("date_of_intelligence", "marking"), "govuk-input--width-20"),
}
HINTS: Final = {
    "report": "Your force's own reference, such as NC/1/26. Rows that share one are one report",
    "date_of_intelligence": "Such as 31/01/2026 or 2026-01-31",
    "title": "One line, without names or numbers",
    "item": "From 1; blank for the next",
    "text": "What is reported",
    "source": "1, 2 or 3. With the whole grade blank the item waits for a person to grade it",
    "assessment": "A, B, C, D or E",
    "handling": "P, or C with conditions",
    "action": "Only under C: A1, A2 or A3",
    "sanitisation": "Only under C: S1 or S2",
    "instructions": "Only under C: what whoever reads it must respect",
    "marking": "OFFICIAL or OFFICIAL-SENSITIVE",
    "circulation": "Codes of bodies such as NORF;KENT, or all. Blank for nobody else",
    "selectors": "Such as phone:07700 900123;vehicle:AB12 CDE",
}
LONG: Final = frozenset({"text", "selectors", "instructions"})


@require_safe
@needs(Permission.REPORT_LOAD)
def errors(request: Request, ref: str) -> HttpResponse:
    """Every refused row with its reason, as the command writes it beside the file."""
    found(request, ref)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("line", "column", "reason", "row"))
    for line, *cells in refused_rows(request.reader, ref):
        writer.writerow([line, *map(inert, cells)])
    content = ("\ufeff" + out.getvalue()).encode()
    headers = {"Content-Disposition": 'attachment; filename="refused.errors.csv"'}
    return HttpResponse(content, "text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_LOAD)
def mend(request: Request, ref: str, line: int) -> HttpResponse:
    """Mend one row, and the others of its report with it."""
    card = found(request, ref)
    rows = refused_together(request.reader, ref, line, most=MOST_TOGETHER)
    if card.kind != "reports" or not rows or len(rows) > MOST_TOGETHER:
        raise Http404
    form = cells_form(rows).sent(request, start=_start(rows))
    if form.is_valid():
        left = _mended(request, ref, rows, form)
        if left is None:
            return redirect("load", ref)
        rows, form = left
    elif request.method != "POST":
        _show_reasons(form, rows)
    return page(
        request, "loads/mend.html", title="Mend refused rows", active="reports", form=form, ref=ref,
        filename=card.filename, rows=rows, columns=list(COLUMNS), is_loaded=card.state == "loaded",
    )  # fmt: skip


def cells_form(rows: Sequence[RefusedRow]) -> type[Form]:
    """A question for each cell of these rows."""
    asked: dict[str, Any] = {}
    for row in rows:
        for column in COLUMNS:
            label, hint = USE_NAMES[column], HINTS[column]
            asked[f"{column}_{row.line}"] = (
                TextArea(label, hint=hint, limit=2 * LONGEST_TEXT, rows=3)
                if column in LONG
                else Text(label, hint=hint, limit=500, width=WIDTHS.get(column, ""))
            )
    return type("RefusedRows", (Form,), asked)


def _start(rows: Sequence[RefusedRow]) -> dict[str, object]:
    return {f"{c}_{row.line}": row.values.get(c, "") for row in rows for c in COLUMNS}


def _show_reasons(form: Form, rows: Sequence[RefusedRow]) -> None:
    """Put each reason beside the cell that it is about, or above the form where it is about a whole row."""
    for row in rows:
        for column, reason in row.faults or (("", row.reason),):
            name = f"{column}_{row.line}"
            form.refuse(name if name in form.fields else "", reason)


def _mended(
    request: Request, ref: str, rows: list[RefusedRow], form: Form
) -> tuple[list[RefusedRow], Form] | None:
    """Record what was typed; what is refused again comes back as a form with the new reasons."""
    lines = [row.line for row in rows]
    values = [{column: form.answers[f"{column}_{line}"] for column in COLUMNS} for line in lines]
    try:
        done = mend_rows(by=request.reader, ref=ref, lines=lines, values=values)
    except ObjectDoesNotExist:
        raise Http404 from None
    except MoveRefused as refused:
        form.refuse("", str(refused))
        return rows, form
    left = refused_on(request.reader, ref, lines)
    if rows[0].line not in {row.line for row in left}:
        more = f" {len(left):,} still wait to be mended." if left else ""
        tell(request, f"{done:,} {'row is' if done == 1 else 'rows are'} mended and kept.{more}")
        return None
    again = cells_form(left)(start=_start(left))
    _show_reasons(again, left)
    return left, again
