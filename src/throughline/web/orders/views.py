"""The list of court orders, the page of one, and what the law says of each kind."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.orders.asking import ANSWERS
from throughline.orders.drafting import DISCLOSURES
from throughline.orders.items import item_kinds
from throughline.orders.law import kinds_on
from throughline.orders.measuring import times_of_body, times_of_nation
from throughline.orders.queries import OrderPage, order_list, order_page
from throughline.orders.workflow import TO_COMPLY
from throughline.web.filtering import address, changed, selected
from throughline.web.moves import Button, Entry
from throughline.web.orders.forms import FilterForm
from throughline.web.orders.words import ABOUT, COLOURS, FIRST, HISTORY, MOVES, PARTS, SHORT, STATES
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import offset_in, turned
from throughline.web.view import needs

A_PAGE = 25


@require_safe
@needs(Permission.ORDER_READ)
def orders(request: Request) -> HttpResponse:
    """The orders that the reader may know, newest first."""
    asked = {"state": request.GET.get("state", ""), "kind": request.GET.get("kind", "")}
    asked = {
        "state": asked["state"] if asked["state"] in STATES else "",
        "kind": asked["kind"] if asked["kind"] in SHORT else "",
    }
    form, offset = FilterForm(start=asked), offset_in(request.GET)
    rows, total = order_list(request.reader, **asked, offset=offset, size=A_PAGE)
    turn = turned(
        offset, lambda at: changed("orders", request.GET, offset=str(at) if at else ""), size=A_PAGE,
        is_more=total > offset + A_PAGE,
    )  # fmt: skip
    return page(
        request, "orders/orders.html", title="Court orders", active="orders", rows=rows, total=total, form=form,
        selected=selected(form, asked, lambda name: address("orders", asked | {name: ""})), turn=turn, states=STATES,
        colours=COLOURS, kinds=SHORT, may_draft=request.reader.may(Permission.ORDER_DRAFT),
        ours=times_of_body(request.reader), nation=times_of_nation(request.reader),
    )  # fmt: skip


@require_safe
@needs(Permission.ORDER_READ)
def order(request: Request, ref: str) -> HttpResponse:
    """One order, as its body reads it."""
    found = order_page(request.reader, ref)
    if found is None:
        raise Http404
    timeline = [
        *(Entry(HISTORY[m.verb], m.by, m.at, m.why) for m in reversed(found.history)),
        Entry("Drafted", found.made_by, found.row.made_at, ""),
    ]
    drafts = request.reader.may(Permission.ORDER_DRAFT)
    return page(
        request, "orders/order.html", title=found.row.title, active="orders", found=found, row=found.row,
        buttons=[Button(verb, MOVES[verb].name) for verb in found.moves], timeline=timeline, states=STATES,
        colours=COLOURS, first=FIRST, parts=[(PARTS[name], words) for name, words in found.words if words],
        doubts=_doubts(found), disclosures=DISCLOSURES, answers=ANSWERS,
        may_tell=drafts and bool(found.moves) and found.row.state in TO_COMPLY,
        may_agree=drafts and found.row.state in TO_COMPLY and found.comply_by is not None,
        may_replace=drafts and found.complied_at is not None and bool(found.moves or found.row.state == "expired"),
        may_follow=drafts and bool(found.replaced),
    )  # fmt: skip


def _doubts(found: OrderPage) -> list[tuple[str, str]]:
    return [
        (ABOUT[fact.about], f"{fact.says} ({fact.source})") for fact in found.law.facts if fact.is_unverified
    ]


@require_safe
@needs(Permission.ORDER_READ)
def order_law(request: Request) -> HttpResponse:
    """What the law says of each kind that can be drafted today, fact by fact."""
    return page(
        request, "orders/law.html", title="What the law asks", active="orders",
        kinds=list(kinds_on(clock.today()).values()), about=ABOUT, items=list(item_kinds().values()),
    )  # fmt: skip
