"""Saying what the columns of a file hold, and what its own codes mean."""

from collections.abc import Mapping

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.intelligence.report_layout import Layout
from throughline.intelligence.report_lines import FileProblem
from throughline.kernel.workflow import MoveRefused
from throughline.loads.call_maps import CALLS
from throughline.loads.contents import LINES, content_of
from throughline.loads.preview import Preview
from throughline.loads.queries import LoadCard, codes_to_explain, layout_of, load_preview
from throughline.loads.services import lay_out_load
from throughline.organisations.queries import body_ids
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.loads.contents import WORDINGS
from throughline.web.loads.forms import ColumnsForm, columns_form, layout_chosen, meanings_chosen, values_form
from throughline.web.loads.views import found
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_LOAD)
def columns(request: Request, ref: str) -> HttpResponse:
    """Choose the sheet, the line of the header, and what each column holds."""
    card = found(request, ref)
    if card.kind == CALLS or card.is_running or not card.is_file_kept or not card.is_table:
        raise Http404
    asked = request.POST or request.GET
    known = layout_of(request.reader, ref)
    try:
        seen = load_preview(request.reader, ref, sheet=_sheet(asked, known), header_line=_line(asked, known))
    except FileProblem as problem:
        tell(request, str(problem))
        return redirect("load", ref)
    wording = WORDINGS[card.kind]
    form = columns_form(seen, wording).sent(request, start=_start(seen, known, card.map_name))
    if form.is_valid() and _laid_out(request, card, seen, form):
        return redirect("load-values", ref)
    return page(
        request, "loads/columns.html", title="What the columns hold", active=wording.active, form=form, ref=ref,
        filename=card.filename, seen=seen, sheets=[sheet.name for sheet in seen.sheets], fixed=list(wording.fixed),
        is_of_lines=card.kind == LINES,
    )  # fmt: skip


def _sheet(asked: Mapping[str, str], known: Layout | None) -> str:
    return asked.get("sheet", known.sheet if known else "")


def _line(asked: Mapping[str, str], known: Layout | None) -> int:
    given = asked.get("header_line", "")
    if given.isascii() and given.isdigit() and len(given) < len("10000000"):
        return int(given)
    # Another sheet has its header elsewhere.
    return known.header_line if known and _sheet(asked, known) == known.sheet else 0


def _start(seen: Preview, known: Layout | None, map_name: str) -> dict[str, object]:
    """What stands in the boxes: what was chosen before, else what can be guessed."""
    uses = known.uses if known else {column.heading: column.guess for column in seen.columns}
    start: dict[str, object] = {f"use_{n}": uses.get(c.heading, "") for n, c in enumerate(seen.columns)}
    return start | {f"fixed_{name}": value for name, value in (known.fixed if known else {}).items()} | {
        "save_as": map_name
    }  # fmt: skip


def _laid_out(request: Request, card: LoadCard, seen: Preview, form: ColumnsForm) -> bool:
    before = layout_of(request.reader, card.ref)
    layout = layout_chosen(seen, form, content=card.kind, meanings=before.values if before else {})
    return _done(request, form, card.ref, layout, form.answers["save_as"])


def _done(request: Request, form: Form, ref: str, layout: Layout, name: str) -> bool:
    try:
        lay_out_load(by=request.reader, ref=ref, layout=layout, save_as=name)
    except ObjectDoesNotExist:
        raise Http404 from None
    except (MoveRefused, FileProblem) as problem:
        form.refuse("", str(problem))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_LOAD)
def values(request: Request, ref: str) -> HttpResponse:
    """Say what their codes mean; where every code is one of the standard there is nothing to ask."""
    card = found(request, ref)
    layout = layout_of(request.reader, ref) if card.kind != CALLS else None
    if card.is_running or not card.is_file_kept or layout is None or not card.is_table:
        raise Http404
    unknown = (
        codes_to_explain(request.reader, ref, layout)
        if layout.uses != content_of(card.kind).standard.uses
        else {}
    )
    if not unknown:
        return redirect("load", ref)
    form = values_form(unknown, WORDINGS[card.kind], sorted(body_ids())).sent(request)
    if form.is_valid():
        chosen = meanings_chosen(unknown, form, layout)
        if _done(request, form, ref, chosen, card.map_name):
            return redirect("load", ref)
    return page(
        request, "loads/values.html", title="What their codes mean", active=WORDINGS[card.kind].active, form=form,
        ref=ref, filename=card.filename, names=list(form.fields),
    )  # fmt: skip
