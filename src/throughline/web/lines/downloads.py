"""The list of lines as a file: CSV for a spreadsheet and GeoJSON for a map, each of what the reader may know."""

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.kernel.error_file import inert
from throughline.lines.flows import position_of
from throughline.lines.known import Held, of
from throughline.lines.picture import MOST_LINES
from throughline.lines.ranking import RankedRow, ranked_lines
from throughline.web.lines.filters import chosen_of
from throughline.web.lines.forms import FilterForm, filter_choices
from throughline.web.lines.words import STATES
from throughline.web.page import HIGHEST
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import moment

COLUMNS = ("reference", "name", "state", "led_by", "score", "confidence", "comes_from", "sells_in", "reach", "drugs",
           "numbers", "first_seen", "last_seen")  # fmt: skip


@require_safe
@needs(Permission.LINE_READ)
def lines_csv(request: Request) -> HttpResponse:
    """The lines under the filters of the list, for a spreadsheet; the first row is the marking."""
    rows, out = _taken(request), StringIO()
    writer = csv.writer(out)
    writer.writerow([_marking(request)])
    writer.writerow(COLUMNS)
    writer.writerows(
        [inert("" if cell is None else str(cell)) for cell in _cells(row).values()] for row in rows
    )
    # The mark at the start tells a spreadsheet that this is UTF-8.
    return _file("\ufeff" + out.getvalue(), "text/csv; charset=utf-8", "county-lines.csv")


@require_safe
@needs(Permission.LINE_READ)
def lines_geojson(request: Request) -> HttpResponse:
    """The same as GeoJSON (RFC 7946): each line as the ways between its areas, or where one end of it is known."""
    held = {
        "type": "FeatureCollection",
        "marking": _marking(request),
        "features": [
            {"type": "Feature", "id": row.row.ref, "geometry": _shape(row.row.known.facts), "properties": _cells(row)}
            for row in _taken(request)
        ],
    }  # fmt: skip
    text = json.dumps(held, ensure_ascii=False, default=str)
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


def _cells(ranked: RankedRow) -> dict[str, Any]:
    row, known = ranked.row, ranked.row.known
    said = [_list(of(known.facts, name)) for name in ("exports from", "imports to")]
    more = [_list(of(known.facts, name)) for name in ("drug", "number")]
    values = (row.ref, known.name, STATES.get(row.state, row.state), row.lead_name, ranked.total, ranked.confidence,
              *said, known.reach, *more, known.first_seen, known.last_seen)  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _list(facts: Iterable[Held]) -> str:
    return "; ".join(fact.shown for fact in facts)


def _shape(facts: tuple[Held, ...]) -> dict[str, Any] | None:
    starts, ends = (list(_positions(of(facts, name))) for name in ("exports from", "imports to"))
    if starts and ends:
        ways = [[start, end] for start in starts for end in ends]
        return {"type": "MultiLineString", "coordinates": ways}
    return {"type": "MultiPoint", "coordinates": starts or ends} if starts or ends else None


def _positions(facts: Iterable[Held]) -> Iterator[tuple[float, float]]:
    """Longitude and latitude, the order of GeoJSON."""
    for fact in facts:
        if position := position_of((fact.kind, fact.value)):
            yield round(position[1], 4), round(position[0], 4)


def _file(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
