"""Judging many hits at once: choose, say, look at what will be done, do it; and giving a second look."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.access.permissions import Permission
from throughline.kernel.workflow import MoveRefused
from throughline.matching.answering import is_rare
from throughline.matching.queries import HitRow, chosen_hits
from throughline.matching.reasons import HitProblem
from throughline.matching.together import (
    MOST,
    SecondLookProblem,
    give_second_look,
    judge_hits,
    second_looks,
)
from throughline.matching.workflow import DISMISSAL_REASONS, HIT
from throughline.selectors.registry import KINDS
from throughline.web.flash import tell
from throughline.web.hits.forms import SecondLookForm, TogetherForm
from throughline.web.hits.words import MOVES
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.view import needs
from throughline.web.words import plural

NOW, HELD, LEFT = "Done at once", "Waits for a second look", "Left as it is"


@dataclass(frozen=True, slots=True)
class Planned:
    """One hit, and what would become of it."""

    hit: HitRow
    effect: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HIT_JUDGE)
def hits_together(request: Request) -> HttpResponse:
    """Choose by the address, say what to make of them, look at what will be done, and do it."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = chosen_hits(request.reader, asked.getlist("ref")[:MOST])
    form = TogetherForm.sent(request)
    if not chosen or not form.is_valid():
        return _ask(request, form, chosen)
    planned = _planned(form, chosen)
    if posted(request, "step") != "do":
        return _show(request, form, planned)
    return _do(request, form, planned)


def _planned(form: TogetherForm, chosen: tuple[HitRow, ...]) -> list[Planned]:
    movable = {move.before for move in HIT.moves if move.verb == form.verb}
    holds = form.verb == "dismiss" and form.second_look == "yes"
    return [
        Planned(hit, LEFT if hit.state not in movable else HELD if holds and is_rare(hit.rarity) else NOW)
        for hit in chosen
    ]


def _do(request: Request, form: TogetherForm, planned: list[Planned]) -> HttpResponse:
    try:
        outcome = judge_hits(
            by=request.reader, refs=[plan.hit.ref for plan in planned if plan.effect != LEFT], verb=form.verb,
            reason=form.reason if form.verb == "dismiss" else "", note=form.words,
            second_look=form.second_look == "yes",
        )  # fmt: skip
    except ObjectDoesNotExist:
        raise Http404 from None
    except (HitProblem, MoveRefused) as problem:
        form.refuse("", str(problem))
        return _ask(request, form, tuple(plan.hit for plan in planned))
    held = f" {plural(outcome.held, 'hit')} held for a second look." if outcome.held else ""
    tell(request, f"{plural(outcome.done, 'hit')} judged: {MOVES[form.verb].history.lower()}.{held}")
    return redirect("hits")


def _ask(request: Request, form: TogetherForm, chosen: tuple[HitRow, ...]) -> HttpResponse:
    return page(
        request, "hits/together.html", title="Judge hits together", active="hits", form=form, chosen=chosen,
        kinds={kind.name: kind.label for kind in KINDS.values()},
        rare=[hit.ref for hit in chosen if is_rare(hit.rarity)],
    )  # fmt: skip


def _show(request: Request, form: TogetherForm, planned: list[Planned]) -> HttpResponse:
    kept = [(name, form.answers[name]) for name in form.fields]
    refs = [("ref", plan.hit.ref) for plan in planned]
    return page(
        request, "hits/together_check.html", title="Check before it is done", active="hits", planned=planned,
        kinds={kind.name: kind.label for kind in KINDS.values()}, said=MOVES[form.verb].together, kept=[*refs, *kept],
        reason=DISMISSAL_REASONS.get(form.reason, "") if form.verb == "dismiss" else "", words=form.words,
        does_any=any(plan.effect != LEFT for plan in planned),
        back=[plan.hit.ref for plan in planned],
    )  # fmt: skip


@require_safe
@needs(Permission.HIT_JUDGE)
def looks(request: Request) -> HttpResponse:
    """What waits for a second look in the reader's body."""
    return _looks(request, SecondLookForm())


@require_POST
@needs(Permission.HIT_JUDGE)
def look(request: Request, batch: str) -> HttpResponse:
    """Agree, or decline."""
    form = SecondLookForm.sent(request)
    verb = posted(request, "verb")
    if not form.is_valid() or verb not in ("agree", "decline"):
        return _looks(request, form)
    try:
        done = give_second_look(by=request.reader, batch=batch, verb=verb, note=form.said)
    except ObjectDoesNotExist:
        raise Http404 from None
    except (SecondLookProblem, MoveRefused) as problem:
        form.refuse("", str(problem))
        return _looks(request, form)
    tell(request, f"{plural(done, 'hit')} dismissed." if verb == "agree" else "The hits stay open.")
    return redirect("second-looks")


def _looks(request: Request, form: SecondLookForm) -> HttpResponse:
    return page(
        request, "hits/second_looks.html", title="Second looks", active="hits", form=form,
        looks=second_looks(request.reader), kinds={kind.name: kind.label for kind in KINDS.values()},
    )  # fmt: skip
