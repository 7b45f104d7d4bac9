"""The page on which two addresses are judged. They are only ever sent in a form, never in the address of a page."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from throughline.access.permissions import Permission
from throughline.matching.places.judging import PlaceNotKnown, judge_places
from throughline.matching.places.pairs import PlacePair, judged_places, two_places
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.links.forms import JudgePlacesForm, place_verdicts
from throughline.web.links.shown import SourceShown, history_shown, percent, source_shown
from throughline.web.links.words import PLACE_DONE, PLACES
from throughline.web.moves import Entry
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.view import needs


@dataclass(frozen=True, slots=True)
class PlacesShown:
    """Two addresses as their page shows them."""

    pair: PlacePair
    likely: str
    verdict: str
    sources: tuple[tuple[str, SourceShown], ...]
    history: tuple[Entry, ...]
    may_judge: bool


@require_POST
@needs(Permission.HIT_READ)
def places(request: Request) -> HttpResponse:
    """Two addresses that were sent: look at them, or keep what is said of them."""
    keys = posted(request, "one"), posted(request, "other")
    found = None if "\0" in "".join(keys) else two_places(request.reader, *keys)
    if found is None:
        raise Http404
    form = JudgePlacesForm(request.POST if "verdict" in request.POST or "why" in request.POST else None,
                           choices={"verdict": place_verdicts(found.verdict)})  # fmt: skip
    if form.is_valid():
        request.reader.require(Permission.HIT_JUDGE)
        with beside_fields(form):
            try:
                ref = judge_places(
                    by=request.reader, one=keys[0], other=keys[1], verdict=form.verdict, why=form.why
                )
            except PlaceNotKnown:
                raise Http404 from None
            tell(request, PLACE_DONE[form.verdict])
            return redirect("places", ref)
    return _page(request, found, form)


@require_safe
@needs(Permission.HIT_READ)
def judged(request: Request, ref: str) -> HttpResponse:
    """Two addresses of which somebody has said something."""
    found = judged_places(request.reader, ref)
    if found is None:
        raise Http404
    return _page(request, found, JudgePlacesForm(choices={"verdict": place_verdicts(found.verdict)}))


def _page(request: Request, found: PlacePair, form: JudgePlacesForm) -> HttpResponse:
    shown = PlacesShown(
        found, percent(found.likely), PLACES.get(found.verdict, ""),
        tuple((address, source_shown(request.reader, one)) for address, one in found.sources),
        history_shown(found.history, PLACES),
        found.is_known and request.reader.may(Permission.HIT_JUDGE),
    )  # fmt: skip
    title = f"Two addresses {found.pair}".strip()
    return page(request, "links/places.html", title=title, active="check", places=shown, form=form)
