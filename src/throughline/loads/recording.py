"""How the rows of a load are read into blocks, and recorded block by block, in a trial undone again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from throughline.access.reader import Reader
from throughline.intelligence.loading import clash, record_each
from throughline.intelligence.report_columns import RejectedRow, Row
from throughline.intelligence.report_files import read_rows
from throughline.intelligence.report_rows import ReportDraft, draft_reports, whole_groups
from throughline.kernel import clock
from throughline.loads.files import kept_file
from throughline.loads.layouts import layout_from
from throughline.loads.models import Block, Load, Refusal
from throughline.loads.packing import blocks_of, storable, unpack
from throughline.loads.pole import advice_on, count_advice
from throughline.organisations.queries import body_ids


@dataclass(slots=True)
class Outcome:
    """What became of some rows, counted in rows; `reports` are those that are new."""

    kept: int = 0
    unchanged: int = 0
    reports: int = 0
    refused: list[RejectedRow] = field(default_factory=list)
    advice: list[tuple[int, str]] = field(default_factory=list)


def read_into_blocks(load: Load) -> None:
    """Read the whole file once. Raises `FileProblem`, and then nothing of it is held."""
    warnings: list[str] = []
    count, total = 0, 0
    with transaction.atomic(), kept_file(load) as path:
        rows = read_rows(path, layout=layout_from(load.layout or {}), warn=warnings.append)
        for rows_in_block, content in blocks_of(whole_groups(rows)):
            Block.objects.create(load=load, person=load.person, number=count, content=content)
            count, total = count + 1, total + rows_in_block
    load.blocks, load.rows = count, total
    load.warnings = [storable(warning) for warning in warnings]


def record_next(by: Reader, load: Load) -> None:
    """Record the next block, or in a trial find out what would become of it; count it, and keep what is refused."""
    block = Block.objects.get(load=load, number=load.done)
    rows, refused = unpack(bytes(block.content))
    outcome = _tried(by, rows) if load.state == "trying" else recorded(by, rows)
    outcome.refused += refused
    keep_refusals(load, outcome.refused)
    load.done += 1
    load.read += outcome.kept + outcome.unchanged + len(outcome.refused)
    load.rejected += len(outcome.refused)
    count_in(load, outcome)


def count_in(load: Load, outcome: Outcome) -> None:
    """Add what was kept, and the advice, to the load."""
    load.kept += outcome.kept
    load.unchanged += outcome.unchanged
    load.reports += outcome.reports
    count_advice(load.advice, outcome.advice)


def recorded(by: Reader, rows: Sequence[Row | RejectedRow]) -> Outcome:
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
        out.advice += advice_on(one.draft)
    return out


def _with_values(refused: RejectedRow, row: Row) -> RejectedRow:
    return RejectedRow(
        refused.line, refused.column, refused.reason, row.raw, refused.report, values=row.values,
        faults=((refused.column, refused.reason),),
    )  # fmt: skip


class _Undo(Exception):
    pass


def _tried(by: Reader, rows: Sequence[Row | RejectedRow]) -> Outcome:
    out = Outcome()
    try:
        with transaction.atomic():
            out = recorded(by, rows)
            raise _Undo
    except _Undo:
        return out


def keep_refusals(load: Load, refused: Iterable[RejectedRow]) -> None:
    """Keep rows that were refused, with what they hold, for their person to mend."""
    Refusal.objects.bulk_create(
        [
            Refusal(
                load=load, person=load.person, line=row.line, report=storable(row.report)[:200],
                columns=storable(row.column), reason=storable(row.reason), raw=storable(row.raw),
                values={column: storable(value) for column, value in row.values.items()},
                faults=[[column, storable(reason)] for column, reason in row.faults],
            )
            for row in refused
        ],
        ignore_conflicts=True,
    )  # fmt: skip
