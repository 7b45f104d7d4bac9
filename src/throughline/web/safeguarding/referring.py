"""The pages of a referral: its questions, its prompt sheet, a notice without a name, its decisions, and section 45."""

from functools import cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.access.permissions import Permission
from throughline.intelligence.report_cells import Classification
from throughline.kernel import clock
from throughline.safeguarding.law.referral import Question, deciders, nrm, questions, section_45
from throughline.safeguarding.queries import ConcernPage
from throughline.safeguarding.referring import (
    Decided,
    ReferralRow,
    answer_referral,
    draft_referral,
    move_referral,
    notice_of,
    referral_answers,
    referrals_of,
)
from throughline.web.fields import Choice, Day, Field, ManyOf, OneOf, Text, TextArea
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.page import page
from throughline.web.pdf import pdf_answer, set_as_pdf
from throughline.web.request import Request
from throughline.web.safeguarding.forms import FULL, MoveForm, ReasonForm, choices
from throughline.web.safeguarding.views import opened
from throughline.web.safeguarding.words import REFERRAL_MOVES
from throughline.web.view import needs
from throughline.web.words import day, moment

HANDLING = (
    "Prepared here, to be submitted on the form of the Home Office by a person. Names a person who may be a victim: "
    "for those who look after them alone. Destroy it once it is submitted."
)
NOTICE_HANDLING = (
    "A Duty to Notify under section 52 of the Modern Slavery Act 2015, of an adult who does not consent to a referral. "
    "It holds answers chosen from lists alone, and names nobody."
)


@cache
def answers_form() -> type[Form]:
    """The questions of the live form, in its order."""
    return type("AnswersForm", (Form,), {one.key: _field(one) for one in questions().values()})


def _field(one: Question) -> Field[Any]:
    hint = f"Not verified. {one.unverified}" if one.unverified else one.section
    listed = [Choice(word, word.capitalize()) for word in one.choices]
    if one.kind == "one":
        return OneOf(one.asks, hint=hint, choices=listed)
    if one.kind == "many":
        return ManyOf(one.asks, hint=hint, choices=listed)
    return (
        TextArea(one.asks, hint=hint, limit=FULL, rows=3) if one.kind == "area" else Text(one.asks, hint=hint)
    )


class DecideForm(MoveForm):
    """A day, and what happened."""

    on = Day("Day", hint="On which it happened", needed="Enter the day", past=True)

    def decided(self) -> Decided:
        """What the service takes."""
        return Decided(self.words, on=self.on)


class SubmitForm(DecideForm):
    """To whom it went."""

    decider = OneOf("Who decides?", hint="A panel decides on children in some areas: " + nrm()["panel"]["says"],
                    choices=choices(deciders()), needed="Choose who decides")  # fmt: skip
    submitted_ref = Text("Reference that came back", hint="From the Home Office, if there is one", limit=60)

    def decided(self) -> Decided:
        return Decided(self.words, decider=self.decider, submitted_ref=self.submitted_ref, on=self.on)


def one_of(request: Request, ref: str, referral: str, why: str) -> tuple[ConcernPage, ReferralRow]:
    """A referral of a concern; an address that is not there where the reader may not know it."""
    found = opened(request, ref, why)
    row = next((one for one in referrals_of(request.reader, ref) if one.ref == referral), None)
    if row is None:
        raise Http404
    return found, row


@require_POST
@needs(Permission.CONCERN_WORK)
def referral_draft(request: Request, ref: str) -> HttpResponse:
    """Begin a referral."""
    opened(request, ref, "to begin a referral")
    form, made = Form(request.POST), list[str]()
    if is_done(form, lambda: made.append(draft_referral(by=request.reader, ref=ref))):
        return redirect("referral", ref, made[0])
    tell(request, form.faults.get("", "It could not be begun."))
    return redirect("concern", ref)


