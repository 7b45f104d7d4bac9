"""Making a sanitised version of a report, correcting it, and withdrawing it."""

import re
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.intelligence.queries import ItemView, ReportPage, report_page
from throughline.intelligence.versions import VersionRefused, correct_report, sanitise_report, withdraw_report
from throughline.kernel.refs import ALPHABET, new_ref
from throughline.kernel.workflow import MoveRefused
from throughline.web.flash import tell
from throughline.web.page import page
from throughline.web.reports.about_forms import about_form, about_start
from throughline.web.reports.adding import HeadingForm
from throughline.web.reports.forms import NOBODY, other_bodies
from throughline.web.reports.item_forms import offers
from throughline.web.reports.shown import MOST_IN_A_VERSION
from throughline.web.reports.version_forms import (
    CorrectionForm,
    VersionForms,
    VersionItemForm,
    WithdrawForm,
    heading_start,
    item_start,
    version_item_form,
)
from throughline.web.request import Request, posted
from throughline.web.view import needs

TITLES = {"sanitise": "Make a sanitised version", "correct": "Correct the report"}
ORIGIN = re.compile(rf"VER-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_SANITISE)
def sanitise(request: Request, ref: str) -> HttpResponse:
    """Make a sanitised version of a report, starting from its own words."""
    found = _found(request, ref, why="making a sanitised version")
    offered = found.sanitisable_items()[:MOST_IN_A_VERSION]
    if not offered:
        raise Http404
    start = heading_start(found) | {"circulation": NOBODY}
    heading = HeadingForm.sent(request, start=start, choices={"bodies": other_bodies(request.reader)})
    forms = VersionForms(
        heading, _item_forms(request, offered, with_handling=False),
        about_form(may_grade=True).sent(request, start=about_start(found, with_source=False)),
    )  # fmt: skip
    if forms.are_ready(request) and (to := _sanitised(request, found, offered, forms)):
        return to
    return _version_page(request, "sanitise", found, forms)


def _sanitised(
    request: Request, found: ReportPage, offered: Sequence[ItemView], forms: VersionForms
) -> HttpResponse | None:
    kept = [view.number for view, form in zip(offered, forms.items, strict=True) if not form.is_left_out]
    draft = forms.draft(origin=_origin(request))
    try:
        ref = sanitise_report(by=request.reader, ref=found.ref, items=kept, draft=draft)
    except VersionRefused as refused:
        forms.heading.refuse("", str(refused))
        return None
    if not ref:
        tell(request, "This version is recorded already.")
        return redirect("report", found.ref)
    tell(request, f"The sanitised version {ref} is recorded. The full report is as it was.")
    return redirect("report", ref)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_CORRECT)
def correct(request: Request, ref: str) -> HttpResponse:
    """Record a new version that replaces a report, starting from its own words."""
    found = _found(request, ref, why="correcting")
    if "correct" not in found.moves or len(found.items) > MOST_IN_A_VERSION:
        raise Http404
    heading = CorrectionForm.sent(request, start=heading_start(found))
    forms = VersionForms(
        heading, _item_forms(request, found.items, with_handling=True),
        about_form(may_grade=True).sent(request, start=about_start(found, with_source=True)),
    )  # fmt: skip
    if forms.are_ready(request):
        draft = forms.draft(origin=_origin(request))
        try:
            new = correct_report(by=request.reader, ref=ref, draft=draft, why=heading.why)
        except (MoveRefused, VersionRefused) as refused:
            heading.refuse("", str(refused))
        else:
            tell(request, f"Report {new} replaces {ref}. Whoever had the earlier version is being told.")
            return redirect("report", new)
    return _version_page(request, "correct", found, forms)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_WITHDRAW)
def withdraw(request: Request, ref: str) -> HttpResponse:
    """Take a report back, with a reason."""
    found = _found(request, ref, why="withdrawing")
    if "withdraw" not in found.moves:
        raise Http404
    form = WithdrawForm.sent(request)
    if form.is_valid():
        try:
            withdraw_report(by=request.reader, ref=ref, why=form.why)
        except MoveRefused as refused:
            form.refuse("", str(refused))
        else:
            tell(request, "The report is withdrawn. Whoever had it is being told.")
            return redirect("report", ref)
    return page(
        request, "reports/withdraw.html", title="Withdraw the report", active="reports", marking=found.marking,
        report=found, form=form,
    )  # fmt: skip


def _found(request: Request, ref: str, *, why: str) -> ReportPage:
    found = report_page(request.reader, ref, why=why)
    if found is None:
        raise Http404
    return found


def _item_forms(request: Request, items: Sequence[ItemView], *, with_handling: bool) -> list[VersionItemForm]:
    """A form for each item, in order. Those of the report stay in step with what is sent: neither can be added."""
    forms = []
    for number, item in enumerate(items, 1):
        start = item_start(item, number, with_handling=with_handling)
        found = offers(posted(request, f"text_{number}"))
        forms.append(version_item_form(number).sent(request, start=start, choices={f"found_{number}": found}))
    return forms


def _origin(request: Request) -> str:
    """The reference under which this page records, so that a form sent twice is recorded once."""
    origin = posted(request, "origin")
    return origin if ORIGIN.fullmatch(origin) else new_ref("VER")


def _version_page(request: Request, act: str, found: ReportPage, forms: VersionForms) -> HttpResponse:
    return page(
        request, f"reports/{act}.html", title=TITLES[act], active="reports", marking=found.marking,
        form=forms.together(), report=found, heading=forms.heading, items=list(forms.items), more=forms.more,
        origin=_origin(request), most_items=MOST_IN_A_VERSION, is_cut=len(found.items) > MOST_IN_A_VERSION,
    )  # fmt: skip
