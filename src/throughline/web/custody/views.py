"""Reading custody: the list, one arrest, the card of its conditions, the suspects of one line, and the law."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.custody.law import cases, regime_on
from throughline.custody.queries import ArrestRow, arrest_list, arrests_on
from throughline.custody.services import VICTIMS
from throughline.kernel import clock
from throughline.lines.queries import line_page
from throughline.web.custody.deciding import opened
from throughline.web.custody.forms import FilterForm
from throughline.web.custody.words import ABOUT, COLOURS, HISTORY, MOVES, STATES
from throughline.web.filtering import address, changed, selected
from throughline.web.moves import Button, Entry
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import offset_in, turned
from throughline.web.view import needs

A_PAGE = 25
WIDTH = 640


@require_safe
@needs(Permission.CUSTODY_READ)
def custody(request: Request) -> HttpResponse:
    """The arrests that the reader may know, newest first."""
    state = request.GET.get("state", "")
    asked = {"state": state if state in STATES else ""}
    form, offset = FilterForm(start=asked), offset_in(request.GET)
    rows, total = arrest_list(request.reader, **asked, offset=offset, size=A_PAGE)
    turn = turned(
        offset, lambda at: changed("custody", request.GET, offset=str(at) if at else ""), size=A_PAGE,
        is_more=total > offset + A_PAGE,
    )  # fmt: skip
    return page(
        request, "custody/arrests.html", title="Custody and bail", active="custody", rows=rows, total=total, form=form,
        turn=turn, states=STATES, colours=COLOURS, may_keep=request.reader.may(Permission.CUSTODY_KEEP),
        selected=selected(form, asked, lambda name: address("custody", asked | {name: ""})),
    )  # fmt: skip


@require_safe
@needs(Permission.CUSTODY_READ)
def arrest(request: Request, ref: str) -> HttpResponse:
    """One arrest, with its clock, its stages, its conditions and what can be done now."""
    found = opened(request, ref, "opened the arrest")
    timeline = [
        *(Entry(HISTORY[m.verb], m.by, m.at, m.why) for m in reversed(found.history)),
        Entry("Recorded", found.made_by, found.made_at, ""),
    ]
    stage = found.law.stages.get(found.row.stage)
    return page(
        request, "custody/arrest.html", title=found.row.suspect, active="custody", found=found, row=found.row,
        buttons=[Button(verb, MOVES[verb].name) for verb in found.moves], timeline=timeline, states=STATES,
        colours=COLOURS, case=cases()[found.row.case], victims=VICTIMS.get(found.victims, ""), stage=stage,
        doubts=[(ABOUT[fact.about], f"{fact.says} ({fact.source})") for fact in found.law.facts if fact.is_unverified],
    )  # fmt: skip


@require_safe
@needs(Permission.CUSTODY_READ)
def bail_card(request: Request, ref: str) -> HttpResponse:
    """The conditions that stand, to be printed and handed over."""
    found = opened(request, ref, "to print the card")
    if found.row.state != "on bail":
        raise Http404
    return page(
        request, "custody/card.html", title="Bail card", active="custody", row=found.row,
        conditions=[one for one in found.conditions if not one.lifted_at],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One suspect in the picture: where bail begins and ends, from 0 to `WIDTH`; with no end, nothing is drawn."""

    row: ArrestRow
    x: int
    width: int


@require_safe
@needs(Permission.CUSTODY_READ)
def custody_of_line(request: Request, ref: str) -> HttpResponse:
    """The suspects of one line, each on a clock of its own, as a picture and as a table."""
    line = line_page(request.reader, ref, why="to see its suspects in custody and on bail")
    if line is None:
        raise Http404
    rows = arrests_on(request.reader, ref)
    bars, today = _bars(rows)
    return page(
        request, "custody/of_line.html", title="Suspects on their clocks", active="lines", line=ref, bars=bars,
        today=today, states=STATES, colours=COLOURS, width=WIDTH, may_keep=request.reader.may(Permission.CUSTODY_KEEP),
    )  # fmt: skip


def _bars(rows: list[ArrestRow]) -> tuple[list[Bar], int]:
    """The bars on one scale, from the first start to the last end, and where today stands on it."""
    now = clock.now()
    first = min([row.arrested_at for row in rows], default=now)
    last = max([*(row.ends_at for row in rows if row.ends_at), now]) + timedelta(days=1)

    def place(at: datetime) -> int:
        return round(WIDTH * ((at - first) / (last - first)))

    return [
        Bar(
            row,
            place(row.arrested_at),
            max(2, place(row.ends_at) - place(row.arrested_at)) if row.ends_at else 0,
        )
        for row in rows
    ], place(now)


@require_safe
@needs(Permission.CUSTODY_READ)
def bail_law(request: Request) -> HttpResponse:
    """What the law of bail says today, stage by stage and fact by fact, and what of it was not verified."""
    law = regime_on(clock.today())
    return page(
        request, "custody/law.html", title="The law of bail", active="custody", stages=list(law.stages.values()),
        conditions=list(law.conditions), facts=list(law.facts), about=ABOUT, cases=cases() | {"both": "Every case"},
        starts=law.starts,
    )  # fmt: skip
