"""How right links are on labelled data, and who bears the errors: for whoever judges links to read."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.matching.people.rightness import Borne, rightness
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

HEADINGS = {"gender": "By gender", "name_origin": "By origin of the name"}
KINDS = {"m": "Male", "f": "Female", "": "Not said", "not said": "Not said"}


@require_safe
@needs(Permission.HIT_READ)
def right(request: Request) -> HttpResponse:
    """Each measurement: wrongly joined and missed, in all and for each kind of person."""
    checks = [
        (
            one, [_row(one.whole)],
            [(HEADINGS.get(by, by), [_row(kind) for kind in kinds]) for by, kinds in one.by.items()],
        )
        for one in rightness(request.reader)
    ]  # fmt: skip
    return page(request, "links/rightness.html", title="How right links are", active="hits", checks=checks)


def _row(one: Borne) -> tuple[str, str, str, str, bool]:
    """The kind in words, its records, wrongly joined and missed of 1,000, and whether they are few."""
    kind = KINDS.get(one.kind, one.kind.capitalize())
    return (
        kind,
        f"{one.records:,}",
        f"{1000 * one.wrongly_joined:.1f}",
        f"{1000 * one.missed:.1f}",
        one.is_few,
    )
