"""Reading notices and marking them as read."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from throughline.access.permissions import Permission
from throughline.notices.queries import Gathered, NoticeCard, digest, gathered_kinds, notice_list
from throughline.notices.services import gather_notices, read_all_notices, read_notice
from throughline.web.flash import tell
from throughline.web.notices.forms import PreferencesForm
from throughline.web.notices.words import KINDS, href_of, kind_of
from throughline.web.page import page
from throughline.web.request import Request
from throughline.web.view import needs
from throughline.web.words import plural


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as it stands in the list."""

    ref: str
    kind: str
    text: str
    href: str
    at: datetime
    is_read: bool
    read_by: str


def _row(card: NoticeCard) -> NoticeRow:
    return NoticeRow(card.ref, kind_of(card), card.text, href_of(card), card.at, card.is_read, card.read_by)


@require_safe
@needs(Permission.NOTICE_READ)
def notices(request: Request) -> HttpResponse:
    """The notices of the reader's body, newest first: those not read yet, or all."""
    before, only = request.GET.get("before", ""), _only(request)
    shows_all = request.GET.get("show") == "all"
    gathered = not (shows_all or only.kind)
    cards, next_before = notice_list(
        request.reader, unread_only=not shows_all, before=before, kind=only.kind, day=only.day,
        without=gathered_kinds(request.reader) if gathered else frozenset(),
    )  # fmt: skip
    return page(
        request, "notices/notices.html", title="Notices", active="notices", rows=[_row(card) for card in cards],
        shows_all=shows_all, is_later_page=bool(before), next_before=next_before, only=only,
        digest=[_line(line) for line in digest(request.reader)] if gathered and not before else [],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Only:
    """The kind and day that the list is narrowed to; '' and None for all."""

    kind: str
    day: date | None
    words: str


def _only(request: Request) -> Only:
    kind, day = request.GET.get("kind", ""), request.GET.get("day", "")
    if kind not in KINDS:
        return Only("", None, "")
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        on = None
    return Only(kind, on, KINDS[kind])


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One kind and day: how many, and where they stand one by one."""

    day: date
    kind: str
    count: str
    href: str


def _line(line: Gathered) -> DigestLine:
    href = f"{reverse('notices')}?kind={line.kind}&day={line.day.isoformat()}"
    return DigestLine(line.day, KINDS.get(line.kind, line.kind), plural(line.count, "notice"), href)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.NOTICE_READ)
def preferences(request: Request) -> HttpResponse:
    """Which kinds a person wants gathered by the day."""
    form = PreferencesForm.sent(request, start={"gathered": tuple(sorted(gathered_kinds(request.reader)))})
    if form.is_valid():
        gather_notices(by=request.reader, kinds=form.gathered)
        tell(request, "Your notices are shown as you chose.")
        return redirect("notices")
    return page(
        request, "notices/preferences.html", title="How notices are shown", active="notices", form=form
    )


@require_POST
@needs(Permission.NOTICE_READ)
def notice_read(request: Request, ref: str) -> HttpResponse:
    """Mark one notice as read, and stay on the list."""
    read_notice(by=request.reader, ref=ref)
    tell(request, "The notice is marked as read.")
    return redirect("notices")


@require_POST
@needs(Permission.NOTICE_READ)
def notices_read(request: Request) -> HttpResponse:
    """Mark every notice of the body as read."""
    only = _only(request)
    count = read_all_notices(by=request.reader, kind=only.kind, day=only.day)
    tell(request, f"{plural(count, 'notice')} marked as read.")
    return redirect("notices")