@require_safe
@needs(Permission.CONCERN_READ)
def referral(request: Request, ref: str, referral: str) -> HttpResponse:
    """Where a referral stands. It names nobody."""
    found, row = one_of(request, ref, referral, "opened its referral")
    return page(
        request, "safeguarding/referral.html", title=f"Referral {referral}", active="concerns", found=found, row=row,
        moves=[(verb, REFERRAL_MOVES[verb].name) for verb in row.moves], deciders=dict(deciders()),
        clocks=[(one, "") for one in row.clocks], form=ReasonForm(), source=nrm()["source"],
        responders=nrm()["first_responders"], responders_source=nrm()["first_responders_source"],
        may_work=found.may_work, is_notice=not row.is_automatic and row.consent == "no",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def referral_answers_page(request: Request, ref: str, referral: str) -> HttpResponse:
    """Answer the questions; what stands is shown for a further reason only."""
    _, row = one_of(request, ref, referral, "to answer its questions")
    if row.state != "drafted":
        raise Http404
    if request.method == "POST" and "why" in request.POST:
        return _opened_to_answer(request, ref, referral)
    if request.method != "POST":
        return _reason(request, ref, referral, ReasonForm())
    form = answers_form()(request.POST)
    if form.is_valid() and is_done(
        form, lambda: answer_referral(by=request.reader, concern=ref, ref=referral, answers=form.answers)
    ):
        tell(request, "The answers are kept.")
        return redirect("referral", ref, referral)
    return _questions(request, ref, referral, form)


def _opened_to_answer(request: Request, ref: str, referral: str) -> HttpResponse:
    reason = ReasonForm(request.POST)
    if not reason.is_valid():
        return _reason(request, ref, referral, reason)
    start = referral_answers(request.reader, ref, referral, why=reason.why)
    return _questions(request, ref, referral, answers_form()(start=start))


def _reason(request: Request, ref: str, referral: str, form: Form) -> HttpResponse:
    return page(
        request, "safeguarding/ask.html", title="Answer the questions", active="concerns", form=form, ref=ref,
        follows="The answers name somebody: they are shown for a further reason only.", button="Open the questions",
    )  # fmt: skip


def _questions(request: Request, ref: str, referral: str, form: Form) -> HttpResponse:
    sections: dict[str, list[str]] = {}
    for one in questions().values():
        sections.setdefault(one.section, []).append(one.key)
    return page(
        request, "safeguarding/answers.html", title="Answer the questions", active="concerns", form=form, ref=ref,
        referral=referral, sections=list(sections.items()),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def referral_move(request: Request, ref: str, referral: str, verb: str) -> HttpResponse:
    """Record what became of it."""
    _, row = one_of(request, ref, referral, f"to {verb}")
    if verb not in row.moves:
        raise Http404
    form, act = (
        (SubmitForm if verb in ("submit", "reconsider") else DecideForm).sent(request),
        REFERRAL_MOVES[verb],
    )
    if form.is_valid() and is_done(
        form,
        lambda: move_referral(
            by=request.reader, concern=ref, ref=referral, verb=verb, decided=form.decided()
        ),
    ):
        tell(request, act.done)
        return redirect("referral", ref, referral)
    return page(
        request, "safeguarding/ask.html", title=act.name, active="concerns", form=form, ref=ref, follows=act.follows,
        button=act.name,
    )  # fmt: skip


@require_POST
@needs(Permission.CONCERN_READ)
def referral_sheet(request: Request, ref: str, referral: str) -> HttpResponse:
    """The prompt sheet as a document, for a reason that the journal keeps."""
    found, row = one_of(request, ref, referral, "to print its sheet")
    form = ReasonForm(request.POST)
    answers = referral_answers(request.reader, ref, referral, why=form.why) if form.is_valid() else None
    if answers is None:
        return page(
            request, "safeguarding/ask.html", title="Print the prompt sheet", active="concerns", form=form, ref=ref,
            follows="It names somebody: it is printed for a further reason only.", button="Print the prompt sheet",
        )  # fmt: skip
    return pdf_answer(as_pdf(sheet_of(answers, row, found.row.age)), name=referral)


def as_pdf(values: dict[str, Any]) -> bytes:
    """A sheet or a notice as a document."""
    return set_as_pdf("safeguarding/sheet.typ", values)


def sheet_of(answers: dict[str, object], row: ReferralRow, age: str) -> dict[str, Any]:
    """What the prompt sheet says: each question of the form in its order, with its answer."""
    parts: dict[str, list[list[str]]] = {}
    for one in questions().values():
        said = answers.get(one.key, "")
        text = ", ".join(map(str, said)) if isinstance(said, list | tuple) else str(said)
        parts.setdefault(one.section, []).append([one.asks, text or "Not answered"])
    if row.is_automatic:
        basis = (
            "The referral is automatic: the person is under 18, or may be. The local authority is told first."
        )
    else:
        basis = f"The person is an adult. Consent: {row.consent or 'not asked'}."
    return {
        "title": f"Prompt sheet for a referral, {row.ref}", "marking": str(Classification.OFFICIAL_SENSITIVE),
        "foot": f"{row.ref}, {moment(clock.now())}", "handling": HANDLING, "intro": basis,
        "parts": [{"heading": name, "rows": rows} for name, rows in parts.items()],
    }  # fmt: skip


def notice_values(ref: str, said: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """What the notice says: nothing of it was typed by anybody."""
    return {
        "title": f"Duty to Notify, {ref}", "marking": str(Classification.OFFICIAL_SENSITIVE),
        "foot": f"{ref}, {day(clock.today())}", "handling": NOTICE_HANDLING,
        "intro": "An adult may be a victim of modern slavery.",
        "parts": [{"heading": "What is known", "rows": [list(one) for one in said]}],
    }  # fmt: skip


@require_safe
@needs(Permission.CONCERN_READ)
def referral_notice(request: Request, ref: str, referral: str) -> HttpResponse:
    """The notice as a page of its own."""
    found = notice_of(request.reader, ref, referral)
    if found is None:
        raise Http404
    return page(
        request, "safeguarding/notice.html", title=f"Duty to Notify {found[0]}", active="concerns", ref=ref,
        referral=referral, values=notice_values(*found),
    )  # fmt: skip


@require_safe
@needs(Permission.CONCERN_READ)
def referral_notice_file(request: Request, ref: str, referral: str) -> HttpResponse:
    """The notice as a document."""
    found = notice_of(request.reader, ref, referral)
    if found is None:
        raise Http404
    return pdf_answer(as_pdf(notice_values(*found)), name=found[0])


@require_safe
@needs(Permission.CONCERN_RAISE)
def section_45_page(request: Request) -> HttpResponse:
    """The statutory defence for a child and for an adult, and what it does not reach."""
    facts, excluded = section_45()
    return page(
        request, "safeguarding/section45.html", title="Section 45: the defence of victims", active="concerns",
        excluded=excluded, for_whom=[
            ("A child", [one for one in facts if one.about == "child"]),
            ("An adult", [one for one in facts if one.about == "adult"]),
            ("Both", [one for one in facts if one.about == "both"]),
        ],
    )  # fmt: skip
