"""The numbers that are watched: the list, keeping a watch, one with what became of it, looking on, and ending it."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.kernel.workflow import MoveRefused
from throughline.telecoms.watch_queries import watch_list, watch_page
from throughline.telecoms.watching import end_watch, keep_watch, look_on
from throughline.web.calls.forms import WatchForm, WatchMoveForm, end_of
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.moves import Button, Entry
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.view import needs

MOVES = {"look-on": "look on", "end": "end"}
"""What an address calls a verb."""
WORDS = {
    "look on": (
        "It is another number",
        "The watch goes on, and you are told of another number only.",
        look_on,
    ),
    "end": ("End the watch", "Nobody searches for a successor by itself any more.", end_watch),
}
HISTORY = {"find": "A number was found", "look on": "It was another number", "end": "Ended"}


@require_safe
@needs(Permission.CALLS_READ)
def watches(request: Request) -> HttpResponse:
    """The standing watches of the body."""
    return page(
        request,
        "calls/watches.html",
        title="Watched numbers",
        active="calls",
        rows=watch_list(request.reader),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CALLS_READ)
def watch_keep(request: Request) -> HttpResponse:
    """Watch a number. It is only ever sent in a form."""
    if "begin" in request.POST:
        form = WatchForm(start={name: posted(request, name) for name in ("number", "why")})
    else:
        form = WatchForm.sent(request)
    if form.is_valid():
        with beside_fields(form):
            ref = keep_watch(
                by=request.reader,
                number=form.number,
                why=form.why,
                line=form.line,
                silent_at=end_of(form.silent_on),
            )
            tell(request, "The number is watched. What is there already is searched now.")
            return redirect("watch", ref)
    return page(request, "calls/watch_keep.html", title="Watch a number", active="calls", form=form)


@require_safe
@needs(Permission.CALLS_READ)
def watch(request: Request, ref: str) -> HttpResponse:
    """One watch. What was found is not kept: whoever wants to see it asks, with a reason."""
    found = watch_page(request.reader, ref)
    if found is None:
        raise Http404
    history = [Entry(HISTORY[one.verb], one.by, one.at, one.why) for one in reversed(found.history)]
    paths = {verb: path for path, verb in MOVES.items()}
    buttons = [Button(paths[verb], WORDS[verb][0]) for verb in found.moves]
    return page(
        request,
        "calls/watch.html",
        title=f"Watch {ref}",
        active="calls",
        row=found.row,
        history=history,
        buttons=buttons,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CALLS_READ)
def watch_move(request: Request, ref: str, verb: str) -> HttpResponse:
    """Look on, or end the watch, with a reason."""
    found = watch_page(request.reader, ref)
    if found is None or verb not in MOVES:
        raise Http404
    name, effect, service = WORDS[MOVES[verb]]
    form = WatchMoveForm.sent(request)
    if form.is_valid():
        try:
            service(by=request.reader, ref=ref, why=form.why)
        except ObjectDoesNotExist:
            raise Http404 from None
        except MoveRefused as problem:
            form.refuse("", str(problem))
        else:
            tell(request, effect)
            return redirect("watch", ref)
    return page(
        request, "calls/watch_move.html", title=f"{name}: {ref}", active="calls", form=form, row=found.row, name=name,
        effect=effect,
    )  # fmt: skip
