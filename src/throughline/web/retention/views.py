"""What is due for review, one report under review, holds, and the certificates of what was disposed of."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.retention import queries, services
from throughline.retention.groups import REASONS
from throughline.retention.queries import Certificate, ReviewPage
from throughline.web.documents import Part, document_answer
from throughline.web.filtering import changed
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.moves import Button, Entry
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.retention.forms import ConfirmForm, DisposeForm, GroupForm, HoldForm, WhyForm
from throughline.web.retention.words import ACTS, HISTORY
from throughline.web.turning import Turn, offset_in, turned
from throughline.web.view import needs
from throughline.web.words import moment

SIZE = 25


@require_safe
@needs(Permission.RETENTION_REVIEW)
def reviews(request: Request) -> HttpResponse:
    """Own reports whose disposal waits for a second person, then those due for review; and the holds that stand."""
    found = queries.due_list(request.reader, offset=offset_in(request.GET), size=SIZE + 1)
    return page(
        request, "retention/reviews.html", title="Review and disposal", active="reviews", rows=found[:SIZE],
        turn=_turn(request, "reviews", is_more=len(found) > SIZE), holds=queries.standing(request.reader),
        may_lift=request.reader.may(Permission.RETENTION_CONFIRM),
    )  # fmt: skip


@require_safe
@needs(Permission.RETENTION_REVIEW)
def review(request: Request, ref: str) -> HttpResponse:
    """One report under review: when it is due and why, what holds it, and what can be decided."""
    found = _found(request, ref)
    history = [Entry(HISTORY[move.verb], move.by, move.at, move.why) for move in reversed(found.history)]
    return page(
        request, "retention/review.html", title=f"Review of report {ref}", active="reviews", found=found, due=found.due,
        buttons=[Button(act, ACTS[act].name) for act in _open_to(request, found)], timeline=history,
        reason=REASONS.get(found.reason, ""),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RETENTION_REVIEW)
def review_act(request: Request, ref: str, act: str) -> HttpResponse:
    """Decide on a report under review; an act that is not open to the reader now is not there."""
    found = _found(request, ref)
    if act not in _open_to(request, found):
        raise Http404
    form, made = _form(request, found, act), list[str]()
    if form.is_valid() and is_done(form, lambda: _act(request, ref, act, form, made)):
        tell(request, ACTS[act].done)
        return redirect("certificate", made[0]) if made else redirect("review", ref)
    return _ask(request, form, ACTS[act].name, follows=ACTS[act].follows, ref=ref)


def _act(request: Request, ref: str, act: str, form: Form, made: list[str]) -> None:
    by, said = request.reader, form.answers
    does: dict[str, Callable[[], object]] = {
        "keep": lambda: services.keep_report(by=by, ref=ref, why=said["why"]),
        "group": lambda: services.put_in_group(by=by, ref=ref, group=said["group"], why=said["why"]),
        "propose": lambda: services.propose_disposal(by=by, ref=ref, reason=said["reason"]),
        "send-back": lambda: services.send_back(by=by, ref=ref, why=said["why"]),
        "hold": lambda: services.place_hold(by=by, ref=ref, **said),
        "confirm": lambda: made.append(services.dispose_of(by=by, ref=ref)),
    }
    does[act]()


def _form(request: Request, found: ReviewPage, act: str) -> Form:
    if act == "group":
        return GroupForm.sent(request, start={"group": found.due.group.key})
    forms = {"propose": DisposeForm, "hold": HoldForm, "confirm": ConfirmForm}
    return forms.get(act, WhyForm).sent(request)


def _open_to(request: Request, found: ReviewPage) -> list[str]:
    """What the reader can decide now."""
    if found.due.state == "proposed":
        if not request.reader.may(Permission.RETENTION_CONFIRM):
            return ["hold"]
        return ["send-back", "hold"] if found.is_mine or found.held_by else ["confirm", "send-back", "hold"]
    return ["keep", "group", *([] if found.held_by else ["propose"]), "hold"]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RETENTION_REVIEW)
def hold_all(request: Request) -> HttpResponse:
    """Have every report of the body kept, as an inquiry may ask."""
    form = HoldForm.sent(request)
    if form.is_valid() and is_done(
        form, lambda: services.place_hold(by=request.reader, ref="", **form.answers)
    ):
        tell(request, ACTS["hold"].done)
        return redirect("reviews")
    return _ask(
        request,
        form,
        "Hold every report of your body",
        follows="Nobody can dispose of any of them while it stands.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RETENTION_CONFIRM)
def hold_lift(request: Request, ref: str) -> HttpResponse:
    """End a hold."""
    held = next((one for one in queries.standing(request.reader) if one.ref == ref), None)
    if held is None:
        raise Http404
    form = WhyForm.sent(request)
    if form.is_valid() and is_done(
        form, lambda: services.lift_hold(by=request.reader, ref=ref, why=form.answers["why"])
    ):
        tell(request, "The hold is lifted.")
        return redirect("reviews")
    return _ask(request, form, "Lift the hold", follows=f"Asked for by {held.asked_by}: {held.why}")


@require_safe
@needs(Permission.RETENTION_READ)
def certificate_list(request: Request) -> HttpResponse:
    """What the body has disposed of, the newest first."""
    found = queries.certificates(request.reader, offset=offset_in(request.GET), size=SIZE + 1)
    return page(
        request, "retention/certificates.html", title="Certificates of disposal", active="certificates",
        rows=found[:SIZE], turn=_turn(request, "certificates", is_more=len(found) > SIZE), reasons=REASONS,
        may_review=request.reader.may(Permission.RETENTION_REVIEW),
    )  # fmt: skip


@require_safe
@needs(Permission.RETENTION_READ)
def certificate_page(request: Request, ref: str) -> HttpResponse:
    """One certificate."""
    found = _certificate(request, ref)
    return page(
        request, "retention/certificate.html", title=f"Certificate {ref}", active="certificates", found=found,
        reason=REASONS[found.reason],
    )  # fmt: skip


@require_safe
@needs(Permission.RETENTION_READ)
def certificate_file(request: Request, ref: str) -> HttpResponse:
    """The same as an accessible PDF."""
    found = _certificate(request, ref)
    parts = [
        Part(
            "What was disposed of",
            (
                f"Report {found.report or 'that this reader may not know'}, under certificate {found.ref}.",
                f"{REASONS[found.reason]}.",
                f"{found.rule}.",
                f"Proposed by {found.proposed_by}, {moment(found.proposed_at)}.",
                f"Confirmed by {found.confirmed_by}, {moment(found.confirmed_at)}.",
            ),
        ),
        Part("What went", (), ("Kind", "How many#"), tuple((name.capitalize(), f"{n:,}") for name, n in found.gone)),
        Part(
            "What stays",
            (
                "The reference of the report, its marking, its dates, who recorded it and to whom it was circulated.",
                "The journal of who looked at it, which is never altered and holds no text of it.",
                "What people of other bodies had decided on the strength of it, with their reasons.",
                "Backups made before, until they run out. After a restore it must be disposed of again.",
            ),
        ),
    ]  # fmt: skip
    return document_answer(request.reader, "Certificate of disposal", parts, name=f"certificate-{found.ref}")


def _certificate(request: Request, ref: str) -> Certificate:
    found = queries.certificate(request.reader, ref)
    if found is None:
        raise Http404
    return found


def _found(request: Request, ref: str) -> ReviewPage:
    found = queries.review_page(request.reader, ref)
    if found is None:
        raise Http404
    return found


def _ask(request: Request, form: Form, title: str, *, follows: str, ref: str = "") -> HttpResponse:
    back = reverse("review", args=[ref]) if ref else reverse("reviews")
    return page(
        request,
        "retention/ask.html",
        title=title,
        active="reviews",
        form=form,
        follows=follows,
        report=ref,
        back=back,
    )


def _turn(request: Request, route: str, *, is_more: bool) -> Turn:
    return turned(
        offset_in(request.GET), lambda at: changed(route, request.GET, offset=str(at) if at else ""), size=SIZE,
        is_more=is_more,
    )  # fmt: skip
