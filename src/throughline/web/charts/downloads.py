"""A chart as a file: what its reader may know of it, under its marking and handling. Each is journalled."""

from collections.abc import Callable, Sequence
from typing import Final

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.network.chart.files import csv_of, geojson_of, graphml_of
from throughline.network.chart.queries import ChartPage, note_taken
from throughline.web.charts.picture import picture_of
from throughline.web.charts.png import png_of
from throughline.web.charts.views import Asked, asked_of, drawn_of
from throughline.web.page import HIGHEST
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import moment

Maker = Callable[[ChartPage, Sequence[str], Asked], str | bytes]


def _png(chart: ChartPage, marking: Sequence[str], asked: Asked) -> bytes:
    picture = picture_of(chart, since=asked.since, until=asked.until, way=asked.way)
    return png_of(picture, above=[marking[0], chart.name or chart.ref], below=[*marking[1:], marking[0]])


KINDS: Final[dict[str, tuple[str, Maker]]] = {
    "csv": ("text/csv; charset=utf-8", lambda chart, marking, _: csv_of(chart, marking)),
    "graphml": (
        "application/graphml+xml; charset=utf-8",
        lambda chart, marking, _: graphml_of(chart, marking),
    ),
    "geojson": ("application/geo+json", lambda chart, marking, _: geojson_of(chart, marking)),
    "png": ("image/png", _png),
}


@require_safe
@needs(Permission.LINE_READ)
def chart_file(request: Request, ref: str, kind: str) -> HttpResponse:
    """The chart as a file of this kind."""
    if kind not in KINDS:
        raise Http404
    asked = asked_of(request)
    found = drawn_of(request, ref, within=asked.within, why=f"took it as {kind}")
    note_taken(request.reader, ref, kind=kind, things=len(found.spots))
    content_type, make = KINDS[kind]
    answer = HttpResponse(make(found, marking_of(request, found), asked), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="chart-{ref}.{kind}"'
    return answer


def marking_of(request: Request, chart: ChartPage) -> list[str]:
    """The classification; whose knowledge the file is; and the conditions of items under handling code C."""
    reader = request.reader
    return [
        HIGHEST,
        f"Chart {chart.ref} as far as {reader.name}, {reader.body_name}, may know it, {moment(clock.now())}.",
        *(f"Handling code C: {said}" for said in chart.handling),
    ]
