"""The pages on which an order is drafted, and items and evidence are put into it."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.kernel.workflow import MoveRefused
from throughline.lines.queries import line_page
from throughline.orders.drafting import add_from_line, add_item, draft_order, put_evidence
from throughline.orders.queries import OrderPage, order_page
from throughline.web.flash import tell
from throughline.web.forms import Form, beside_fields
from throughline.web.orders.forms import DraftForm, EvidenceForm, ItemForm, PiecesForm, piece_choices
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs


def is_done(form: Form, service: Callable[[], object]) -> bool:
    """Whether the service did it; what it refused stands in the form."""
    try:
        with beside_fields(form):
            service()
            return True
    except ObjectDoesNotExist:
        raise Http404 from None
    except MoveRefused as problem:
        form.refuse("", str(problem))
    return False


def opened(request: Request, ref: str, why: str) -> OrderPage:
    """The order; an address that is not there where the reader may not know it."""
    found = order_page(request.reader, ref, why=why)
    if found is None:
        raise Http404
    return found


def ask(
    request: Request, form: Form, *, title: str, follows: str, ref: str = "", name: str = ""
) -> HttpResponse:
    """A page of one form; its button says what the title says."""
    return page(
        request,
        "orders/ask.html",
        title=title,
        active="orders",
        form=form,
        follows=follows,
        ref=ref,
        name=name,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_draft(request: Request) -> HttpResponse:
    """Draft an order; the address may name its line, and the order that it follows."""
    line, follows = request.GET.get("line", ""), request.GET.get("follows", "")
    if follows:
        line = line or opened(request, follows, "drafting an order that follows it").line
    if line and line_page(request.reader, line, why="drafting an order on it") is None:
        raise Http404
    form, made = DraftForm.sent(request), list[str]()
    if form.is_valid() and is_done(
        form,
        lambda: made.append(draft_order(by=request.reader, draft=form.draft(), line=line, follows=follows)),
    ):
        tell(request, "It is drafted. Name what it is to cut off, and put its evidence in.")
        return redirect("order", made[0])
    return ask(
        request, form, title="Draft an order",
        follows="Beside each field stands what the law asks for a drug dealing telecommunications restriction order, "
        "with its source. The order opens to your body alone.",
    )  # fmt: skip


def _draft(request: Request, ref: str, why: str) -> OrderPage:
    found = opened(request, ref, why)
    if not found.may_draft:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_item(request: Request, ref: str) -> HttpResponse:
    """Name something that the order is to cut off."""
    found, form = _draft(request, ref, "to name what it cuts off"), ItemForm.sent(request)
    if form.is_valid() and is_done(
        form,
        lambda: add_item(
            by=request.reader, ref=ref, value=form.value, attribution=form.attribution, first_seen=form.first_seen,
            last_seen=form.last_seen,
        ),
    ):  # fmt: skip
        tell(request, "The order names it.")
        return redirect("order", ref)
    return ask(
        request, form, title="Name what it is to cut off", follows="As it is typed here, it opens with the order.",
        ref=ref, name=found.row.title,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_pieces(request: Request, ref: str) -> HttpResponse:
    """Take evidence of the order's line, and the numbers that it names."""
    found = _draft(request, ref, "to take evidence of its line")
    on = line_page(request.reader, found.line, why="evidence for an order") if found.line else None
    if on is None:
        raise Http404
    pieces = [(p.ref, f"{p.statement}: {p.shown}", p.grade, p.body) for p in on.pieces if p.stands]
    form = PiecesForm.sent(request, choices={"pieces": piece_choices(pieces)})
    if form.is_valid() and is_done(
        form,
        lambda: add_from_line(by=request.reader, ref=ref, pieces=form.pieces, disclosure=form.disclosure),
    ):
        tell(request, "The evidence is in the order.")
        return redirect("order", ref)
    return ask(
        request, form, title="Take evidence of the line", ref=ref, name=found.row.title,
        follows="Each piece keeps its grade and its marking: whoever may not know the piece does not see it here.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_evidence(request: Request, ref: str) -> HttpResponse:
    """Put in evidence that stands on no line."""
    found, form = _draft(request, ref, "to put evidence in"), EvidenceForm.sent(request)
    if form.is_valid() and is_done(
        form,
        lambda: put_evidence(
            by=request.reader, ref=ref, source_ref=form.source_ref, grade=form.grade, says=form.says,
            disclosure=form.disclosure,
        ),
    ):  # fmt: skip
        tell(request, "The evidence is in the order.")
        return redirect("order", ref)
    return ask(
        request, form, title="Put evidence in", follows="As it is typed here, it opens with the order.", ref=ref,
        name=found.row.title,
    )  # fmt: skip
