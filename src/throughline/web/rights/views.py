"""What is held on one person, as a page or a file. Who it is about is only ever sent in a form, never in an address."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.kernel.error_file import inert
from throughline.rights.gathering import Held, Schedule, gather_held
from throughline.rights.grounds import KINDS
from throughline.web.documents import Part, document_answer
from throughline.web.page import HIGHEST, page
from throughline.web.request import Request
from throughline.web.rights.forms import RightsForm
from throughline.web.rights.words import UNVERIFIED
from throughline.web.spreadsheet import csv_answer
from throughline.web.view import needs
from throughline.web.words import day, moment

SHOWN = 200
"""Records on the page; the files hold all."""
COLUMNS = (
    "record",
    "reference",
    "title",
    "body",
    "date",
    "found_by",
    "who_decides",
    "give_or_withhold",
    "reason",
)
ROUTES = {"report": "report", "arrest": "arrest", "concern": "concern"}


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A record with its page."""

    thing: str
    ref: str
    href: str
    title: str
    owner: str
    is_own: bool
    on: date
    found_by: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.RIGHTS_WORK)
def schedule(request: Request) -> HttpResponse:
    """Ask whom it is about, and show or hand out what is held."""
    form = RightsForm.sent(request)
    found = None
    if form.is_valid():
        found = gather_held(
            request.reader, kind=form.kind, reference=form.reference, name=form.name, born=form.born,
            values=form.selectors,
        )  # fmt: skip
        if (taken := request.POST.get("take")) in ("csv", "pdf"):
            return _csv(request.reader, form, found) if taken == "csv" else _pdf(request.reader, form, found)
    return page(
        request, "rights/schedule.html", title="What is held on a person", active="rights", form=form,
        is_gathered=found is not None, is_cut=found is not None and found.is_cut, shown=SHOWN,
        held=len(found.rows) if found else 0, own=found.own if found else 0, unverified=UNVERIFIED,
        rows=[_row(one) for one in found.rows[:SHOWN]] if found else [],
        reads_custody=request.reader.may(Permission.CUSTODY_READ),
        reads_concerns=request.reader.may(Permission.CONCERN_READ),
    )  # fmt: skip


def _row(one: Held) -> HeldRow:
    return HeldRow(
        one.thing.capitalize(), one.ref, reverse(ROUTES[one.thing], args=[one.ref]), one.title, one.owner,
        one.is_own, one.on, "; ".join(one.found_by),
    )  # fmt: skip


def _who_decides(one: Held) -> str:
    return "Your body" if one.is_own else f"{one.owner}: ask it first"


def _csv(reader: Reader, form: RightsForm, found: Schedule) -> HttpResponse:
    """For a spreadsheet, with empty columns for what is decided; first the marking."""
    more = " A search met its bound, so there may be more." if found.is_cut else ""
    return csv_answer(
        "schedule",
        marking=f"{HIGHEST}. What is held, for {inert(form.reference)}, as far as {reader.name}, {reader.body_name}, "
                f"may know it, {moment(clock.now())}.{more} {UNVERIFIED}",
        columns=COLUMNS,
        rows=(
            (one.thing, one.ref, one.title, one.owner, one.on.isoformat(), "; ".join(one.found_by), _who_decides(one),
             "", "")
            for one in found.rows
        ),
    )  # fmt: skip


def _pdf(reader: Reader, form: RightsForm, found: Schedule) -> HttpResponse:
    words = [f"{KINDS[form.kind]}, reference {form.reference}.", UNVERIFIED]
    if found.is_cut:
        words.append("A search met its bound, so there may be more.")
    rows = tuple(
        (
            f"{one.thing.capitalize()} {one.ref}",
            one.title,
            day(one.on),
            _who_decides(one),
            "; ".join(one.found_by),
        )
        for one in found.rows
    )
    parts = [
        Part("What it is for", tuple(words)),
        Part("What is held", () if rows else ("Nothing was found.",),
             ("Record", "Title", "Date", "Who decides", "Found by"), rows),
    ]  # fmt: skip
    return document_answer(reader, "Schedule of what is held", parts, name="schedule")
