"""Checking a selector. What is checked is only ever sent in a form: an address stays in logs and histories."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.custody.queries import arrests_on
from throughline.lines.queries import lines_with
from throughline.matching.people.links import links_with
from throughline.matching.places.alike import places_alike
from throughline.safeguarding.flags import desks_to_ring
from throughline.web.check.answer import ask
from throughline.web.check.forms import SILENT, CheckForm, may_ask_silently, which_form
from throughline.web.links.shown import links_shown, places_shown
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CHECK_RUN)
def check(request: Request) -> HttpResponse:
    """Ask for a value and a reason, and give the answer at the degree that this reader may know."""
    form = CheckForm.sent(request)
    if not form.is_valid():
        return page(
            request,
            "check/ask.html",
            title="Check before you act",
            active="check",
            form=form,
            may_ask_silently=may_ask_silently(request.reader),
        )
    if len(form.readings) > 1:
        which = which_form(form, is_second_time="which" in request.POST)
        return page(request, "check/which.html", title="What is it?", active="check", form=which)
    answer = ask(
        request.reader, form.readings[0], typed=form.selector, why=form.why, silent=SILENT in form.silent
    )
    again = CheckForm(start={"why": form.why})
    lines = lines_with(request.reader, [form.readings[0]])
    return page(
        request,
        "check/answer.html",
        title="What is known",
        active="check",
        answer=answer,
        again=again,
        lines=lines,
        arrests=[(on.ref, on.name, found) for on in lines if (found := arrests_on(request.reader, on.ref))],
        safeguarding=desks_to_ring(request.reader, form.readings[0]),
        may_chart=request.reader.may(Permission.LINE_READ),
        same_places=places_shown(request.reader, places_alike(request.reader, form.readings)),
        links=links_shown(links_with(request.reader, form.readings), form.readings),
    )
