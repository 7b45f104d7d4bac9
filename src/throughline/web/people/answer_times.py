"""How long a body has to answer a hit: read by those who see the people of a body, set by the national centre."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.matching.clocks import (
    AnswerTimeProblem,
    answer_times,
    may_set_answer_times,
    set_answer_times,
)
from throughline.web.flash import tell
from throughline.web.page import page
from throughline.web.people.forms import AnswerTimesForm
from throughline.web.request import Request
from throughline.web.view import needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PERSON_READ)
def times(request: Request) -> HttpResponse:
    """The working days as they stand, with a form for whoever may change them."""
    may_set, standing = may_set_answer_times(request.reader), answer_times()
    form = AnswerTimesForm.sent(request, start={name: str(days) for name, days in standing.items()})
    if form.is_valid() and _are_set(request, form):
        tell(request, "The times hold for every hit that is told from now on.")
        return redirect("answer-times")
    return page(
        request, "people/answer_times.html", title="Time to answer a hit", active="people", form=form,
        may_set=may_set, standing=standing,
    )  # fmt: skip


def _are_set(request: Request, form: AnswerTimesForm) -> bool:
    times = {"ordinary": int(form.ordinary), "urgent": int(form.urgent)}
    try:
        set_answer_times(by=request.reader, times=times, why=form.why)
    except AnswerTimeProblem as problem:
        form.refuse(problem.field, str(problem))
        return False
    return True
