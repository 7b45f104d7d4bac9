"""The facts that sharing announces."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class AccessAsked(Fact):
    """A body asked another for access; the holder's desk is told next."""

    request: int


@dataclass(frozen=True, slots=True)
class AccessAnswered(Fact):
    """The holder granted or refused; the asker is told next."""

    request: int


@dataclass(frozen=True, slots=True)
class AccessWithdrawn(Fact):
    """The asker needs no answer any more; the holder's desk is told next."""

    request: int


@dataclass(frozen=True, slots=True)
class AnswerDue(Fact):
    """The time for an answer has run out, if there is none yet: then the region and the asker are told."""

    request: int
