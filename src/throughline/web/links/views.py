"""The list of proposed links, and the page on which one is judged."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.matching.people.judging import LinkNotKnown, judge_link
from throughline.matching.people.links import OPEN, link_list
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.links.forms import FilterForm, JudgeForm, verdicts
from throughline.web.links.listing import listed
from throughline.web.links.shown import link_shown, percent, strength
from throughline.web.links.words import DONE, STATES
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import offset_in
from throughline.web.view import needs

SIZE = 25


@require_safe
@needs(Permission.HIT_READ)
def links(request: Request) -> HttpResponse:
    """Links between people whom the reader's body knows, the most telling to judge first."""
    offset, form = offset_in(request.GET), FilterForm(request.GET)
    form.is_valid()
    verdict = form.answers.get("state") or OPEN
    found = link_list(request.reader, verdict=verdict, offset=offset, size=SIZE)
    rows = [
        (row, "" if row.probability is None else percent(row.probability), strength(row))
        for row in found.rows
    ]
    selected, turn = listed("links", request.GET, form, size=SIZE, is_more=found.next_offset is not None)
    return page(
        request, "links/links.html", title="People who may be one", active="hits", form=form, rows=rows,
        selected=selected, turn=turn, states=STATES,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HIT_READ)
def link(request: Request, ref: str) -> HttpResponse:
    """One link: what agrees and differs, how rare it is, what would change the answer; and the judgement."""
    shown = link_shown(request.reader, ref)
    if shown is None:
        raise Http404
    form = JudgeForm.sent(request, choices={"verdict": verdicts(shown.verdict)})
    if form.is_valid():
        request.reader.require(Permission.HIT_JUDGE)
        with beside_fields(form):
            try:
                judge_link(by=request.reader, ref=ref, verdict=form.verdict, why=form.why)
            except LinkNotKnown:
                raise Http404 from None
            tell(request, DONE[form.verdict])
            return redirect("link", ref)
    return page(
        request, "links/link.html", title=f"Link {ref}", active="hits", link=shown, form=form, states=STATES
    )
