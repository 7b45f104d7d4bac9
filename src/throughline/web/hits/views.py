"""The list of hits, and the page on which one is judged."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.access.permissions import Permission
from throughline.kernel.workflow import MoveRefused
from throughline.lines.queries import lines_of_hit
from throughline.matching.ageing import REVIEW_YEARS
from throughline.matching.reasons import HitProblem
from throughline.matching.services import judge_hit
from throughline.matching.thread import write_note
from throughline.selectors.registry import KINDS
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.hits.filters import filter_form, filtered, selected, turn
from throughline.web.hits.forms import DismissForm, NoteForm, SayForm
from throughline.web.hits.shown import hit_shown
from throughline.web.hits.words import MOVES
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.turning import offset_in
from throughline.web.view import needs


@require_safe
@needs(Permission.HIT_READ)
def hits(request: Request) -> HttpResponse:
    """The hits of the reader's body, rarest first."""
    offset, form = offset_in(request.GET), filter_form(request.reader, request.GET)
    found = filtered(request.reader, form, offset=offset)
    return page(
        request, "hits/hits.html", title="Hits", active="hits", form=form, groups=found.groups,
        kinds={kind.name: kind.label for kind in KINDS.values()},
        selected=selected(form, request.GET), turn=turn(found, request.GET, offset=offset),
        may_judge=request.reader.may(Permission.HIT_JUDGE), may_oversee=request.reader.may(Permission.HIT_OVERSEE),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.HIT_READ)
def hit(request: Request, ref: str) -> HttpResponse:
    """One hit: both sides, and the moves open to the reader."""
    if request.method != "POST":
        return _show(request, ref)
    request.reader.require(Permission.HIT_JUDGE)
    verb = posted(request, "verb")
    form = DismissForm.sent(request) if verb == "dismiss" else SayForm.sent(request)
    if form.is_valid() and _is_judged(request, ref, verb, form):
        tell(request, MOVES[verb].done)
        return redirect("hit", ref)
    return _show(request, ref, form)


@require_POST
@needs(Permission.HIT_JUDGE)
def hit_note(request: Request, ref: str) -> HttpResponse:
    """Write on the thread of a hit."""
    form = NoteForm.sent(request)
    if not form.is_valid():
        return _show(request, ref, form)
    try:
        write_note(by=request.reader, hit=ref, text=form.message)
    except ObjectDoesNotExist:
        raise Http404 from None
    tell(request, "Your note stands on the hit.")
    return redirect("hit", ref)


def _is_judged(request: Request, ref: str, verb: str, form: SayForm | DismissForm) -> bool:
    """Make the move, or put the sentence that refuses it on the form."""
    dismissal = {"reason": form.reason, "note": form.words} if isinstance(form, DismissForm) else {}
    said = dismissal or {"note": form.answers["note"]}
    try:
        judge_hit(by=request.reader, ref=ref, verb=verb, **said)
    except ObjectDoesNotExist:
        raise Http404 from None
    except (HitProblem, MoveRefused) as problem:
        form.refuse("", str(problem))
        return False
    return True


def _show(request: Request, ref: str, form: Form | None = None) -> HttpResponse:
    shown = hit_shown(request.reader, ref)
    if shown is None:
        raise Http404
    say = form if isinstance(form, SayForm) else SayForm()
    dismiss = form if isinstance(form, DismissForm) else DismissForm()
    return page(
        request,
        "hits/hit.html",
        title=f"Hit {ref}",
        active="hits",
        hit=shown,
        lines=lines_of_hit(request.reader, ref),
        bid_from=ref if request.reader.may(Permission.TASK_BID) else "",
        may_chart=request.reader.may(Permission.LINE_READ) and any(side.rows for side in shown.sides),
        may_keep_lines=request.reader.may(Permission.LINE_KEEP),
        review_years=REVIEW_YEARS,
        form=form,
        say=say,
        dismiss=dismiss,
        write=form if isinstance(form, NoteForm) else NoteForm(),
    )
