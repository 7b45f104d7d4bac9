"""One load of a file, whatever its rows hold: how it is counted, tried or all or nothing, and what it refuses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from throughline.access.reader import Reader, reading
from throughline.intelligence.report_columns import RejectedRow
from throughline.kernel.error_file import ErrorFile

REFUSALS_KEPT = 200
"""So many refusals are kept in memory for a page; the error file has them all."""


@dataclass(slots=True)
class LoadResult:
    """Rows of a file by what became of them (read = kept + rejected + unchanged), and where refusals are.

    Of the rejected, ``held_back`` were good themselves: all or nothing was asked, and another row was refused.
    ``advised`` counts the pieces of advice on what was kept; the first of them are among the warnings.
    """

    read: int = 0
    kept: int = 0
    rejected: int = 0
    held_back: int = 0
    unchanged: int = 0
    reports: int = 0
    advised: int = 0
    error_file: Path | None = None
    refusals: list[RejectedRow] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def refuse(self, row: RejectedRow, errors: ErrorFile) -> None:
        """Count a row as refused, and write it down."""
        self.rejected += 1
        if len(self.refusals) < REFUSALS_KEPT:
            self.refusals.append(row)
        errors.add(row)


class _Undo(Exception):
    pass


@contextmanager
def tried(by: Reader, *, undo: Callable[[], bool]) -> Iterator[None]:
    """One transaction of this reader's, undone at its end where ``undo`` says so then."""
    try:
        with reading(by):
            yield
            if undo():
                raise _Undo
    except _Undo:
        pass


def run_load(
    *, by: Reader, path: Path, work: Callable[[LoadResult, ErrorFile], None], dry_run: bool = False,
    all_or_nothing: bool = False,
) -> LoadResult:  # fmt: skip
    """Do the work of a load, which counts into its result, with the file of refused rows beside it.

    Args:
        dry_run: do everything, then undo it, so that the counts are those of a real load.
        all_or_nothing: keep nothing when any row is refused.
    """
    result = LoadResult()
    with ErrorFile(path) as errors:
        if dry_run or all_or_nothing:
            with tried(by, undo=lambda: dry_run or result.rejected > 0):
                work(result, errors)
            if all_or_nothing and result.rejected:
                _hold_back(result)
        else:
            work(result, errors)
    result.error_file = errors.path
    return result


def _hold_back(result: LoadResult) -> None:
    result.held_back, result.rejected = result.kept, result.rejected + result.kept
    result.kept, result.reports = 0, 0
