"""The facts that clocks announce."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class ClockPoint(Fact):
    """A clock has come to a point: so many hours before its end (0: the end), as it stood then (``due``, ISO 8601)."""

    clock: int
    due: str
    before_hours: int
