"""The list of link charts, one as a picture and a table, and its key people."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.network.chart import queries
from throughline.network.chart.queries import ChartPage
from throughline.network.chart.services import Expanded
from throughline.network.communities import get_ready
from throughline.network.figuring import DRAWN
from throughline.organisations.queries import body_cards
from throughline.web.charts.forms import AddForm, LayoutForm, SaveForm, ShareForm, WayForm
from throughline.web.charts.picture import picture_of
from throughline.web.charts.rows import Row, rows_of
from throughline.web.fields import Choice
from throughline.web.forms import Form
from throughline.web.networks.shown import people_shown
from throughline.web.page import in_turn, page
from throughline.web.request import Request
from throughline.web.turning import offset_in, turned
from throughline.web.view import needs

SIZE = 25
LONGEST_NUMBER = 10
MOST_STEPS = 10
LARGE = 100
"""A chart of more things may soon be too large to be drawn whole."""


@require_safe
@needs(Permission.LINE_READ)
def charts(request: Request) -> HttpResponse:
    """The reader's own charts and those shared with them."""
    offset = offset_in(request.GET)
    rows, is_more = queries.chart_list(request.reader, offset=offset, size=SIZE)
    return page(
        request, "charts/charts.html", title="Link charts", active="lines", rows=rows,
        turn=turned(offset, lambda at: f"?offset={at}", size=SIZE, is_more=is_more),
    )  # fmt: skip


@require_safe
@needs(Permission.LINE_READ)
def chart(request: Request, ref: str) -> HttpResponse:
    """One chart, drawn here, and the same as a table from which all can be done."""
    return chart_shown(request, ref)


@require_safe
@needs(Permission.LINE_READ)
def chart_key(request: Request, ref: str) -> HttpResponse:
    """Who matters most among the people of a chart, with what follows."""
    found = queries.chart_key_people(request.reader, ref)
    if found is None:
        raise Http404
    return page(
        request, "charts/key_people.html", title=f"Key people of {found.name or ref}", active="lines", chart=found,
        people=people_shown(found.people[: 2 * SIZE]), total=len(found.people),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a chart asks: a community by one of its things, months, and a way to be drawn bold."""

    within: int
    since: int
    until: int
    way: tuple[int, ...]

    @property
    def query(self) -> str:
        """The same as an address ends in it."""
        said = {
            "within": self.within,
            "since": self.since,
            "until": self.until,
            "way": ".".join(map(str, self.way)),
        }
        found = urlencode({name: value for name, value in said.items() if value})
        return f"?{found}" if found else ""


def asked_of(request: Request) -> Asked:
    """Read the address; what is no number asks for nothing."""
    within, since, until = (_number(request.GET.get(name, "")) for name in ("within", "since", "until"))
    way = [_number(part) for part in request.GET.get("way", "").split(".")[:MOST_STEPS]]
    return Asked(within, since, until, tuple(number for number in way if number))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def drawn_of(request: Request, ref: str, **asked: object) -> ChartPage:
    """The chart as the reader may know it; raises Http404 where they may not know of it."""
    found = queries.chart_page(request.reader, ref, **asked)  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


def chart_shown(request: Request, ref: str, form: Form | None = None) -> HttpResponse:
    """The page of a chart, with the form at fault if there is one."""
    asked = asked_of(request)
    found = drawn_of(request, ref, within=asked.within)
    if len(found.spots) > LARGE:
        get_ready()
    picture = picture_of(found, since=asked.since, until=asked.until, way=asked.way)
    rows = rows_of(
        found, since=asked.since and picture.months.since, until=asked.until and picture.months.until
    )
    ends = [Choice(str(row.number), f"{row.label}, {row.kind}") for row in rows]
    saved = {"name": found.name, "note": found.note}
    return page(
        request, "charts/chart.html", title=f"Chart {found.name or ref}", active="lines", chart=found, asked=asked,
        picture=picture, rows=rows, query=asked.query, form=form,
        heading=heading_of(found, rows), add=_or(form, AddForm()), layout=_or(form, LayoutForm()),
        way=_or(form, WayForm(choices={"one": ends, "other": ends})), save=_or(form, SaveForm(start=saved)),
        share=_or(form, share_form(found)), back=_back(found),
    )  # fmt: skip


def _or(form: Form | None, fresh: Form) -> Form:
    return form if isinstance(form, type(fresh)) else fresh


def share_form(found: ChartPage) -> ShareForm:
    """With whom the chart is shared now."""
    names = {card.name: card.code for card in body_cards().values()}
    start = {
        "shared": "shared" if found.is_shared else "me",
        "bodies": tuple(names[name] for name in found.shared_with if name in names),
    }
    return ShareForm(start=start, choices={"bodies": body_choices()})


def body_choices() -> list[Choice]:
    """Every body, by its name."""
    return [
        Choice(card.code, card.name) for card in sorted(body_cards().values(), key=lambda card: card.name)
    ]


def heading_of(found: ChartPage, rows: tuple[Row, ...]) -> str:
    """What the chart is called: its name, or what stands first on it."""
    return found.name or (f"Chart of {rows[0].label}" if rows else f"Chart {found.ref}")


def _back(found: ChartPage) -> str:
    return reverse("chart", args=[found.ref]) if found.within else reverse("charts")


def part_shown(done: Expanded, said: str) -> StreamingHttpResponse:
    """What an expansion drew as the page takes it in: the shapes and the strokes of what is new, and then the rows.

    The page draws the first before the second has come.
    """
    part, new = done.part, set(done.numbers)
    if part.total > DRAWN:
        said += f" The chart now holds {part.total:,}: opened again, one of more than {DRAWN} is drawn as communities."
    fresh = replace(part, strands=tuple(s for s in part.strands if s.one in new or s.other in new))
    return in_turn(
        ("charts/part.html", lambda: {"said": said, "picture": picture_of(fresh)}),
        ("charts/part_rows.html", lambda: {"chart": part, "rows": rows_of(part), "query": ""}),
    )
