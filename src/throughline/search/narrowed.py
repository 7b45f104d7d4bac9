"""What a search is narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

GROUPS = {"people": "People", "values": "Numbers, vehicles and other selectors", "reports": "Reports",
          "lines": "County lines", "interests": "Interests", "hits": "Hits"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which kind of result, of which body (by its code), from which day to which, and reports in which state."""

    group: str = ""
    owner: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None

    def asks_for(self, *groups: str) -> bool:
        """Whether any of these kinds of result is wanted. A state is of a report, so with one only reports are."""
        wanted = self.group or ("reports" if self.state else "")
        return not wanted or wanted in groups


@dataclass(frozen=True, slots=True)
class News:
    """Among which reports and sightings to look, by their numbers; an alert looks among what is new."""

    reports: Sequence[int]
    sightings: Sequence[int]
