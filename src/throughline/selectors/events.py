"""The facts that selectors announce."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class SightingsNoted(Fact):
    """New sightings stand in the index, by their ids; matching is next."""

    sightings: list[int]


@dataclass(frozen=True, slots=True)
class SightingsWithdrawn(Fact):
    """These sightings no longer hold; matching forgets them."""

    sightings: list[int]


@dataclass(frozen=True, slots=True)
class InterestsDue(Fact):
    """The last day of these interests of a body is over, by their references; unless renewed, they end."""

    interests: list[str]
    body: int
