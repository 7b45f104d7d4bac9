"""The list of bids, the page of one, and the page on which one is made."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.lines.queries import line_page
from throughline.matching.queries import hit_page
from throughline.organisations.queries import body_cards
from throughline.safeguarding.flags import at_risk_in, may_bid_against
from throughline.selectors.registry import Selector
from throughline.tasking.bidding import make_bid, own_numbers
from throughline.tasking.one_bid import bid_page
from throughline.tasking.queries import bid_list
from throughline.tasking.words import LEVELS, REASONS
from throughline.web.fields import Choice
from throughline.web.filtering import address, changed, selected
from throughline.web.flash import tell
from throughline.web.forms import is_done
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.tasking.asking import because, child_said
from throughline.web.tasking.forms import BidForm, FilterForm
from throughline.web.tasking.shown import FIRST, bid_shown
from throughline.web.tasking.words import STATES
from throughline.web.turning import offset_in
from throughline.web.view import needs

A_PAGE = 25


@require_safe
@needs(Permission.TASK_READ)
def bids(request: Request) -> HttpResponse:
    """The bids that the reader may know, the highest score first."""
    form = FilterForm(request.GET, choices={"body": _bodies()})
    form.is_valid()
    asked = {name: str(form.answers.get(name, "")) for name in form.fields}
    offset = offset_in(request.GET)
    found = bid_list(request.reader, **asked, offset=offset, size=A_PAGE)
    more = found.total > offset + A_PAGE
    return page(
        request, "tasking/bids.html", title="Bids for tasking", active="bids", form=form, found=found, states=STATES,
        levels=LEVELS, reasons=REASONS, may_bid=request.reader.may(Permission.TASK_BID),
        selected=selected(form, asked, lambda name: address("bids", asked | {name: ""})),
        first=changed("bids", request.GET, offset="") if offset else "",
        next=changed("bids", request.GET, offset=str(offset + A_PAGE)) if more else "",
    )  # fmt: skip


def _bodies() -> list[Choice]:
    return [Choice(card.code, card.name) for card in body_cards().values()]


@require_safe
@needs(Permission.TASK_READ)
def bid(request: Request, ref: str) -> HttpResponse:
    """One bid, as any of its sides reads it."""
    found = bid_page(request.reader, ref)
    if found is None:
        raise Http404
    return page(
        request, "tasking/bid.html", title=f"Bid {ref}", active="bids", bid=found, row=found.row,
        shown=bid_shown(found), states=STATES, levels=LEVELS, first=FIRST,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TASK_BID)
def bid_of_line(request: Request, line: str) -> HttpResponse:
    """Bid for work on a line; the address may name the hit that led to it."""
    found = line_page(request.reader, line, why="bidding for work on it")
    if found is None:
        raise Http404
    hit = request.GET.get("hit", "")
    if hit and hit_page(request.reader, hit, why="bidding for work on its line") is None:
        raise Http404
    choices = {"asked_body": _bodies(), "numbers": _numbers(request, line)}
    form = BidForm.sent(request, start=because(request) | child_said(request, line), choices=choices)
    made = list[str]()
    if (
        form.is_valid()
        and not _goes_against_a_child(request, form, hit)
        and is_done(
            form, lambda: made.append(make_bid(by=request.reader, line=line, draft=form.draft, hit_ref=hit))
        )
    ):
        tell(request, "The bid is made, and whoever decides on it is being told.")
        return redirect("bid", made[0])
    return page(
        request, "tasking/make.html", title="Bid for tasking", active="bids", form=form, line=line,
        name=found.known.name, hit=hit, flag=at_risk_in(request.reader, [line]).get(line),
    )  # fmt: skip


def _goes_against_a_child(request: Request, form: BidForm, hit: str) -> bool:
    """Whether the bid would, which is then said in the form: no work is set against an exploited child."""
    refusal = None if form.draft.is_protective else may_bid_against(request.reader, form.draft.numbers, hit)
    if refusal:
        form.refuse("pursue", refusal)
    return bool(refusal)


def _numbers(request: Request, line: str) -> list[Choice]:
    numbers = own_numbers(request.reader, line)
    return [Choice(number, Selector(*number.split(":", 1)).shown) for number in numbers]
