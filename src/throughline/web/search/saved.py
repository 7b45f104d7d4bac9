"""Saved searches: the list, what one has found, and pausing, resuming and ending it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.queries import item_reports
from throughline.kernel.workflow import MoveRefused
from throughline.search.saved import (
    AlertRow,
    SavedCard,
    alert_page,
    end_search,
    in_words,
    pause_search,
    resume_search,
    saved_search,
    saved_searches,
    see_alerts,
)
from throughline.web.flash import tell
from throughline.web.page import page
from throughline.web.request import Request, posted
from throughline.web.search.memory import keep
from throughline.web.view import needs

MOVES = {
    "pause": (pause_search, "is paused"),
    "resume": (resume_search, "runs again"),
    "end": (end_search, "has ended"),
}


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A saved search as it stands in the list and at the head of its page."""

    ref: str
    name: str
    text: str
    narrowed: str
    state: str
    at: datetime
    unseen: int
    href: str


@dataclass(frozen=True, slots=True)
class FoundRow:
    """Something that a saved search found."""

    label: str
    shown: str
    href: str
    owner_name: str
    on: date
    at: datetime
    is_seen: bool


@require_safe
@needs(Permission.SEARCH_RUN)
def saved_list(request: Request) -> HttpResponse:
    """The reader's own saved searches."""
    rows = [_row(card, "") for card in saved_searches(request.reader)]
    return page(request, "search/saved_list.html", title="Saved searches", active="search", rows=rows)


@require_safe
@needs(Permission.SEARCH_RUN)
def saved_one(request: Request, ref: str) -> HttpResponse:
    """What one saved search has found, newest first, and the search itself to run now."""
    card = saved_search(request.reader, ref)
    if card is None:
        raise Http404
    typed = request.GET.get("from", "")
    offset = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < len("100000") else 0
    found, after = alert_page(request.reader, ref, offset=offset)
    here = reverse("saved-search", args=[ref])
    return page(
        request, "search/saved_one.html", title=card.name, active="search", row=_row(card, _run_now(request, card)),
        found=_found_rows(request.reader, found), older=f"{here}?from={after}" if after else "",
        newest=here if offset else "", moves=["pause" if card.state == "running" else "resume", "end"],
    )  # fmt: skip


@require_POST
@needs(Permission.SEARCH_RUN)
def saved_seen(request: Request, ref: str) -> HttpResponse:
    """Mark all that a saved search has found as seen."""
    if saved_search(request.reader, ref) is None:
        raise Http404
    see_alerts(by=request.reader, ref=ref)
    tell(request, "What this search has found is marked as seen.")
    return redirect("saved-search", ref)


@require_POST
@needs(Permission.SEARCH_RUN)
def saved_move(request: Request, ref: str) -> HttpResponse:
    """Pause, resume or end a saved search."""
    verb, card = posted(request, "verb"), saved_search(request.reader, ref)
    if card is None or verb not in MOVES:
        raise Http404
    move, done = MOVES[verb]
    try:
        move(by=request.reader, ref=ref)
    except ObjectDoesNotExist:
        raise Http404 from None
    except MoveRefused as problem:
        # Moved in another window between opening this page and sending it.
        tell(request, str(problem))
        return redirect("searches")
    tell(request, f"The search \u201c{card.name}\u201d {done}.")
    return redirect("searches")


def _row(card: SavedCard, href: str) -> SearchRow:
    return SearchRow(card.ref, card.name, card.text, in_words(card), card.state, card.at, card.unseen, href)


def _run_now(request: Request, card: SavedCard) -> str:
    """The address of the results of this search as of now."""
    parts = {"group": card.group, "owner": card.owner, "state": card.report_state}
    query = "".join(f"&{name}={value}" for name, value in parts.items() if value)
    return f"{reverse('search')}?q={keep(request, card.text)}{query}"


def _found_rows(reader: Reader, found: list[AlertRow]) -> list[FoundRow]:
    reports = item_reports(reader, [row.ref for row in found if "/" in row.ref])
    return [
        FoundRow(
            row.label, row.shown, _page_of(reader, row, reports), row.owner_name, row.on, row.at, row.is_seen
        )
        for row in found
    ]


def _page_of(reader: Reader, row: AlertRow, reports: dict[str, str]) -> str:
    if row.thing == "interest":
        return reverse("interests") if reader.may(Permission.INTEREST_KEEP) else ""
    ref = row.ref if "/" not in row.ref else reports.get(row.ref, "")
    return reverse("report", args=[ref]) if ref else ""
