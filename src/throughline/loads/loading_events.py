"""Loading planned events from a file: each is planned as by hand, and the same file twice changes nothing."""

from collections.abc import Callable
from pathlib import Path

from throughline.access.permissions import Permission
from throughline.access.reader import NotAllowed, Reader
from throughline.clashes.services import EventProblem, plan_event_once
from throughline.intelligence.file_load import LoadResult, run_load
from throughline.intelligence.report_columns import RejectedRow, Row
from throughline.intelligence.report_files import read_rows
from throughline.intelligence.report_layout import Layout
from throughline.kernel.error_file import ErrorFile
from throughline.loads.event_rows import STANDARD_EVENTS, EventRow, event_of, refused


def load_events(
    *, by: Reader, path: Path, layout: Layout = STANDARD_EVENTS, dry_run: bool = False,
    all_or_nothing: bool = False, progress: Callable[[int], None] = lambda rows: None,
) -> LoadResult:  # fmt: skip
    """Load a CSV, Excel or JSON Lines file of planned events for the reader's own body, one event a row.

    Raises:
        FileProblem: the file as a whole cannot be read.
        NotAllowed: the person's role does not plan events.
    """
    by.require(Permission.EVENT_PLAN)

    def work(result: LoadResult, errors: ErrorFile) -> None:
        for found in read_rows(path, layout=layout, warn=result.warnings.append):
            result.read += 1
            event = event_of(found) if isinstance(found, Row) else found
            refusal = event if isinstance(event, RejectedRow) else _plan(by, event, result)
            if refusal:
                result.refuse(refusal, errors)
            progress(result.read)

    return run_load(by=by, path=path, work=work, dry_run=dry_run, all_or_nothing=all_or_nothing)


def _plan(by: Reader, event: EventRow, result: LoadResult) -> RejectedRow | None:
    """Plan one event in a transaction of its own; gives the row back if it is refused."""
    try:
        is_new = plan_event_once(
            by=by, draft=event.draft, why=event.why, origin_ref=event.origin_ref, silent=event.is_silent
        )
    except EventProblem as problem:
        return refused(event.row, [(problem.field, str(problem))])
    except NotAllowed:
        return refused(event.row, [("silent", "Your role does not keep events silent: ask your manager")])
    if is_new:
        result.kept += 1
    else:
        result.unchanged += 1
    return None
