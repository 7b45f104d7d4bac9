"""The co-ordination desk: what needs somebody across a region or the nation, beside the hits that wait too long."""

from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.lines.coordination import NATION, PILES, REGION, LinePile, coordination_of
from throughline.matching.overdue import overdue_count
from throughline.tasking.days import monday_of, weeks_from
from throughline.tasking.queries import count_of, tasked_lines
from throughline.tasking.using import unused_days
from throughline.web import filtering
from throughline.web.lines.shown import RowShown, rows_shown
from throughline.web.lines.words import STATES
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import offset_in
from throughline.web.view import needs

A_FEW, A_PAGE = 5, 25
CAP = 1_000
WORDS = {
    "new": ("New this week", "Put on the register in the last seven days."),
    "unmapped": (
        "Unmapped",
        "Open, and what you may read does not say where it comes from, or where it sells.",
    ),
    "unowned": ("Led by nobody", "Open, and no body answers for it."),
    "several": ("Seen by several bodies", "Open, and two bodies or more hold evidence that you may read."),
    "untasked": (
        "Seen by several bodies and tasked by none",
        "Open, two bodies or more hold evidence that you may read, and no bid that you may know asks for work on it.",
    ),
    "differ": (
        "Seen differently",
        "Open, and two bodies say what cannot both be so: where it comes from, what it is called, how much it matters.",
    ),
    "check-backs": ("Check-backs due", "Closed, and nobody has looked whether it has come back."),
}
BIDS = {
    "ours": "Bids waiting for you",
    "declined": "Bids declined",
    "overdue": "Bids overdue",
    "results": "Results missing",
}


@dataclass(frozen=True, slots=True)
class PileShown:
    """One pile: what it is, how many, some of its lines, and the page with all of them."""

    key: str
    name: str
    says: str
    total: int
    rows: list[RowShown]
    href: str


@require_safe
@needs(Permission.HIT_OVERSEE)
def coordination(request: Request) -> HttpResponse:
    """What needs somebody across the region, or the nation."""
    pile, offset = request.GET.get("pile", ""), offset_in(request.GET)
    one = pile if pile in PILES else ""
    found = coordination_of(
        request.reader, scope=NATION if request.GET.get("scope") == NATION else REGION, pile=one,
        offset=offset if one else 0, size=A_PAGE if one else A_FEW, tasked=tasked_lines(request.reader),
    )  # fmt: skip
    more = bool(one) and found.piles[0].total > offset + A_PAGE
    return page(
        request, "lines/coordination.html", title="Co-ordination desk", active="desk", found=found,
        piles=[_shown(request.GET, each) for each in found.piles], one=one, states=STATES,
        region=_address(request.GET, scope=""), nation=_address(request.GET, scope=NATION),
        every=_address(request.GET, pile=""), overdue=overdue_count(request.reader, cap=CAP), cap=CAP,
        bids=_of_tasking(request.reader),
        overdue_href=reverse("hits-overdue"), first=_address(request.GET) if offset and one else "",
        next=_address(request.GET, offset=str(offset + A_PAGE)) if more else "",
    )  # fmt: skip


def _of_tasking(reader: Reader) -> list[tuple[str, int, str]]:
    """The piles of bids, and the days that nobody has planned; each with the page that lists it."""
    piles = [(text, count_of(reader, pile), f"{reverse('bids')}?pile={pile}") for pile, text in BIDS.items()]
    if not reader.may(Permission.PLAN_READ):
        return piles
    unused = round(unused_days(reader, weeks_from(monday_of(clock.today()))))
    return [*piles, ("Officer-days unused", unused, reverse("days-of-bodies"))]


def _shown(asked: QueryDict, pile: LinePile) -> PileShown:
    name, says = WORDS[pile.key]
    return PileShown(pile.key, name, says, pile.total, rows_shown(pile.rows), _address(asked, pile=pile.key))


def _address(asked: QueryDict, **values: str) -> str:
    return filtering.changed("coordination", asked, **{"offset": "", **values})
