"""The list of networks, one with its key people, what changed in it from phase to phase, and its chart."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.network import queries
from throughline.web.networks.shown import changes_shown, chart_shown, people_shown, phases_shown, rows_shown
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import Turn, offset_in, turned
from throughline.web.view import needs

SIZE = 25
ROWS = 100
MOST_COMMUNITY = 9


@require_safe
@needs(Permission.LINE_READ)
def networks(request: Request) -> HttpResponse:
    """The networks that the reader may know, by name."""
    offset = offset_in(request.GET)
    rows, is_more = queries.network_list(request.reader, offset=offset, size=SIZE)
    return page(
        request, "networks/networks.html", title="Networks", active="lines", rows=rows,
        turn=_turn(offset, SIZE, is_more=is_more), may_load=request.reader.may(Permission.REPORT_LOAD),
    )  # fmt: skip


@require_safe
@needs(Permission.LINE_READ)
def network(request: Request, ref: str) -> HttpResponse:
    """One network: what it holds, and who matters most, in the whole or in a phase."""
    phase, offset = request.GET.get("phase", ""), offset_in(request.GET)
    shown = queries.network_page(request.reader, ref)
    ranked = queries.key_people(request.reader, ref, phase=phase, offset=offset, size=SIZE)
    if shown is None or ranked is None:
        raise Http404
    return page(
        request, "networks/network.html", title=f"{shown.name}, {ref}", active="lines", network=shown, phase=phase,
        phases=phases_shown(shown, phase), people=people_shown(ranked.people), total=ranked.total,
        turn=_turn(offset, SIZE, is_more=offset + SIZE < ranked.total, phase=phase),
    )  # fmt: skip


@require_safe
@needs(Permission.LINE_READ)
def network_change(request: Request, ref: str) -> HttpResponse:
    """What changed from phase to phase."""
    shown = queries.network_page(request.reader, ref, why="opened its changes")
    changes = queries.network_changes(request.reader, ref)
    if shown is None or changes is None:
        raise Http404
    return page(
        request, "networks/change.html", title=f"Change in {shown.name}", active="lines", network=shown,
        changes=changes_shown(changes),
    )  # fmt: skip


@require_safe
@needs(Permission.LINE_READ)
def network_chart(request: Request, ref: str) -> HttpResponse:
    """The chart, drawn here, and the same as a table."""
    phase, offset = request.GET.get("phase", ""), offset_in(request.GET)
    community = _community(request.GET.get("community", ""))
    shown = queries.network_page(request.reader, ref, why="opened its chart")
    chart = queries.network_chart(request.reader, ref, phase=phase, community=community)
    if shown is None or chart is None:
        raise Http404
    more = {"phase": phase, "community": str(community or "")}
    return page(
        request, "networks/chart.html", title=f"Chart of {shown.name}", active="lines", network=shown, phase=phase,
        phases=[] if community else phases_shown(shown, phase), community=community, chart=chart_shown(chart),
        rows=rows_shown(chart, offset=offset, size=ROWS), is_clustered=chart.is_clustered, left_out=chart.left_out,
        turn=_turn(offset, ROWS, is_more=offset + ROWS < len(chart.drawn), **more),
    )  # fmt: skip


def _community(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < MOST_COMMUNITY else 0


def _turn(offset: int, size: int, *, is_more: bool, **kept: str) -> Turn:
    def at(place: int) -> str:
        return "?" + urlencode({**{name: value for name, value in kept.items() if value}, "offset": place})

    return turned(offset, at, size=size, is_more=is_more)
