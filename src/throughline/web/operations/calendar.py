"""Operations and deadlines as a calendar file (RFC 5545), without content: references, days and times, and no names."""

from datetime import UTC, date, datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from throughline.access.permissions import Permission
from throughline.kernel import clock
from throughline.operations.queries import operation_list, returns_owed
from throughline.tasking.queries import bids_waiting
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
        _days(row.ref, f"Operation {row.ref}", row.starts_on, row.ends_on, home(reverse("operation", args=[row.ref])))
        for row in operation_list(reader, size=MOST)[0] if row.state in ("planned", "under way")
    ]  # fmt: skip
    if reader.may(Permission.RETURN_SEND):
        events += [
            _moment(f"{owed.ref}-{owed.day}", f"Return due: {owed.ref}", owed.due_at,
                    home(reverse("return-send", args=[owed.ref, owed.day])))
            for owed in returns_owed(reader, size=MOST)
        ]  # fmt: skip
    events += [
        _moment(row.ref, f"Bid {row.ref}: next step due", row.due_at, home(reverse("bid", args=[row.ref])))
        for row in bids_waiting(reader, size=MOST) if row.due_at
    ]  # fmt: skip
    answer = HttpResponse(as_calendar(events), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="throughline.ics"'
    return answer


def as_calendar(events: list[list[str]]) -> str:
    """These events as a calendar: lines end as RFC 5545 has it, and long ones are folded."""
    stamp = f"DTSTAMP:{_utc(clock.now())}"
    body = [line for event in events for line in ("BEGIN:VEVENT", stamp, *event, "END:VEVENT")]
    whole = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Throughline//Operations//EN",
        *body,
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in whole)


def _folded(line: str) -> str:
    """At most 75 octets to a line (RFC 5545, section 3.1); what is written here is ASCII."""
    first, rest = line[:75], line[75:]
    return first + "".join(f"\r\n {rest[at : at + 74]}" for at in range(0, len(rest), 74))


def _days(uid: str, summary: str, first: date, last: date, url: str) -> list[str]:
    return [
        f"UID:{uid}@throughline", f"SUMMARY:{summary}", f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}", f"URL:{url}",
    ]  # fmt: skip


def _moment(uid: str, summary: str, at: datetime, url: str) -> list[str]:
    return [f"UID:{uid}@throughline", f"SUMMARY:{summary}", f"DTSTART:{_utc(at)}", f"URL:{url}"]


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
