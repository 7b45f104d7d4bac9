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
from throughline.kernel.error_file import inert
from throughline.kernel.workflow import MoveRefused
from throughline.loads.call_maps import CALLS
from throughline.loads.queries import LoadCard, RefusedRow, refused_on, refused_rows, refused_together
from throughline.loads.services import mend_rows
from throughline.web.fields import Text, TextArea
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.loads.contents import WORDINGS, Wording
from throughline.web.loads.shown import MOST_TOGETHER
from throughline.web.loads.views import found
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

WIDTHS: Final = {
    **dict.fromkeys(
        ("item", "source", "assessment", "handling", "action", "sanitisation"), "govuk-input--width-5"
    ),
    **dict.fromkeys(("date_of_intelligence", "first_seen", "last_seen", "marking"), "govuk-input--width-20"),
}


@require_safe
@needs(Permission.REPORT_LOAD)
def errors(request: Request, ref: str) -> HttpResponse:
    """Every refused row with its reason, as the command writes it beside the file."""
    card = found(request, ref)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("line", "column", "reason", "row"))
    for line, *cells in refused_rows(request.reader, ref):
        writer.writerow([line, *map(inert, cells)])
    content = ("\ufeff" + out.getvalue()).encode()
    headers = {"Content-Disposition": 'attachment; filename="' + card.kind + '.errors.csv"'}
    return HttpResponse(content, "text/csv; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_LOAD)
def mend(request: Request, ref: str, line: int) -> HttpResponse:
    """Mend one row, and the others of its report with it."""
    card = found(request, ref)
    rows = refused_together(request.reader, ref, line, most=MOST_TOGETHER)
    if card.kind == CALLS or not rows or len(rows) > MOST_TOGETHER:
        raise Http404
    wording = WORDINGS[card.kind]
    form = cells_form(rows, wording).sent(request, start=_start(rows, wording))
    if form.is_valid():
        left = _mended(request, card, rows, form)
        if left is None:
            return redirect("load", ref)
        rows, form = left
    elif request.method != "POST":
        _show_reasons(form, rows)
    return page(
        request, "loads/mend.html", title="Mend refused rows", active=wording.active, form=form, ref=ref,
        filename=card.filename, rows=rows, columns=list(wording.columns), is_loaded=card.state == "loaded",
    )  # fmt: skip


def cells_form(rows: Sequence[RefusedRow], wording: Wording) -> type[Form]:
    """A question for each cell of these rows."""
    asked: dict[str, Any] = {}
    for row in rows:
        for column in wording.columns:
            label, hint = wording.uses[column], wording.hints[column]
            asked[f"{column}_{row.line}"] = (
                TextArea(label, hint=hint, limit=2 * LONGEST_TEXT, rows=3)
                if column in wording.long
                else Text(label, hint=hint, limit=500, width=WIDTHS.get(column, ""))
            )
    return type("RefusedRows", (Form,), asked)


def _start(rows: Sequence[RefusedRow], wording: Wording) -> dict[str, object]:
    return {f"{c}_{row.line}": row.values.get(c, "") for row in rows for c in wording.columns}


def _show_reasons(form: Form, rows: Sequence[RefusedRow]) -> None:
    """Put each reason beside the cell that it is about, or above the form where it is about a whole row."""
    for row in rows:
        for column, reason in row.faults or (("", row.reason),):
            name = f"{column}_{row.line}"
            form.refuse(name if name in form.fields else "", reason)


def _mended(
    request: Request, card: LoadCard, rows: list[RefusedRow], form: Form
) -> tuple[list[RefusedRow], Form] | None:
    """Record what was typed; what is refused again comes back as a form with the new reasons."""
    ref, wording = card.ref, WORDINGS[card.kind]
    lines = [row.line for row in rows]
    values = [{column: form.answers[f"{column}_{line}"] for column in wording.columns} for line in lines]
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
    again = cells_form(left, wording)(start=_start(left, wording))
    _show_reasons(again, left)
    return left, again
