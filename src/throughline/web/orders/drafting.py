"""The pages on which an order is drafted, and items and evidence are put into it."""

from collections.abc import Iterable
from dataclasses import asdict

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.lines.queries import line_page
from throughline.orders.drafting import (
    add_from_line,
    add_item,
    add_provider,
    change_draft,
    draft_order,
    put_evidence,
    take_out,
)
from throughline.orders.law import kinds_on
from throughline.orders.queries import OrderPage, draft_of, order_page
from throughline.web.fields import Choice
from throughline.web.filtering import changed
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.orders.forms import (
    EvidenceForm,
    ItemForm,
    OutForm,
    PiecesForm,
    ProviderForm,
    draft_form,
    piece_choices,
)
from throughline.web.orders.words import ABOUT
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.view import needs

FIRST_KIND = "ddtro"
"""The kind that is drafted unless another is chosen."""


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
    kinds = kinds_on(clock.today())
    asked = posted(request, "kind") or request.GET.get("kind", "")
    kind = kinds.get(asked, kinds[FIRST_KIND])
    form, made = draft_form(kind.key).sent(request, start={"kind": kind.key}), list[str]()
    if form.is_valid() and is_done(
        form,
        lambda: made.append(draft_order(by=request.reader, draft=form.draft(), line=line, follows=follows)),
    ):
        tell(request, "It is drafted. Name what it is to cut off, and put its evidence in.")
        return redirect("order", made[0])
    others = [
        (one.name, changed("order-draft", request.GET, kind=one.key)) for one in kinds.values() if one is not kind
    ]  # fmt: skip
    return page(
        request, "orders/draft.html", title="Draft an order", active="orders", form=form, kind=kind, others=others,
        doubts=[fact for fact in kind.facts if fact.is_unverified], about=ABOUT, ref="", name="",
        follows=f"{kind.name}. Beside each field stands what the law asks for it, with its source. The order opens to "
        "your body alone.",
    )  # fmt: skip


def _draft(request: Request, ref: str, why: str) -> OrderPage:
    found = opened(request, ref, why)
    if not found.may_draft:
        raise Http404
    return found


def provider_choices(found: OrderPage) -> list[Choice]:
    """The providers of an order, to choose from."""
    return [Choice(one.ref, one.name) for one in found.providers]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_change(request: Request, ref: str) -> HttpResponse:
    """Write a draft anew."""
    found, stood = _draft(request, ref, "to change the draft"), draft_of(request.reader, ref)
    if stood is None:
        raise Http404
    form = draft_form(stood.kind).sent(request, start=asdict(stood))
    if form.is_valid() and is_done(
        form, lambda: change_draft(by=request.reader, ref=ref, draft=form.draft())
    ):
        tell(request, "The draft is changed.")
        return redirect("order", ref)
    return ask(
        request, form, title="Change the draft", ref=ref, name=found.row.title,
        follows="What it names and its evidence stay. Nothing can be changed once it is authorised.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_provider(request: Request, ref: str) -> HttpResponse:
    """Name another provider in the same application."""
    found, form = _draft(request, ref, "to name another provider"), ProviderForm.sent(request)
    if form.is_valid() and is_done(
        form, lambda: add_provider(by=request.reader, ref=ref, name=form.name, contact=form.contact)
    ):
        tell(request, "The order names it too.")
        return redirect("order", ref)
    return ask(
        request, form, title="Name another provider", ref=ref, name=found.row.title,
        follows="It is served by itself, and its time for compliance has a clock of its own.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_out(request: Request, ref: str) -> HttpResponse:
    """Take items and evidence out of a draft."""
    found = _draft(request, ref, "to take something out")
    choices = [Choice(f"i{one.number}", f"{one.kind} {one.shown}") for one in found.items]
    choices += [Choice(f"e{one.number}", f"Evidence: {one.says}") for one in found.evidence]
    form = OutForm.sent(request, choices={"chosen": choices})
    if form.is_valid() and is_done(form, lambda: _take_out(request, ref, form.chosen)):
        tell(request, "It is taken out.")
        return redirect("order", ref)
    return ask(
        request, form, title="Take something out", ref=ref, name=found.row.title,
        follows="Out of this draft alone: the line and the reports stay as they are.",
    )  # fmt: skip


def _take_out(request: Request, ref: str, chosen: Iterable[str]) -> None:
    items, evidence = ([int(one[1:]) for one in chosen if one[0] == kind] for kind in "ie")
    take_out(by=request.reader, ref=ref, items=items, evidence=evidence)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_item(request: Request, ref: str) -> HttpResponse:
    """Name something that the order is to cut off."""
    found = _draft(request, ref, "to name what it cuts off")
    form = ItemForm.sent(request, choices={"provider": provider_choices(found)})
    if form.is_valid() and is_done(
        form,
        lambda: add_item(
            by=request.reader, ref=ref, value=form.value, attribution=form.attribution, first_seen=form.first_seen,
            last_seen=form.last_seen, provider=form.provider,
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
