"""Reading loads: only ever one's own, and the maps of one's body."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.db.models import Exists, OuterRef, Q

from throughline.access.reader import Reader, reading
from throughline.intelligence.report_layout import Layout
from throughline.intelligence.report_lines import FileProblem
from throughline.loads.call_files import CallTable, call_table
from throughline.loads.call_maps import call_layout_from
from throughline.loads.contents import REPORTS, content_of
from throughline.loads.files import kept_file
from throughline.loads.layouts import layout_from
from throughline.loads.models import ColumnMap, Load, Part, Refusal
from throughline.loads.outcome import Resembles
from throughline.loads.preview import Preview, preview, unknown_codes
from throughline.organisations.queries import body_ids
from throughline.telecoms.layout import CallLayout

LISTED: Final = 20
RUNNING: Final = frozenset({"trying", "loading"})


@dataclass(frozen=True, slots=True)
class Advice:
    """What falls short of the minimum standard, in how many rows, and the first of their lines."""

    sentence: str
    rows: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LoadCard:
    """One load: where it stands, and what became of its rows so far (read = kept + rejected + unchanged)."""

    ref: str
    kind: str
    authority: str
    filename: str
    state: str
    begun_at: datetime
    touched_at: datetime
    map_name: str
    sheet: str
    problem: str
    is_laid_out: bool
    is_table: bool
    is_file_kept: bool
    rows: int
    read: int
    kept: int
    rejected: int
    unchanged: int
    reports: int
    warnings: tuple[str, ...]
    advice: tuple[Advice, ...]
    lines: int
    resembling: tuple[Resembles, ...]

    @property
    def is_running(self) -> bool:
        """Whether the worker has it in hand."""
        return self.state in RUNNING


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that was refused: its line, what it holds by column, and each column with its own reason."""

    line: int
    report: str
    columns: str
    reason: str
    raw: str
    values: dict[str, str]
    faults: tuple[tuple[str, str], ...]


def load_cards(reader: Reader, *, kind: str = REPORTS) -> list[LoadCard]:
    """The reader's own loads of this kind of file that are not over, newest first."""
    with reading(reader):
        rows = Load.objects.filter(kind=kind).exclude(state="left").order_by("-id")
        return [_card(load) for load in rows[:LISTED]]


def loads_waiting(reader: Reader) -> list[LoadCard]:
    """The reader's own loads that wait for the reader, oldest first: half-way, or with rows to mend."""
    with reading(reader):
        to_mend = Refusal.objects.filter(load=OuterRef("pk"))
        waiting = Q(state__in=["kept", "tried"]) | Q(Exists(to_mend), state="loaded")
        rows = Load.objects.exclude(filename="").filter(waiting).order_by("touched_at", "id")
        return [_card(load) for load in rows[:LISTED]]


def load_card(reader: Reader, ref: str) -> LoadCard | None:
    """One load of the reader's own; none if there is no such load, or it is another's."""
    with reading(reader):
        load = Load.objects.filter(ref=ref).exclude(state="left").first()
        return _card(load) if load else None


def _card(load: Load) -> LoadCard:
    advice = tuple(
        Advice(sentence, told["rows"], tuple(told["lines"])) for sentence, told in sorted(load.advice.items())
    )
    return LoadCard(
        load.ref, load.kind, load.authority, load.filename or "A file that is no longer kept", load.state,
        load.begun_at, load.touched_at,
        load.map_name, (load.layout or {}).get("sheet", ""), load.problem, load.layout is not None,
        load.suffix in (".csv", ".xlsx", ".xlsm"),
        Part.objects.filter(load=load).exists(), load.rows, load.read, load.kept, load.rejected, load.unchanged,
        load.reports, tuple(load.warnings), advice, load.lines,
        tuple(Resembles(*one) for one in load.resembling),
    )  # fmt: skip


def layout_of(reader: Reader, ref: str) -> Layout | None:
    """How a load is laid out, if anyone has said."""
    with reading(reader):
        layout = Load.objects.values_list("layout", flat=True).get(ref=ref)
    return layout_from(layout) if layout else None


