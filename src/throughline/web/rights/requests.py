"""Requests on people: the list, one request, what is decided on each record, and the answer as a file."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.rights import queries, services
from throughline.rights.grounds import DECISIONS, grounds
from throughline.rights.queries import AnswerPage, RightsPage
from throughline.rights.services import Asked
from throughline.web.documents import Part, document_answer
from throughline.web.fields import day_boxes
from throughline.web.filtering import changed
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.moves import Button, Entry
from throughline.web.page import HIGHEST, page
from throughline.web.request import Request
from throughline.web.rights.forms import (
    AskForm,
    ConfirmForm,
    DecisionForm,
    ProposeForm,
    RequestForm,
    WhyForm,
    decisions_for,
)
from throughline.web.rights.words import ACTS, HISTORY, SHORT, STATES, UNVERIFIED
from throughline.web.spreadsheet import csv_answer
from throughline.web.turning import Turn, offset_in, turned
from throughline.web.view import needs
from throughline.web.words import day, moment

SIZE = 25
ROUTES = {"report": "report", "arrest": "arrest", "concern": "concern"}


@require_safe
@needs(Permission.RIGHTS_WORK)
def requests(request: Request) -> HttpResponse:
    """Requests that wait, those received first first; or all, the newest first."""
    only_open = request.GET.get("all") != "yes"
    found = queries.rights_list(
        request.reader, only_open=only_open, offset=offset_in(request.GET), size=SIZE + 1
    )
    turn = turned(
        offset_in(request.GET), lambda at: changed("rights-requests", request.GET, offset=str(at) if at else ""),
        size=SIZE, is_more=len(found) > SIZE,
    )  # fmt: skip
    return page(
        request, "rights/requests.html", title="Requests on people", active="rights", rows=found[:SIZE], turn=turn,
        states=STATES, kinds=SHORT, only_open=only_open,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RIGHTS_WORK)
def add(request: Request) -> HttpResponse:
    """Keep a request that came."""
    form, made = RequestForm.sent(request, start={"received_on": day_boxes(clock.today())}), list[str]()

    def keep() -> None:
        asked = Asked(
            form.kind, form.reference, form.name, form.answers["received_on"], born=form.born, values=form.selectors,
            asked=form.asked, due_on=form.due_on,
        )  # fmt: skip
        made.append(services.receive_request(by=request.reader, asked=asked))

    if form.is_valid() and is_done(form, keep):
        tell(request, "The request is kept, and its clock runs.")
        return redirect("rights-request", made[0])
    return page(
        request, "rights/add.html", title="Keep a request on a person", active="rights", form=form, button="Keep it",
        follows=f"Its clock runs from the day it was received. {UNVERIFIED}",
    )  # fmt: skip


@require_safe
@needs(Permission.RIGHTS_WORK)
def one(request: Request, ref: str) -> HttpResponse:
    """One request: what was found, what is decided, and what can be done now."""
    found = _found(request, ref)
    turn = _turn_records(request, found)
    return page(
        request, "rights/request.html", title=f"{SHORT[found.row.kind]}, {found.row.reference}", active="rights",
        found=found, row=found.row, states=STATES, kinds=SHORT, decisions=DECISIONS[found.row.kind], turn=turn,
        grounds={key: ground.words for key, ground in grounds().items()}, routes=ROUTES,
        buttons=[Button(act, ACTS[act].name) for act in _open_to(request, found)],
        clocks=[(running, "") for running in found.clocks],
        is_deciding=found.row.state == "deciding", unverified=UNVERIFIED,
        has_answer=found.row.state in ("proposed", "approved", "sent") and not found.closed,
        timeline=[Entry(HISTORY[move.verb], move.by, move.at, move.why) for move in reversed(found.history)],
        corrects=request.reader.may(Permission.REPORT_CORRECT),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RIGHTS_WORK)
def act(request: Request, ref: str, act: str) -> HttpResponse:
    """Do something with a request; what is not open to the reader now is not there."""
    found = _found(request, ref)
    if act not in _open_to(request, found):
        raise Http404
    forms = {"ask": AskForm, "propose": ProposeForm, "send-back": WhyForm, "withdraw": WhyForm}
    form = forms.get(act, ConfirmForm).sent(request)
    if form.is_valid() and is_done(form, lambda: _act(request, ref, act, form)):
        tell(request, ACTS[act].done)
        return redirect("rights-request", ref)
    return _ask(request, form, ref, ACTS[act].name, follows=ACTS[act].follows)


def _act(request: Request, ref: str, act: str, form: Form) -> None:
    by, said = request.reader, form.answers
    does: dict[str, Callable[[], object]] = {
        "gather": lambda: services.gather(by=by, ref=ref),
        "ask": lambda: services.ask_others(by=by, ref=ref, why=said["why"]),
        "propose": lambda: services.propose_answer(by=by, ref=ref, tells_withheld=said["tells"] == "yes"),
        "send-back": lambda: services.send_back(by=by, ref=ref, why=said["why"]),
        "approve": lambda: services.approve_answer(by=by, ref=ref),
        "send": lambda: services.send_answer(by=by, ref=ref),
        "withdraw": lambda: services.withdraw_request(by=by, ref=ref, why=said["why"]),
    }
    does[act]()


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RIGHTS_WORK)
def record(request: Request, ref: str, record: int) -> HttpResponse:
    """Decide on one record."""
    known = queries.record_on(request.reader, ref, record)
    if known is None or known[0].state != "deciding":
        raise Http404
    row, held = known
    start = {"decision": held.decision, "ground": held.ground, "words": held.words}
    form = DecisionForm.sent(request, start=start, choices=decisions_for(row.kind))
    said = form.answers
    if form.is_valid() and is_done(
        form, lambda: services.decide(by=request.reader, ref=ref, record=record, **said)
    ):
        tell(request, f"Your decision on {held.ref} is kept.")
        return redirect("rights-request", ref)
    return _ask(
        request, form, ref, f"Decide on {held.ref}", follows=f"{held.title}, {day(held.on)}.", button="Decide"
    )


@require_safe
@needs(Permission.RIGHTS_WORK)
def answer(request: Request, ref: str, kind: str) -> HttpResponse:
    """The answer made from the decisions, as an accessible PDF or for a spreadsheet."""
    found = queries.answer_page(request.reader, ref)
    if found is None or kind not in ("pdf", "csv"):
        raise Http404
    draft = "" if found.row.state in ("approved", "sent") else "DRAFT, not approved. "
    if kind == "csv":
        return csv_answer(
            f"answer-{ref}",
            marking=f"{HIGHEST}. {draft}Answer to {found.row.reference}, {moment(clock.now())}. {UNVERIFIED}",
            columns=("reference", "date", "given", "words"),
            rows=(
                (one.ref, one.on.isoformat(), "in part" if one.is_part else "whole", "\n".join(one.words))
                for one in found.answer.given
            ),
        )  # fmt: skip
    return document_answer(request.reader, f"{draft}Answer to a request", _parts(found), name=f"answer-{ref}")


def _parts(found: AnswerPage) -> list[Part]:
    row, given = found.row, found.answer.given
    rows = tuple(
        (one.ref, day(one.on), "In part" if one.is_part else "Whole", " ".join(one.words)) for one in given
    )
    parts = [
        Part("Your request", (
            f"{SHORT[row.kind]}, our reference {row.reference}, received {day(row.received_on)}, on {found.name}.",
        )),
        Part("What follows from it", () if rows else ("There is nothing that can be given.",),
             ("Record", "Date", "Given", "What it says"), rows),
    ]  # fmt: skip
    if found.answer.tells_withheld:
        parts.append(Part("What is withheld", (
            "Something is withheld, or was not done as you asked"
            + (f": {'; '.join(found.answer.grounds)}." if found.answer.grounds else "."),
        )))  # fmt: skip
    parts.append(Part("What you can do", (
        "You may ask us to look at this again, ask the Information Commissioner to check it or complain to the "
        "Commissioner, or go to a court (Data Protection Act 2018 sections 51, 165 and 167, not verified).",
    )))  # fmt: skip
    return parts


def _open_to(request: Request, found: RightsPage) -> list[str]:
    """What the reader can do now, in the order of a request's life."""
    moves = set(found.moves)
    if found.had_a_part or found.closed or found.undecided:
        moves.discard("approve")
    if found.closed or found.undecided:
        moves.discard("propose")
    if found.undone or found.has_changed:
        moves.discard("send")
    if (
        found.row.state in ("received", "deciding")
        and found.values
        and request.reader.may(Permission.CHECK_RUN)
    ):
        moves.add("ask")
    return [act for act in ACTS if act in moves]


def _found(request: Request, ref: str) -> RightsPage:
    found = queries.rights_page(request.reader, ref, offset=offset_in(request.GET), size=SIZE)
    if found is None:
        raise Http404
    return found


def _turn_records(request: Request, found: RightsPage) -> Turn:
    here = reverse("rights-request", args=[found.row.ref])
    return turned(
        offset_in(request.GET),
        lambda at: f"{here}?offset={at}" if at else here,
        size=SIZE,
        is_more=found.is_more,
    )


def _ask(
    request: Request, form: Form, ref: str, title: str, *, follows: str, button: str = ""
) -> HttpResponse:
    return page(
        request, "rights/ask.html", title=title, active="rights", form=form, follows=follows, ref=ref,
        button=button or title,
    )  # fmt: skip
