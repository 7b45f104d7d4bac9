"""Requests on people for tests: received, gathered, decided on, proposed."""

from datetime import date

from throughline.access.reader import Reader
from throughline.kernel import outbox
from throughline.rights.queries import RightsPage, rights_page
from throughline.rights.services import Asked, decide, gather, propose_answer, receive_request
from throughline.selectors.registry import parse

PHONE = "phone:07700 900123"
ALEX = "person:Example, Alex, 1990-01-02"


def received(
    by: Reader, *, kind: str = "access", reference: str = "DP/2026/114", on: date = date(2026, 11, 2),
    values: tuple[str, ...] = (PHONE,), due_on: date | None = None, name: str = "Alex Example",
) -> str:  # fmt: skip
    """A request on Alex Example; its reference."""
    asked = Asked(kind, reference, name, on, values=tuple(parse(value) for value in values), due_on=due_on)
    return receive_request(by=by, asked=asked)


def gathered(by: Reader, **more: object) -> str:
    """The same, with what is held put on it."""
    outbox.drain()
    ref = received(by, **more)  # type: ignore[arg-type]
    gather(by=by, ref=ref)
    return ref


def opened(reader: Reader, ref: str) -> RightsPage:
    """The page of a request that this reader may know."""
    found = rights_page(reader, ref)
    assert found is not None
    return found


def decided(by: Reader, ref: str, **decision: str) -> None:
    """The same decision on each record of a request."""
    for record in opened(by, ref).records:
        decide(by=by, ref=ref, record=record.id, **{"decision": "give", **decision})


def proposed(by: Reader, *, tells: bool = False, **more: object) -> str:
    """A request of which everything is given, proposed for approval."""
    ref = gathered(by, **more)
    decided(by, ref)
    propose_answer(by=by, ref=ref, tells_withheld=tells)
    return ref