def load_preview(reader: Reader, ref: str, *, sheet: str = "", header_line: int = 0) -> Preview:
    """The file of a load at a glance. Raises `FileProblem`."""
    with _file(reader, ref) as load, kept_file(load) as path:
        return preview(path, sheet=sheet, header_line=header_line, known=content_of(load.kind).known)


def call_layout_of(reader: Reader, ref: str) -> CallLayout | None:
    """How a load of calls is laid out, if anyone has said."""
    with reading(reader):
        layout = Load.objects.values_list("layout", flat=True).get(ref=ref)
    return call_layout_from(layout) if layout else None


def call_preview(reader: Reader, ref: str, layout: CallLayout) -> CallTable:
    """The head of a file of calls. Raises `FileProblem` or `CallsProblem`."""
    with _file(reader, ref) as load, kept_file(load) as path:
        return call_table(path, layout)


def codes_to_explain(reader: Reader, ref: str, layout: Layout) -> dict[str, list[str]]:
    """The values of a load's columns of codes that are no codes of the standard, by use."""
    with _file(reader, ref) as load, kept_file(load) as path:
        return unknown_codes(path, layout, sorted(body_ids()))


@contextmanager
def _file(reader: Reader, ref: str) -> Iterator[Load]:
    with reading(reader):
        yield Load.objects.get(ref=ref)


def refused_reports(
    reader: Reader, ref: str, *, after: int = 0, size: int = 25
) -> tuple[list[list[RefusedRow]], int]:
    """Refused rows below a line, by report; and the line after which the next page starts (0 at the end)."""
    with reading(reader):
        found = list(Refusal.objects.filter(load__ref=ref, line__gt=after).order_by("line")[: size + 1])
        rows = [_refused(row) for row in found[:size]]
    return _by_report(rows), found[size - 1].line if len(found) > size else 0


def _by_report(rows: list[RefusedRow]) -> list[list[RefusedRow]]:
    return [list(group) for _, group in groupby(rows, key=lambda row: row.report or f"\0{row.line}")]


def refused_together(reader: Reader, ref: str, line: int, *, most: int) -> list[RefusedRow]:
    """The refused row on a line, and those of the same report, which are mended together; none if there is none."""
    with reading(reader):
        rows = Refusal.objects.filter(load__ref=ref)
        first = rows.filter(line=line).first()
        if first is None:
            return []
        together = rows.filter(report=first.report) if first.report else rows.filter(pk=first.pk)
        return [_refused(row) for row in together.order_by("line")[: most + 1]]


def refused_on(reader: Reader, ref: str, lines: Sequence[int]) -> list[RefusedRow]:
    """Those of these lines whose rows are still refused."""
    with reading(reader):
        return [
            _refused(row) for row in Refusal.objects.filter(load__ref=ref, line__in=lines).order_by("line")
        ]


def refused_rows(reader: Reader, ref: str) -> list[tuple[int, str, str, str]]:
    """Every refused row as the error file has it: line, columns, reason, and the row as it stood."""
    with reading(reader):
        rows = Refusal.objects.filter(load__ref=ref).order_by("line")
        return list(rows.values_list("line", "columns", "reason", "raw"))


def _refused(row: Refusal) -> RefusedRow:
    faults = tuple((column, reason) for column, reason in row.faults)
    return RefusedRow(row.line, row.report, row.columns, row.reason, row.raw, row.values, faults)


def map_names(reader: Reader, *, kind: str = REPORTS) -> list[str]:
    """The names of the maps of columns that the reader's body keeps for this kind of file."""
    with reading(reader):
        return list(ColumnMap.objects.filter(kind=kind).order_by("name").values_list("name", flat=True))


def saved_map(reader: Reader, name: str, *, kind: str = REPORTS) -> Layout:
    """The layout that the reader's body keeps under a name. Raises `FileProblem`, naming those there are."""
    with reading(reader):
        layout = (
            ColumnMap.objects.filter(kind=kind, name__iexact=name).values_list("layout", flat=True).first()
        )
    if layout is None:
        known = (
            ", ".join(f"'{one}'" for one in map_names(reader, kind=kind))
            or f"none yet: save one on the page Load {kind}"
        )
        raise FileProblem(f"Your body has no map of columns called {name!a}. It has {known}.")
    return layout_from(layout)
