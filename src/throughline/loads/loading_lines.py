"""Loading a register of lines: each row becomes a graded item of a report, and a line or more evidence of one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.intelligence.file_load import LoadResult, run_load
from throughline.intelligence.loading import record_each
from throughline.intelligence.report_columns import RejectedRow, Row
from throughline.intelligence.report_files import read_rows
from throughline.intelligence.report_layout import Layout
from throughline.intelligence.report_rows import ReportDraft, draft_reports
from throughline.intelligence.services import Recorded
from throughline.kernel import clock
from throughline.kernel.error_file import ErrorFile
from throughline.lines.pairs import pairs_with
from throughline.lines.queries import line_known_as
from throughline.lines.services import add_evidence, add_line, move_line, take_lead
from throughline.loads.line_rows import STANDARD_LINES, Entry, entry_of, own_column, refused
from throughline.loads.outcome import Outcome, Resembles
from throughline.organisations.naming import codes_by_name
from throughline.organisations.queries import body_ids

ROWS_AT_ONCE = 200
WHY = "Loaded from a register of lines"


def load_lines(
    *, by: Reader, path: Path, layout: Layout = STANDARD_LINES, dry_run: bool = False,
    all_or_nothing: bool = False, progress: Callable[[int], None] = lambda rows: None,
    seen: Callable[[Outcome], None] = lambda outcome: None,
) -> LoadResult:  # fmt: skip
    """Load a CSV, Excel or JSON Lines register of lines for the reader's own body, one entry a row.

    ``seen`` is called with the outcome of each batch: new lines, advice, and lines that resemble others.

    Raises:
        FileProblem: the file as a whole cannot be read.
        NotAllowed: the person's role does not keep lines, or does not load.
    """
    by.require(Permission.REPORT_LOAD)
    by.require(Permission.LINE_KEEP)

    def work(result: LoadResult, errors: ErrorFile) -> None:
        rows = iter(read_rows(path, layout=layout, warn=result.warnings.append))
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            outcome = record_entries(by=by, rows=batch)
            result.read += len(batch)
            result.kept += outcome.kept
            result.unchanged += outcome.unchanged
            result.reports += outcome.reports
            for row in outcome.refused:
                result.refuse(row, errors)
            seen(outcome)
            progress(result.read)

    return run_load(by=by, path=path, work=work, dry_run=dry_run, all_or_nothing=all_or_nothing)


@writes
def record_entries(*, by: Reader, rows: Sequence[Row | RejectedRow]) -> Outcome:
    """Record what is good among these rows of a register, in one transaction.

    An entry is known by the body, its reference and its words: the same again is unchanged. Under the same reference
    other words are more evidence of the same line. No line is ever merged: those that resemble others are named.
    """
    out, areas, entries = Outcome(), codes_by_name(), list[tuple[Entry, ReportDraft]]()
    for row in rows:
        entry = entry_of(row, areas) if isinstance(row, Row) else row
        found = entry if isinstance(entry, RejectedRow) else _drafted(entry)
        if isinstance(found, RejectedRow):
            out.refused.append(found)
        elif isinstance(entry, Entry):
            entries.append((entry, found))
    once = {draft.report: draft for _, draft in entries}
    became = {one.draft.report: one for one in record_each(by, list(once.values()))} if once else {}
    touched: dict[str, int] = {}
    for entry, draft in entries:
        # The same entry twice in one file is held already the second time.
        one = became.get(draft.report)
        if one is None or one.outcome != "kept":
            out.unchanged += 1
            continue
        del became[draft.report]
        ref, is_new = _kept(by, entry, one)
        out.kept, out.reports, out.lines = out.kept + 1, out.reports + 1, out.lines + is_new
        out.advice += [(entry.row.line, sentence) for sentence in entry.advice]
        touched.setdefault(ref, entry.row.line)
    out.resembling = list(_resembling(by, touched))
    return out


def _drafted(entry: Entry) -> ReportDraft | RejectedRow:
    """The entry as a report of one item; or the row, each fault beside the column of the register that it is of."""
    drafts = draft_reports([entry.report], bodies=frozenset(body_ids()), today=clock.today())
    draft = next(iter(drafts))
    if isinstance(draft, RejectedRow):
        faults = draft.faults or ((draft.column, draft.reason),)
        return refused(entry.row, [(own_column(column), why) for column, why in faults])
    return replace(draft, items=(replace(draft.items[0], selectors=entry.selectors),))


def _kept(by: Reader, entry: Entry, recorded: Recorded) -> tuple[str, bool]:
    """Put the entry on its line, or on a new one; the line's reference, and whether it is new."""
    item = f"{recorded.ref}/1"
    held = line_known_as(by, entry.reference)
    if held:
        add_evidence(by=by, line=held, items=[item], said=entry.said, why=WHY)
        return held, False
    ref = add_line(by=by, items=[item], said=entry.said, why=WHY)
    if entry.officer:
        take_lead(by=by, line=ref, officer=entry.officer, why=WHY)
    if entry.is_live:
        move_line(by=by, line=ref, verb="accept", why=f"{WHY}, as live")
    return ref, True


def _resembling(by: Reader, touched: dict[str, int]) -> list[Resembles]:
    found = []
    for pair in pairs_with(by, *touched):
        ours, theirs = (pair.one, pair.other), (pair.one_name, pair.other_name)
        # The later of two rows of one file is held against the earlier one.
        mine = max((n for n in (0, 1) if ours[n] in touched), key=lambda n: touched[ours[n]])
        found.append(
            Resembles(
                touched[ours[mine]], ours[mine], ours[1 - mine], theirs[1 - mine], pair.reasons[0].sentence
            )
        )
    return sorted(found, key=lambda one: (one.row, one.other))
