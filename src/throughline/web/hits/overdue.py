"""What the bodies of a region have not answered, for its co-ordinators."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.matching.overdue import overdue_in_region
from throughline.selectors.registry import KINDS
from throughline.web.hits.filters import SIZE
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import offset_in, turned
from throughline.web.view import needs


@require_safe
@needs(Permission.HIT_OVERSEE)
def hits_overdue(request: Request) -> HttpResponse:
    """Which hits wait for an answer past their time, and whom to ring: nothing of what either body holds."""
    offset = offset_in(request.GET)
    found = overdue_in_region(request.reader, offset=offset, size=SIZE)
    return page(
        request, "hits/overdue.html", title="Overdue in my region", active="hits", rows=found.rows, now=clock.now(),
        kinds={kind.name: kind.label for kind in KINDS.values()},
        turn=turned(offset, _address, size=SIZE, is_more=found.next_offset is not None),
    )  # fmt: skip


def _address(offset: int) -> str:
    return f"{reverse('hits-overdue')}?offset={offset}"
