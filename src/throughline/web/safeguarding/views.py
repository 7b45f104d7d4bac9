"""The list of concerns, the page of one, and the duties and steps with their sources."""

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.safeguarding.law import duties, steps
from throughline.safeguarding.missing import episodes_of
from throughline.safeguarding.partners import disclosures_of
from throughline.safeguarding.queries import ConcernPage, concern_list, concern_page
from throughline.safeguarding.referring import referrals_of
from throughline.safeguarding.words import AGES, HARMS, JUDGEMENTS, OUTCOMES
from throughline.web.filtering import address, changed, selected
from throughline.web.moves import Button, Entry
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.safeguarding.forms import FilterForm
from throughline.web.safeguarding.words import COLOURS, DONE, FIRST, FOUND, MOVES, SOURCES, STATES
from throughline.web.turning import offset_in, turned
from throughline.web.view import needs

A_PAGE = 25
WORDS: Any = {
    "states": STATES, "colours": COLOURS, "ages": AGES, "harms": HARMS, "judgements": JUDGEMENTS, "outcomes": OUTCOMES,
    "found_words": FOUND,
}  # fmt: skip


def opened(request: Request, ref: str, why: str) -> ConcernPage:
    """The concern; an address that is not there where the reader may not know it."""
    found = concern_page(request.reader, ref, why=why)
    if found is None:
        raise Http404
    return found


@require_safe
@needs(Permission.CONCERN_READ)
def concerns(request: Request) -> HttpResponse:
    """The concerns that the reader may know, newest first."""
    asked = {
        "state": request.GET.get("state", "") if request.GET.get("state", "") in STATES else "",
        "age": request.GET.get("age", "") if request.GET.get("age", "") in AGES else "",
    }
    form, offset = FilterForm(start=asked), offset_in(request.GET)
    rows, total = concern_list(request.reader, **asked, offset=offset, size=A_PAGE)
    turn = turned(
        offset, lambda at: changed("concerns", request.GET, offset=str(at) if at else ""), size=A_PAGE,
        is_more=total > offset + A_PAGE,
    )  # fmt: skip
    return page(
        request, "safeguarding/concerns.html", title="Safeguarding", active="concerns", rows=rows, total=total,
        form=form, selected=selected(form, asked, lambda name: address("concerns", asked | {name: ""})), turn=turn,
        **WORDS,
    )  # fmt: skip


@require_safe
@needs(Permission.CONCERN_READ)
def concern(request: Request, ref: str) -> HttpResponse:
    """One concern, without who it is about."""
    found = opened(request, ref, "opened the concern")
    timeline = [
        *(
            Entry(DONE[s.kind], f"{s.by}, {s.body_name}", s.at, _said(s.who, s.words, s.details))
            for s in found.steps
        ),
        Entry(SOURCES[found.source], found.raised_by, found.row.raised_at, ""),
    ]
    return page(
        request, "safeguarding/concern.html", title=f"Concern {ref}", active="concerns", found=found, row=found.row,
        buttons=[Button(verb, MOVES[verb].name) for verb in found.moves if verb in MOVES], first=FIRST,
        clocks=[(one, "") for one in found.clocks], timeline=timeline,
        next_on=[s.next_on for s in found.steps if s.next_on][:1],
        episodes=episodes_of(request.reader, ref), referrals=referrals_of(request.reader, ref),
        disclosures=disclosures_of(request.reader, ref),
        records=[(key.replace(" ", "-"), one.name) for key, one in steps().items() if one.asks],
        may_share=found.row.is_own and found.may_work,
        sources=SOURCES, **WORDS,
    )  # fmt: skip


def _said(who: str, words: str, details: tuple[tuple[str, str], ...]) -> str:
    told = "".join(f" {asks.rstrip('?')}: {answer}." for asks, answer in details)
    return (f"With {who}. {words}" if who else words) + told


@require_safe
@needs(Permission.CONCERN_RAISE)
def concern_law(request: Request) -> HttpResponse:
    """Every duty with its time and basis, and every kind of step."""
    return page(
        request, "safeguarding/law.html", title="Duties and times", active="concerns", duties=list(duties().values()),
        steps=list(steps().values()), ages=AGES,
    )  # fmt: skip
