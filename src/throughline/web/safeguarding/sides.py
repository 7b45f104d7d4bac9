"""Both sides of a person on one page: a dated picture, the same as a table, and the form that adds a status."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.safeguarding.both_sides import (
    SIDES,
    STATUSES,
    BothSides,
    people_of_both_sides,
    record_status,
    sides_in_line,
    sides_in_network,
    sides_of_concern,
)
from throughline.web.fields import Choice, Day, OneOf, Text
from throughline.web.flash import tell
from throughline.web.forms import Form, is_done
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs

WIDTH, LEFT, ROW, TOP, MOST = 640, 190, 26, 30, 40


@dataclass(frozen=True, slots=True)
class Mark:
    """One status: its words, its place, and how wide it is; one without a date is a point at the left."""

    label: str
    side: str
    x: float
    y: int
    width: float
    is_dated: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The dated picture: a band for each side, one above the other, with the years."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    bands: tuple[tuple[str, int, int], ...]
    years: tuple[tuple[float, str], ...]


def picture_of(found: BothSides, *, today: date) -> Picture | None:
    """Draw up to so many statuses of each side; None where nothing is known."""
    if not found.held:
        return None
    first = min((one.from_on for one in found.held if one.from_on), default=today - timedelta(days=365))
    days = max((today - first).days, 30)
    marks, bands, row = list[Mark](), list[tuple[str, int, int]](), 0
    for side, name in SIDES.items():
        held = found.on(side)[:MOST]
        if not held:
            continue
        begins = TOP + row * ROW
        for one in held:
            x = LEFT + (WIDTH - LEFT - 10) * ((one.from_on - first).days / days) if one.from_on else LEFT - 6
            until = one.to_on or (today if one.side == "harmed" and one.source == "concern" else one.from_on)
            wide = (WIDTH - LEFT - 10) * ((until - one.from_on).days / days) if one.from_on and until else 0
            marks.append(
                Mark(one.what, side, round(x, 1), TOP + row * ROW, max(8, round(wide, 1)), bool(one.from_on))
            )
            row += 1
        bands.append((name, begins, len(held) * ROW))
    years = tuple(
        (round(LEFT + (WIDTH - LEFT - 10) * ((date(y, 1, 1) - first).days / days), 1), str(y))
        for y in range(first.year + 1, today.year + 1)
    )
    return Picture(WIDTH, TOP + row * ROW + 8, tuple(marks), tuple(bands), years[:: max(1, len(years) // 8)])


class StatusForm(Form):
    """A status to be."""

    status = OneOf("What was the person?", hint="One status of many: it replaces none", needed="Choose a status",
                   choices=[Choice(key, words) for key, (words, _) in STATUSES.items()])  # fmt: skip
    item = Text("Graded item that says so", hint="Its reference. Whoever may know the item may know the status",
                needed="Enter the reference of the item", limit=60)  # fmt: skip
    from_on = Day("From", hint="The first day, if known", past=True)
    to_on = Day("To", hint="The last day, if it has ended", past=True)
    words = Text("In a few words", hint="Of what, or by whom. No other names", limit=200)


def _shown(request: Request, found: BothSides | None, **more: Any) -> HttpResponse:
    if found is None:
        raise Http404
    picture = picture_of(found, today=clock.today())
    return page(
        request, "safeguarding/sides.html", title="Both sides of a person", active="lines", found=found.held,
        shown=found.shown, is_both=found.is_both, picture=picture, sides=SIDES,
        counts=[(name, len(found.on(side))) for side, name in SIDES.items() if found.on(side)],
        undated=sum(one.from_on is None for one in found.held), most=MOST, **more,
    )  # fmt: skip


@require_safe
@needs(Permission.LINE_READ)
def sides_line(request: Request, line: str, piece: str) -> HttpResponse:
    """Of somebody whom a line names."""
    may_add = request.reader.may(Permission.LINE_KEEP)
    return _shown(
        request, sides_in_line(request.reader, line, piece), back=("line", [line], f"County line {line}"),
        add=("sides-status", [line, piece]) if may_add else None,
    )  # fmt: skip


@require_safe
@needs(Permission.CONCERN_READ)
def sides_concern(request: Request, ref: str) -> HttpResponse:
    """Of the person of a concern, who is not named here."""
    found = sides_of_concern(request.reader, ref)
    return _shown(request, found, back=("concern", [ref], f"Concern {ref}"), add=None)


@require_safe
@needs(Permission.LINE_READ)
def sides_network(request: Request, network: str, number: int) -> HttpResponse:
    """Of somebody in a network."""
    found = sides_in_network(request.reader, network, number)
    return _shown(request, found, back=("sides-network-list", [network], "People on both sides"), add=None)


@require_safe
@needs(Permission.LINE_READ)
def sides_network_list(request: Request, network: str) -> HttpResponse:
    """Who in a network is both victim and suspect."""
    people = people_of_both_sides(request.reader, network)
    if people is None:
        raise Http404
    return page(
        request, "safeguarding/sides_list.html", title="People on both sides", active="lines", people=people,
        network=network,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_KEEP)
def sides_status(request: Request, line: str, piece: str) -> HttpResponse:
    """Record a status of somebody whom a line names."""
    if sides_in_line(request.reader, line, piece) is None:
        raise Http404
    form = StatusForm.sent(request)
    if form.is_valid() and is_done(
        form,
        lambda: record_status(
            by=request.reader, line=line, piece=piece, status=form.status, from_on=form.from_on, to_on=form.to_on,
            item=form.item, words=form.words,
        ),
    ):  # fmt: skip
        tell(request, "The status stands beside the others.")
        return redirect("sides-line", line, piece)
    return page(
        request,
        "safeguarding/status.html",
        title="Add a status",
        active="lines",
        form=form,
        line=line,
        piece=piece,
    )
