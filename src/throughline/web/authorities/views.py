"""The list of authorities for call data, and the page of one."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.telecoms.held import authority_list, authority_page
from throughline.web.authorities.shown import KINDS, STATES, authority_shown, kept_until, period_of
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import offset_in, turned
from throughline.web.view import needs

SIZE = 50


@require_safe
@needs(Permission.CALLS_READ)
def authorities(request: Request) -> HttpResponse:
    """Those that the reader may know: the soonest to end first, and those that have ended last."""
    offset = offset_in(request.GET)
    found = authority_list(request.reader, offset=offset, size=SIZE + 1)
    rows = [(row, STATES[row.state], period_of(row), kept_until(row)) for row in found[:SIZE]]
    return page(
        request, "authorities/authorities.html", title="Authorities for call data", active="desk", rows=rows,
        turn=turned(offset, _address, size=SIZE, is_more=len(found) > SIZE),
        may_load=request.reader.may(Permission.CALLS_LOAD),
    )  # fmt: skip


@require_safe
@needs(Permission.CALLS_READ)
def authority(request: Request, code: str) -> HttpResponse:
    """What it says, who may use it, what is held under it, and what was done."""
    found = authority_page(request.reader, code)
    if found is None:
        raise Http404
    return page(
        request, "authorities/authority.html", title=f"Authority {found.row.ref}", active="desk",
        authority=authority_shown(found), kinds=KINDS,
    )  # fmt: skip


def _address(offset: int) -> str:
    return f"{reverse('authorities')}?offset={offset}"
