"""Everything that is done to a chart. Values are only ever sent in a form; an address holds thrown numbers alone."""

import json
from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from throughline.access.permissions import Permission
from throughline.intelligence.queries import item_reports
from throughline.network.chart import services
from throughline.network.chart.services import ChartProblem, UnknownChart
from throughline.network.chart.spots import LINE, Spot
from throughline.selectors.registry import NotASelector, parse
from throughline.web.charts.forms import AddForm, LayoutForm, NoteForm, SaveForm, ShareForm, WayForm
from throughline.web.charts.rows import rows_of, ties_of
from throughline.web.charts.views import asked_of, body_choices, chart_shown, drawn_of, part_shown
from throughline.web.fields import Choice
from throughline.web.flash import tell
from throughline.web.forms import Form, beside_fields
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.view import needs
from throughline.web.words import plural

MOST_MOVED = 6_000


@require_POST
@needs(Permission.LINE_READ)
def chart_open(request: Request) -> HttpResponse:
    """Open a chart around a value or a line that the reader came upon."""
    kind, value = posted(request, "kind"), posted(request, "value")
    try:
        selector = None if kind == LINE else parse(value, kind)
        start = Spot(selector.kind, selector.key) if selector else Spot(LINE, value)
        return redirect("chart", services.open_chart(by=request.reader, start=start))
    except (NotASelector, UnknownChart):
        raise Http404 from None


def _number(request: Request) -> int:
    """Which thing the button that was pressed is about."""
    text = posted(request, "number")
    if not (text.isascii() and text.isdigit() and len(text) <= len("1000000000")):
        raise Http404
    return int(text)


def _done(request: Request, ref: str, said: str, *, way: tuple[int, ...] = ()) -> HttpResponse:
    """Back to the chart as it was looked at, with a sentence of what was done."""
    tell(request, said)
    query = asked_of(request).query if not way else f"?way={'.'.join(map(str, way))}"
    return redirect(reverse("chart", args=[ref]) + query)


def _or_404(do: Callable[[], object]) -> None:
    try:
        do()
    except UnknownChart:
        raise Http404 from None


@require_POST
@needs(Permission.LINE_READ)
def chart_expand(request: Request, ref: str) -> HttpResponseBase:
    """Draw what stands around one thing; the page's own script asks for the new part alone."""
    number = _number(request)
    try:
        done = services.expand_spot(by=request.reader, ref=ref, number=number)
    except UnknownChart:
        raise Http404 from None
    except ChartProblem as problem:
        return _done(request, ref, str(problem))
    count = len(done.numbers)
    said = f"{plural(count, 'thing')} added." if count else "Nothing more stands around it that you may know."
    if "part" in request.POST:
        return part_shown(done, said)
    return _done(request, ref, said)


@require_POST
@needs(Permission.LINE_READ)
def chart_widen(request: Request, ref: str) -> HttpResponse:
    """Draw what stands around everything."""
    added = 0

    def widen() -> None:
        nonlocal added
        added = services.widen_chart(by=request.reader, ref=ref)

    _or_404(widen)
    return _done(request, ref, f"{plural(added, 'thing')} added.")


@require_POST
@needs(Permission.LINE_READ)
def chart_add(request: Request, ref: str) -> HttpResponse:
    """Draw one more value or line."""
    form = AddForm.sent(request)
    return _by_form(
        request,
        ref,
        form,
        lambda: services.add_to_chart(by=request.reader, ref=ref, typed=form.value),
        "Added.",
    )


def _by_form(request: Request, ref: str, form: Form, do: Callable[[], object], said: str) -> HttpResponse:
    """Do it and go back, or show the chart with what is wrong beside the field."""
    if form.is_valid():
        with beside_fields(form):
            _or_404(do)
            return _done(request, ref, said)
    return chart_shown(request, ref, form)


@require_POST
@needs(Permission.LINE_READ)
def chart_way(request: Request, ref: str) -> HttpResponse:
    """Draw a shortest way between two things."""
    rows = rows_of(drawn_of(request, ref, why="looked for a way"))
    ends = [Choice(str(row.number), f"{row.label}, {row.kind}") for row in rows]
    form = WayForm.sent(request, choices={"one": ends, "other": ends})
    if not form.is_valid():
        return chart_shown(request, ref, form)
    try:
        way = services.find_way(by=request.reader, ref=ref, one=int(form.one), other=int(form.other))
    except UnknownChart:
        raise Http404 from None
    if not way:
        return _done(request, ref, "No way leads from one to the other that you may know.")
    return _done(request, ref, f"A way of {plural(len(way) - 1, 'step')} is drawn bold.", way=way)


