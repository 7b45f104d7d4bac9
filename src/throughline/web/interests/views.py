"""The standing enquiries of the reader's body: the list, keeping one, renewing one, and ending one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.kernel.workflow import MoveRefused
from throughline.selectors.queries import InterestCard, kept_interest, kept_interests
from throughline.selectors.registry import KINDS
from throughline.selectors.services import InterestProblem, end_interest, keep_interest, renew_interest
from throughline.web.flash import tell
from throughline.web.interests.forms import SILENT, EndForm, KeepForm, RenewForm
from throughline.web.page import page
from throughline.web.request import Request, posted
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
    ends_on: date | None


A_PAGE = 50
LONGEST_PAGE = 4
"""Digits of the number of a page."""


@require_safe
@needs(Permission.INTEREST_KEEP)
def interests(request: Request) -> HttpResponse:
    """What the body keeps, newest first."""
    text = request.GET.get("page", "1")
    number = max(1, int(text)) if text.isascii() and text.isdigit() and len(text) <= LONGEST_PAGE else 1
    cards = kept_interests(request.reader, skip=(number - 1) * A_PAGE, size=A_PAGE + 1)
    there = reverse("interests")
    return page(
        request, "interests/interests.html", title="Standing enquiries", active="interests",
        rows=[_row(card) for card in cards[:A_PAGE]], number=number,
        previous=f"{there}?page={number - 1}" if number > 1 else "",
        next=f"{there}?page={number + 1}" if len(cards) > A_PAGE else "",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.INTEREST_KEEP)
def interest_add(request: Request) -> HttpResponse:
    """Keep an interest. What it is in is only ever sent in a form: an address stays in logs and histories."""
    form = _begun(request) or KeepForm.sent(request)
    if form.is_valid() and _is_kept(request, form):
        tell(request, f"Your body keeps a standing enquiry about {form.reading.shown}.")
        return redirect("interests")
    title = "Keep a standing enquiry"
    return page(request, "interests/add.html", title=title, active="interests", form=form)


def _begun(request: Request) -> KeepForm | None:
    """The form as the answer to a check opens it: filled in, and not sent yet."""
    if "begin" not in request.POST:
        return None
    return KeepForm(start={name: posted(request, name) for name in ("selector", "kind", "why")})


def _is_kept(request: Request, form: KeepForm) -> bool:
    try:
        keep_interest(
            by=request.reader, selector=form.reading, why=form.why, silent=SILENT in form.silent,
            ends_on=form.ends,
        )  # fmt: skip
    except InterestProblem as problem:
        form.refuse("why", str(problem))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.INTEREST_KEEP)
def interest_renew(request: Request, ref: str) -> HttpResponse:
    """Keep one until another last day, with a reason."""
    row, form = _kept(request.reader, ref), RenewForm.sent(request)
    if form.is_valid() and _is_renewed(request, ref, form):
        tell(request, f"The standing enquiry about {row.shown} is renewed.")
        return redirect("interests")
    title = f"Renew standing enquiry {ref}"
    return page(request, "interests/renew.html", title=title, active="interests", form=form, row=row)


def _is_renewed(request: Request, ref: str, form: RenewForm) -> bool:
    assert form.ends is not None  # noqa: S101 an empty day is read as the latest
    try:
        renew_interest(by=request.reader, ref=ref, ends_on=form.ends, why=form.why)
    except ObjectDoesNotExist:
        raise Http404 from None
    except InterestProblem as problem:
        form.refuse("", str(problem))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.INTEREST_KEEP)
def interest_end(request: Request, ref: str) -> HttpResponse:
    """End an interest, with a reason."""
    row, form = _kept(request.reader, ref), EndForm.sent(request)
    if form.is_valid() and _is_ended(request, ref, form):
        tell(request, f"The standing enquiry about {row.shown} has ended.")
        return redirect("interests")
    return page(
        request,
        "interests/end.html",
        title=f"End standing enquiry {ref}",
        active="interests",
        form=form,
        row=row,
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
    card = kept_interest(reader, ref)
    if card is None:
        raise Http404
    return _row(card)


def _row(card: InterestCard) -> InterestRow:
    label = KINDS[card.kind].label
    return InterestRow(
        card.ref, label, card.shown, card.why, card.kept_by, card.at, card.is_silent, card.ends_on
    )
