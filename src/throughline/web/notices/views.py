"""Reading notices and marking them as read."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from throughline.access.permissions import Permission
from throughline.notices.queries import NoticeCard, notice_list
from throughline.notices.services import read_all_notices, read_notice
from throughline.web.flash import tell
from throughline.web.notices.words import href_of, kind_of
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
    before = request.GET.get("before", "")
    shows_all = request.GET.get("show") == "all"
    cards, next_before = notice_list(request.reader, unread_only=not shows_all, before=before)
    return page(
        request, "notices/notices.html", title="Notices", active="notices", rows=[_row(card) for card in cards],
        shows_all=shows_all, is_later_page=bool(before), next_before=next_before,
    )  # fmt: skip


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
    count = read_all_notices(by=request.reader)
    tell(request, f"{plural(count, 'notice')} marked as read.")
    return redirect("notices")
