"""The list of lines as a file: CSV for a spreadsheet and GeoJSON for a map, each of what the reader may know."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.lines.files import COLUMNS, cells_of, geojson_of
from throughline.lines.picture import MOST_LINES
from throughline.lines.ranking import RankedRow, ranked_lines
from throughline.web.lines.filters import chosen_of
from throughline.web.lines.forms import FilterForm, filter_choices
from throughline.web.lines.words import STATES
from throughline.web.page import HIGHEST
from throughline.web.request import Request
from throughline.web.spreadsheet import csv_answer
from throughline.web.view import needs
from throughline.web.words import moment


@require_safe
@needs(Permission.LINE_READ)
def lines_csv(request: Request) -> HttpResponse:
    """The lines under the filters of the list, for a spreadsheet; the first row is the marking."""
    rows = _taken(request)
    return csv_answer(
        "county-lines", marking=_marking(request), columns=COLUMNS,
        rows=(cells_of(row, STATES).values() for row in rows),
    )  # fmt: skip


@require_safe
@needs(Permission.LINE_READ)
def lines_geojson(request: Request) -> HttpResponse:
    """The same as GeoJSON (RFC 7946): each line as the ways between its areas, or where one end of it is known."""
    text = geojson_of(_taken(request), marking=_marking(request), states=STATES)
    answer = HttpResponse(text, content_type="application/geo+json")
    answer["Content-Disposition"] = 'attachment; filename="county-lines.geojson"'
    return answer


def _taken(request: Request) -> tuple[RankedRow, ...]:
    form = FilterForm(request.GET, choices=filter_choices())
    form.is_valid()
    chosen = chosen_of(form)
    return ranked_lines(
        request.reader, state=chosen["state"], brand=chosen["brand"], body=chosen["body"], area=chosen["area"],
        size=MOST_LINES, why="took a list as a file",
    ).rows  # fmt: skip


def _marking(request: Request) -> str:
    reader = request.reader
    return (
        f"{HIGHEST}. County lines as far as {reader.name}, {reader.body_name}, may know them, {moment(clock.now())}. "
        "Scores are of that evidence alone."
    )
