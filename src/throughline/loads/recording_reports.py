"""Recording the rows of a file of reports."""

from collections.abc import Sequence

from throughline.access.reader import Reader
from throughline.intelligence.loading import clash, record_each
from throughline.intelligence.pole import shortfalls_in
from throughline.intelligence.report_columns import RejectedRow, Row
from throughline.intelligence.report_rows import ReportDraft, draft_reports
from throughline.kernel import clock
from throughline.loads.outcome import Outcome
from throughline.organisations.queries import body_ids


def record_rows_of_reports(by: Reader, rows: Sequence[Row | RejectedRow]) -> Outcome:
    """Record what is good among these rows."""
    drafts, out = list[ReportDraft](), Outcome()
    for found in draft_reports(rows, bodies=frozenset(body_ids()), today=clock.today()):
        if isinstance(found, RejectedRow):
            out.refused.append(found)
        else:
            drafts.append(found)
    for one in record_each(by, drafts) if drafts else ():
        lines = one.draft.lines
        if one.outcome == "clash":
            given = {row.line: row for row in rows if isinstance(row, Row)}
            out.refused += [_with_values(clash(line, one.draft), given[line]) for line in lines]
            continue
        if one.outcome == "kept":
            out.kept, out.reports = out.kept + len(lines), out.reports + 1
        else:
            out.unchanged += len(lines)
        out.advice += shortfalls_in(one.draft)
    return out


def _with_values(refused: RejectedRow, row: Row) -> RejectedRow:
    return RejectedRow(
        refused.line, refused.column, refused.reason, row.raw, refused.report, values=row.values,
        faults=((refused.column, refused.reason),),
    )  # fmt: skip
