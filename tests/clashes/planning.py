"""Planning events for tests: near the middle of Norwich unless said otherwise, next Monday afternoon."""

from datetime import UTC, datetime, timedelta

from throughline.access.reader import Reader
from throughline.clashes.places import Place, parse_place
from throughline.clashes.services import EventDraft, plan_event
from throughline.kernel import clock

NORWICH = "TG 23100 08700"
NEARBY = "TG 23500 08700"
"""400 metres to the east."""
FAR = "TG 33100 08700"
"""Ten kilometres to the east."""


def at_noon() -> datetime:
    """Noon of the day after tomorrow, in UTC."""
    return datetime.combine(clock.now() + timedelta(days=2), datetime.min.time(), tzinfo=UTC) + timedelta(
        hours=12
    )


def draft(
    spot: str = NORWICH, *, postcode: str = "", kind: str = "warrant", what: str = "A flat above a shop",
    starts: datetime | None = None, hours: float = 2, contact: str = "The duty inspector",
) -> EventDraft:  # fmt: skip
    """What is planned, with only what the test is about said."""
    place: Place = parse_place(postcode=postcode, spot=spot)
    begins = starts or at_noon()
    return EventDraft(kind, what, place, begins, begins + timedelta(hours=hours), contact)


def plan(
    by: Reader,
    spot: str = NORWICH,
    *,
    silent: bool = False,
    compartment: int = 0,
    why: str = "A test",
    **said: object,
) -> str:
    """Plan an event and return its reference."""
    made = draft(spot, **said)  # type: ignore[arg-type]
    return plan_event(by=by, draft=made, why=why, silent=silent, compartment=compartment)
