"""The facts that operations announce."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class OperationMoved(Fact):
    """An operation was planned or moved by somebody of this body; the bodies that take part are told next."""

    operation: int
    verb: str
    body: int


@dataclass(frozen=True, slots=True)
class ReturnsDue(Fact):
    """The returns of an operation for a day (ISO 8601) are due; ``times`` they have been asked for again."""

    operation: int
    day: str
    times: int


@dataclass(frozen=True, slots=True)
class ReturnSent(Fact):
    """A body sent a return, late, or corrected one: the body that leads is told next."""

    operation: int
    body: int
    day: str
    number: int


@dataclass(frozen=True, slots=True)
class DisruptionMoved(Fact):
    """A disruption was claimed, joined or moderated by somebody of this body; the others who may know it are told."""

    disruption: int
    verb: str
    body: int
