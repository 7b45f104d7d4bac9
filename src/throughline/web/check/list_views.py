"""Checking a list: asking, the answer value by value with a file to keep, and what a holder was asked about."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.matching.bulk import ask_in_bulk
from throughline.matching.bulk_lines import MOST_LINES, ListProblem
from throughline.matching.bulk_queries import (
    BulkCard,
    asked_of_us,
    bulk_answers,
    bulk_card,
    held_answers,
    recent_bulk_checks,
    refused_lines,
)
from throughline.selectors.registry import KINDS
from throughline.selectors.services import keep_interests
from throughline.web.check.forms import SILENT, may_ask_silently
from throughline.web.check.list_forms import ListForm
from throughline.web.check.list_shown import AskedRow, Asker, as_csv, value_row
from throughline.web.flash import tell
from throughline.web.interests.forms import ManyForm
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import plural

A_PAGE = 100
HELD, ALL, REFUSED = "held", "all", "refused"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CHECK_RUN)
def check_lists(request: Request) -> HttpResponse:
    """Ask for a list and a reason; below it stand the lists that this person checked before."""
    form = ListForm.sent(request)
    if form.is_valid():
        ref = _asked(request, form)
        if ref:
            return redirect("check-list", ref)
    return page(
        request, "check/lists.html", title="Check a list", active="check", form=form,
        may_ask_silently=may_ask_silently(request.reader), lists=recent_bulk_checks(request.reader),
    )  # fmt: skip


def _asked(request: Request, form: ListForm) -> str:
    try:
        return ask_in_bulk(by=request.reader, values=form.values, why=form.why, silent=SILENT in form.silent)
    except ListProblem as problem:
        form.refuse("file" if form.file else "values_pasted", str(problem))
        return ""


@require_safe
@needs(Permission.CHECK_RUN)
def check_list(request: Request, ref: str) -> HttpResponse:
    """How far a list is; once it is answered, its values, those first of which anything is known."""
    card = _own(request, ref)
    show = request.GET.get("show", HELD)
    number = _page_number(request)
    rows, refused, more, held = [], [], False, 0
    if card.is_answered and show == REFUSED:
        refused = refused_lines(request.reader, ref, skip=(number - 1) * A_PAGE, size=A_PAGE + 1)
        more, refused = len(refused) > A_PAGE, refused[:A_PAGE]
    elif card.is_answered and show == ALL:
        found = bulk_answers(request.reader, ref, why=card.why, after=(number - 1) * A_PAGE, size=A_PAGE)
        rows, more = [value_row(request.reader, answer) for answer in found], number * A_PAGE < card.values
    elif card.is_answered:
        known = held_answers(request.reader, ref, why=card.why)
        rows = [
            value_row(request.reader, answer) for answer in known[(number - 1) * A_PAGE : number * A_PAGE]
        ]
        more, held = number * A_PAGE < len(known), len(known)
    return page(
        request, "check/list.html", title="What is known of a list", active="check", card=card, show=show, rows=rows,
        may_stand=may_ask_silently(request.reader), refused=refused, held=held,
        number=number, repeated=card.repeated, is_answered=card.is_answered,
        previous=_address(ref, show, number - 1) if number > 1 else "",
        next=_address(ref, show, number + 1) if more else "",
    )  # fmt: skip


def _own(request: Request, ref: str) -> BulkCard:
    card = bulk_card(request.reader, ref)
    if card is None:
        raise Http404
    return card


def _page_number(request: Request) -> int:
    text = request.GET.get("page", "1")
    is_small = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_LINES))
    return max(1, int(text)) if is_small else 1


def _address(ref: str, show: str, number: int) -> str:
    return f"{reverse('check-list', args=[ref])}?show={show}&page={number}"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.INTEREST_KEEP)
def check_list_standing(request: Request, ref: str) -> HttpResponse:
    """Keep a standing enquiry about every value of a list."""
    card = _own(request, ref)
    if not card.is_answered:
        raise Http404
    form = ManyForm.sent(request, start={"why": card.why})
    if form.is_valid() and form.ends:
        answers = bulk_answers(request.reader, ref, why=f"{card.why} (standing enquiries)", size=MOST_LINES)
        kept = keep_interests(
            by=request.reader, selectors=[answer.selector for answer in answers], why=form.why,
            silent=SILENT in form.silent, ends_on=form.ends,
        )  # fmt: skip
        had = len(answers) - kept
        others = f" It kept {had:,} of them already." if had else ""
        tell(
            request,
            f"Your body keeps {plural(kept, 'new standing enquiry', 'new standing enquiries')}.{others}",
        )
        return redirect("interests")
    title = "Standing enquiries about a list"
    return page(request, "check/standing.html", title=title, active="check", form=form, card=card)


@require_safe
@needs(Permission.CHECK_RUN)
def check_list_file(request: Request, ref: str) -> HttpResponse:
    """The whole answer as CSV, for a spreadsheet."""
    card = _own(request, ref)
    if not card.is_answered:
        raise Http404
    answers = bulk_answers(request.reader, ref, why=f"{card.why} (as a file)", size=MOST_LINES)
    text = as_csv(answers, refused_lines(request.reader, ref, size=MOST_LINES))
    # The mark at the start tells a spreadsheet that this is UTF-8.
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{card.ref}.csv"'
    return answer


@require_safe
@needs(Permission.NOTICE_READ)
def check_asked(request: Request, ref: str) -> HttpResponse:
    """What of ours a list of another body asked about."""
    found = asked_of_us(request.reader, ref)
    if not found:
        raise Http404
    number, first = _page_number(request), next((one for one in found if one.body_name), found[0])
    rows = [
        AskedRow(one.shown, KINDS[one.kind].label, one.is_silent)
        for one in found[(number - 1) * A_PAGE : number * A_PAGE]
    ]
    there = reverse("check-asked", args=[ref])
    return page(
        request, "check/asked.html", title="What another body asked about", active="notices", rows=rows,
        asker=Asker(first.body_name, first.desk, first.person, first.why, first.at), count=len(found), number=number,
        previous=f"{there}?page={number - 1}" if number > 1 else "",
        next=f"{there}?page={number + 1}" if number * A_PAGE < len(found) else "",
    )  # fmt: skip
