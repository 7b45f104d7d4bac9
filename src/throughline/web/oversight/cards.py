"""The cards of the models: what each is for, learnt from, how right it is, its limits and its version."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.oversight.model_cards import OWNER, model_cards
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import signed_in


@require_safe
@signed_in
def models(request: Request) -> HttpResponse:
    """Every model that weighs, ranks or proposes."""
    return page(
        request,
        "oversight/models.html",
        title="Models",
        active="indicators",
        cards=tuple(model_cards().values()),
    )


@require_safe
@signed_in
def model(request: Request, key: str) -> HttpResponse:
    """One card."""
    card = model_cards().get(key)
    if card is None:
        raise Http404
    return page(request, "oversight/model.html", title=card.name, active="indicators", card=card, owner=OWNER)
