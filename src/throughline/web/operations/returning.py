"""The pages of a return: one body's return for a day, the form in which it is sent or corrected, and its workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.intelligence.report_lines import FileProblem
from throughline.kernel import clock
from throughline.operations.measures import Measure, measures_on
from throughline.operations.periods import PeriodProblem, read_moment
from throughline.operations.queries import ReturnPage, VersionRow, return_page
from throughline.operations.returning import ReturnProblem, ReturnSaid, save_return_draft, send_return
from throughline.operations.sheets import read_return, return_template
from throughline.operations.words import ATTRIBUTIONS
from throughline.web.flash import tell
from throughline.web.forms import is_done
from throughline.web.operations.board import shown
from throughline.web.operations.forms import ReturnForm, SheetForm, return_form
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.view import needs
from throughline.web.words import moment

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version of a return in words; ``changed`` are the measures that it changed."""

    version: VersionRow
    figures: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str, str], ...]
    attribution: str


@require_safe
@needs(Permission.TASK_READ)
def one_return(request: Request, ref: str, body: str, day: date) -> HttpResponse:
    """A body's return for a day in every version."""
    found = return_page(request.reader, ref, body, day)
    if found is None or not found.versions:
        raise Http404
    measures = measures_on(found.starts_on)
    versions = [
        _version(before, after, measures)
        for before, after in zip([None, *found.versions], found.versions, strict=False)
    ]
    is_own = found.body_code == request.reader.body_code and request.reader.may(Permission.RETURN_SEND)
    return page(
        request, "operations/return.html", title=f"Return of {found.body_name}", active="operations",
        found=_without_draft(found), versions=versions[::-1], is_own=is_own,
    )  # fmt: skip


