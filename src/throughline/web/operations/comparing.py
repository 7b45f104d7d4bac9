"""Two weeks side by side."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.operations.comparing import Compared, weeks_compared
from throughline.operations.queries import operation_list
from throughline.web.fields import Choice
from throughline.web.operations.board import shown
from throughline.web.operations.forms import CompareForm
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

MOST = 200


@dataclass(frozen=True, slots=True)
class ComparedShown:
    """A measure in both weeks, in words."""

    name: str
    before: str
    after: str
    change: str
    differs: str
    is_unverified: bool


@require_safe
@needs(Permission.TASK_READ)
def compare_weeks(request: Request) -> HttpResponse:
    """Two weeks that the reader may know, measure by measure."""
    rows, _ = operation_list(request.reader, size=MOST)
    weeks = [Choice(row.ref, f"{row.name}, {row.starts_on.day} {row.starts_on:%B %Y}") for row in rows]
    asked = {name: request.GET.get(name, "") for name in ("earlier", "later")}
    form = CompareForm(start=asked, choices={"earlier": weeks, "later": weeks})
    found = weeks_compared(request.reader, asked["earlier"], asked["later"]) if all(asked.values()) else None
    if all(asked.values()) and found is None:
        raise Http404
    return page(
        request, "operations/compare.html", title="Compare weeks", active="operations", form=form,
        first=found[0].name if found else "", second=found[1].name if found else "",
        rows=[_shown(row) for row in found[2]] if found else [],
    )  # fmt: skip


def _shown(row: Compared) -> ComparedShown:
    change = "" if row.change is None else f"{row.change:+}%"
    return ComparedShown(
        row.measure.name, shown(row.before, row.measure), shown(row.after, row.measure), change, row.differs,
        row.measure.is_unverified,
    )  # fmt: skip
