"""The facts that county lines announce."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class CheckBacksDue(Fact):
    """The day of these check-backs has come, by their ids; announced at the closure, as a clock."""

    check_backs: list[int]


@dataclass(frozen=True, slots=True)
class LinesMerged(Fact):
    """Two lines were made one, or that was undone; the bodies that lead on them are told next."""

    batch: str
