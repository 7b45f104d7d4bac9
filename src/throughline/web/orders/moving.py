"""The pages on which an order takes its steps, bodies are asked and answer, and a replacement is recorded."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.orders.asking import ANSWERS, answer_interest, ask_interests
from throughline.orders.moving import agree_earlier, move_order, record_replacement
from throughline.orders.providers import record_compliance, serve_provider
from throughline.orders.queries import question_page
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.orders import forms
from throughline.web.orders.drafting import ask, opened, provider_choices
from throughline.web.orders.words import MOVES
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

ASKS: dict[str, type[forms.MoveForm]] = {
    "authorise": forms.AuthoriseForm, "apply": forms.ApplyForm, "grant": forms.GrantForm, "vary": forms.GrantForm,
    "extend": forms.GrantForm, "serve": forms.AtForm, "comply": forms.AtForm,
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_READ)
def order_move(request: Request, ref: str, verb: str) -> HttpResponse:
    """Take a step of an order; one that is not this reader's to take is not there."""
    found = opened(request, ref, f"to {verb}")
    if verb not in found.moves or verb not in MOVES:
        raise Http404
    form, act = ASKS.get(verb, forms.MoveForm).sent(request), MOVES[verb]
    if form.is_valid() and is_done(
        form, lambda: move_order(by=request.reader, ref=ref, verb=verb, made=form.made())
    ):
        tell(request, act.done)
        return redirect("order", ref)
    return ask(request, form, title=act.name, follows=act.follows, ref=ref, name=found.row.title)


class AskForm(Form):
    """Nothing is asked but whether to go on."""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_ask(request: Request, ref: str) -> HttpResponse:
    """Ask every body with an interest whether it wants what is cut off kept alive."""
    found, form = opened(request, ref, "to ask bodies with an interest"), AskForm.sent(request)
    if found.row.state not in ("drafted", "authorised"):
        raise Http404
    asked = list[int]()
    if form.is_valid() and is_done(form, lambda: asked.append(ask_interests(by=request.reader, ref=ref))):
        tell(
            request,
            "They are being asked." if asked[0] else "No other body that you may know of holds any of it.",
        )
        return redirect("order", ref)
    return ask(
        request, form, title="Ask bodies with an interest", ref=ref, name=found.row.title,
        follows="Each number is checked like any other: journalled, and told to every body that holds it, with your "
        "reason. A body that keeps its interest silent is told as well, and is not named to you. They have two days.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HIT_JUDGE)
def order_question(request: Request, ref: str) -> HttpResponse:
    """Answer for the reader's body whether something should be kept alive."""
    told = question_page(request.reader, ref)
    if told is None:
        raise Http404
    question, asker, desk = told
    form = forms.AnswerForm.sent(request)
    if form.is_valid() and is_done(
        form, lambda: answer_interest(by=request.reader, ref=ref, answer=form.answer, words=form.words)
    ):
        tell(request, "Your answer is with the body that asks.")
        return redirect("desk")
    return page(
        request, "orders/question.html", title=f"Would intelligence be lost? {question.shown}", active="desk",
        form=form, question=question, asker=asker, desk=desk, answers=ANSWERS,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_earlier(request: Request, ref: str) -> HttpResponse:
    """Record an earlier time for compliance that was agreed."""
    found = opened(request, ref, "to record an earlier time")
    form = forms.EarlierForm.sent(request, choices={"provider": provider_choices(found)})
    if found.comply_by is None:
        raise Http404
    if form.is_valid() and (earlier := form.moment()):
        until = earlier
        if is_done(
            form,
            lambda: agree_earlier(
                by=request.reader, ref=ref, earlier=until, why=form.why, provider=form.provider
            ),
        ):
            tell(request, "The earlier time stands, and its clock runs.")
            return redirect("order", ref)
    return ask(
        request, form, title="Record an earlier time", follows="Earlier only: a later time is for the court.",
        ref=ref, name=found.row.title,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_replacement(request: Request, ref: str) -> HttpResponse:
    """Record the number that took over."""
    found, form = opened(request, ref, "to record a replacement"), forms.ReplacementForm.sent(request)
    if found.complied_at is None:
        raise Http404
    if form.is_valid() and is_done(
        form,
        lambda: record_replacement(
            by=request.reader, ref=ref, number=form.number, at=form.moment(), why=form.why
        ),
    ):
        tell(request, "The replacement is recorded. Draft a second order on it if it is needed.")
        return redirect("order", ref)
    return ask(
        request, form, title="Record the replacement", ref=ref, name=found.row.title,
        follows="Its first use is what counts: the hours from compliance to it measure what the order did.",
    )  # fmt: skip


BY_PROVIDER = {
    "serve": (serve_provider, "Record service on one provider", "It is recorded as served."),
    "comply": (
        record_compliance,
        "Record compliance of one provider",
        "Its clock is met, and what it cut off is watched.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ORDER_DRAFT)
def order_by_provider(request: Request, ref: str, provider: str, verb: str) -> HttpResponse:
    """Record that one provider was served, or complied; what it has done already is not there to be done."""
    found = opened(request, ref, f"to {verb} one provider")
    one = next((row for row in found.providers if row.ref == provider), None)
    if one is None or verb not in BY_PROVIDER or not found.moves:
        raise Http404
    form, (service, title, done) = forms.AtForm.sent(request), BY_PROVIDER[verb]
    if form.is_valid() and is_done(
        form, lambda: service(by=request.reader, ref=ref, provider=provider, at=form.moment(), why=form.why)
    ):
        tell(request, done)
        return redirect("order", ref)
    return ask(request, form, title=title, follows=f"{one.name}.", ref=ref, name=found.row.title)
