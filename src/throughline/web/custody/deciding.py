"""The forms of custody: an arrest, release, extension, conditions, breaches, and the end."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.custody.law import bail_ranks
from throughline.custody.queries import ArrestPage, arrest_page
from throughline.custody.services import (
    end_arrest,
    extend_bail,
    lift_condition,
    note_breach,
    record_arrest,
    release_on_bail,
    release_under_investigation,
    set_condition,
)
from throughline.lines.queries import line_page
from throughline.web.custody import forms
from throughline.web.custody.words import MOVES
from throughline.web.fields import Choice
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

BOTH = (
    ("Conditions", "May be set; each is necessary and proportionate", "None"),
    ("Time", "Ends unless it is extended by rank, then by a court", "None in law; a supervisor reviews it"),
    ("Breach", "May be arrested for it", "Nothing to breach"),
    (
        "Victims",
        "Their views on conditions are sought where practicable",
        "They can be given no protection by it",
    ),
)
"""Bail with conditions beside release under investigation: what is weighed before anybody is released."""


def opened(request: Request, ref: str, why: str) -> ArrestPage:
    """The arrest; an address that is not there where the reader may not know it."""
    found = arrest_page(request.reader, ref, why=why)
    if found is None:
        raise Http404
    return found


def _kept(request: Request, ref: str, why: str) -> ArrestPage:
    found = opened(request, ref, why)
    if not found.may_keep or found.row.state != "on bail":
        raise Http404
    return found


Compared = tuple[tuple[str, str, str], ...]


def _ask(
    request: Request, form: Form, title: str, *, follows: str, found: ArrestPage | None, both: Compared = (),
    doubt: str = "",
) -> HttpResponse:  # fmt: skip
    return page(
        request, "custody/ask.html", title=title, active="custody", form=form, follows=follows,
        row=found.row if found else None, both=both, doubt=doubt,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CUSTODY_KEEP)
def arrest_record(request: Request) -> HttpResponse:
    """Record an arrest; the address may name its line."""
    line = request.GET.get("line", "")
    if line and line_page(request.reader, line, why="recording an arrest on it") is None:
        raise Http404
    start = {"case": "non-standard" if request.reader.body_code == "NCA" else "standard"}
    form, made = forms.ArrestForm.sent(request, start=start), list[str]()
    if form.is_valid() and (at := form.moment()):
        draft = form.draft(at)
        if is_done(form, lambda: made.append(record_arrest(by=request.reader, draft=draft, line=line))):
            tell(request, "The arrest is recorded. Decide now on release.")
            return redirect("arrest", made[0])
    return _ask(
        request, form, "Record an arrest", found=None,
        follows="It opens to your body, and to the lead of the line if you say so.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CUSTODY_KEEP)
def arrest_move(request: Request, ref: str, verb: str) -> HttpResponse:
    """Release on bail or under investigation, charge, or take no further action."""
    found = opened(request, ref, f"to {verb}")
    if verb not in found.moves:
        raise Http404
    form, act = _move_form(request, found, verb), MOVES[verb]

    def service() -> None:
        if isinstance(form, forms.BailForm):
            release_on_bail(by=request.reader, ref=ref, release=form.release())
        elif isinstance(form, forms.InvestigationForm):
            release_under_investigation(by=request.reader, ref=ref, release=form.release())
        else:
            end_arrest(by=request.reader, ref=ref, verb=verb, why=form.answers["why"])

    if form.is_valid() and is_done(form, service):
        tell(request, act.done)
        return redirect("arrest", ref)
    first = found.law.first(found.row.case)
    follows = f"{first.name}: {first.months} months from the day after the arrest ({first.source})."
    return _ask(
        request, form, act.name, follows=follows if verb == "bail" else act.follows, found=found,
        both=BOTH if verb in ("bail", "release") else (), doubt=first.unverified if verb == "bail" else "",
    )  # fmt: skip


def _move_form(request: Request, found: ArrestPage, verb: str) -> Form:
    if verb == "bail":
        ranks = [Choice(key, bail_ranks()[key]) for key in found.law.first(found.row.case).ranks]
        return forms.BailForm.sent(request, choices={"rank": ranks})
    return (forms.InvestigationForm if verb == "release" else forms.WhyForm).sent(request)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CUSTODY_AUTHORISE)
def bail_extend(request: Request, ref: str, stage: str) -> HttpResponse:
    """Extend bail by its next stage; another stage is not there."""
    found = opened(request, ref, "to extend bail")
    law = next((one for one in found.following if one.key == stage), None)
    if law is None:
        raise Http404
    form = forms.extension_form(found.law, law).sent(request)
    if form.is_valid() and is_done(
        form, lambda: extend_bail(by=request.reader, ref=ref, extension=forms.extension_of(form, law))
    ):
        tell(request, "Bail is extended, and its clock set anew.")
        return redirect("arrest", ref)
    length = (
        f"{law.months} months from the bail start date"
        if law.months
        else "Until the day that the court states"
    )
    return _ask(
        request, form, law.name, follows=f"{length} ({law.source}). Nothing extends bail but this.", found=found,
        doubt=law.unverified,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CUSTODY_KEEP)
def condition_set(request: Request, ref: str) -> HttpResponse:
    """Set a condition of bail."""
    found, form = _kept(request, ref, "to set a condition"), forms.ConditionForm.sent(request)
    if form.is_valid() and is_done(
        form, lambda: set_condition(by=request.reader, ref=ref, words=form.words, because=form.because)
    ):
        tell(request, "The condition is set. Print the card anew.")
        return redirect("arrest", ref)
    return _ask(
        request, form, "Set a condition", follows="Necessary and proportionate, and no more.", found=found
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CUSTODY_KEEP)
def condition_lift(request: Request, ref: str, number: int) -> HttpResponse:
    """Lift a condition of bail."""
    found, form = _kept(request, ref, "to lift a condition"), forms.WhyForm.sent(request)
    one = next((row for row in found.conditions if row.number == number and not row.lifted_at), None)
    if one is None:
        raise Http404
    if form.is_valid() and is_done(
        form, lambda: lift_condition(by=request.reader, ref=ref, number=number, why=form.why)
    ):
        tell(request, "The condition is lifted. Print the card anew.")
        return redirect("arrest", ref)
    return _ask(request, form, "Lift a condition", follows=one.words, found=found)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CUSTODY_KEEP)
def breach_note(request: Request, ref: str) -> HttpResponse:
    """Note a breach of bail."""
    found, form = _kept(request, ref, "to note a breach"), forms.BreachForm.sent(request)
    if form.is_valid() and is_done(
        form,
        lambda: note_breach(by=request.reader, ref=ref, what=form.what, done=form.done, at=form.moment()),
    ):
        tell(request, "The breach is noted.")
        return redirect("arrest", ref)
    return _ask(request, form, "Note a breach", follows="Bail goes on until somebody decides.", found=found)
