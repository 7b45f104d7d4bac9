"""Files of calls in any layout: CSV and Excel by the map of columns, Parquet, handset downloads, cell sites."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from throughline.access.reader import Reader, writes
from throughline.intelligence.report_columns import RejectedRow
from throughline.intelligence.report_csv import Record
from throughline.intelligence.report_layout import headings_of
from throughline.intelligence.report_lines import FileProblem
from throughline.intelligence.report_tables import LOOKED_AT, WORKBOOKS, opened_table
from throughline.telecoms.beside import load_contacts, load_sites
from throughline.telecoms.columns import CallsProblem, Source, Torn, source_of, source_under
from throughline.telecoms.handsets import SUFFIXES, contacts_of, handset_source
from throughline.telecoms.layout import CallLayout, guess_uses, lacking
from throughline.telecoms.loading import CallsLoaded, load_sources
from throughline.telecoms.refusals import Keep, Refusal, beside_the_file
from throughline.telecoms.sites import site_places

KINDS: Final = (".csv", ".xlsx", ".xlsm", ".parquet", *sorted(SUFFIXES))


@dataclass(frozen=True, slots=True)
class CallTable:
    """The head of a table of calls: its sheet, the line and the headings of its header, and the first rows below."""

    sheet: str
    header_line: int
    headings: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]


@writes
def load_call_files(
    *, by: Reader, paths: Sequence[Path], authority: str, layout: CallLayout | None = None, opaque: bool = False,
    dry_run: bool = False, keep_refused: Keep = beside_the_file, progress: Callable[[int], None] = lambda rows: None,
) -> CallsLoaded:  # fmt: skip
    """Load files of calls, whatever kind each is of, under one authority, all or none.

    Raises:
        CallsProblem: a file cannot be read; nothing is changed.
        AuthorityProblem: the reference is no reference.
    """
    given, refused = layout or CallLayout(), dict[Path, list[Refusal]]()
    opaque = opaque or given.opaque

    def gather(path: Path, rows: Iterable[Refusal]) -> None:
        refused.setdefault(path, []).extend(rows)

    # What is no table of calls stands in lists of its own.
    lists = {path: places for path in paths if (places := _places_of_sites(path))}
    sources = [_source(path, given) for path in paths if path not in lists]
    done = load_sources(
        by=by, sources=sources, authority=authority, opaque=opaque, dry_run=dry_run, keep_refused=gather,
        progress=progress,
    ) if sources else None  # fmt: skip
    more = [
        load_sites(by=by, source=_table_source(path, given, any_use=True), places=places, authority=authority,
                   dry_run=dry_run, keep_refused=gather)
        for path, places in lists.items()
    ] + [
        load_contacts(by=by, path=path, contacts=contacts_of(path), authority=authority, dry_run=dry_run,
                      keep_refused=gather)
        for path in paths if path.suffix.lower() in SUFFIXES
    ]  # fmt: skip
    files = [keep_refused(path, sorted(rows)) for path, rows in refused.items()]
    return _together([one for one in (done, *more) if one], [path for path in files if path])


def _together(done: Sequence[CallsLoaded], error_files: Sequence[Path]) -> CallsLoaded:
    return replace(
        done[0], read=sum(one.read for one in done), kept=sum(one.kept for one in done),
        rejected=sum(one.rejected for one in done), unchanged=sum(one.unchanged for one in done),
        is_new_authority=any(one.is_new_authority for one in done),
        error_files=tuple(error_files),
    )  # fmt: skip


def _source(path: Path, layout: CallLayout) -> Source:
    suffix = path.suffix.lower()
    if suffix in SUFFIXES:
        return handset_source(path, own=layout.own)
    if suffix == ".csv" and not layout.header_line:
        try:
            return source_of(path, layout)
        except CallsProblem:
            # The header may stand further down, or in another encoding: the slow way finds it, or says the same.
            pass
    if suffix == ".csv" or suffix in WORKBOOKS:
        return _table_source(path, layout)
    return source_of(path, layout)


def _places_of_sites(path: Path) -> dict[str, int]:
    if path.suffix.lower() not in (".csv", *WORKBOOKS) or not path.is_file():
        return {}
    headings = call_table(path, CallLayout()).headings
    return site_places(headings) if lacking(set(guess_uses(headings).values())) else {}


def call_table(path: Path, layout: CallLayout) -> CallTable:
    """The head of a CSV or a workbook: on the line named, else where most headings are known. Raises `CallsProblem`."""
    try:
        with opened_table(path, sheet=layout.sheet, is_glance=True) as table:
            top = [
                one for one in islice(table.records, LOOKED_AT) if isinstance(one, Record) and any(one.cells)
            ]
            if not top:
                raise CallsProblem(f"Nothing stands in {path.name}.")
            named = next((one for one in top if one.line == layout.header_line), None)
            header = named or max(top, key=lambda one: _known(one.cells, layout))
            first = tuple(tuple(one.cells) for one in top if one.line > header.line)
            return CallTable(table.sheet, header.line, tuple(headings_of(header.cells)), first)
    except FileProblem as problem:
        raise CallsProblem(str(problem)) from problem


def _known(cells: Sequence[str], layout: CallLayout) -> int:
    uses = layout.uses or {
        **guess_uses(cells),
        **dict.fromkeys((cells[n] for n in site_places(cells).values()), "site"),
    }
    return len({cell for cell in cells if cell in uses})


def _table_source(path: Path, layout: CallLayout, *, any_use: bool = False) -> Source:
    head = call_table(path, layout)

    def rows() -> Iterator[tuple[int, Sequence[str | None]] | Torn]:
        try:
            with opened_table(path, sheet=head.sheet) as table:
                for record in table.records:
                    if record.line > head.header_line and (
                        row := _row(record, head, is_sheet=bool(head.sheet))
                    ):
                        yield row
        except FileProblem as problem:
            raise CallsProblem(str(problem)) from problem

    if any_use:
        return Source(path, head.headings, {}, rows=rows)
    return source_under(path, head.headings, layout, rows=rows)


def _row(
    record: Record | RejectedRow, head: CallTable, *, is_sheet: bool
) -> tuple[int, Sequence[str | None]] | Torn | None:  # fmt: skip
    if isinstance(record, RejectedRow):
        return Torn(record.line, record.reason, record.raw)
    if not any(cell.strip() for cell in record.cells):
        return None
    wide = len(head.headings)
    if any(cell.strip() for cell in record.cells[wide:]):
        return Torn(record.line, "TOO MANY COLUMNS", record.raw)
    if len(record.cells) < wide and not is_sheet:
        return Torn(record.line, "MISSING COLUMNS", record.raw)
    return record.line, record.cells
