"""The list of lines as a file: CSV for a spreadsheet and GeoJSON for a map, each of what the reader may know."""

import csv
from io import StringIO

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.kernel.error_file import inert
from throughline.lines.files import COLUMNS, cells_of, geojson_of
from throughline.lines.picture import MOST_LINES
from throughline.lines.ranking import RankedRow, ranked_lines
from throughline.web.lines.filters import chosen_of
from throughline.web.lines.forms import FilterForm, filter_choices
from throughline.web.lines.words import STATES
from throughline.web.page import HIGHEST
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import moment


@require_safe
@needs(Permission.LINE_READ)
def lines_csv(request: Request) -> HttpResponse:
    """The lines under the filters of the list, for a spreadsheet; the first row is the marking."""
    rows, out = _taken(request), StringIO()
    writer = csv.writer(out)
    writer.writerow([_marking(request)])
    writer.writerow(COLUMNS)
    writer.writerows(
        [inert("" if cell is None else str(cell)) for cell in cells_of(row, STATES).values()] for row in rows
    )
    # The mark at the start tells a spreadsheet that this is UTF-8.
    return _file("\ufeff" + out.getvalue(), "text/csv; charset=utf-8", "county-lines.csv")


@require_safe
@needs(Permission.LINE_READ)
def lines_geojson(request: Request) -> HttpResponse:
    """The same as GeoJSON (RFC 7946): each line as the ways between its areas, or where one end of it is known."""
    text = geojson_of(_taken(request), marking=_marking(request), states=STATES)
    return _file(text, "application/geo+json", "county-lines.geojson")


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


def _file(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
