"""My desk."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.matching.queries import recent_enquiries
from throughline.web.check.forms import CheckForm
from throughline.web.desk.waiting import oldest_of, piles_of
from throughline.web.page import page
from throughline.web.request import Request, Visit
from throughline.web.view import signed_in

RECENT = 5


@require_safe
def home(request: Visit) -> HttpResponse:
    """The bare address leads to the desk."""
    return redirect("desk")


@require_safe
@signed_in
def desk(request: Request) -> HttpResponse:
    """What waits for me, oldest first, and the box to check before acting."""
    reader = request.reader
    may_check = reader.may(Permission.CHECK_RUN)
    return page(
        request, "desk/desk.html", title="My desk", active="desk", now=clock.now(), piles=piles_of(reader),
        oldest=oldest_of(reader), check=CheckForm(), may_check=may_check,
        mends_flow=reader.may(Permission.FLOW_MEND), manages_people=reader.may(Permission.PERSON_MANAGE),
        coordinates=reader.may(Permission.HIT_OVERSEE),
        reads_events=reader.may(Permission.EVENT_READ),
        reads_lines=reader.may(Permission.LINE_READ),
        reads_calls=reader.may(Permission.CALLS_READ),
        reads_journal=reader.may(Permission.JOURNAL_READ),
        oversees=reader.may(Permission.OVERSIGHT_READ), mends_reports=reader.may(Permission.REPORT_CORRECT),
        works_on_rights=reader.may(Permission.RIGHTS_WORK),
        may_add=reader.may(Permission.REPORT_ADD),
        checks=recent_enquiries(reader, size=RECENT) if may_check else [],
    )  # fmt: skip
