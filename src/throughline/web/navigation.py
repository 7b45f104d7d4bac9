"""The places named in the bar at the top of each page, and who is offered which."""

from dataclasses import dataclass

from django.urls import reverse

from throughline.access.permissions import Permission
from throughline.access.reader import Reader


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: its key (and the name of its route), its words, and what a person needs for it."""

    key: str
    text: str
    needs: Permission | None = None


PLACES = (
    Place("desk", "My desk"),
    Place("check", "Check", Permission.CHECK_RUN),
    Place("reports", "Reports", Permission.REPORT_READ),
    Place("hits", "Hits", Permission.HIT_READ),
    Place("lines", "Lines", Permission.LINE_READ),
    Place("bids", "Bids", Permission.TASK_READ),
    Place("operations", "Operations", Permission.TASK_READ),
    Place("plans", "Plans", Permission.PLAN_READ),
    Place("orders", "Court orders", Permission.ORDER_READ),
    Place("calls", "Call data", Permission.CALLS_READ),
    Place("notices", "Notices", Permission.NOTICE_READ),
    Place("requests", "Requests", Permission.REQUEST_MAKE),
    Place("interests", "Standing enquiries", Permission.INTEREST_KEEP),
    Place("people", "People", Permission.PERSON_READ),
    Place("journal", "Journal", Permission.JOURNAL_READ),
)


def places_for(reader: Reader | None, active: str) -> list[dict[str, object]]:
    """The entries as the GOV.UK service navigation takes them; none for someone not signed in."""
    if reader is None:
        return []
    return [
        {"href": reverse(place.key), "text": place.text, "active": place.key == active}
        for place in PLACES
        if place.needs is None or reader.may(place.needs)
    ]
