"""The facts that safeguarding announces."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class ConcernMoved(Fact):
    """A concern was proposed, raised or moved on; those who look after concerns in its body are told next."""

    concern: int
    verb: str


@dataclass(frozen=True, slots=True)
class ConcernShared(Fact):
    """A concern was opened to a further body, which is told next."""

    concern: int
    body: int


@dataclass(frozen=True, slots=True)
class PartnerWrote(Fact):
    """A partner agency sent something to a body; those who look after concerns there are told next."""

    message: str
    body: int
