"""Files of a report on the page: adding one, handing it over so that no browser opens it, and withdrawing it."""

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.attachment_types import ENDINGS, LARGEST, FileRefused
from throughline.intelligence.attachments import (
    AttachmentCard,
    attach_file,
    attachments_of,
    open_attachment,
    withdraw_attachment,
)
from throughline.intelligence.queries import ReportPage, report_page
from throughline.web.fields import Choice, OneOf, TextArea, Upload
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import number

WHOLE = "0"
KILO, MEGA = 1_000, 1_000_000
INERT = {
    "Content-Type": "application/octet-stream",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""A file from outside must never run or be drawn as a page of ours, whatever is in it."""


class AttachForm(Form):
    """The file, and what it belongs to."""

    file = Upload(
        "File", needed="Choose a file", largest=LARGEST, accept=",".join(ENDINGS),
        hint=f"PDF, PNG, JPEG, plain text, CSV or Excel (.xlsx), up to {LARGEST // MEGA} MB. A photograph can carry "
        "the place and the phone it was taken with: take that out first if it could show the source.",
    )  # fmt: skip
    item = OneOf(
        "What does it belong to?",
        hint="Whoever may read that may have the file",
        needed="Choose what the file belongs to",
    )


class WithdrawForm(Form):
    """Why a file is withdrawn."""

    why = TextArea("Why is it withdrawn?", hint="The journal keeps this, such as: the wrong photograph",
                   limit=1_000, rows=3,
                   needed="Say why the file is withdrawn")  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file as the page of its report shows it."""

    ref: str
    name: str
    label: str
    size: str
    sha256: str


def files_shown(reader: Reader, report: str) -> dict[int, list[FileShown]]:
    """The files of a report by the number of their item, 0 for the report as a whole."""
    out: dict[int, list[FileShown]] = {}
    for card in attachments_of(reader, report):
        out.setdefault(card.item, []).append(_shown(card))
    return out


def _shown(card: AttachmentCard) -> FileShown:
    size = f"{card.size / MEGA:.1f} MB" if card.size >= MEGA else f"{number(-(-card.size // KILO))} KB"
    return FileShown(card.ref, card.name, card.label, size, card.sha256)


def may_attach(reader: Reader, found: ReportPage) -> bool:
    """Whether this reader may add a file: to a report that is circulated, only someone who circulates."""
    needed = Permission.REPORT_CIRCULATE if found.state == "circulated" else Permission.REPORT_ADD
    return found.is_own and found.state != "rejected" and reader.may(needed)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_ADD)
def attach(request: Request, ref: str) -> HttpResponse:
    """Add a file to a report of the reader's own body."""
    found = report_page(request.reader, ref, why="attaching a file")
    if found is None or not may_attach(request.reader, found):
        raise Http404
    choices = [
        Choice(WHOLE, "The whole report"),
        *(Choice(str(item.number), f"Item {item.number}", _opening(item.text)) for item in found.items),
    ]
    form = AttachForm.sent(request, start={"item": WHOLE}, choices={"item": choices})
    if form.is_valid() and _attached(request.reader, ref, form):
        tell(request, "The file is attached.")
        return redirect("report", ref)
    return page(
        request, "reports/attach.html", title="Attach a file", active="reports", marking=found.marking,
        report_ref=ref, report_title=found.title, is_circulated=found.state == "circulated", form=form,
    )  # fmt: skip


def _opening(text: str, *, longest: int = 100) -> str:
    return text if len(text) <= longest else f"{text[:longest].rpartition(' ')[0]}..."


def _attached(reader: Reader, ref: str, form: AttachForm) -> bool:
    upload = form.file
    assert isinstance(upload, UploadedFile)  # noqa: S101 the question is a needed one
    try:
        attach_file(by=reader, report=ref, item=int(form.item), name=str(upload.name), content=upload.read())
    except FileRefused as refused:
        form.refuse("file", str(refused))
        return False
    return True


@require_safe
@needs(Permission.REPORT_READ)
def download(request: Request, ref: str, file: str) -> HttpResponse:
    """Hand over a file, to be saved and never opened in the browser."""
    found = open_attachment(request.reader, report=ref, ref=file)
    if found is None:
        raise Http404
    answer = HttpResponse(found.content, headers=INERT)
    answer.headers["Content-Disposition"] = str(content_disposition_header(True, found.name))  # noqa: FBT003 Django's
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.REPORT_GRADE)
def withdraw(request: Request, ref: str, file: str) -> HttpResponse:
    """Erase a file that should not have been attached."""
    found = report_page(request.reader, ref, why="withdrawing a file")
    cards = attachments_of(request.reader, ref) if found and found.is_own else []
    card = next((card for card in cards if card.ref == file), None)
    if found is None or card is None:
        raise Http404
    form = WithdrawForm.sent(request)
    if form.is_valid():
        try:
            withdraw_attachment(by=request.reader, ref=file, why=form.why)
        except ObjectDoesNotExist:
            raise Http404 from None
        tell(request, "The file is withdrawn.")
        return redirect("report", ref)
    return page(
        request, "reports/withdraw_file.html", title="Withdraw a file", active="reports", marking=found.marking,
        report_ref=ref, report_title=found.title, name=card.name, form=form,
    )  # fmt: skip
