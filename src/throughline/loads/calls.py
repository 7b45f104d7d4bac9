"""Files of calls that are loaded on a page: laid out by their header, and recorded by the worker in one go."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from throughline.access.reader import Reader
from throughline.intelligence.report_columns import RejectedRow
from throughline.kernel import clock
from throughline.loads.call_files import CallTable, call_table, load_call_files
from throughline.loads.call_maps import CALLS, call_layout_from, call_layout_to, known_call_map
from throughline.loads.files import kept_file
from throughline.loads.layouts import fingerprint
from throughline.loads.models import ColumnMap, Load
from throughline.loads.recording import keep_refusals
from throughline.telecoms.columns import CallsProblem
from throughline.telecoms.layout import CallLayout, guess_uses, lacking
from throughline.telecoms.refusals import Refusal
from throughline.telecoms.sites import site_places

TABLES = (".csv", ".xlsx", ".xlsm")


def lay_out_by_header(load: Load, by: Reader) -> None:
    """By the newest map of the body that knows this header, else as it is guessed; else its person is asked.

    What is no table, and a list of cell sites, has nothing to be asked.
    """
    if load.suffix not in TABLES:
        load.layout = call_layout_to(CallLayout())
        return
    with kept_file(load) as path:
        head = _head(path)
    if head is None:
        return
    if known := known_call_map(by.body, head.headings):
        load.map_name, layout = known
        load.layout = call_layout_to(replace(layout, sheet=head.sheet, header_line=head.header_line))
    elif site_places(head.headings) and lacking(set(guess_uses(head.headings).values())):
        load.layout = call_layout_to(CallLayout(sheet=head.sheet, header_line=head.header_line))


def _head(path: Path) -> CallTable | None:
    try:
        return call_table(path, CallLayout())
    except CallsProblem:
        return None


def keep_call_map(by: Reader, load: Load, layout: CallLayout, name: str) -> None:
    """Keep a layout as a map of the body, by the header of this file. Inside a writing."""
    with kept_file(load) as path:
        known = fingerprint(call_table(path, layout).headings)
    plain = call_layout_to(replace(layout, sheet="", header_line=0, own=""))
    ColumnMap.objects.update_or_create(
        body=by.body, kind=CALLS, name=name,
        defaults={"fingerprint": known, "layout": plain, "saved_by": by.name, "saved_at": clock.now()},
    )  # fmt: skip


def record_calls(by: Reader, load: Load) -> None:
    """Load the file, or in a trial find out what a load would do; count its rows, and keep what is refused.

    Raises:
        FileProblem, CallsProblem, AuthorityProblem: it cannot be read, or its authority has ended.
    """
    refused: list[Refusal] = []

    def gather(_: Path, rows: Iterable[Refusal]) -> None:
        refused.extend(rows)

    with kept_file(load) as path:
        done = load_call_files(
            by=by, paths=[path], authority=load.authority, layout=call_layout_from(load.layout or {}),
            dry_run=load.state == "trying", keep_refused=gather,
        )  # fmt: skip
    load.rows, load.read, load.kept = done.read, done.read, done.kept
    load.rejected, load.unchanged = done.rejected, done.unchanged
    keep_refusals(
        load, (_row(line, list(rows)) for line, rows in groupby(sorted(refused), lambda one: one.line))
    )


def _row(line: int, rows: list[Refusal]) -> RejectedRow:
    """All that is wrong on a line, as one row."""
    columns = ", ".join(dict.fromkeys(one.column for one in rows if one.column))
    return RejectedRow(line, columns, " ".join(dict.fromkeys(one.reason for one in rows)), rows[0].raw)
