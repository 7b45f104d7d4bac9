"""Loading calls on a page: a file under an authority, and what its columns hold, guessed beside its first rows."""

from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.intelligence.report_lines import FileProblem
from throughline.kernel.workflow import MoveRefused
from throughline.loads.call_files import KINDS, CallTable
from throughline.loads.call_maps import CALLS
from throughline.loads.queries import call_layout_of, call_preview
from throughline.loads.services import LARGEST, keep_upload, lay_out_calls
from throughline.telecoms.columns import CallsProblem
from throughline.telecoms.held import authority_page
from throughline.telecoms.layout import LONDON, USE_NAMES, UTC, CallLayout, guess_uses, lacking
from throughline.web.fields import Choice, ManyOf, Select, Text, Upload
from throughline.web.flash import tell
from throughline.web.forms import Form
from throughline.web.loads.forms import LONGEST_NAME, UsesForm
from throughline.web.loads.views import found
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

ROWS: Final = 3
"""Of the first rows so many stand beside each column."""
MONTH_FIRST, OPAQUE = "month first", "opaque"


class CallFileForm(Form):
    """The file."""

    file = Upload(
        "File of calls", needed="Choose a file", largest=LARGEST, accept=",".join(KINDS),
        hint=f"CSV, Excel or Parquet, a handset download (UFDR, or XML from Android), or a list of cell sites, up to "
        f"{LARGEST // 1_000_000} MB. It is kept for you alone, and only until its load ends.",
    )  # fmt: skip


class CallColumnsForm(UsesForm):
    """A question for each column of one file, and how it writes its times and numbers."""

    def rules(self) -> None:
        """Each use once, and what every call needs from somewhere."""
        self.used_once()
        if need := lacking(set(self.uses.values()), own=self.answers["own"]):
            own = ", or say below whose records these are" if need == "number" else ""
            self.refuse("", f"Choose the column that holds: {USE_NAMES[need].lower()}{own}")


def columns_form(head: CallTable) -> type[CallColumnsForm]:
    """The form for one file."""
    uses = [Choice(use, name) for use, name in USE_NAMES.items()]
    asked: dict[str, Any] = {
        f"use_{n}": Select(label=heading, choices=uses, empty="Leave aside", hint=_such_as(head, n))
        for n, heading in enumerate(head.headings)
    }
    asked["zone"] = Select(
        label="Times without a zone are", empty="As usual: ISO 8601 in UTC, days first by the clock in London",
        choices=[Choice(UTC, "In UTC"), Choice(LONDON, "By the clock in London")],
        hint="Ask the provider if you do not know: in summer the two differ by an hour",
    )  # fmt: skip
    asked["ways"] = ManyOf(
        label="How it is written",
        choices=[
            Choice(MONTH_FIRST, "The month comes first", hint="As in 12/31/2026"),
            Choice(OPAQUE, "The numbers are pseudonyms", hint="Kept as they stand, and never joined with real ones"),
        ],
    )  # fmt: skip
    asked["own"] = Text("Whose records are these?", limit=40, width="govuk-input--width-20",
                        hint="The number, only where no column says it")  # fmt: skip
    asked["save_as"] = Text(
        "Keep this as a map for your body", limit=LONGEST_NAME, width="govuk-input--width-20",
        hint="A name, such as 'Provider A'. The next file with the same header is read by it. "
        "Leave it empty to use it this once.",
    )  # fmt: skip
    asked["headings"] = head.headings
    return type("CallColumnsOfOneFile", (CallColumnsForm,), asked)


def _such_as(head: CallTable, place: int) -> str:
    cells = [row[place].strip()[:40] for row in head.first if place < len(row) and row[place].strip()]
    return f"Such as: {'; '.join(list(dict.fromkeys(cells))[:ROWS])}" if cells else "Nothing stands under it"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CALLS_LOAD)
def load_calls(request: Request, code: str) -> HttpResponse:
    """Choose a file of calls, to be loaded under an authority of the reader's body."""
    authority = authority_page(request.reader, code)
    if authority is None or "end" not in authority.moves:
        raise Http404
    form = CallFileForm.sent(request)
    if form.is_valid() and (ref := _kept(request, form, authority.row.ref)):
        is_laid_out = call_layout_of(request.reader, ref) is not None
        return redirect("load" if is_laid_out else "load-call-columns", ref)
    return page(
        request, "loads/calls.html", title="Load calls", active="desk", form=form, authority=authority.row
    )


def _kept(request: Request, form: CallFileForm, authority: str) -> str:
    upload = form.file
    assert isinstance(upload, UploadedFile)  # noqa: S101 the question is a needed one
    try:
        return keep_upload(
            by=request.reader, filename=str(upload.name), size=upload.size or 0, chunks=upload.chunks(), kind=CALLS,
            authority=authority,
        )  # fmt: skip
    except FileProblem as problem:
        form.refuse("file", str(problem))
        return ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CALLS_LOAD)
def call_columns(request: Request, ref: str) -> HttpResponse:
    """Say what the columns hold, beside the first rows."""
    card = found(request, ref)
    if card.kind != CALLS or card.is_running or not card.is_file_kept or not card.is_table:
        raise Http404
    known = call_layout_of(request.reader, ref) or CallLayout()
    try:
        head = call_preview(request.reader, ref, known)
    except (CallsProblem, FileProblem) as problem:
        tell(request, str(problem))
        return redirect("load", ref)
    form = columns_form(head).sent(request, start=_start(head, known, card.map_name))
    if form.is_valid() and _laid_out(request, ref, head, form):
        return redirect("load", ref)
    return page(
        request, "loads/call_columns.html", title="What the columns hold", active="desk", form=form, ref=ref,
        filename=card.filename, head=head, rows=head.first[:ROWS],
    )  # fmt: skip


def _start(head: CallTable, known: CallLayout, map_name: str) -> dict[str, object]:
    """What stands in the boxes: what was chosen before, else what can be guessed."""
    uses = known.uses or guess_uses(head.headings)
    ways = ((MONTH_FIRST, known.month_first), (OPAQUE, known.opaque))
    start: dict[str, object] = {f"use_{n}": uses.get(heading, "") for n, heading in enumerate(head.headings)}
    return start | {
        "zone": known.zone, "own": known.own, "save_as": map_name, "ways": tuple(way for way, is_so in ways if is_so)
    }  # fmt: skip


def _laid_out(request: Request, ref: str, head: CallTable, form: CallColumnsForm) -> bool:
    said = form.answers
    layout = CallLayout(
        form.uses, said["zone"], MONTH_FIRST in said["ways"], said["own"], head.sheet, head.header_line,
        OPAQUE in said["ways"],
    )  # fmt: skip
    try:
        lay_out_calls(by=request.reader, ref=ref, layout=layout, save_as=said["save_as"])
    except ObjectDoesNotExist:
        raise Http404 from None
    except (MoveRefused, FileProblem, CallsProblem) as problem:
        form.refuse("", str(problem))
        return False
    return True
