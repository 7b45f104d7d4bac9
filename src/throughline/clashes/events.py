"""The fact that planned events announce."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class NearbyLooked(Fact):
    """An event was planned or changed and what is near was looked for, found or not; both sides are told next."""

    look: int
