"""The facts that intelligence announces."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class ReportCirculated(Fact):
    """A report is open to its circulation; the bodies named in it are told next."""

    report: int


@dataclass(frozen=True, slots=True)
class ReportsGraded(Fact):
    """These reports of one body are graded and not circulated: so far its own people alone may know them."""

    reports: list[int]