def _version(before: VersionRow | None, after: VersionRow, measures: Mapping[str, Measure]) -> VersionShown:
    known = [(m, after.figures[m.key]) for m in measures.values() if m.key in after.figures]
    changed = [
        (
            m.name,
            shown(before.figures.get(m.key), m) or "Not said",
            shown(after.figures.get(m.key), m) or "Not said",
        )
        for m in measures.values()
        if before and before.figures.get(m.key) != after.figures.get(m.key)
    ]
    return VersionShown(
        after, tuple((m.name, shown(f, m)) for m, f in known), tuple(changed), ATTRIBUTIONS[after.attribution]
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page says of a return."""

    ref: str
    name: str
    every: str
    day: date
    body_code: str
    body_name: str
    due_at: datetime
    versions: int
    draft_by: str


def _without_draft(found: ReturnPage) -> Asked:
    return Asked(
        found.ref, found.name, found.every, found.day, found.body_code, found.body_name, found.due_at,
        len(found.versions), found.draft_said,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RETURN_SEND)
def return_send(request: Request, ref: str, day: date) -> HttpResponse:
    """Send the return of the reader's body for a day, correct it, or keep what is typed as a draft."""
    found, form = _own(request, ref, day)
    if request.method == "POST" and posted(request, "do") == "draft":
        if is_done(form, lambda: save_return_draft(by=request.reader, ref=ref, day=day, typed=_typed(form))):
            tell(request, "The draft is kept for your body. Nothing is sent yet.")
            return redirect("return-send", ref, day)
    elif form.is_valid() and is_sent(request, ref, day, form):
        tell(request, "The return is sent, and stands on the board.")
        return redirect("return", ref, request.reader.body_code, day)
    return page(
        request, "operations/send.html", title="Return", active="operations", form=form, asked=form,
        found=_without_draft(found), groups=_groups(found.starts_on), sheet=SheetForm(),
    )  # fmt: skip


def _own(request: Request, ref: str, day: date) -> tuple[ReturnPage, ReturnForm]:
    found = return_page(request.reader, ref, request.reader.body_code, day, why="to fill it in")
    if found is None:
        raise Http404
    return found, return_form(found.starts_on).sent(request, start=_start(found))


def _groups(day: date) -> list[tuple[str, list[tuple[str, str, list[str]]]]]:
    """For each heading, the measures that are part of no other, each with its name and all that it is made of."""
    measures = measures_on(day)
    parts = {part for measure in measures.values() for part in measure.parts}
    groups: dict[str, list[tuple[str, str, list[str]]]] = {}
    for measure in measures.values():
        if measure.key not in parts:
            made_of = _made_of(measure, measures)
            groups.setdefault(measure.group, []).append((measure.key, measure.name, made_of))
    return list(groups.items())


def _made_of(measure: Measure, measures: Mapping[str, Measure]) -> list[str]:
    """The parts of a measure, each followed by its own."""
    return [key for part in measure.parts for key in (part, *_made_of(measures[part], measures))]


def _typed(form: ReturnForm) -> dict[str, object]:
    """What stands in the boxes, right or wrong, but for NUL, which the database keeps in no text."""
    boxes = {name: form[name].typed for name in form.fields}
    return {
        name: [_text(one) for one in typed] if isinstance(typed, tuple) else _text(typed)
        for name, typed in boxes.items()
    }


def _text(typed: object) -> str:
    return str(typed).replace("\0", "")


def _start(found: ReturnPage) -> dict[str, object]:
    """What the form opens with: the draft, or the version that stands, or nothing."""
    if found.draft is not None:
        return dict(found.draft)
    fresh: dict[str, object] = {"as_at": moment(clock.now()), "after": "0"}
    if not found.versions:
        return fresh
    last = found.versions[-1]
    return fresh | {
        **{key: str(figure) for key, figure in last.figures.items()}, "is_nil": ["nil"] if last.is_nil else [],
        "source": last.source, "attribution": last.attribution, "after": str(last.number),
    }  # fmt: skip


def is_sent(request: Request, ref: str, day: date, form: ReturnForm) -> bool:
    """Send what a valid form says; what is refused stands in it, beside each figure that it is about."""

    def send() -> None:
        try:
            send_return(by=request.reader, ref=ref, day=day, told=_told(form))
        except ReturnProblem as problem:
            for key, sentence in problem.faults.items():
                form.refuse(key, sentence)
            raise
        except PeriodProblem as problem:
            form.refuse("as_at", str(problem))

    return is_done(form, send) and not form.faults


def _told(form: ReturnForm) -> ReturnSaid:
    measures = set(form.fields) - set(ReturnForm.fields)
    return ReturnSaid(
        typed={key: str(form.answers[key]) for key in measures}, as_at=read_moment(form.as_at), source=form.source,
        attribution=form.attribution, is_nil=bool(form.is_nil), after=int(form.after) if form.after.isdecimal() else 0,
        reason=form.reason, explained=form.explained,
    )  # fmt: skip


@require_safe
@needs(Permission.RETURN_SEND)
def return_blank(request: Request, ref: str, day: date) -> HttpResponse:
    """The workbook to fill in without a connection."""
    found, _ = _own(request, ref, day)
    answer = HttpResponse(
        return_template(operation=ref, name=found.name, day=day, starts_on=found.starts_on),
        content_type=WORKBOOK,
    )
    answer["Content-Disposition"] = f'attachment; filename="{ref}-{day.isoformat()}.xlsx"'
    return answer


@require_http_methods(["POST"])
@needs(Permission.RETURN_SEND)
def return_sheet(request: Request, ref: str, day: date) -> HttpResponse:
    """Put a filled-in workbook into the form, where its faults are shown, or send it if there are none."""
    found = return_page(
        request.reader, ref, request.reader.body_code, day, why="to fill it in from a workbook"
    )
    if found is None:
        raise Http404
    upload, kind = SheetForm.sent(request), return_form(found.starts_on)
    form = kind(start=_start(found))
    if upload.is_valid() and upload.sheet:
        try:
            values = _read(upload.sheet, ref, day, measures_on(found.starts_on))
        except FileProblem as problem:
            upload.refuse("sheet", str(problem))
        else:
            form = kind(_as_sent(values, len(found.versions)), start=_start(found))
            if form.is_valid() and is_sent(request, ref, day, form):
                tell(request, "The return is sent from the workbook, and stands on the board.")
                return redirect("return", ref, request.reader.body_code, day)
    return page(
        request, "operations/send.html", title="Return", active="operations",
        form=upload if upload.faults else form, asked=form, found=_without_draft(found),
        groups=_groups(found.starts_on), sheet=upload,
    )  # fmt: skip


def _read(sheet: UploadedFile, ref: str, day: date, measures: Mapping[str, Measure]) -> Mapping[str, str]:
    suffix = ".csv" if (sheet.name or "").lower().endswith(".csv") else ".xlsx"
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"return{suffix}"
        path.write_bytes(sheet.read())
        return read_return(path, operation=ref, day=day, measures=measures).values


def _as_sent(values: Mapping[str, str], after: int) -> QueryDict:
    sent = QueryDict(mutable=True)
    sent.update({key: value for key, value in values.items() if key not in ("operation", "day", "is_nil")})
    sent["after"] = str(after)
    if values.get("is_nil", "").strip().lower() in ("yes", "y", "true"):
        sent["is_nil"] = "nil"
    return sent
