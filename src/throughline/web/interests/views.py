"""The interests that the reader's body keeps: the list, keeping one, and ending one."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.kernel.workflow import MoveRefused
from throughline.selectors.queries import InterestCard, kept_interests
from throughline.selectors.registry import KINDS
from throughline.selectors.services import InterestProblem, end_interest, keep_interest
from throughline.web.flash import tell
from throughline.web.interests.forms import SILENT, EndForm, KeepForm
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs


@dataclass(frozen=True, slots=True)
class InterestRow:
    """An interest as it stands in the list and on the page that ends it."""

    ref: str
    kind_label: str
    shown: str
    why: str
    kept_by: str
    at: datetime
    is_silent: bool


@require_safe
@needs(Permission.INTEREST_KEEP)
def interests(request: Request) -> HttpResponse:
    """What the body keeps, newest first."""
    rows = [_row(card) for card in kept_interests(request.reader)]
    return page(request, "interests/interests.html", title="Interests", active="interests", rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.INTEREST_KEEP)
def interest_add(request: Request) -> HttpResponse:
    """Keep an interest. What it is in is only ever sent in a form: an address stays in logs and histories."""
    form = KeepForm.sent(request)
    if form.is_valid() and _is_kept(request, form):
        tell(request, f"Your body keeps an interest in {form.reading.shown}.")
        return redirect("interests")
    return page(request, "interests/add.html", title="Keep an interest", active="interests", form=form)


def _is_kept(request: Request, form: KeepForm) -> bool:
    try:
        keep_interest(by=request.reader, selector=form.reading, why=form.why, silent=SILENT in form.silent)
    except InterestProblem as problem:
        form.refuse("why", str(problem))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.INTEREST_KEEP)
def interest_end(request: Request, ref: str) -> HttpResponse:
    """End an interest, with a reason."""
    row, form = _kept(request.reader, ref), EndForm.sent(request)
    if form.is_valid() and _is_ended(request, ref, form):
        tell(request, f"The interest in {row.shown} has ended.")
        return redirect("interests")
    return page(
        request, "interests/end.html", title=f"End interest {ref}", active="interests", form=form, row=row
    )


def _is_ended(request: Request, ref: str, form: EndForm) -> bool:
    try:
        end_interest(by=request.reader, ref=ref, why=form.why)
    except ObjectDoesNotExist:
        raise Http404 from None
    except MoveRefused as problem:
        # Someone else of the body ended it between this person's opening and sending the page.
        form.refuse("", str(problem))
        return False
    return True


def _kept(reader: Reader, ref: str) -> InterestRow:
    card = next((card for card in kept_interests(reader) if card.ref == ref), None)
    if card is None:
        raise Http404
    return _row(card)


def _row(card: InterestCard) -> InterestRow:
    label = KINDS[card.kind].label
    return InterestRow(card.ref, label, card.shown, card.why, card.kept_by, card.at, card.is_silent)
