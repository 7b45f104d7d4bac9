"""The list of reports, and the pages on which one is read, graded, circulated or rejected."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.access.permissions import Permission
from throughline.intelligence.queries import EVERY_BODY, ItemView, ReportPage, report_list, report_page
from throughline.intelligence.services import (
    circulate_report,
    finish_grading,
    grade_item,
    reject_report,
    widen_circulation,
)
from throughline.kernel.workflow import MoveRefused
from throughline.organisations.queries import body_cards
from throughline.retention.queries import disposed_under
from throughline.web.fields import Choice
from throughline.web.filtering import address, selected
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.page import page
from throughline.web.reports.files import files_shown, may_attach
from throughline.web.reports.forms import (
    EVERYONE,
    NAMED,
    CirculationForm,
    FilterForm,
    GradeForm,
    RejectForm,
    WidenForm,
    bodies_without,
    other_bodies,
)
from throughline.web.reports.second_look import NOTHING_TO_SAY, SecondLook, look_before_circulating
from throughline.web.reports.shown import report_shown
from throughline.web.request import Request
from throughline.web.view import needs


@require_safe
@needs(Permission.REPORT_READ)
def reports(request: Request) -> HttpResponse:
    """Reports that the reader may know, newest first."""
    owners = [Choice(card.code, card.name) for card in body_cards().values()]
    form = FilterForm(request.GET, choices={"owner": owners})
    form.is_valid()
    asked = {name: str(form.answers.get(name, "")) for name in form.fields}
    found = report_list(
        request.reader, text=asked["text"], owner=asked["owner"], state=asked["state"],
        before=request.GET.get("before", ""),
    )  # fmt: skip
    return page(
        request, "reports/reports.html", title="Reports", active="reports", form=form, rows=found.rows,
        selected=selected(form, asked, lambda name: address("reports", asked | {name: ""})),
        is_first=not request.GET.get("before"),
        next_href=address("reports", asked | {"before": found.next_before}) if found.next_before else "",
        first_href=address("reports", asked), may_add=request.reader.may(Permission.REPORT_ADD),
        may_load=request.reader.may(Permission.REPORT_LOAD),
    )  # fmt: skip


@require_safe
@needs(Permission.REPORT_READ)
def report(request: Request, ref: str) -> HttpResponse:
    """One report, with what its own body can do to it next."""
    found = _found(request, ref)
    shown = report_shown(request.reader, found)
    return page(
        request,
        "reports/report.html",
        title=f"Report {ref}",
        active="reports",
        marking=found.marking,
        report=shown,
        files=files_shown(request.reader, ref),
        may_attach=may_attach(request.reader, found),
        may_keep_lines=request.reader.may(Permission.LINE_KEEP),
        may_withdraw=found.is_own and request.reader.may(Permission.REPORT_GRADE),
        may_review=found.is_own and request.reader.may(Permission.RETENTION_REVIEW),
        certificate=disposed_under(request.reader, ref) if found.is_own and found.closed_at else "",
    )


def _found(request: Request, ref: str, *, why: str = "opened the report") -> ReportPage:
    found = report_page(request.reader, ref, why=why)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_GRADE)
def grade(request: Request, ref: str, number: int) -> HttpResponse:
    """Grade one item of a received report of the reader's own body."""
    found = _found(request, ref, why="grading")
    item = next((item for item in found.items if item.number == number), None)
    if item is None or not found.is_own or found.state != "received":
        raise Http404
    form = GradeForm.sent(request)
    if form.is_valid() and _done(form, lambda: grade_item(by=request.reader, ref=item.ref, grade=form.grade)):
        tell(request, f"Item {number} is graded {form.grade.trio}")
        return redirect("report", ref)
    return _form_page(
        request, "reports/grade.html", f"Grade item {number}", found=found, form=form, item=item
    )


@require_POST
@needs(Permission.REPORT_GRADE)
def finish(request: Request, ref: str) -> HttpResponse:
    """Say that the report is graded: its selectors are matched from here on."""
    try:
        finish_grading(by=request.reader, ref=ref)
        tell(request, "The report is graded. Its selectors are being matched.")
    except ObjectDoesNotExist:
        raise Http404 from None
    except MoveRefused as refused:
        tell(request, str(refused))
    return redirect("report", ref)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_CIRCULATE)
def circulate(request: Request, ref: str) -> HttpResponse:
    """Open a graded report to other bodies."""
    found = _found(request, ref, why="circulating")
    form = CirculationForm.sent(
        request, start=_asked_for(found), choices={"bodies": other_bodies(request.reader)}
    )
    if not found.is_own or found.state != "graded":
        raise Http404
    if form.is_valid() and _done(form, lambda: _send(request, ref, form)):
        tell(request, "The report is circulated, and the bodies you named are being told.")
        return redirect("report", ref)
    return _form_page(
        request, "reports/circulate.html", "Circulate the report", found=found, form=form,
        look=look_before_circulating(found),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_CIRCULATE)
def widen(request: Request, ref: str) -> HttpResponse:
    """Open a circulated report to more bodies; whoever has it, and its owner, are told."""
    found = _found(request, ref, why="widening the circulation")
    form = WidenForm.sent(request, choices={"bodies": bodies_without(request.reader, found.circulation)})
    if not found.is_own or found.state != "circulated" or found.circulation == EVERY_BODY:
        raise Http404
    if form.is_valid() and _done(form, lambda: _widen(request, ref, form)):
        tell(request, "The circulation is widened. Whoever has the report is being told.")
        return redirect("report", ref)
    return _form_page(request, "reports/widen.html", "Widen the circulation", found=found, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_REJECT)
def reject(request: Request, ref: str) -> HttpResponse:
    """Refuse a received report, with a reason."""
    found = _found(request, ref, why="rejecting")
    form = RejectForm.sent(request)
    if not found.is_own or found.state != "received":
        raise Http404
    if form.is_valid() and _done(form, lambda: reject_report(by=request.reader, ref=ref, why=form.why)):
        tell(request, "The report is rejected. Its author can read why.")
        return redirect("report", ref)
    return _form_page(request, "reports/reject.html", "Reject the report", found=found, form=form)


def _done(form: Form, act: Callable[[], None]) -> bool:
    """Do it, or put on the form why it cannot be done: a colleague may have been quicker."""
    try:
        act()
    except MoveRefused as refused:
        form.refuse("", str(refused))
        return False
    return True


def _send(request: Request, ref: str, form: CirculationForm) -> None:
    circulate_report(by=request.reader, ref=ref, everyone=form.circulation == EVERYONE, bodies=form.bodies)


def _widen(request: Request, ref: str, form: WidenForm) -> None:
    widen_circulation(by=request.reader, ref=ref, bodies=form.bodies, why=form.why)


def _asked_for(found: ReportPage) -> dict[str, object]:
    """The circulation that the author asked for, as the form starts."""
    if found.circulation == EVERY_BODY:
        return {"circulation": EVERYONE}
    codes = {card.name: card.code for card in body_cards().values()}
    named = tuple(codes[name] for name in found.circulation)
    return {"circulation": NAMED, "bodies": named} if named else {}


def _form_page(
    request: Request,
    template: str,
    title: str,
    *,
    found: ReportPage,
    form: Form,
    item: ItemView | None = None,
    look: SecondLook = NOTHING_TO_SAY,
) -> HttpResponse:
    return page(
        request,
        template,
        title=title,
        active="reports",
        marking=found.marking,
        report=found,
        form=form,
        item=item,
        look=look,
    )
