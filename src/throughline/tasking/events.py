"""The facts that tasking announces."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class BidMoved(Fact):
    """A bid was made or moved by somebody of this body; the other sides are told next."""

    bid: int
    verb: str
    body: int


@dataclass(frozen=True, slots=True)
class HandOffDue(Fact):
    """The time for the next step of a bid has run out (``due`` as ISO 8601), if it waits for that step still."""

    bid: int
    due: str
