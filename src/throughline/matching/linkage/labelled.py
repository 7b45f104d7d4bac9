"""Records of people from one CSV file and who they are from another: read strictly, refused in a sentence."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from throughline.matching.linkage.preparing import FIELDS, gender_of

ID, ORIGIN = "record_id", "name_origin"
"""An origin of name is never linked on: it only tells who bears the errors."""
LONGEST_LIST = 5


class FileProblem(Exception):
    """The file cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Records:
    """Records in the order of the file; ``used`` is field by column, ``ignored`` the columns that nothing looks at."""

    ids: tuple[str, ...]
    values: tuple[dict[str, str], ...]
    used: dict[str, str]
    ignored: tuple[str, ...]
    kinds: dict[str, tuple[str, ...]]
    """Of each record the gender and the origin of its name, where the file has such a column."""


def read_columns(text: str) -> dict[str, str]:
    """Field by column, from ``field=column,field=column`` or from the path of a JSON file with one object."""
    path = Path(text)
    if path.suffix == ".json":
        return _known(_json_map(path), text)
    parts = [part.partition("=") for part in text.split(",") if part.strip()]
    if not all(equals for _, equals, _ in parts):
        raise FileProblem(
            f"'{text}' is not a map of columns. Write it as given_name=forename,surname=family_name."
        )
    return _known({field.strip(): column.strip() for field, _, column in parts}, text)


def _json_map(path: Path) -> dict[str, str]:
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise FileProblem(f"{path} cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise FileProblem(f"{path} is not JSON: {problem}.") from problem
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise FileProblem(f'{path} needs one object such as {{"given_name": "forename"}}.')
    return said


def _known(columns: dict[str, str], text: str) -> dict[str, str]:
    """The map with our fields first, whichever way round it was written."""
    fields = {ID, *FIELDS}
    if not fields.issuperset(columns) and fields.issuperset(columns.values()):
        columns = {field: column for column, field in columns.items()}
    unknown = sorted(set(columns) - fields)
    if unknown:
        raise FileProblem(
            f"{_some(unknown)} in '{text}' is not a field. The fields are {', '.join((ID, *FIELDS))}."
        )
    return columns


def read_records(path: Path, columns: Mapping[str, str]) -> Records:
    """The records of a file. ``FileProblem`` where it is no CSV, has no id, an id twice, or no column to link on."""
    rows = rows_of(path)
    header = next(rows)[1]
    missing = sorted(set(columns.values()) - set(header))
    if missing:
        raise FileProblem(f"{path.name} has no column {_some(missing)}. Its columns are {_some(header)}.")
    used = {
        field: columns.get(field, field) for field in (ID, *FIELDS) if columns.get(field, field) in header
    }
    if ID not in used:
        raise FileProblem(
            f"{path.name} has no column {ID}. Name the one that identifies a row: --columns {ID}=COLUMN."
        )
    if len(used) == 1:
        raise FileProblem(
            f"{path.name} has nothing to link on: none of {', '.join(FIELDS)}. "
            "Say with --columns what its columns hold."
        )
    places = {field: header.index(column) for field, column in used.items() if field != ID}
    ids, values, origins = [], [], []
    for line, row in rows:
        ids.append(_id(row[header.index(used[ID])], path, line))
        origins.append(row[header.index(ORIGIN)].strip().casefold() if ORIGIN in header else "")
        values.append({field: row[place] for field, place in places.items()})
    _refuse_twice(ids, path)
    if not ids:
        raise FileProblem(f"{path.name} has no records, only a heading.")
    ignored = tuple(column for column in header if column not in used.values() and column != ORIGIN)
    kinds = {ORIGIN: tuple(origins)} if ORIGIN in header else {}
    if "gender" in places:
        kinds["gender"] = tuple(gender_of(value["gender"]) or "" for value in values)
    return Records(tuple(ids), tuple(values), {field: used[field] for field in places}, ignored, kinds)


def read_truth(path: Path, records: Records) -> tuple[str | None, ...]:
    """The cluster of each record, None for one of which the file says nothing.

    ``FileProblem`` where the file is not a record_id and one cluster column, or speaks of records that are not there.
    """
    rows = rows_of(path)
    header = next(rows)[1]
    if len(header) != 2 or ID not in header:  # noqa: PLR2004 a record and its cluster
        raise FileProblem(f"{path.name} needs two columns, {ID} and the cluster, and has {_some(header)}.")
    own, other = header.index(ID), 1 - header.index(ID)
    listed = [(_id(row[own], path, line), _cluster(row[other], path, line)) for line, row in rows]
    _refuse_twice([record for record, _ in listed], path)
    truth = dict(listed)
    unknown = sorted(truth.keys() - set(records.ids))
    if unknown:
        raise FileProblem(
            f"{path.name} names {len(unknown):,} records that are not in the file of records, "
            f"such as {_some(unknown)}. "
            "Check that both files belong together."
        )
    if not truth:
        raise FileProblem(f"{path.name} has no truth in it, only a heading.")
    return tuple(truth.get(record) for record in records.ids)


def rows_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The heading, then each row with its line."""
    width = 0
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.reader(stream, strict=True)
            for row in reader:
                if not width:
                    yield reader.line_num, _heading(row, path)
                    width = len(row)
                elif row:
                    yield reader.line_num, _whole(row, width, path, reader.line_num)
    except OSError as problem:
        raise FileProblem(f"{path} cannot be read: {problem.strerror}.") from problem
    except (csv.Error, UnicodeDecodeError) as problem:
        raise FileProblem(f"{path.name} is not a CSV file in UTF-8: {problem}.") from problem
    if not width:
        raise FileProblem(f"{path.name} is empty.")


def _heading(row: list[str], path: Path) -> list[str]:
    names = [name.strip() for name in row]
    twice = sorted({name for name in names if names.count(name) > 1})
    if not any(names):
        raise FileProblem(f"{path.name} has no heading in its first line.")
    if twice:
        raise FileProblem(f"{path.name} has more than one column called {_some(twice)}.")
    return names


def _whole(row: list[str], width: int, path: Path, line: int) -> list[str]:
    if len(row) != width:
        raise FileProblem(f"Line {line} of {path.name} has {len(row)} values where its heading has {width}.")
    return row


def _id(text: str, path: Path, line: int) -> str:
    if not text.strip():
        raise FileProblem(f"Line {line} of {path.name} has no {ID}.")
    return text.strip()


def _cluster(text: str, path: Path, line: int) -> str:
    if not text.strip():
        raise FileProblem(f"Line {line} of {path.name} has no cluster.")
    return text.strip()


def _refuse_twice(ids: Sequence[str], path: Path) -> None:
    if len(set(ids)) < len(ids):
        seen = set[str]()
        twice = next(record for record in ids if record in seen or seen.add(record))  # type: ignore[func-returns-value]
        raise FileProblem(
            f"{path.name} has {ID} {_some([twice])} more than once. Each record needs an id of its own."
        )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:60]) for name in names[:LONGEST_LIST])
    return f"{shown} and more" if len(names) > LONGEST_LIST else shown