@require_POST
@needs(Permission.LINE_READ)
def chart_hide(request: Request, ref: str) -> HttpResponse:
    """Take one thing off the drawing."""
    number = _number(request)
    _or_404(lambda: services.hide_spot(by=request.reader, ref=ref, number=number))
    return (
        HttpResponse(status=204)
        if "part" in request.POST
        else _done(request, ref, "Hidden. Its place is kept.")
    )


@require_POST
@needs(Permission.LINE_READ)
def chart_show(request: Request, ref: str) -> HttpResponse:
    """Draw again what was hidden."""
    _or_404(lambda: services.show_hidden(by=request.reader, ref=ref))
    return _done(request, ref, "Everything is shown again, where it stood.")


@require_POST
@needs(Permission.LINE_READ)
def chart_places(request: Request, ref: str) -> HttpResponse:
    """Keep where things were moved: `places` is JSON, by number the two coordinates."""
    try:
        sent = json.loads(posted(request, "places"))
        places = {int(number): (int(x), int(y)) for number, (x, y) in list(sent.items())[:MOST_MOVED]}
    except (ValueError, TypeError, AttributeError):
        return HttpResponse(status=400)
    _or_404(lambda: services.place_spots(by=request.reader, ref=ref, places=places))
    return HttpResponse(status=204)


@require_POST
@needs(Permission.LINE_READ)
def chart_layout(request: Request, ref: str) -> HttpResponse:
    """Lay out everything that is drawn anew."""
    form, asked = LayoutForm.sent(request), asked_of(request)
    drawn = drawn_of(request, ref, within=asked.within, why="laid it out") if asked.within else None
    only = frozenset(one.number for one in drawn.spots) if drawn else None
    return _by_form(
        request, ref, form,
        lambda: services.lay_out_chart(by=request.reader, ref=ref, layout=form.layout, only=only), "Laid out anew.",
    )  # fmt: skip


@require_POST
@needs(Permission.LINE_READ)
def chart_save(request: Request, ref: str) -> HttpResponse:
    """Keep the chart under a name."""
    form = SaveForm.sent(request)
    return _by_form(
        request, ref, form,
        lambda: services.name_chart(by=request.reader, ref=ref, name=form.name, note=form.note),
        "The chart is kept under its name.",
    )  # fmt: skip


@require_POST
@needs(Permission.LINE_READ)
def chart_share(request: Request, ref: str) -> HttpResponse:
    """Say who else opens the chart."""
    form = ShareForm.sent(request, choices={"bodies": body_choices()})
    is_shared = form.is_valid() and form.shared == "shared"
    return _by_form(
        request, ref, form,
        lambda: services.share_chart(
            by=request.reader, ref=ref, bodies=form.answers["bodies"], is_shared=is_shared
        ),
        "The chart is shared." if is_shared else "The chart is yours alone.",
    )  # fmt: skip


@require_POST
@needs(Permission.LINE_READ)
def chart_copy(request: Request, ref: str) -> HttpResponse:
    """A chart of one's own with what one may know of this one."""
    try:
        made = services.copy_chart(by=request.reader, ref=ref)
    except UnknownChart:
        raise Http404 from None
    return _done(request, made, "This is a copy of your own.")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.LINE_READ)
def chart_thing(request: Request, ref: str, number: int) -> HttpResponse:
    """One thing of a chart: what ties it to others, in which items, who else holds it, and the note beside it."""
    found = drawn_of(request, ref, only=frozenset((number,)), why="looked at one thing")
    one = next((one for one in found.spots if one.number == number), None)
    if one is None:
        raise Http404
    form = NoteForm.sent(request, start={"note": one.note})
    if form.is_valid():
        _or_404(lambda: services.note_on_spot(by=request.reader, ref=ref, number=number, note=form.note))
        return _done(request, ref, "The note stands beside it.")
    ties = ties_of(found, number)
    reports = item_reports(request.reader, [item for tie in ties for item in tie.items])
    return page(
        request, "charts/thing.html", title=f"{one.label} on a chart", active="lines", chart=found, thing=one,
        row=rows_of(found)[0], ties=ties, reports=reports, form=form, heading=found.name or "The chart",
    )  # fmt: skip
