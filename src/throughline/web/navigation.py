"""The places named in the bars at the top of each page, in their parts, and who is offered which."""

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Part:
    """Places that belong together: one entry of the first bar; the second shows them while one of them is open."""

    text: str
    places: Sequence[Place]


PARTS = (
    Part("My desk", (
        Place("desk", "My desk"), Place("notices", "Notices", Permission.NOTICE_READ),
        Place("clocks", "Clocks", Permission.NOTICE_READ),
    )),
    Part("Check", (
        Place("check", "Check", Permission.CHECK_RUN),
        Place("interests", "Standing enquiries", Permission.INTEREST_KEEP),
    )),
    Part("Intelligence", (
        Place("reports", "Reports", Permission.REPORT_READ), Place("hits", "Hits", Permission.HIT_READ),
        Place("requests", "Requests", Permission.REQUEST_MAKE), Place("calls", "Call data", Permission.CALLS_READ),
    )),
    Part("Lines", (Place("lines", "Lines", Permission.LINE_READ),)),
    Part("Tasking", (
        Place("bids", "Bids", Permission.TASK_READ), Place("plans", "Plans", Permission.PLAN_READ),
        Place("operations", "Operations", Permission.TASK_READ),
    )),
    Part("Response", (
        Place("orders", "Court orders", Permission.ORDER_READ),
        Place("custody", "Custody and bail", Permission.CUSTODY_READ),
        Place("concerns", "Safeguarding", Permission.CONCERN_READ),
        Place("agencies", "Partners", Permission.CONCERN_READ),
    )),
    Part("Shared with us", (Place("partner", "Shared with us", Permission.PARTNER_USE),)),
    Part("Oversight", (
        Place("people", "People", Permission.PERSON_READ), Place("journal", "Journal", Permission.JOURNAL_READ),
        Place("indicators", "Indicators", Permission.OVERSIGHT_READ),
        Place("reviews", "Review and disposal", Permission.RETENTION_REVIEW),
        Place("rights", "Rights and disclosure", Permission.RIGHTS_WORK),
        Place("certificates", "Certificates", Permission.RETENTION_READ),
        Place("quality", "Data quality", Permission.OVERSIGHT_READ),
    )),
)  # fmt: skip

Entries = list[dict[str, object]]


def parts_for(reader: Reader | None, active: str) -> Entries:
    """The first bar as the GOV.UK service navigation takes it; none for someone not signed in.

    A part of which somebody is offered one place has that place's name.
    """
    open_to = [(part, places) for part in PARTS if (places := _offered(reader, part))]
    return [
        {"href": reverse(places[0].key), "text": part.text if len(places) > 1 else places[0].text,
         "active": active in {place.key for place in places}}
        for part, places in open_to
    ]  # fmt: skip


def places_for(reader: Reader | None, active: str) -> Entries:
    """The second bar: the places of the part that is open, where it has several."""
    for part in PARTS:
        places = _offered(reader, part)
        if len(places) > 1 and active in {place.key for place in places}:
            return [
                {"href": reverse(place.key), "text": place.text, "active": place.key == active}
                for place in places
            ]
    return []


def _offered(reader: Reader | None, part: Part) -> list[Place]:
    if reader is None:
        return []
    return [place for place in part.places if place.needs is None or reader.may(place.needs)]
