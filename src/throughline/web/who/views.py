"""Who can see a record, and what one role in one body would see of it."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission, Role
from throughline.organisations.queries import body_cards
from throughline.sharing.who import what_would_see, who_can_see
from throughline.web.fields import Choice
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import signed_in
from throughline.web.who.forms import SupposeForm
from throughline.web.who.shown import verdict_shown


@require_safe
@signed_in
def who_report(request: Request, ref: str) -> HttpResponse:
    """Who can see a report."""
    return _who(request, "report", ref, reverse("report", args=[ref]), Permission.REPORT_READ)


@require_safe
@signed_in
def who_item(request: Request, ref: str, number: int) -> HttpResponse:
    """Who can see one item of a report."""
    return _who(request, "item", f"{ref}/{number}", reverse("report", args=[ref]), Permission.REPORT_READ)


@require_safe
@signed_in
def who_interest(request: Request, ref: str) -> HttpResponse:
    """Who can see an interest."""
    return _who(request, "interest", ref, reverse("interests"), Permission.INTEREST_KEEP)


@require_safe
@signed_in
def who_hit(request: Request, ref: str) -> HttpResponse:
    """Who can see a hit."""
    return _who(request, "hit", ref, reverse("hit", args=[ref]), Permission.HIT_READ)


def _who(request: Request, thing: str, ref: str, back: str, opens: Permission) -> HttpResponse:
    """The page; whoever is not of the body that owns the record, or may not know it, finds nothing here."""
    found = who_can_see(request.reader, thing, ref)
    if found is None:
        raise Http404
    bodies = [Choice(card.code, card.name) for card in body_cards().values()]
    is_asked = bool(request.GET)
    form = SupposeForm(request.GET if is_asked else None, choices={"body": bodies})
    verdict = None
    if form.is_valid():
        verdict = what_would_see(request.reader, thing, ref, body=form.body, role=Role(form.role))
    return page(
        request, "who/who.html", title="Who can see this", who=found, form=form,
        back=back if request.reader.may(opens) else "", verdict=verdict_shown(verdict) if verdict else None,
        here=request.path,
    )  # fmt: skip
