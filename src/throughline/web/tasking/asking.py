"""The list of lines that ask for a bid, and the page on which a cause is set aside."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.lines.queries import line_page
from throughline.tasking.adopting import CHILD_SAID
from throughline.tasking.asking import CAUSES, CHILD, causes_of, lines_asking, set_aside, set_aside_on
from throughline.web.filtering import changed
from throughline.web.flash import tell
from throughline.web.forms import is_done
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.tasking.forms import SetAsideForm
from throughline.web.turning import offset_in, turned
from throughline.web.view import needs

A_PAGE = 25


@require_safe
@needs(Permission.TASK_BID)
def asking(request: Request) -> HttpResponse:
    """The lines of the reader's body that ask for a bid, the most pressing first."""
    offset, found = offset_in(request.GET), lines_asking(request.reader)
    turn = turned(
        offset, lambda at: changed("asking", request.GET, offset=str(at) if at else ""), size=A_PAGE,
        is_more=len(found) > offset + A_PAGE,
    )  # fmt: skip
    return page(
        request, "tasking/asking.html", title="Lines that ask for a bid", active="bids",
        rows=found[offset : offset + A_PAGE], causes=CAUSES, turn=turn,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TASK_BID)
def asking_set_aside(request: Request, line: str, cause: str) -> HttpResponse:
    """Set a cause aside, and say why."""
    found = line_page(request.reader, line, why="setting aside that it asks for a bid")
    if found is None or cause not in CAUSES:
        raise Http404
    form = SetAsideForm.sent(request)
    if form.is_valid() and is_done(
        form, lambda: set_aside(by=request.reader, line=line, cause=cause, why=form.words)
    ):
        tell(request, "It asks for no bid for four weeks.")
        return redirect("asking")
    return page(
        request, "tasking/set_aside.html", title="Set aside", active="bids", form=form, line=line,
        name=found.known.name, cause=CAUSES[cause], causes=CAUSES, before=set_aside_on(request.reader, line),
    )  # fmt: skip


def because(request: Request) -> dict[str, object]:
    """What a bid begins with where its line asked for it: the causes in words."""
    asked = [CAUSES[cause] for cause in request.GET.get("because", "").split(",") if cause in CAUSES]
    return {"why": ". ".join(asked) + "."} if asked else {}


def child_said(request: Request, line: str) -> dict[str, object]:
    """What a bid begins with where what the reader may know of its line says that a child is at risk."""
    return {"child_at_risk": f"{CHILD_SAID}."} if CHILD in causes_of(request.reader, line) else {}
