"""Sightings as pages show them: each with the page that tells where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.queries import item_report
from throughline.matching.queries import Seen

LISTED = 50
"""Of each body so many sightings are listed, newest first: a value that is everywhere has thousands."""


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One sighting with the page that shows where it comes from ('' if this reader has none)."""

    ref: str
    href: str
    source: str
    grade: str
    seen_on: date


def seen_rows(reader: Reader, seen: Sequence[Seen]) -> tuple[SeenRow, ...]:
    """The newest sightings of one body, with their pages."""
    return tuple(SeenRow(s.ref, _page_of(reader, s), s.source, s.grade, s.seen_on) for s in seen[:LISTED])


def _page_of(reader: Reader, seen: Seen) -> str:
    if seen.source == "interest":
        return reverse("interests") if reader.may(Permission.INTEREST_KEEP) else ""
    report = item_report(reader, seen.ref)
    return reverse("report", args=[report]) if report else ""
