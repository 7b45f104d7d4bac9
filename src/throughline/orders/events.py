"""The facts that orders announce."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class OrderMoved(Fact):
    """An order was drafted or moved by this person."""

    order: int
    verb: str
    person: int


@dataclass(frozen=True, slots=True)
class InterestsAsked(Fact):
    """Bodies with an interest in what an order would cut off were asked whether they want it kept; or one answered."""

    questions: list[int]
    is_answered: bool
