"""The pages of disruptions: the list with what counts, one with its claims, and those that claim and moderate."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.operations.disrupted import (
    DisruptionPage,
    disruption_list,
    disruption_page,
    disruption_totals,
)
from throughline.operations.disruptions import claim_disruption, join_disruption, moderate_disruption
from throughline.operations.words import LEVELS, PS
from throughline.web.filtering import changed
from throughline.web.flash import tell
from throughline.web.forms import is_done
from throughline.web.moves import Button
from throughline.web.operations.forms import ClaimForm, CountForm, FoldForm, JoinForm, MoveForm
from throughline.web.operations.planning import bodies_now
from throughline.web.operations.words import DISRUPTION_COLOURS, DISRUPTION_STATES, MODERATES
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import offset_in, turned
from throughline.web.view import needs

A_PAGE = 25


@require_safe
@needs(Permission.TASK_READ)
def disruptions(request: Request) -> HttpResponse:
    """The disruptions that the reader may know, and what counts of them."""
    state, offset = request.GET.get("state", ""), offset_in(request.GET)
    state = state if state in DISRUPTION_STATES else ""
    rows, total = disruption_list(request.reader, state=state, offset=offset, size=A_PAGE)
    turn = turned(
        offset, lambda at: changed("disruptions", request.GET, offset=str(at) if at else ""), size=A_PAGE,
        is_more=total > offset + A_PAGE,
    )  # fmt: skip
    return page(
        request, "operations/disruptions.html", title="Disruptions", active="operations", rows=rows, total=total,
        turn=turn, totals=disruption_totals(request.reader), levels=LEVELS, ps=PS, states=DISRUPTION_STATES,
        colours=DISRUPTION_COLOURS, may_claim=request.reader.may(Permission.TASK_WORK),
    )  # fmt: skip


@require_safe
@needs(Permission.TASK_READ)
def disruption(request: Request, ref: str) -> HttpResponse:
    """One disruption, with what each body claims."""
    found = _opened(request, ref, "opened the disruption")
    named = [", ".join(PS[p] for p in claim.ps) for claim in found.claims]
    buttons = [Button(verb.replace(" ", "-"), MODERATES[verb.replace(" ", "-")].name) for verb in found.moves]
    return page(
        request, "operations/disruption.html", title=found.row.title, active="operations", found=found, row=found.row,
        buttons=buttons, levels=LEVELS, named=named, states=DISRUPTION_STATES, colours=DISRUPTION_COLOURS,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TASK_WORK)
def disruption_claim(request: Request) -> HttpResponse:
    """Claim a disruption."""
    made = list[str]()
    form = ClaimForm.sent(request, choices={"bodies": bodies_now()})
    if form.is_valid() and is_done(
        form, lambda: made.append(claim_disruption(by=request.reader, draft=form.draft))
    ):
        tell(request, "It is claimed, and whoever moderates it is being told.")
        return redirect("disruption", made[0])
    return page(
        request, "operations/claim.html", title="Claim a disruption", active="operations", form=form, ref="", name="",
        follows="It opens to the bodies that you name, to your region and to the national centre. Levels are not taken "
        "from a published definition: none was read.", button="Claim it",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TASK_WORK)
def disruption_join(request: Request, ref: str) -> HttpResponse:
    """Claim a part in a disruption that another body told of."""
    found = _opened(request, ref, "to join it")
    if not found.may_join:
        raise Http404
    form = JoinForm.sent(request)
    if form.is_valid() and is_done(
        form,
        lambda: join_disruption(by=request.reader, ref=ref, ps=form.ps, level=form.level, why=form.why),
    ):
        tell(request, "Your body's part is claimed. The event still counts once.")
        return redirect("disruption", ref)
    return page(
        request, "operations/claim.html", title="Claim a part in it", active="operations", form=form, ref=ref,
        name=found.row.title, follows="The event counts once, however many bodies claim it.", button="Claim a part",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TASK_ASSESS)
def disruption_moderate(request: Request, ref: str, verb: str) -> HttpResponse:
    """Moderate a disruption; a step that is not this reader's to take is not there."""
    found = _opened(request, ref, f"to {verb}")
    if verb not in MODERATES or verb.replace("-", " ") not in found.moves:
        raise Http404
    form = {"count": CountForm, "fold": FoldForm}.get(verb, MoveForm).sent(request)
    if form.is_valid() and is_done(
        form,
        lambda: moderate_disruption(
            by=request.reader, ref=ref, verb=verb.replace("-", " "), words=form.answers["words"],
            level=form.answers.get("level", ""), into=form.answers.get("into", ""),
        ),
    ):  # fmt: skip
        tell(request, MODERATES[verb].done)
        return redirect("disruption", ref)
    return page(
        request, "operations/claim.html", title=MODERATES[verb].name, active="operations", form=form, ref=ref,
        name=found.row.title, follows=MODERATES[verb].follows, button=MODERATES[verb].name,
    )  # fmt: skip


def _opened(request: Request, ref: str, why: str) -> DisruptionPage:
    found = disruption_page(request.reader, ref, why=why)
    if found is None:
        raise Http404
    return found
