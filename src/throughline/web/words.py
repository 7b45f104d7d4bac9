"""How dates, spans of time, numbers and grades are written on a page."""

from datetime import date, datetime, timedelta

from throughline.intelligence.grading import TRIO, Assessment, Handling, Source
from throughline.intelligence.older_grading import older_in_words
from throughline.kernel import clock

SPANS = ((365 * 86400, "year"), (86400, "day"), (3600, "hour"), (60, "minute"))
"""Seconds and name, longest first. Months are left out: they differ in length."""


def day(value: date | None) -> str:
    """`3 October 2026`, on a wall calendar in the United Kingdom; nothing for no date."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.day_of(value)
    return f"{value.day} {value:%B} {value.year}"


def moment(value: datetime | None) -> str:
    """`3 October 2026 at 14:05`, United Kingdom time; nothing for no moment."""
    if value is None:
        return ""
    return f"{day(value)} at {value.astimezone(clock.LONDON):%H:%M}"


def duration(value: timedelta) -> str:
    """The largest whole unit in a span of time: `2 days`, `1 hour`, `less than a minute`."""
    seconds = int(abs(value).total_seconds())
    for size, unit in SPANS:
        if seconds >= size:
            return plural(seconds // size, unit)
    return "less than a minute"


def number(value: float) -> str:
    """`12,345`."""
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """`1 report`, `2,000 reports`, `3 bodies`: the count and the word that fits it."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def grade_in_words(grade: str) -> str:
    """`1BP` or `[1BP]` spelled out, for whoever does not know the codes; nothing if it is not a grade."""
    found = TRIO.fullmatch(f"[{grade.strip('[]')}]")
    if not found:
        return older_in_words(grade)
    source, assessment, handling = found.groups()
    return f"source {_label(Source, source)}; {_label(Assessment, assessment)}; {_label(Handling, handling)}"


def _label(codes: type[Source] | type[Assessment] | type[Handling], letter: str) -> str:
    label = next(code.label for code in codes if code == letter)
    return label[:1].lower() + label[1:]
