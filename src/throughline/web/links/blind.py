"""Pairs found by encodings alone: whom to ring about which of one's own records, and what asking came to."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.matching.blind.asking import (
    OPEN,
    BlindNotKnown,
    BlindPair,
    answer_blind,
    blind_pair,
    blind_pairs,
)
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.links.forms import AnswerForm, FilterForm, verdicts
from throughline.web.links.listing import listed
from throughline.web.links.shown import percent
from throughline.web.links.words import DONE, STATES, VERDICTS
from throughline.web.moves import Entry
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import offset_in
from throughline.web.view import needs

SIZE = 25


@require_safe
@needs(Permission.HIT_READ)
def links(request: Request) -> HttpResponse:
    """Records of the reader's body that may be of somebody whom another body encoded too."""
    offset, form = offset_in(request.GET), FilterForm(request.GET)
    form.is_valid()
    verdict = form.answers.get("state") or OPEN
    found, total = blind_pairs(request.reader, verdict=verdict, offset=offset, size=SIZE)
    selected, turn = listed("blind-links", request.GET, form, size=SIZE, is_more=total > offset + SIZE)
    return page(
        request, "links/blind_links.html", title="Blind matches", active="hits", form=form,
        rows=[(pair, percent(pair.probability), STATES.get(pair.theirs, "Not answered")) for pair in found],
        selected=selected, turn=turn,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HIT_READ)
def link(request: Request, ref: str) -> HttpResponse:
    """One pair: whom to ring, and the answer once somebody has."""
    found = blind_pair(request.reader, ref)
    if found is None:
        raise Http404
    form = AnswerForm.sent(request, choices={"verdict": verdicts(found.own)})
    if form.is_valid():
        request.reader.require(Permission.HIT_JUDGE)
        with beside_fields(form):
            try:
                answer_blind(by=request.reader, ref=ref, verdict=form.verdict, why=form.why)
            except BlindNotKnown:
                raise Http404 from None
            tell(request, DONE[form.verdict])
            return redirect("blind-link", ref)
    return page(
        request, "links/blind_link.html", title=f"Blind match {ref}", active="hits", pair=found, form=form,
        likely=percent(found.probability), states=STATES, history=_history(found),
        may_answer=request.reader.may(Permission.HIT_JUDGE),
    )  # fmt: skip


def _history(pair: BlindPair) -> list[Entry]:
    return [
        Entry(VERDICTS[one.verdict], f"{one.by}, {one.body_name}", one.at, one.why)
        for one in reversed(pair.history)
    ]
