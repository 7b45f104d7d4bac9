"""The page on which vulnerability is assessed: every indicator, its reason and evidence, and what a person judges."""

from functools import cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.safeguarding.law import Indicators, indicators_on
from throughline.safeguarding.looking_after import Answer, assess_concern
from throughline.safeguarding.words import JUDGEMENTS
from throughline.web.fields import OneOf, Text, TextArea
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.safeguarding.forms import FULL, choices
from throughline.web.safeguarding.views import opened
from throughline.web.safeguarding.words import FOUND
from throughline.web.view import needs


@cache
def assessment_form(version: int, age: str) -> type[Form]:
    """The form of the indicators that stand today, for somebody of this age."""
    listed = indicators_on(clock.today())
    fields: dict[str, Any] = {}
    for one in listed.of(age):
        fields[one.key] = OneOf(
            one.asks, hint=one.about, choices=choices(FOUND), needed=f"Say whether: {one.asks.lower()}"
        )
        fields[f"{one.key}_why"] = Text(
            "How do you know?", hint="If yes: what was seen or said, by whom, when", limit=500
        )
        fields[f"{one.key}_evidence"] = Text(
            "Evidence", hint="A reference and its grade, if there is one", limit=100
        )
    fields["judgement"] = OneOf("What does it come to?", hint="Your judgement. Nothing is added up",
                                choices=choices(JUDGEMENTS), needed="Choose what it comes to")  # fmt: skip
    fields["words"] = TextArea("Why do you judge so?", hint="Also what speaks against it", limit=FULL, rows=4,
                               needed="Say why you judge so")  # fmt: skip
    return type(f"AssessmentForm{version}{age.title().replace(' ', '')}", (Form,), fields)


def _answers(form: Form, listed: Indicators, age: str) -> dict[str, Answer]:
    said = form.answers
    return {
        one.key: Answer(said[one.key], said[f"{one.key}_why"], said[f"{one.key}_evidence"])
        for one in listed.of(age)
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CONCERN_WORK)
def concern_assess(request: Request, ref: str) -> HttpResponse:
    """Assess how vulnerable the person is."""
    found, listed = opened(request, ref, "to assess it"), indicators_on(clock.today())
    if not found.is_open:
        raise Http404
    age = "adult" if found.row.age == "adult" else "child"
    form = assessment_form(listed.version, age).sent(request)
    if form.is_valid() and is_done(
        form,
        lambda: assess_concern(
            by=request.reader, ref=ref, answers=_answers(form, listed, age), judgement=form.answers["judgement"],
            words=form.answers["words"],
        ),
    ):  # fmt: skip
        tell(request, "The assessment is kept.")
        return redirect("concern", ref)
    return page(
        request, "safeguarding/assess.html", title="Assess vulnerability", active="concerns", form=form, ref=ref,
        version=listed.version, source=listed.source, asked=[one.key for one in listed.of(age)],
    )  # fmt: skip
