"""Making a sanitised version of a report, correcting it, and withdrawing it."""

import re
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.intelligence.queries import ItemView, ReportPage, report_page
from throughline.intelligence.versions import VersionRefused, correct_report, sanitise_report, withdraw_report
from throughline.kernel.refs import ALPHABET, new_ref
from throughline.kernel.workflow import MoveRefused
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.page import page
from throughline.web.reports.adding import HeadingForm
from throughline.web.reports.forms import NOBODY, other_bodies
from throughline.web.reports.item_forms import offers
from throughline.web.reports.version_forms import (
    CorrectionForm,
    VersionItemForm,
    WithdrawForm,
    heading_start,
    item_start,
    version_draft,
    version_item_form,
)
from throughline.web.request import Request
from throughline.web.view import needs

MOST_ITEMS = 50
TITLES = {"sanitise": "Make a sanitised version", "correct": "Correct the report"}
ORIGIN = re.compile(rf"VER-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_SANITISE)
def sanitise(request: Request, ref: str) -> HttpResponse:
    """Make a sanitised version of a report, starting from its own words."""
    found = _found(request, ref, why="making a sanitised version")
    offered = found.sanitisable_items()[:MOST_ITEMS]
    if not offered:
        raise Http404
    start = heading_start(found) | {"circulation": NOBODY}
    heading = HeadingForm.sent(request, start=start, choices={"bodies": other_bodies(request.reader)})
    items = _item_forms(request, offered, with_handling=False)
    if _is_ready(request, heading, items) and (to := _sanitised(request, found, offered, heading, items)):
        return to
    return _version_page(request, "sanitise", found, heading, items)


def _sanitised(
    request: Request, found: ReportPage, offered: Sequence[ItemView], heading: HeadingForm,
    items: Sequence[VersionItemForm],
) -> HttpResponse | None:  # fmt: skip
    kept = [view.number for view, form in zip(offered, items, strict=True) if not form.is_left_out]
    draft = version_draft(heading, items, origin=_origin(request))
    try:
        ref = sanitise_report(by=request.reader, ref=found.ref, items=kept, draft=draft)
    except VersionRefused as refused:
        heading.refuse("", str(refused))
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
    if "correct" not in found.moves or len(found.items) > MOST_ITEMS:
        raise Http404
    heading = CorrectionForm.sent(request, start=heading_start(found))
    items = _item_forms(request, found.items, with_handling=True)
    if _is_ready(request, heading, items):
        draft = version_draft(heading, items, origin=_origin(request))
        try:
            new = correct_report(by=request.reader, ref=ref, draft=draft, why=heading.why)
        except (MoveRefused, VersionRefused) as refused:
            heading.refuse("", str(refused))
        else:
            tell(request, f"Report {new} replaces {ref}. Whoever had the earlier version is being told.")
            return redirect("report", new)
    return _version_page(request, "correct", found, heading, items)


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
        found = offers(request.POST.get(f"text_{number}", ""))
        forms.append(version_item_form(number).sent(request, start=start, choices={f"found_{number}": found}))
    return forms


def _is_ready(request: Request, heading: Form, items: Sequence[VersionItemForm]) -> bool:
    """Whether the page was sent to be recorded with every question answered; each is asked, to show all faults."""
    if request.POST.get("do") != "save":
        return False
    if not all([form.is_valid() for form in (heading, *items)]):  # noqa: C419
        return False
    if all(item.is_left_out for item in items):
        heading.refuse("", "Keep at least one item")
        return False
    return True


class _All(Form):
    """Every form of the page as one, for the summary of its faults."""

    parts: Sequence[Form] = ()

    @property
    def problems(self):  # type: ignore[no-untyped-def]  # as in Form
        return [problem for part in self.parts for problem in part.problems]


def _origin(request: Request) -> str:
    """The reference under which this page records, so that a form sent twice is recorded once."""
    sent = request.POST.get("origin", "")
    return sent if ORIGIN.fullmatch(sent) else new_ref("VER")


def _version_page(
    request: Request, act: str, found: ReportPage, heading: Form, items: Sequence[VersionItemForm]
) -> HttpResponse:
    together = _All()
    together.parts = (heading, *items)
    values: dict[str, Any] = {"heading": heading, "items": list(items), "origin": _origin(request)}
    return page(
        request,
        f"reports/{act}.html",
        title=TITLES[act],
        active="reports",
        marking=found.marking,
        form=together,
        report=found,
        **values,
    )
