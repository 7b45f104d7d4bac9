"""Operations and deadlines as a calendar file (RFC 5545), without content: references, days and times, and no names."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.operations.queries import operation_list, returns_owed
from throughline.tasking.queries import bids_waiting
from throughline.web.ics import calendar_answer, day_event, moment_event
from throughline.web.request import Request
from throughline.web.view import needs

MOST = 500


@require_safe
@needs(Permission.TASK_READ)
def calendar(request: Request) -> HttpResponse:
    """The operations that the reader may know, the returns that their body owes, and the steps that wait for them.

    A calendar is kept on machines and read by programs that this product knows nothing of, so it says what stands in
    the address of a page and no more. It is taken by somebody signed in; there is no address that opens without.
    """
    reader, home = request.reader, request.build_absolute_uri
    events = [
        day_event(row.ref, f"Operation {row.ref}", row.starts_on, row.ends_on,
                  home(reverse("operation", args=[row.ref])))
        for row in operation_list(reader, size=MOST)[0] if row.state in ("planned", "under way")
    ]  # fmt: skip
    if reader.may(Permission.RETURN_SEND):
        events += [
            moment_event(f"{owed.ref}-{owed.day}", f"Return due: {owed.ref}", owed.due_at,
                    home(reverse("return-send", args=[owed.ref, owed.day])))
            for owed in returns_owed(reader, size=MOST)
        ]  # fmt: skip
    events += [
        moment_event(row.ref, f"Bid {row.ref}: next step due", row.due_at, home(reverse("bid", args=[row.ref])))
        for row in bids_waiting(reader, size=MOST) if row.due_at
    ]  # fmt: skip
    return calendar_answer(events, name="throughline")
