"""How the rows of a load are read into blocks, and recorded block by block, in a trial undone again."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import transaction

from throughline.access.reader import Reader
from throughline.intelligence.report_columns import RejectedRow, Row
from throughline.intelligence.report_files import read_rows
from throughline.loads.contents import content_of
from throughline.loads.files import kept_file
from throughline.loads.layouts import layout_from
from throughline.loads.models import Block, Load, Refusal
from throughline.loads.outcome import Outcome, Resembles, count_advice
from throughline.loads.packing import blocks_of, storable, unpack

RESEMBLING_KEPT = 200
"""So many lines that resemble others are kept for the page of a load; all of them stand on the desk."""


def read_into_blocks(load: Load) -> None:
    """Read the whole file once. Raises `FileProblem`, and then nothing of it is held."""
    warnings: list[str] = []
    count, total, content = 0, 0, content_of(load.kind)
    with transaction.atomic(), kept_file(load) as path:
        rows = read_rows(path, layout=layout_from(load.layout or {}), warn=warnings.append)
        for rows_in_block, packed in blocks_of(content.whole(rows), content.columns):
            Block.objects.create(load=load, person=load.person, number=count, content=packed)
            count, total = count + 1, total + rows_in_block
    load.blocks, load.rows = count, total
    load.warnings = [storable(warning) for warning in warnings]


def record_next(by: Reader, load: Load) -> None:
    """Record the next block, or in a trial find out what would become of it; count it, and keep what is refused."""
    block = Block.objects.get(load=load, number=load.done)
    rows, refused = unpack(bytes(block.content), content_of(load.kind).columns)
    outcome = (_tried if load.state == "trying" else recorded)(by, load, rows)
    outcome.refused += refused
    keep_refusals(load, outcome.refused)
    load.done += 1
    load.read += outcome.kept + outcome.unchanged + len(outcome.refused)
    load.rejected += len(outcome.refused)
    count_in(load, outcome)


def count_in(load: Load, outcome: Outcome) -> None:
    """Add what was kept, the advice, and the lines that resemble others, to the load."""
    load.kept += outcome.kept
    load.unchanged += outcome.unchanged
    load.reports += outcome.reports
    load.lines += outcome.lines
    count_advice(load.advice, outcome.advice)
    plain = [[one.row, one.line, one.other, one.other_name, one.why] for one in outcome.resembling]
    load.resembling = [*load.resembling, *plain][:RESEMBLING_KEPT]


def recorded(by: Reader, load: Load, rows: Sequence[Row | RejectedRow]) -> Outcome:
    """Record what is good among these rows of a load."""
    return content_of(load.kind).record(by, rows)


class _Undo(Exception):
    pass


def _tried(by: Reader, load: Load, rows: Sequence[Row | RejectedRow]) -> Outcome:
    out = Outcome()
    try:
        with transaction.atomic():
            out = recorded(by, load, rows)
            raise _Undo
    except _Undo:
        gone = {one.line for one in out.resembling}
        out.resembling = [_undone(one, gone) for one in out.resembling]
        return out


def _undone(one: Resembles, gone: Iterable[str]) -> Resembles:
    """The same after a trial: the lines that it made are no more."""
    return replace(one, line="", other="" if one.other in gone else one.other)


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
