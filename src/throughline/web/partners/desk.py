"""The pages of the desk that works with partner agencies: who they are, what they sent, and disclosing to them."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.safeguarding.law.sharing import agency_kinds
from throughline.safeguarding.partners import (
    add_agency_person,
    agency_list,
    answer_message,
    disclose_concern,
    keep_agency,
    message_page,
    messages_from_partners,
)
from throughline.web.fields import Choice
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.page import page
from throughline.web.partners import forms
from throughline.web.request import Request
from throughline.web.safeguarding.views import opened
from throughline.web.view import needs

SHOWN = 100


@require_safe
@needs(Permission.CONCERN_READ)
def agencies(request: Request) -> HttpResponse:
    """The agencies that the body works with, and what they sent."""
    return page(
        request, "partners/agencies.html", title="Partners", active="agencies", rows=agency_list(request.reader),
        messages=messages_from_partners(request.reader, size=SHOWN), kinds=agency_kinds(), most=SHOWN,
        may_work=request.reader.may(Permission.CONCERN_WORK),
    )  # fmt: skip


def _ask(request: Request, form: Form, *, title: str, follows: str) -> HttpResponse:
    return page(
        request, "partners/ask.html", title=title, active="agencies", form=form, follows=follows, is_own=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def agency_keep(request: Request) -> HttpResponse:
    """Keep an agency."""
    form = forms.AgencyForm.sent(request)
    if form.is_valid() and is_done(
        form, lambda: keep_agency(by=request.reader, name=form.name, kind=form.kind)
    ):
        tell(request, "The agency is kept. Join the log-ins of its people to it.")
        return redirect("agencies")
    return _ask(
        request, form, title="Keep an agency",
        follows="Your body's own list. An agency sees nothing until something is disclosed to it.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def agency_person(request: Request, ref: str) -> HttpResponse:
    """Join a partner's log-in to its agency."""
    of = next((one for one in agency_list(request.reader) if one.ref == ref), None)
    if of is None:
        raise Http404
    form = forms.AgencyPersonForm.sent(request)
    if form.is_valid() and is_done(
        form, lambda: add_agency_person(by=request.reader, agency=ref, username=form.username)
    ):
        tell(request, "They see what is disclosed to the agency from now on.")
        return redirect("agencies")
    return _ask(
        request, form, title=f"Join a log-in to {of.name}",
        follows="They will read all that was and is disclosed to the agency, and what it sent. Nothing else.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_READ)
def partner_message(request: Request, ref: str) -> HttpResponse:
    """What an agency sent, and its answer."""
    row = message_page(request.reader, ref)
    if row is None:
        raise Http404
    form = forms.AnswerForm.sent(request)
    if request.method == "POST":
        request.reader.require(Permission.CONCERN_WORK)
    if form.is_valid() and is_done(
        form, lambda: answer_message(by=request.reader, ref=ref, answer=form.answer, concern=form.concern)
    ):
        tell(request, "The agency reads your answer.")
        return redirect("agencies")
    return page(
        request, "partners/message.html", title=f"From {row.from_name}", active="agencies", row=row, form=form,
        may_work=request.reader.may(Permission.CONCERN_WORK),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def concern_disclose(request: Request, ref: str) -> HttpResponse:
    """Disclose something of a concern to an agency."""
    opened(request, ref, "to disclose something of it")
    choices = [Choice(one.ref, one.name) for one in agency_list(request.reader)]
    form = forms.DiscloseForm.sent(request, choices={"agency": choices})
    if form.is_valid() and is_done(
        form,
        lambda: disclose_concern(
            by=request.reader,
            ref=ref,
            agency=form.agency,
            words=form.words,
            regime=form.regime,
            basis=form.basis,
        ),
    ):
        tell(request, "It is disclosed, and stands with the concern.")
        return redirect("concern", ref)
    return page(
        request, "safeguarding/ask.html", title="Disclose to a partner agency", active="concerns", form=form, ref=ref,
        follows="Recorded under your name, and never changed. The agency has to be kept under Partners first.",
    )  # fmt: skip
