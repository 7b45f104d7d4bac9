"""Adding a line, or evidence for one, from an item of a report or from a hit."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.lines.queries import lines_with
from throughline.lines.services import add_evidence, add_line
from throughline.lines.sources import SourceView, hit_source, item_source
from throughline.lines.statements import OF_SELECTORS
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.lines.forms import NEW, AddForm, add_choices
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

ADDED, ADDED_TO = "The line is on the register, as a proposal.", "The evidence stands on the line."


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_KEEP)
def line_from_item(request: Request, report: str, number: int) -> HttpResponse:
    """Say what an item tells of a line."""
    return _from(request, item_source(request.reader, f"{report}/{number}"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_KEEP)
def line_from_hit(request: Request, ref: str) -> HttpResponse:
    """The same of a hit: its value rests on every item of either side that the reader may know."""
    return _from(request, hit_source(request.reader, ref))


def _from(request: Request, source: SourceView | None) -> HttpResponse:
    if source is None:
        raise Http404
    selectors = [selector for selector in source.selectors if selector.kind in OF_SELECTORS]
    choices = add_choices(selectors, lines_with(request.reader, selectors))
    start = {"values": tuple(choice.value for choice in choices["values"]), "line": choices["line"][0].value}
    form = AddForm.sent(request, start=start, choices=choices)
    if form.is_valid() and (ref := _added(request, form, source)):
        tell(request, ADDED if form.line == NEW else ADDED_TO)
        return redirect("line", ref)
    return page(
        request, "lines/add.html", title="Add to a county line", active="lines", form=form, source=source,
        has_values=bool(choices["values"]), has_people=any(OF_SELECTORS[s.kind] == "role" for s in selectors),
        has_numbers=any(OF_SELECTORS[s.kind] == "number" for s in selectors),
    )  # fmt: skip


def _added(request: Request, form: AddForm, source: SourceView) -> str:
    """The reference of the line, or '' with the refusal on the form."""
    with beside_fields(form):
        if not form.ref:
            return add_line(by=request.reader, items=source.refs, said=form.said, why=form.why)
        try:
            add_evidence(by=request.reader, line=form.ref, items=source.refs, said=form.said, why=form.why)
        except ObjectDoesNotExist:
            form.refuse("other", "There is no line of this reference that you may know")
            return ""
        return str(form.ref)
    return ""
