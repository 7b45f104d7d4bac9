"""The wall of clocks, the soonest end first, the same as a calendar, and letting one stand still."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from throughline.access.permissions import Permission
from throughline.clocks.queries import ClockRow, clock_row
from throughline.clocks.services import pause_clock, resume_clock
from throughline.kernel import clock
from throughline.web.clocks.forms import WHEN, FilterForm, WhyForm
from throughline.web.clocks.sources import MOST, all_clocks, href_of_clock, kinds_for
from throughline.web.fields import Choice
from throughline.web.filtering import address, changed, selected
from throughline.web.flash import tell
from throughline.web.forms import is_done
from throughline.web.ics import calendar_answer, moment_event
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.turning import offset_in, turned
from throughline.web.view import needs

A_PAGE = 50
DAYS = 14


@dataclass(frozen=True, slots=True)
class Column:
    """One day of the picture: how many clocks end on it; ``height`` in the units of the drawing, 0 to 100."""

    label: str
    count: int
    height: int
    x: int


@require_safe
@needs(Permission.NOTICE_READ)
def clocks(request: Request) -> HttpResponse:
    """Every clock that the reader may know, those past their end first, then by when they end."""
    reader, kinds = request.reader, kinds_for(request.reader)
    asked = {name: request.GET.get(name, "") for name in ("kind", "body", "when")}
    asked |= {
        "kind": asked["kind"] if asked["kind"] in kinds else "",
        "when": asked["when"] if asked["when"] in WHEN else "",
    }
    found = all_clocks(reader, kind=asked["kind"])
    bodies = sorted({row.body for row in found})
    asked["body"] = asked["body"] if asked["body"] in bodies else ""
    rows = [row for row in found if asked["body"] in ("", row.body) and _ends(row, asked["when"])]
    form, offset = _form(asked, kinds, bodies), offset_in(request.GET)
    turn = turned(
        offset, lambda at: changed("clocks", request.GET, offset=str(at) if at else ""), size=A_PAGE,
        is_more=len(rows) > offset + A_PAGE,
    )  # fmt: skip
    return page(
        request, "clocks/clocks.html", title="Clocks", active="clocks", form=form, turn=turn, total=len(rows),
        rows=[(row, href_of_clock(row)) for row in rows[offset : offset + A_PAGE]], columns=_columns(rows), most=MOST,
        is_more=len(found) >= MOST,
        past=sum(row.is_past for row in rows), now=clock.now(),
        selected=selected(form, asked, lambda name: address("clocks", asked | {name: ""})),
    )  # fmt: skip


def _form(asked: dict[str, str], kinds: dict[str, str], bodies: list[str]) -> FilterForm:
    choices = {
        "kind": [Choice(key, name) for key, name in sorted(kinds.items(), key=lambda one: one[1])],
        "body": [Choice(code, code) for code in bodies],
    }
    return FilterForm(start=asked, choices=choices)


def _ends(row: ClockRow, when: str) -> bool:
    if when == "past":
        return row.is_past
    within = {"day": timedelta(days=1), "week": timedelta(days=7)}.get(when)
    return within is None or row.due_at <= clock.now() + within


def _columns(rows: list[ClockRow]) -> list[Column]:
    """Those past their end, then each of the next days."""
    today = clock.today()
    counts = Counter(
        -1 if row.is_past else (clock.day_of(row.due_at) - today).days for row in rows if not row.is_paused
    )
    most = max((counts[n] for n in range(-1, DAYS)), default=0) or 1
    return [
        Column(_label(n), counts[n], round(100 * counts[n] / most), (n + 1) * 40) for n in range(-1, DAYS)
    ]


def _label(n: int) -> str:
    on = clock.today() + timedelta(days=n)
    return {-1: "Past", 0: "Today"}.get(n, f"{on:%a} {on.day}")


@require_safe
@needs(Permission.NOTICE_READ)
def clocks_calendar(request: Request) -> HttpResponse:
    """The same clocks as a calendar file: what runs and the reference, without content, for somebody signed in.

    A calendar is kept on machines and read by programs that this product knows nothing of.
    """
    home = request.build_absolute_uri
    events = [
        moment_event(f"{row.ref}-{row.kind}".replace(" ", "-"), f"{row.name}: {row.thing_ref}", row.due_at,
                     home(href_of_clock(row)))
        for row in all_clocks(request.reader) if not row.is_paused
    ]  # fmt: skip
    return calendar_answer(events, name="clocks")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTICE_READ)
def clock_pause(request: Request, ref: str) -> HttpResponse:
    """Let a clock stand still, where its row says under what it may."""
    return _change(
        request, ref, pause_clock, is_paused=False, title="Let the clock stand still",
        follows="Nobody is reminded while it stands still. Its end moves later only when a person lets it go on, by "
        "what was lost.", done="The clock stands still until somebody lets it go on.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTICE_READ)
def clock_resume(request: Request, ref: str) -> HttpResponse:
    """Let a clock go on."""
    return _change(
        request, ref, resume_clock, is_paused=True, title="Let the clock go on",
        follows="Its end moves later by the time that it stood still, counted as the clock counts.",
        done="The clock goes on, with its new end.",
    )  # fmt: skip


def _change(
    request: Request, ref: str, service: Callable[..., object], *, is_paused: bool, title: str, follows: str, done: str
) -> HttpResponse:  # fmt: skip
    row = clock_row(request.reader, ref, why=title)
    if row is None or not row.is_pausable or row.is_paused != is_paused:
        raise Http404
    form = WhyForm.sent(request)
    if form.is_valid() and is_done(form, lambda: service(by=request.reader, ref=ref, why=form.why)):
        tell(request, done)
        return redirect(href_of_clock(row))
    return page(
        request, "clocks/change.html", title=title, active="clocks", form=form, row=row, follows=follows,
        href=href_of_clock(row),
    )  # fmt: skip
