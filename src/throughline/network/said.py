"""What the files of a network say, row by row: nodes, ties and happenings, each with the line it stands on."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from throughline.intelligence.report_columns import HOLDS_NUL, RejectedRow
from throughline.intelligence.report_csv import Record
from throughline.intelligence.report_lines import FileProblem
from throughline.intelligence.report_tables import opened_table
from throughline.network.headings import Headings, headings_of, kind_named, phase_of_file

LONGEST_ID: Final = 200
LONGEST_VALUE: Final = 2_000
HEAVIEST: Final = 1e12
ERRORS: Final = ".errors"
_TIES_BY_NAME: Final = re.compile(r"edges?|ties|links|arcs")
_WHAT: Final = ("what", "event", "happening", "description", "text", "note")
_NODES_BY_NAME: Final = re.compile(r"nodes?|vertices")


@dataclass(frozen=True, slots=True)
class NodeSaid:
    """One row about a node: its kind ('' if none is told), the phase it is there in ('' for all) and attributes."""

    id: str
    kind: str
    phase: str
    role: str
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class TieSaid:
    """One row about a tie from source to target; ``role`` is that of the source in it, or what the tie is."""

    phase: str
    source: str
    target: str
    weight: float
    role: str
    is_directed: bool | None
    kinds: tuple[str, str]
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class HappeningSaid:
    """One row about what happened in a phase, such as seizures."""

    phase: str
    what: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row that could be read, the line it stands on, and its raw text."""

    line: int
    raw: str
    said: NodeSaid | TieSaid | HappeningSaid


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """One file of the folder: the rows that could be read, and those that were refused."""

    path: Path
    headings: Headings
    rows: list[Row] = field(default_factory=list)
    refused: list[RejectedRow] = field(default_factory=list)


def read_folder(folder: Path) -> list[NetworkFile]:
    """Every CSV file of a folder, read to its end, those of nodes first.

    Raises:
        FileProblem: it is no folder, no file in it holds ties, or a file as a whole cannot be read.
    """
    if not folder.is_dir():
        raise FileProblem(f"{folder.name} is not a folder: give the one that holds nodes.csv and edges.csv.")
    paths = sorted(
        path for path in folder.iterdir() if path.suffix.lower() == ".csv" and not path.stem.endswith(ERRORS)
    )
    files = [_read(path) for path in paths]
    if not any(file.headings.file_is == "ties" for file in files):
        raise FileProblem(
            f"No file in {folder.name} holds ties: name their columns source and target in a file edges.csv."
        )
    return sorted(files, key=lambda file: file.headings.file_is != "nodes")


def _read(path: Path) -> NetworkFile:
    with opened_table(path) as table:
        header = next(iter(islice(table.records, 1)), None)
        if not isinstance(header, Record):
            raise FileProblem(f"The first line of {path.name} is not a header: name the columns there.")
        headings = headings_of(path.stem, header.cells)
        _refuse_misnamed(path, headings)
        file = NetworkFile(path, headings)
        for record in table.records if headings.file_is else ():
            found = _row(record, headings, phase_of_file(path.stem))
            if isinstance(found, RejectedRow):
                file.refused.append(found)
            elif found:
                file.rows.append(found)
    return file


def _refuse_misnamed(path: Path, headings: Headings) -> None:
    """A file called edges or nodes that says no such thing is a slip, and not left aside."""
    stem = path.stem.casefold()
    if _TIES_BY_NAME.match(stem) and headings.file_is != "ties":
        raise FileProblem(
            f"The header of {path.name} does not say what is joined: name two columns source and target."
        )
    if _NODES_BY_NAME.match(stem) and headings.file_is != "nodes":
        raise FileProblem(f"The header of {path.name} names no node: call the column of their ids id.")
    twice = sorted({name for name in headings.names if name and headings.names.count(name) > 1})
    if twice and headings.file_is:
        raise FileProblem(
            f"The header of {path.name} names {', '.join(twice)} more than once: keep one of each."
        )


def _row(record: Record | RejectedRow, headings: Headings, phase: str) -> Row | RejectedRow | None:
    if isinstance(record, RejectedRow):
        return record
    if not any(cell.strip() for cell in record.cells):
        return None
    if len(record.cells) != len(headings.names):
        reason = f"This row has {len(record.cells)} cells where the header has {len(headings.names)}."
        return RejectedRow(record.line, "", reason, record.raw)
    if "\0" in record.raw:
        return RejectedRow(record.line, "", HOLDS_NUL, record.raw.replace("\0", ""))
    cells = [" ".join(cell.split()) for cell in record.cells]
    faults = list(_faults(cells, headings))
    if faults:
        columns, reasons = zip(*faults, strict=True)
        return RejectedRow(record.line, ", ".join(columns), " ".join(reasons), record.raw)
    return Row(record.line, record.raw, _said(cells, headings, phase))


def _faults(cells: list[str], headings: Headings) -> Iterator[tuple[str, str]]:
    """Each column at fault with its reason."""
    for place in (headings.id, headings.source, headings.target):
        if place >= 0 and not cells[place]:
            yield headings.names[place], f"There is no {headings.names[place]} in this row."
        elif place >= 0 and len(cells[place]) > LONGEST_ID:
            yield (
                headings.names[place],
                f"This {headings.names[place]} is longer than {LONGEST_ID} characters.",
            )
    if headings.file_is != "ties" and headings.phase >= 0 and not cells[headings.phase]:
        yield headings.names[headings.phase], f"There is no {headings.names[headings.phase]} in this row."
    for place, name in headings.rest:
        if len(cells[place]) > LONGEST_VALUE:
            yield name, f"This cell is longer than {LONGEST_VALUE:,} characters."
    if headings.weight >= 0 and weight_of(cells[headings.weight]) is None:
        yield headings.names[headings.weight], "This is not a number above nought."


def weight_of(text: str) -> float | None:
    """A weight as a number; a blank one is 1, and one that is no number above nought is None."""
    if not text:
        return 1.0
    try:
        number = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        return None
    return number if 0 < number <= HEAVIEST else None


def _said(cells: list[str], headings: Headings, phase: str) -> NodeSaid | TieSaid | HappeningSaid:
    def at(place: int) -> str:
        return cells[place] if place >= 0 else ""

    attributes = {name: cells[place] for place, name in headings.rest if cells[place]}
    when = at(headings.phase) or phase
    if headings.file_is == "happenings":
        return HappeningSaid(when, _happened(attributes))
    if headings.file_is == "nodes":
        return NodeSaid(
            at(headings.id),
            kind_named(at(headings.kind)) or headings.source_kind,
            when,
            at(headings.role),
            attributes,
        )
    role, directed = at(headings.role), _direction(at(headings.direction) or at(headings.role))
    return TieSaid(
        when, at(headings.source), at(headings.target), weight_of(at(headings.weight)) or 1.0,
        "" if _direction(role) is not None else role, directed,
        (headings.source_kind, headings.target_kind), attributes,
    )  # fmt: skip


def _happened(attributes: dict[str, str]) -> str:
    """What happened, and its figures behind it."""
    what = "; ".join(value for name, value in attributes.items() if name in _WHAT)
    more = ", ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in attributes.items() if name not in _WHAT
    )
    return f"{what} ({more})" if what and more else what or more


def _direction(text: str) -> bool | None:
    return {"directed": True, "true": True, "undirected": False, "false": False}.get(text.casefold())
