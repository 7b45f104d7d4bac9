"""The list of county lines, and the page of one, now or as it was known on a day."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.custody.queries import arrests_on
from throughline.lines.pairs import pairs_with
from throughline.lines.queries import line_page
from throughline.matching.people.links import links_with
from throughline.matching.places.alike import places_alike
from throughline.orders.queries import orders_on
from throughline.safeguarding.flags import at_risk_in
from throughline.safeguarding.queries import concerns_on
from throughline.safeguarding.words import AGES, HARMS
from throughline.selectors.registry import Selector
from throughline.tasking.asking import CAUSES, causes_of
from throughline.tasking.queries import bids_on
from throughline.tasking.words import LEVELS
from throughline.web.custody.words import STATES as ARREST_STATES
from throughline.web.fields import Day
from throughline.web.filtering import changed
from throughline.web.forms import Form
from throughline.web.lines.differing import differing
from throughline.web.lines.filters import filtered, selected
from throughline.web.lines.forms import FilterForm, filter_choices
from throughline.web.lines.probable import probable_shown
from throughline.web.lines.scores import score_shown
from throughline.web.lines.shown import line_shown
from throughline.web.lines.words import STATES
from throughline.web.links.shown import links_shown, places_shown
from throughline.web.orders.words import COLOURS as ORDER_COLOURS
from throughline.web.orders.words import SHORT
from throughline.web.orders.words import STATES as ORDER_STATES
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.safeguarding.words import COLOURS as CONCERN_COLOURS
from throughline.web.safeguarding.words import STATES as CONCERN_STATES
from throughline.web.tasking.words import STATES as BID_STATES
from throughline.web.view import needs


class KnownOnForm(Form):
    """The day on which the line is to be shown."""

    on = Day(label="As we knew it on", hint="For example, 27 3 2026", past=True)


@require_safe
@needs(Permission.LINE_READ)
def lines(request: Request) -> HttpResponse:
    """The lines that the reader may know, by score or the newest first."""
    form = FilterForm(request.GET, choices=filter_choices())
    found = filtered(request.reader, form, request.GET)
    return page(
        request, "lines/lines.html", title="County lines", active="lines", form=form, found=found, rows=found.rows,
        selected=selected(form, request.GET), states=STATES, may_decide=request.reader.may(Permission.LINE_DECIDE),
        may_keep=request.reader.may(Permission.LINE_KEEP),
        csv=changed("lines-csv", request.GET), geojson=changed("lines-geojson", request.GET),
    )  # fmt: skip


@require_safe
@needs(Permission.LINE_READ)
def line(request: Request, ref: str) -> HttpResponse:
    """One line: what is known of it, on which evidence, and what happened to it."""
    form = KnownOnForm(request.GET)
    known_on = form.on if form.is_valid() else None
    found = line_page(request.reader, ref, known_on=known_on)
    if found is None:
        raise Http404
    shown = line_shown(request.reader, found)
    premises = [Selector(fact.kind, fact.value) for fact in found.known.facts if fact.kind == "address"]
    people = [Selector(fact.kind, fact.value) for fact in found.known.facts if fact.kind == "person"]
    may_bid = request.reader.may(Permission.TASK_BID) and not (known_on or shown.merged_into)
    return page(
        request, "lines/line.html", title=f"{shown.name}, {ref}", active="lines", line=shown, form=form,
        score=score_shown(found), differ=len(differing(found)), probable=probable_shown(request.reader, found),
        pairs=() if known_on or shown.merged_into else pairs_with(request.reader, ref),
        same_places=() if known_on else places_shown(request.reader, places_alike(request.reader, premises)),
        links=() if known_on else links_shown(links_with(request.reader, people), people),
        reads_calls=request.reader.may(Permission.CALLS_READ),
        may_merge=request.reader.may(Permission.LINE_MERGE),
        states=STATES, bids=() if known_on else bids_on(request.reader, ref), bid_states=BID_STATES, levels=LEVELS,
        may_bid=may_bid, asks=causes_of(request.reader, ref) if may_bid else (), causes=CAUSES,
        orders=() if known_on else orders_on(request.reader, ref), order_states=ORDER_STATES,
        order_colours=ORDER_COLOURS, order_kinds=SHORT,
        arrests=() if known_on else arrests_on(request.reader, ref), arrest_states=ARREST_STATES,
        may_arrest=not known_on and request.reader.may(Permission.CUSTODY_KEEP),
        concerns=() if known_on else concerns_on(request.reader, ref), concern_states=CONCERN_STATES,
        concern_colours=CONCERN_COLOURS, ages=AGES, harms=HARMS,
        at_risk=None if known_on else at_risk_in(request.reader, [ref]).get(ref),
        may_order=request.reader.may(Permission.ORDER_DRAFT) and not (known_on or shown.merged_into),
    )  # fmt: skip
