"""The planned events of the reader's body: the list, planning one, its page, and changing it."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.clashes.queries import EventPage, event_list, event_page
from throughline.clashes.services import EventProblem, break_silence, change_event, move_event, plan_event
from throughline.kernel.workflow import MoveRefused
from throughline.web.events.forms import EventForm, PlanForm, ReasonForm, plan_choices, standing_answers
from throughline.web.events.shown import event_shown, rows_shown, sketched
from throughline.web.events.words import BREAK_SILENCE, CANCEL, DONE, Act
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.turning import offset_in
from throughline.web.view import needs

SIZE = 25
CHANGED = "The event is changed."


@require_safe
@needs(Permission.EVENT_READ)
def events(request: Request) -> HttpResponse:
    """The events of the body: those that stand, with a sketch of where they lie, or those that are done."""
    offset, done = offset_in(request.GET), request.GET.get("show") == "done"
    found = event_list(request.reader, standing=not done, offset=offset, size=SIZE)
    return page(
        request, "events/events.html", title="Planned events", rows=rows_shown(found, offset=offset), shows_done=done,
        sketch=None if done else sketched(found, offset=offset), number=offset // SIZE + 1,
        previous=_address(max(0, offset - SIZE), done=done) if offset else "",
        next=_address(found.next_offset, done=done) if found.next_offset else "",
        may_plan=request.reader.may(Permission.EVENT_PLAN),
    )  # fmt: skip


def _address(offset: int, *, done: bool) -> str:
    return f"?{'show=done&' if done else ''}offset={offset}"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EVENT_PLAN)
def event_plan(request: Request) -> HttpResponse:
    """Plan an event; its page then says who else is near."""
    choices = plan_choices(request.reader)
    form = PlanForm.sent(request, choices=choices)
    if form.is_valid():
        try:
            ref = plan_event(
                by=request.reader,
                draft=form.draft,
                why=form.why,
                silent=form.is_silent,
                compartment=form.circle,
            )
        except EventProblem as problem:
            form.refuse_for(problem)
        else:
            tell(request, "The event is planned.")
            return redirect("event", ref)
    asks = {name: bool(offered) for name, offered in choices.items()}
    return page(request, "events/plan.html", title="Plan an event", form=form, asks=asks)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EVENT_READ)
def event(request: Request, ref: str) -> HttpResponse:
    """One event: whom to ring, what it is, and the moves open to the reader."""
    form = Form.sent(request)
    verb = posted(request, "verb")
    if form.is_valid() and _is_done(form, lambda: move_event(by=request.reader, ref=ref, verb=verb)):
        tell(request, DONE[verb])
        return redirect("event", ref)
    shown = event_shown(request.reader, _opened(request, ref))
    return page(request, "events/event.html", title=f"Event {ref}", event=shown, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EVENT_PLAN)
def event_change(request: Request, ref: str) -> HttpResponse:
    """Change an event that stands."""
    held = _opened(request, ref)
    form = EventForm.sent(request, start=standing_answers(held))
    if form.is_valid() and _is_done(
        form, lambda: change_event(by=request.reader, ref=ref, draft=form.draft, why=form.why)
    ):
        tell(request, CHANGED)
        return redirect("event", ref)
    return page(
        request, "events/change.html", title=f"Change event {ref}", form=form, ref=ref, what=held.what
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EVENT_PLAN)
def event_cancel(request: Request, ref: str) -> HttpResponse:
    """Cancel an event, with a reason."""

    def cancel(why: str) -> None:
        move_event(by=request.reader, ref=ref, verb="cancel", why=why)

    return _with_reason(request, ref, CANCEL, cancel)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EVENT_SILENCE)
def event_break_silence(request: Request, ref: str) -> HttpResponse:
    """Open a silent event, with a reason."""

    def speak(why: str) -> None:
        break_silence(by=request.reader, ref=ref, why=why)

    return _with_reason(request, ref, BREAK_SILENCE, speak)


def _with_reason(request: Request, ref: str, act: Act, service: Callable[[str], None]) -> HttpResponse:
    held, form = _opened(request, ref), ReasonForm.sent(request)
    if form.is_valid() and _is_done(form, lambda: service(form.why)):
        tell(request, act.done)
        return redirect("event", ref)
    title = f"{act.name}: {ref}"
    return page(request, "events/reason.html", title=title, form=form, ref=ref, what=held.what, act=act)


def _opened(request: Request, ref: str) -> EventPage:
    found = event_page(request.reader, ref)
    if found is None:
        raise Http404
    return found


def _is_done(form: Form, service: Callable[[], None]) -> bool:
    """Call the service, or put the sentence that refuses it on the form."""
    try:
        service()
    except ObjectDoesNotExist:
        raise Http404 from None
    except EventProblem as problem:
        if isinstance(form, EventForm):
            form.refuse_for(problem)
        else:
            form.refuse(problem.field if problem.field in form.fields else "", str(problem))
        return False
    except MoveRefused as problem:
        form.refuse("", str(problem))
        return False
    return True
