"""What happens to records that are no longer kept."""

from dataclasses import dataclass

from throughline.kernel.outbox import Fact


@dataclass(frozen=True, slots=True)
class ReportDisposed(Fact):
    """A report was disposed of; the bodies that had it are told next."""

    certificate: str
