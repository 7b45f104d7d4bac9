"""What a file may hold, reports or a register of lines: its columns, its guesses, and the way it is recorded."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.report_columns import RejectedRow, Row
from throughline.intelligence.report_groups import Group
from throughline.intelligence.report_layout import STANDARD, Layout
from throughline.intelligence.report_rows import whole_groups
from throughline.loads.guessing import OF_REPORTS, Guesses
from throughline.loads.line_guesses import OF_LINES
from throughline.loads.line_rows import STANDARD_LINES
from throughline.loads.loading_lines import record_entries
from throughline.loads.outcome import Outcome
from throughline.loads.recording_reports import record_rows_of_reports

REPORTS, LINES = "reports", "lines"


@dataclass(frozen=True, slots=True)
class Content:
    """One kind of file: what its rows are, what is known of its columns, who loads it, and how."""

    standard: Layout
    known: Guesses
    needs: tuple[Permission, ...]
    whole: Callable[[Iterable[Row | RejectedRow]], Iterator[Group | RejectedRow]]
    record: Callable[[Reader, Sequence[Row | RejectedRow]], Outcome]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that its rows may have."""
        return self.standard.shape.every

    def require(self, by: Reader) -> None:
        """Raise NotAllowed unless the person may load it."""
        for permission in self.needs:
            by.require(permission)


def _one_by_one(rows: Iterable[Row | RejectedRow]) -> Iterator[Group | RejectedRow]:
    for row in rows:
        yield Group(row.values["reference"], [row]) if isinstance(row, Row) else row


_CONTENTS: Final = {
    REPORTS: Content(STANDARD, OF_REPORTS, (Permission.REPORT_LOAD,), whole_groups, record_rows_of_reports),
    LINES: Content(
        STANDARD_LINES, OF_LINES, (Permission.REPORT_LOAD, Permission.LINE_KEEP), _one_by_one,
        lambda by, rows: record_entries(by=by, rows=rows),
    ),
}  # fmt: skip


def content_of(name: str) -> Content:
    """The kind of file of this name."""
    return _CONTENTS[name]
