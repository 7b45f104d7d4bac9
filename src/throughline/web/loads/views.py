"""Choosing a file, and the page on which its load is tried, done, watched and ended."""

from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.access.permissions import Permission
from throughline.intelligence.report_lines import FileProblem
from throughline.kernel.workflow import MoveRefused
from throughline.loads.contents import LINES, REPORTS
from throughline.loads.line_rows import LINE_ROWS
from throughline.loads.queries import LoadCard, load_card, load_cards, refused_reports
from throughline.loads.services import LARGEST, begin_load, keep_upload, leave_load
from throughline.loads.template import csv_template, workbook_template
from throughline.web.fields import Upload
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.loads.contents import WORDINGS
from throughline.web.loads.shown import STATES, reports_shown, shown_rows
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.view import needs

ACCEPTED = ".csv,.xlsx,.xlsm,.jsonl"
KEPT_ALONE = (
    f"CSV, Excel or JSON Lines, up to {LARGEST // 1_000_000} MB. "
    "It is kept for you alone, and only until its load ends."
)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DONE = {
    "try": "The file is being tried. Nothing is changed.",
    "load": "The file is being loaded. You may leave this page: the load goes on.",
}


class FileForm(Form):
    """The file."""

    file = Upload(
        "File of reports", needed="Choose a file", largest=LARGEST, accept=ACCEPTED, hint=KEPT_ALONE,
    )  # fmt: skip


class RegisterForm(Form):
    """The same for a register of lines."""

    file = Upload(
        "Register of lines", needed="Choose a file", largest=LARGEST, accept=ACCEPTED, hint=KEPT_ALONE,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_LOAD)
def load(request: Request) -> HttpResponse:
    """Choose a file of reports, or go on with one."""
    return _choose(request, FileForm.sent(request), REPORTS)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_KEEP)
def load_register(request: Request) -> HttpResponse:
    """Choose a register of lines, or go on with one."""
    return _choose(request, RegisterForm.sent(request), LINES)


def _choose(request: Request, form: Form, content: str) -> HttpResponse:
    if form.is_valid() and (ref := _kept(request, form, content)):
        card = load_card(request.reader, ref)
        return redirect("load" if card and card.is_laid_out else "load-columns", ref)
    rows, wording = (
        [shown_rows(card) for card in load_cards(request.reader, kind=content)],
        WORDINGS[content],
    )
    return page(
        request, "loads/choose.html", title=wording.title, active=wording.active, form=form, rows=rows,
        is_of_lines=content == LINES, back=wording.back,
    )  # fmt: skip


def _kept(request: Request, form: Form, content: str) -> str:
    upload = form.answers["file"]
    assert isinstance(upload, UploadedFile)  # noqa: S101 the question is a needed one
    try:
        return keep_upload(
            by=request.reader, filename=str(upload.name), size=upload.size or 0, chunks=upload.chunks(),
            kind=content,
        )  # fmt: skip
    except FileProblem as problem:
        form.refuse("file", str(problem))
        return ""


def found(request: Request, ref: str) -> LoadCard:
    """The reader's own load; another's answers like one that does not exist."""
    card = load_card(request.reader, ref)
    if card is None:
        raise Http404
    return card


@require_safe
@needs(Permission.REPORT_LOAD)
def one(request: Request, ref: str) -> HttpResponse:
    """Where a load stands, what can be done next, and what was refused."""
    card = found(request, ref)
    after = request.GET.get("after", "0")
    start = int(after) if after.isascii() and after.isdigit() and len(after) < len("10000000") else 0
    groups, following = refused_reports(request.reader, ref, after=start)
    wording = WORDINGS[card.kind]
    return page(
        request, "loads/load.html", title=f"Load {card.filename}", active=wording.active, load=shown_rows(card),
        wording=(wording.page, wording.title, wording.advice), is_of_lines=card.kind == LINES,
        state=STATES[card.state], refused=reports_shown(groups, kind=card.kind), following=following,
        is_first=start == 0,
    )  # fmt: skip


@require_POST
@needs(Permission.REPORT_LOAD)
def do(request: Request, ref: str) -> HttpResponse:
    """Try it, load it, or leave it."""
    verb = posted(request, "do")
    try:
        card = found(request, ref)
        if verb == "leave":
            leave_load(by=request.reader, ref=ref)
            tell(
                request,
                "The load is ended. What was kept stays; the file and its refused rows are forgotten.",
            )
            return redirect(WORDINGS[card.kind].page)
        if verb in DONE:
            begin_load(by=request.reader, ref=ref, verb=verb)
            tell(request, DONE[verb])
    except ObjectDoesNotExist:
        raise Http404 from None
    except (MoveRefused, FileProblem) as refused:
        tell(request, str(refused))
    return redirect("load", ref)


@require_safe
@needs(Permission.REPORT_LOAD)
def template_csv(request: Request) -> HttpResponse:
    """The columns to start from, as CSV."""
    return _download(csv_template(), "text/csv; charset=utf-8", "reports.csv")


@require_safe
@needs(Permission.LINE_KEEP)
def template_register(request: Request) -> HttpResponse:
    """The columns of a register of lines, as CSV."""
    return _download(csv_template(LINE_ROWS.every), "text/csv; charset=utf-8", "lines.csv")


@require_safe
@needs(Permission.REPORT_LOAD)
def template_workbook(request: Request) -> HttpResponse:
    """The same as a workbook that offers the codes."""
    return _download(workbook_template(), WORKBOOK, "reports.xlsx")


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
