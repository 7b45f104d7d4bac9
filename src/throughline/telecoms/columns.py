"""Which column of a file of calls holds what: the standard names, and a few that mean the same."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

COLUMNS: Final = ("time", "caller", "callee", "duration", "cell", "kind", "imei", "imsi")
NEEDED: Final = ("time", "caller", "callee")
_NAMES: Final = {
    "time": "timestamp datetime date_time start start_time",
    "caller": "sender from a_number source calling calling_number",
    "callee": "recipient receiver to b_number target called called_number",
    "duration": "seconds call_duration duration_seconds",
    "cell": "cell_id antenna antenna_id",
    "kind": "type interaction",
}
_MEANS: Final = {name: name for name in COLUMNS} | {
    word: name for name, words in _NAMES.items() for word in words.split()
}
_DELIMITERS: Final = ",;\t|"
_HEADER_BYTES: Final = 64_000


class CallsProblem(Exception):
    """A file that cannot be read as calls; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, and the place (from 0) of each standard column that it has; `delimiter` is blank for Parquet."""

    path: Path
    headings: tuple[str, ...]
    places: dict[str, int]
    delimiter: str = ""


def source_of(path: Path) -> Source:
    """Look at the head of a file. Raises `CallsProblem` when it is no file of calls."""
    if not path.is_file():
        raise CallsProblem(f"There is no file {path}.")
    if path.suffix.lower() == ".parquet":
        headings, delimiter = _parquet_headings(path), ""
    elif path.suffix.lower() == ".csv":
        headings, delimiter = _csv_headings(path)
    else:
        raise CallsProblem(f"{path.name} is neither CSV nor Parquet: name it .csv or .parquet.")
    return Source(path, tuple(headings), _places(path, headings), delimiter)


def _places(path: Path, headings: Sequence[str]) -> dict[str, int]:
    meant = [
        _MEANS.get(heading.strip().strip("\ufeff").lower().replace(" ", "_"), "") for heading in headings
    ]
    if twice := sorted({name for name in meant if name and meant.count(name) > 1}):
        raise CallsProblem(f"{path.name} has the column {twice[0]} more than once: leave one of them.")
    if missing := [name for name in NEEDED if name not in meant]:
        raise CallsProblem(
            f"{path.name} has no column {missing[0]}. The first row must name the columns: {', '.join(COLUMNS)} "
            "(the last five may be left out)."
        )
    return {name: place for place, name in enumerate(meant) if name}


def _parquet_headings(path: Path) -> list[str]:
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
