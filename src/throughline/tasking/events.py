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


@dataclass(frozen=True, slots=True)
class BidStopped(Fact):
    """The work of a bid may not go on, for somebody's sake; its sides are told next."""

    bid: int


@dataclass(frozen=True, slots=True)
class PlanAsked(Fact):
    """A person asked for a plan; it is begun next."""

    plan: int
    person: int


@dataclass(frozen=True, slots=True)
class PlanBegun(Fact):
    """A plan is being worked out: a step of its own, so that its page can say so."""

    plan: int
    person: int


@dataclass(frozen=True, slots=True)
class PlanAdopted(Fact):
    """A chair adopted a plan; a bid is made to stand for each line in it next."""

    plan: int
    person: int


@dataclass(frozen=True, slots=True)
class PlanMoved(Fact):
    """A plan was proposed or adopted; its body is told next."""

    plan: int
    verb: str
