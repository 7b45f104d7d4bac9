"""The plans of a body, and the page of one."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.tasking.plan_queries import plan_list, plan_opened
from throughline.tasking.proposing import ask_for_plan
from throughline.web.filtering import changed
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.page import page
from throughline.web.plans.forms import AskForm
from throughline.web.plans.shown import plan_shown
from throughline.web.plans.words import STATES
from throughline.web.request import Request
from throughline.web.turning import offset_in, turned
from throughline.web.view import needs

A_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_READ)
def plans(request: Request) -> HttpResponse:
    """The plans of the reader's body, and the asking for one."""
    form = AskForm.sent(request, start={"weeks": "8"})
    if request.reader.may(Permission.PLAN_PROPOSE) and form.is_valid():
        with beside_fields(form):
            ref = ask_for_plan(by=request.reader, asked=form.asked)
            tell(request, "The plan is being worked out. You may leave this page.")
            return redirect("plan", ref)
    offset = offset_in(request.GET)
    rows = plan_list(request.reader, offset=offset, size=A_PAGE + 1)
    return page(
        request, "plans/plans.html", title="Plans", active="plans", form=form, rows=rows[:A_PAGE], states=STATES,
        may_ask=request.reader.may(Permission.PLAN_PROPOSE),
        turn=turned(offset, lambda at: changed("plans", request.GET, offset=str(at)), size=A_PAGE,
                    is_more=len(rows) > A_PAGE),
    )  # fmt: skip


@require_safe
@needs(Permission.PLAN_READ)
def plan(request: Request, ref: str) -> HttpResponse:
    """One plan, with its lines as a table, a board of bodies or a calendar of weeks."""
    found = plan_opened(request.reader, ref)
    if found is None:
        raise Http404
    shown = plan_shown(request.reader, found, request.GET)
    return page(
        request, "plans/plan.html", title=f"Plan {ref}", active="plans", plan=found.row, shown=shown, states=STATES,
        form=shown.form,
    )  # fmt: skip
