"""The list of operations, the page of one, and the definitions of what is counted."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.operations.measures import definitions_of, measures_on
from throughline.operations.queries import operation_list, operation_page
from throughline.operations.words import KINDS
from throughline.web.filtering import address, changed, selected
from throughline.web.moves import Button, Entry
from throughline.web.operations.forms import FilterForm
from throughline.web.operations.words import COLOURS, HISTORY, MOVES, STATES
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import offset_in, turned
from throughline.web.view import needs

A_PAGE = 25


@require_safe
@needs(Permission.TASK_READ)
def operations(request: Request) -> HttpResponse:
    """The operations that the reader may know, the latest first."""
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    form, offset = FilterForm(start={"state": state}), offset_in(request.GET)
    rows, total = operation_list(request.reader, state=state, offset=offset, size=A_PAGE)
    turn = turned(
        offset, lambda at: changed("operations", request.GET, offset=str(at) if at else ""), size=A_PAGE,
        is_more=total > offset + A_PAGE,
    )  # fmt: skip
    return page(
        request, "operations/operations.html", title="Operations", active="operations", rows=rows, total=total,
        form=form, selected=selected(form, {"state": state}, lambda _: address("operations", {})), turn=turn,
        states=STATES, colours=COLOURS, kinds=KINDS, may_plan=request.reader.may(Permission.OPERATION_PLAN),
    )  # fmt: skip


@require_safe
@needs(Permission.TASK_READ)
def operation(request: Request, ref: str) -> HttpResponse:
    """One operation, as a body that takes part reads it."""
    found = operation_page(request.reader, ref)
    if found is None:
        raise Http404
    timeline = [
        *(Entry(HISTORY[m.verb], m.by, m.at, m.why) for m in reversed(found.history)),
        Entry("Planned", found.made_by, found.made_at, ""),
    ]
    return page(
        request, "operations/operation.html", title=found.row.name, active="operations", found=found, row=found.row,
        buttons=[Button(v.replace(" ", "-"), MOVES[v.replace(" ", "-")].name) for v in found.moves],
        timeline=timeline, states=STATES, colours=COLOURS, kinds=KINDS,
        may_keep=request.reader.may(Permission.LINE_KEEP),
        may_send=request.reader.may(Permission.RETURN_SEND),
    )  # fmt: skip


@require_safe
@needs(Permission.TASK_READ)
def measures(request: Request) -> HttpResponse:
    """What is counted, in every definition that it has had."""
    return page(
        request, "operations/measures.html", title="What is counted", active="operations",
        all=[definitions_of(key) for key in measures_on(clock.today())],
    )  # fmt: skip
