"""The page on which a bid is moved: one form for each move, and the service behind it."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.tasking import adopting, answering, bidding, deciding
from throughline.tasking.deconflicting import deconflict_bid
from throughline.tasking.one_bid import bid_page
from throughline.tasking.work_done import NEEDED
from throughline.web.fields import Choice
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.tasking import forms
from throughline.web.tasking.shown import slug_of
from throughline.web.tasking.words import MOVES
from throughline.web.view import needs

Done = Callable[[Reader, str, Any], None]
_Ways = Mapping[str, tuple[type[Form], Done]]


def _record(by: Reader, ref: str, form: forms.ResultForm) -> None:
    answering.record_result(
        by=by, ref=ref, outcome=answering.Outcome(
            arrests=int(form.arrests), closure=form.closure, adults=int(form.adults), children=int(form.children),
            out_of_use=int(form.out_of_use), words=form.words, found=form.found,
        )
    )  # fmt: skip


WAYS: _Ways = {
    "deconflict": (
        forms.DeconflictForm, lambda by, ref, f: deconflict_bid(by=by, ref=ref, outcome=f.outcome, words=f.words)
    ),
    "assess": (
        forms.AssessForm,
        lambda by, ref, f: deciding.assess_bid(by=by, ref=ref, tractability=f.tractability, words=f.words),
    ),
    "adopt": (forms.WordsForm, lambda by, ref, f: deciding.adopt_bid(by=by, ref=ref, why=f.words)),
    "share": (forms.WordsForm, lambda by, ref, f: deciding.share_bid(by=by, ref=ref, why=f.words)),
    "turn-down": (
        forms.DeclineForm,
        lambda by, ref, f: deciding.turn_down_bid(by=by, ref=ref, reason=f.reason, words=f.words, route=f.route),
    ),
    "refer-up": (forms.WordsForm, lambda by, ref, f: deciding.refer_bid(by=by, ref=ref, why=f.words)),
    "escalate": (forms.WordsForm, lambda by, ref, f: bidding.escalate_bid(by=by, ref=ref, why=f.words)),
    "offer": (forms.OfferForm, lambda by, ref, f: deciding.offer_bid(by=by, ref=ref, body=f.body, words=f.words)),
    "allocate": (forms.WordsForm, lambda by, ref, f: adopting.allocate_bid(by=by, ref=ref, words=f.words)),
    "accept": (
        forms.AcceptForm, lambda by, ref, f: answering.accept_bid(by=by, ref=ref, officer=f.officer, words=f.words)
    ),
    "decline": (
        forms.DeclineForm,
        lambda by, ref, f: answering.decline_bid(by=by, ref=ref, reason=f.reason, words=f.words, route=f.route),
    ),
    "begin": (forms.WordsForm, lambda by, ref, f: answering.begin_bid(by=by, ref=ref, words=f.words)),
    "record": (forms.ResultForm, _record),
    "review": (forms.WordsForm, lambda by, ref, f: answering.review_bid(by=by, ref=ref, words=f.words)),
    "close": (forms.WordsForm, lambda by, ref, f: answering.close_bid(by=by, ref=ref, words=f.words)),
    "take-off": (forms.WordsForm, lambda by, ref, f: bidding.take_off_bid(by=by, ref=ref, why=f.words)),
    "withdraw": (forms.WordsForm, lambda by, ref, f: bidding.withdraw_bid(by=by, ref=ref, why=f.words)),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TASK_READ)
def bid_move(request: Request, ref: str, verb: str) -> HttpResponse:
    """Take the next step of a bid; one that is not this reader's to take is not there."""
    found = bid_page(request.reader, ref, why=f"to {verb}") if verb in WAYS else None
    if found is None or verb not in map(slug_of, found.moves):
        raise Http404
    asks, act = WAYS[verb]
    offered = [Choice(code, name) for code, name in found.may_be_offered]
    form = asks.sent(request, choices={"body": offered} if verb == "offer" else None)
    if form.is_valid() and is_done(form, lambda: act(request.reader, ref, form)):
        tell(request, MOVES[verb].done)
        return redirect("bid", ref)
    # What is chosen is asked before what is said of it.
    asked = [name for name in form.fields if name != "words" and _may_ask(request.reader, name)] + ["words"]
    return page(
        request, "tasking/move.html", title=f"{MOVES[verb].name}: {ref}", active="bids", form=form, asked=asked,
        ref=ref, name=found.row.title, act=MOVES[verb],
    )  # fmt: skip


def _may_ask(reader: Reader, name: str) -> bool:
    """What a result shows of a line is asked of those who may put it there."""
    return name != "found" or all(map(reader.may, NEEDED))
