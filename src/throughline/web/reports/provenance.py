"""Grading the provenance statement of a report, in its own right."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.intelligence.queries import report_page
from throughline.intelligence.services import grade_provenance
from throughline.kernel.workflow import MoveRefused
from throughline.web.flash import tell
from throughline.web.page import page
from throughline.web.reports.forms import GradeForm
from throughline.web.request import Request
from throughline.web.view import needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_GRADE)
def grade(request: Request, ref: str) -> HttpResponse:
    """Grade the provenance of a received report of the reader's own body."""
    found = report_page(request.reader, ref, why="grading")
    if found is None or found.provenance is None or not found.is_own or found.state != "received":
        raise Http404
    form = GradeForm.sent(request)
    if form.is_valid():
        try:
            grade_provenance(by=request.reader, ref=ref, grade=form.grade)
        except MoveRefused as refused:
            form.refuse("", str(refused))
        else:
            tell(request, f"The provenance is graded {form.grade.trio}")
            return redirect("report", ref)
    return page(
        request, "reports/grade_provenance.html", title="Grade the provenance", active="reports",
        marking=found.marking, report=found, form=form,
    )  # fmt: skip
