"""Asking call data about a number, and the numbers that are used as deal lines are; each look with its reason."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.telecoms.candidates import line_candidates
from throughline.telecoms.elsewhere import look_elsewhere
from throughline.telecoms.profile import profile_of
from throughline.telecoms.queries import NoCalls
from throughline.telecoms.successors import successors
from throughline.telecoms.time_map import time_map_of
from throughline.telecoms.together import group_of
from throughline.web.calls.confirming import may_confirm
from throughline.web.calls.forms import ABOUT, SUCCESSOR, TIME, TOGETHER, USE, AskForm, WhyForm, end_of
from throughline.web.calls.group_shown import GroupShown, group_shown
from throughline.web.calls.shown import (
    LineCandidateRow,
    ProfileShown,
    SuccessorsShown,
    line_candidates_shown,
    profile_shown,
    successors_shown,
)
from throughline.web.calls.time_shown import TimeMapShown, time_map_shown
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.view import needs

BEGIN = ("numbers", "why", "about")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CALLS_READ)
def calls(request: Request) -> HttpResponse:
    """Ask about a number, with a reason, and be answered from the call data that the reader may know."""
    form = _begun(request) or AskForm.sent(request)
    if not form.is_valid():
        return page(request, "calls/ask.html", title="Call data", active="calls", form=form)
    # The pointer first: whoever holds more is told, whatever is found.
    elsewhere = look_elsewhere(by=request.reader, numbers=form.asked, why=form.why)
    answer = Answer()
    with suppress(NoCalls):  # said on the page, beside whom to ring
        answer = ANSWERS[form.about](request, form)
    again = AskForm(start={"numbers": form.numbers, "why": form.why})
    return page(
        request, "calls/answer.html", title="What call data says", active="calls", form=again, asked=form.asked,
        why=form.why, about={choice.value: choice.text for choice in ABOUT}[form.about], elsewhere=elsewhere,
        may_confirm=may_confirm(request.reader), profile=answer.profile, time_map=answer.time_map,
        successors=answer.successors, group=answer.group,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown of the one thing that was asked; the rest is empty."""

    profile: ProfileShown | None = None
    time_map: TimeMapShown | None = None
    successors: tuple[SuccessorsShown, ...] = ()
    group: GroupShown | None = None


def _begun(request: Request) -> AskForm | None:
    """The form as another page opens it: filled in, and not sent yet."""
    if "begin" not in request.POST:
        return None
    return AskForm(start={name: posted(request, name) for name in BEGIN})


def _use(request: Request, form: AskForm) -> Answer:
    found = profile_of(request.reader, form.asked[0], why=form.why)
    if found is None:
        return Answer()
    return Answer(profile=profile_shown(found), time_map=time_map_shown(found.time_map))


def _time(request: Request, form: AskForm) -> Answer:
    found = time_map_of(request.reader, form.asked, week=_week(request), why=form.why)
    return Answer(time_map=time_map_shown(found) if found else None)


def _week(request: Request) -> date | None:
    """The week that was chosen; anything else is the whole time."""
    try:
        return date.fromisoformat(posted(request, "week"))
    except ValueError:
        return None


def _successor(request: Request, form: AskForm) -> Answer:
    found = successors(request.reader, form.asked, at=end_of(form.silent_on), why=form.why)
    return Answer(successors=tuple(map(successors_shown, found)))


def _together(request: Request, form: AskForm) -> Answer:
    return Answer(group=group_shown(group_of(request.reader, form.asked, why=form.why)))


ANSWERS = {USE: _use, TIME: _time, SUCCESSOR: _successor, TOGETHER: _together}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CALLS_READ)
def call_candidates(request: Request) -> HttpResponse:
    """Rank the numbers of the calls that the reader may know by how like deal lines they are used."""
    form, rows = WhyForm.sent(request), list[LineCandidateRow]()
    if form.is_valid():
        try:
            rows = [*line_candidates_shown(line_candidates(request.reader, why=form.why))]
        except NoCalls as problem:
            form.refuse("", str(problem))
    return page(
        request, "calls/candidates.html", title="Numbers used as deal lines are", active="calls", form=form, rows=rows,
        is_asked=bool(form.answers) and not form.faults, why=form.answers.get("why", ""),
    )  # fmt: skip
