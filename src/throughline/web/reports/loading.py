"""Loading reports from a file through a page: a trial run first, then the load, by the same door as the command."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.loading import REFUSALS_KEPT, load_reports
from throughline.intelligence.report_files import FileProblem
from throughline.web.fields import Choice, OneOf, Upload
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

LONGEST_SUFFIX = 20
TRIAL, LOAD = "trial", "load"


class LoadForm(Form):
    """The file, and whether to try it or to load it."""

    file = Upload("File of reports", hint="CSV, Excel or JSON Lines in the fixed columns, up to 20 MB",
                  accept=".csv,.xlsx,.xlsm,.jsonl", needed="Choose a file")  # fmt: skip
    how = OneOf(
        "What should happen?", needed="Choose what should happen",
        choices=[
            Choice(TRIAL, "Try it", "Says what a load would do, and changes nothing"),
            Choice(LOAD, "Load it", "Keeps the good rows; the refused ones are shown with the reason for each"),
        ],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """One refused row."""

    line: str
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the rows of a file."""

    is_trial: bool
    read: int
    kept: int
    unchanged: int
    rejected: int
    refusals: tuple[Refusal, ...]
    warnings: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_LOAD)
def load(request: Request) -> HttpResponse:
    """Try or load a file. The file is not kept."""
    form, outcome = LoadForm.sent(request, start={"how": TRIAL}), None
    if form.is_valid():
        outcome = _outcome(request.reader, form)
        if outcome and not outcome.is_trial and not outcome.rejected:
            tell(request, f"{outcome.kept:,} rows kept, {outcome.unchanged:,} held already.")
            return redirect("reports")
    return page(
        request,
        "reports/load.html",
        title="Load reports",
        active="reports",
        form=form,
        outcome=outcome,
        most=REFUSALS_KEPT,
    )


def _outcome(reader: Reader, form: LoadForm) -> Outcome | None:
    upload = form.file
    assert isinstance(upload, UploadedFile)  # noqa: S101 the question is a needed one
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"reports{Path(str(upload.name)).suffix.lower()[:LONGEST_SUFFIX]}"
        with path.open("wb") as copy:
            copy.writelines(upload.chunks())
        try:
            result = load_reports(by=reader, path=path, dry_run=form.how == TRIAL)
        except FileProblem as problem:
            form.refuse("file", str(problem))
            return None
    refusals = tuple(Refusal(str(row.line), row.column, row.reason) for row in result.refusals)
    return Outcome(
        form.how == TRIAL, result.read, result.kept, result.unchanged, result.rejected, refusals,
        tuple(result.warnings),
    )  # fmt: skip
