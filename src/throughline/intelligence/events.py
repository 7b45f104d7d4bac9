"""The facts that intelligence announces."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class ReportCirculated(Fact):
    """A report is open to its circulation; the bodies named in it are told next."""

    report: int


@dataclass(frozen=True, slots=True)
class ReportSanitised(Fact):
    """A sanitised version was made; if it was of another body's report, that body is told next."""

    version: int


@dataclass(frozen=True, slots=True)
class ReportCorrected(Fact):
    """A new version replaces a report; whoever had the earlier one is told next."""

    report: int
    new: str


@dataclass(frozen=True, slots=True)
class ReportWithdrawn(Fact):
    """A report no longer stands; whoever had it is told next."""

    report: int


@dataclass(frozen=True, slots=True)
class CirculationWidened(Fact):
    """A report is open to more bodies than before; its owner, those who had it and those who now have it are told."""

    report: int
    to: list[int]
    had: list[int]


@dataclass(frozen=True, slots=True)
class CirculatedBeyondAsked(Fact):
    """A report went to more bodies than its author asked for (``to`` is empty for every body): its owner is told."""

    report: int
    to: list[int]


@dataclass(frozen=True, slots=True)
class ReportsGraded(Fact):
    """These reports of one body are graded, and no other fact says that they have come: search looks at them next."""

    reports: list[int]


@dataclass(frozen=True, slots=True)
class DraftBegun(Fact):
    """Someone began to write a report; once the draft has lain for long its writer is told, and later it goes."""

    person: int
    ref: str
