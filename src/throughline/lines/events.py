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


@dataclass(frozen=True, slots=True)
class LineClosed(Fact):
    """A line was closed by a person, after an arrest or because its number was put out of use."""

    line: int
    person: int
