"""The pages of officer-days: a grid of skills and weeks, a file of them, and those of the bodies of a region."""

import tempfile
from datetime import date
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.file_load import LoadResult
from throughline.intelligence.report_files import FileProblem
from throughline.kernel import clock
from throughline.loads.files import shown_name
from throughline.loads.loading_days import load_days
from throughline.organisations.queries import body_cards, body_coded
from throughline.tasking.days import (
    days_of_bodies,
    days_of_body,
    monday_of,
    seen_by,
    state_days,
    weeks_from,
)
from throughline.tasking.using import used_days
from throughline.web.flash import tell
from throughline.web.forms import beside_fields
from throughline.web.page import page
from throughline.web.plans.forms import DaysFileForm, days_form, typed_days
from throughline.web.plans.words import SKILLS
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import plural


def _horizon() -> tuple[date, ...]:
    return weeks_from(monday_of(clock.today()))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN_READ)
def own_days(request: Request) -> HttpResponse:
    """The days of the reader's own body: typed by whoever keeps them, read by whoever reads plans."""
    reader, weeks = request.reader, _horizon()
    if not reader.may(Permission.CAPACITY_KEEP):
        return redirect("days-of-body", reader.body_code)
    form = days_form(weeks).sent(request, start=_standing(reader, reader.body, weeks))
    if form.is_valid():
        with beside_fields(form):
            changed = state_days(by=reader, stated=form.stated)
            tell(request, f"Saved: {plural(changed, 'statement')} changed.")
            return redirect("days")
    return page(
        request, "plans/days.html", title="Officer-days", active="plans", form=form, weeks=weeks, skills=SKILLS,
        sees_others=len(seen_by(reader, body_cards())) > 1,
    )  # fmt: skip


def _standing(reader: Reader, body: int, weeks: tuple[date, ...]) -> dict[str, str]:
    return typed_days(days_of_body(reader, body=body, starts_on=weeks[0], weeks=len(weeks)), weeks)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CAPACITY_KEEP)
def days_file(request: Request) -> HttpResponse:
    """The same from a spreadsheet: tried, or kept if no row of it is refused."""
    form = DaysFileForm.sent(request)
    result = None
    if form.is_valid():
        try:
            result = _loaded(request.reader, form.file, is_trial=form.do == "try")
        except FileProblem as problem:
            form.refuse("file", str(problem))
        if result and form.do == "load" and not result.rejected:
            tell(request, f"{plural(result.kept, 'row')} kept, {result.unchanged} held already.")
            return redirect("days")
    return page(
        request, "plans/days_file.html", title="Load officer-days", active="plans", form=form,
        counts=(result.read, result.kept, result.unchanged, result.rejected) if result else None,
        refusals=[(row.line, row.column, row.reason) for row in result.refusals] if result else [],
    )  # fmt: skip


def _loaded(by: Reader, upload: UploadedFile | None, *, is_trial: bool) -> LoadResult:
    assert upload is not None  # noqa: S101 the question is a needed one
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / shown_name(str(upload.name))
        path.write_bytes(upload.read())
        return load_days(by=by, path=path, dry_run=is_trial, all_or_nothing=True)


@require_safe
@needs(Permission.PLAN_READ)
def days_of_region(request: Request) -> HttpResponse:
    """The bodies whose days the reader may see, with what the plan in force leaves unused."""
    weeks = _horizon()
    rows = days_of_bodies(request.reader, starts_on=weeks[0])
    return page(
        request, "plans/bodies.html", title="Officer-days of bodies", active="plans", rows=rows,
        used=used_days(request.reader, weeks), weeks=len(weeks), silent=sum(not row.weeks_said for row in rows),
    )  # fmt: skip


@require_safe
@needs(Permission.PLAN_READ)
def days_of(request: Request, code: str) -> HttpResponse:
    """The days of one body, to be read."""
    card, weeks = body_coded(code), _horizon()
    if card is None or card.id not in seen_by(request.reader, body_cards()):
        raise Http404
    return page(
        request, "plans/body.html", title=f"Officer-days: {card.name}", active="plans", name=card.name, weeks=weeks,
        skills=SKILLS, held=_standing(request.reader, card.id, weeks), is_own=card.id == request.reader.body,
    )  # fmt: skip
