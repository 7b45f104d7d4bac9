"""Loading reports from a file: read, keep what is good, write down what is refused, change nothing twice."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import IntegrityError, transaction

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.intelligence.file_load import LoadResult, run_load
from throughline.intelligence.quality import advice_on_file
from throughline.intelligence.report_files import RejectedRow, read_rows
from throughline.intelligence.report_layout import STANDARD, Layout
from throughline.intelligence.report_rows import ReportDraft, draft_reports
from throughline.intelligence.services import Recorded, record_reports
from throughline.kernel import clock
from throughline.kernel.error_file import ErrorFile
from throughline.organisations.queries import body_ids

REPORTS_AT_ONCE = 200
"""Reports in one transaction: a kill loses at most so many that nobody was told were kept."""

ADVICE_KEPT = 20
"""So many pieces of advice are given one by one; the rest are counted."""


Seen = Callable[[ReportDraft], None]
"""Is given each report of a file that is kept, or is held already."""


class _Source(NamedTuple):
    path: Path
    layout: Layout
    progress: Callable[[int], None]
    seen: Seen


def load_reports(
    *, by: Reader, path: Path, layout: Layout = STANDARD, dry_run: bool = False,
    all_or_nothing: bool = False,
    progress: Callable[[int], None] = lambda rows: None, seen: Seen = lambda draft: None,
) -> LoadResult:  # fmt: skip
    """Load a CSV, Excel or JSON Lines file of reports for the reader's own body.

    Args:
        layout: which column holds what, and which sheet is read.
        dry_run: do everything, then undo it, so that the counts are those of a real load.
        all_or_nothing: keep nothing when any row is refused.
        progress: called with the number of rows done so far.
        seen: called with each report that is kept, or is held already.

    Raises:
        FileProblem: the file as a whole cannot be read.
        NotAllowed: the person's role does not load.
    """
    by.require(Permission.REPORT_LOAD)

    def work(result: LoadResult, errors: ErrorFile) -> None:
        _load(by, _Source(path, layout, progress, seen), result, errors)

    result = run_load(by=by, path=path, work=work, dry_run=dry_run, all_or_nothing=all_or_nothing)
    if result.advised > ADVICE_KEPT:
        result.warnings.append(f"And {result.advised - ADVICE_KEPT:,} more pieces of advice like these.")
    return result


def _load(by: Reader, source: _Source, result: LoadResult, errors: ErrorFile) -> None:
    drafts: list[ReportDraft] = []
    for found in _drafts(source, result):
        if isinstance(found, RejectedRow):
            result.read += 1
            result.refuse(found, errors)
        else:
            result.read += len(found.lines)
            drafts.append(found)
        if len(drafts) == REPORTS_AT_ONCE:
            _keep(by, drafts, source.seen, result, errors)
            drafts = []
            source.progress(result.read)
    if drafts:
        _keep(by, drafts, source.seen, result, errors)
    source.progress(result.read)


def _drafts(source: _Source, result: LoadResult) -> Iterator[ReportDraft | RejectedRow]:
    rows = read_rows(source.path, layout=source.layout, warn=result.warnings.append)
    return draft_reports(rows, bodies=frozenset(body_ids()), today=clock.today())


def _keep(by: Reader, drafts: list[ReportDraft], seen: Seen, result: LoadResult, errors: ErrorFile) -> None:
    for one in record_each(by, drafts):
        rows = len(one.draft.lines)
        if one.outcome == "clash":
            for line in one.draft.lines:
                result.refuse(clash(line, one.draft), errors)
            continue
        seen(one.draft)
        if one.outcome == "kept":
            result.kept += rows
            result.reports += 1
            _advise(one.draft, result)
        else:
            result.unchanged += rows


def _advise(draft: ReportDraft, result: LoadResult) -> None:
    """Advice is given on what was kept, and refuses nothing."""
    advice = advice_on_file(draft)
    for one in advice[: max(0, ADVICE_KEPT - result.advised)]:
        result.warnings.append(f"{draft.report}, line {_line(draft, one.item)}. {one.sentence}")
    result.advised += len(advice)


def _line(draft: ReportDraft, number: int) -> int:
    return next((item.line for item in draft.items if item.number == number), draft.lines[0])


def record_each(by: Reader, drafts: list[ReportDraft]) -> list[Recorded]:
    """Record a batch at once; one by one where someone else is recording the same reports at this moment."""
    try:
        with transaction.atomic():
            return record_reports(by=by, drafts=drafts)
    except IntegrityError:
        return [one for draft in drafts for one in record_reports(by=by, drafts=[draft])]


def clash(line: int, draft: ReportDraft) -> RejectedRow:
    """Refuse one row of a report that is held already with other content."""
    reason = (
        f"Report {draft.report} is held already with other content. "
        "Nothing was changed: give a new report a reference of its own."
    )
    return RejectedRow(line=line, column="report", reason=reason, raw="", report=draft.report)
