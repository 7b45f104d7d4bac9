"""Calendar files (RFC 5545): days and moments with a reference, and nothing that a calendar should not keep."""

from datetime import UTC, date, datetime, timedelta

from django.http import HttpResponse

from throughline.kernel import clock


def day_event(uid: str, summary: str, first: date, last: date, url: str) -> list[str]:
    """Whole days, from the first to the last."""
    return [
        f"UID:{uid}@throughline", f"SUMMARY:{_text(summary)}", f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}", f"URL:{url}",
    ]  # fmt: skip


def moment_event(uid: str, summary: str, at: datetime, url: str) -> list[str]:
    """One moment."""
    return [f"UID:{uid}@throughline", f"SUMMARY:{_text(summary)}", f"DTSTART:{_utc(at)}", f"URL:{url}"]


def as_calendar(events: list[list[str]]) -> str:
    """These events as a calendar: lines end as RFC 5545 has it, and long ones are folded."""
    stamp = f"DTSTAMP:{_utc(clock.now())}"
    body = [line for event in events for line in ("BEGIN:VEVENT", stamp, *event, "END:VEVENT")]
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Throughline//EN", *body, "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in whole)


def calendar_answer(events: list[list[str]], *, name: str) -> HttpResponse:
    """The calendar as a file to download under this name."""
    answer = HttpResponse(as_calendar(events), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def _text(words: str) -> str:
    """Words as a value of type TEXT (RFC 5545, section 3.3.11)."""
    for mark, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        words = words.replace(mark, escaped)
    return words


def _folded(line: str) -> str:
    """At most 75 octets to a line (RFC 5545, section 3.1), never cut within a character."""
    out, room = "", 75
    for character in line:
        size = len(character.encode())
        if size > room:
            out, room = f"{out}\r\n ", 74
        out, room = out + character, room - size
    return out


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
