"""A file of calls as it is opened: its headings, and the place of each column that is used."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb

from throughline.telecoms.layout import USES, CallLayout, guess_uses, heading_name, lacking

_DELIMITERS: Final = ",;\t|"
_HEADER_BYTES: Final = 64_000


class CallsProblem(Exception):
    """A file that cannot be read as calls; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Torn:
    """A row that is no row: its line, why, and its text."""

    line: int
    reason: str
    raw: str


Read = Callable[[], Iterator[tuple[int, Sequence[str | None]] | Torn]]
"""Rows by their line, cell by cell under the headings; for files that the engine cannot open itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and the place (from 0) of each use that it has.

    Without ``rows`` the engine opens it: a CSV if it has a ``delimiter``, else Parquet.
    """

    path: Path
    headings: tuple[str, ...]
    places: dict[str, int]
    delimiter: str = ""
    layout: CallLayout = field(default_factory=CallLayout)
    rows: Read | None = None

    def heading(self, use: str) -> str:
        """How the file calls a column, for a person who mends it."""
        return self.headings[self.places[use]] if use in self.places else use


def source_of(path: Path, layout: CallLayout | None = None) -> Source:
    """Look at the head of a file. Raises `CallsProblem` when it is no file of calls."""
    if not path.is_file():
        raise CallsProblem(f"There is no file {path}.")
    if path.suffix.lower() == ".parquet":
        headings, delimiter = parquet_headings(path), ""
    elif path.suffix.lower() == ".csv":
        headings, delimiter = _csv_headings(path)
    else:
        raise CallsProblem(f"{path.name} is of no kind that holds calls: name it .csv, .xlsx or .parquet.")
    return source_under(path, headings, layout, delimiter=delimiter)


def source_under(
    path: Path, headings: Sequence[str], layout: CallLayout | None, *, delimiter: str = "", rows: Read | None = None,
) -> Source:  # fmt: skip
    """The file under its headings, laid out as said, else as guessed. Raises `CallsProblem`."""
    given = layout or CallLayout()
    uses = given.uses or guess_uses(headings)
    return Source(
        path, tuple(headings), _places(path, headings, uses, own=given.own), delimiter, given, rows
    )  # fmt: skip


def _places(
    path: Path, headings: Sequence[str], uses: Mapping[str, str], *, own: str
) -> dict[str, int]:  # fmt: skip
    by_name = {heading_name(heading): use for heading, use in uses.items()}
    meant = [by_name.get(heading_name(heading), "") for heading in headings]
    if twice := sorted({name for name in meant if name and meant.count(name) > 1}):
        raise CallsProblem(f"{path.name} has the column {twice[0]} more than once: leave one of them.")
    if missing := lacking(set(meant), own=own):
        raise CallsProblem(
            f"{path.name} has no column {missing}. The first row must name the columns: "
            "time, caller, callee, duration, cell, kind, imei, imsi (the last five may be left out). "
            "Columns of other names are said once on the page Load calls, and kept as a map for your body."
        )
    return {name: place for place, name in enumerate(meant) if name in USES}


def parquet_headings(path: Path) -> list[str]:
    """The names of the columns of a Parquet file. Raises `CallsProblem`."""
    try:
        with duckdb.connect() as connection:
            return [row[0] for row in connection.execute(
                "select name from parquet_schema(?) where num_children is null", [str(path)]
            ).fetchall()]  # fmt: skip
    except duckdb.Error as problem:
        raise CallsProblem(f"{path.name} is not a Parquet file that can be read.") from problem


def _csv_headings(path: Path) -> tuple[list[str], str]:
    with path.open("rb") as stream:
        head = stream.read(_HEADER_BYTES)
    try:
        line = head.decode("utf-8-sig", errors="ignore" if len(head) == _HEADER_BYTES else "replace")
        first = next((one for one in line.splitlines() if one.strip()), "")
        if "\0" in first:
            raise CallsProblem(f"{path.name} is not plain text in UTF-8: save it as CSV in UTF-8.")
        delimiter = max(_DELIMITERS, key=first.count)
        return next(csv.reader([first], delimiter=delimiter), []), delimiter
    except csv.Error as problem:
        raise CallsProblem(f"The first row of {path.name} cannot be read as columns.") from problem
