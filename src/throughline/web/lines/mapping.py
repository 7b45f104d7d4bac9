"""The map of lines: flows between areas as a picture and as a table, narrowed by filters, with towns on the way in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.lines.flows import Asked, Flow, flow_map
from throughline.lines.picture import Area
from throughline.lines.statements import BODY, DRUGS
from throughline.organisations.queries import body_cards
from throughline.web import filtering
from throughline.web.fields import Choice, Select
from throughline.web.forms import Form
from throughline.web.lines.flow_picture import picture_of
from throughline.web.lines.forms import NOBODY
from throughline.web.lines.shown import rows_shown
from throughline.web.lines.words import STATES
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import offset_in
from throughline.web.view import needs

SIZE = 25


class MapForm(Form):
    """Which lines the map shows."""

    comes_from = Select(label="Comes from", empty="Everywhere", hint="One area also shows its towns")
    sells_in = Select(label="Sells in", empty="Everywhere", hint="One area also shows its towns")
    seen = Select(
        label="Last seen", empty="At any time", hint="By the newest evidence that you may read",
        choices=[Choice("30", "Within 30 days"), Choice("90", "Within 90 days"), Choice("365", "Within a year")],
    )  # fmt: skip
    score = Select(
        label="Score", empty="Any", hint="Of 100",
        choices=[Choice("25", "25 or more"), Choice("50", "50 or more"), Choice("75", "75 or more")],
    )  # fmt: skip
    drug = Select(
        label="Drug",
        empty="Any",
        hint="Named in the evidence",
        choices=[Choice(*one) for one in DRUGS.items()],
    )
    lead = Select(label="Led by", empty="Every body", hint="The body that answers for the line")


@dataclass(frozen=True, slots=True)
class FlowShown:
    """A flow in the table: where from, where to, how many lines, their highest score, and the map of it alone."""

    start: str
    end: str
    lines: int
    highest: int
    href: str


@require_safe
@needs(Permission.LINE_READ)
def line_map(request: Request) -> HttpResponse:
    """The open lines that the reader may know, by where they come from and where they sell."""
    cards = {card.code: card.name for card in body_cards().values()}
    bodies = [Choice(code, name) for code, name in cards.items()]
    form = MapForm(
        request.GET,
        choices={"comes_from": bodies, "sells_in": bodies, "lead": [Choice(NOBODY, "Nobody yet"), *bodies]},
    )
    form.is_valid()
    asked, offset = _asked(form), offset_in(request.GET)
    found = flow_map(request.reader, asked)
    names = _names(found.flows, cards)
    return page(
        request, "lines/map.html", title="Map of lines", active="lines", form=form, found=found,
        picture=picture_of(found.flows, names, is_near=asked.is_near), rows=rows_shown(found.rows), states=STATES,
        flows=[_flow(flow, names, request.GET) for flow in found.flows[offset : offset + SIZE]],
        selected=filtering.selected(form, _chosen(form), lambda name: _address(request.GET, **{name: ""})),
        bodies=cards, chosen=[asked.comes_from, asked.sells_in],
        is_near=asked.is_near, everything=_address(request.GET, comes_from="", sells_in=""),
        first=_address(request.GET) if offset else "",
        next=_address(request.GET, offset=str(offset + SIZE)) if len(found.flows) > offset + SIZE else "",
    )  # fmt: skip


def _chosen(form: MapForm) -> dict[str, str]:
    return {name: str(form.answers.get(name) or "") for name in form.fields}


def _asked(form: MapForm) -> Asked:
    chosen = _chosen(form)
    return Asked(
        chosen["comes_from"], chosen["sells_in"], int(chosen["seen"] or 0), int(chosen["score"] or 0),
        chosen["drug"], chosen["lead"],
    )  # fmt: skip


def _address(asked: QueryDict, **values: str) -> str:
    return filtering.changed("line-map", asked, **{"offset": "", **values})


def _names(flows: Sequence[Flow], bodies: dict[str, str]) -> dict[Area, str]:
    return {
        area: bodies.get(area[1], area[1]) if area[0] == BODY else area[1]
        for flow in flows
        for area in (flow.start, flow.end)
    }


def _flow(flow: Flow, names: dict[Area, str], asked: QueryDict) -> FlowShown:
    further = {
        side: area[1]
        for side, area in (("comes_from", flow.start), ("sells_in", flow.end))
        if area[0] == BODY and asked.get(side) != area[1]
    }
    href = _address(asked, **further) if further else ""
    return FlowShown(names[flow.start], names[flow.end], flow.lines, flow.highest, href)
