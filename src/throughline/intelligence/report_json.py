"""How lines of JSON become rows: one object a line, with the same names as the columns of the CSV."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from throughline.intelligence.report_columns import (
    ENDLESS,
    EVERY_COLUMN,
    HOLDS_NUL,
    RejectedRow,
    Row,
    Warn,
    column_name,
    one_part,
    raw_text,
    unknown_column,
)
from throughline.intelligence.report_lines import Line

_LISTS: Final = frozenset({"circulation", "selectors", "threats"})
_ESCAPABLE: Final = re.compile(r"\\.|\\\Z|;", re.DOTALL)
"""What one listed selector has escaped already, or must, so that it stays one when joined by `;`."""

_MOST_WARNINGS: Final = 100
_REFERENCE_IN_JSON: Final = re.compile(r'"report"\s*:\s*(?:"([^"\\]*)|([0-9.]+))', re.IGNORECASE)


class _NotARow(ValueError):
    """A line of JSON that is not a row: the column it is about (perhaps blank) and the reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason


def json_rows(
    lines: Iterator[Line], warn: Warn, *, columns: Sequence[str] = EVERY_COLUMN
) -> Iterator[Row | RejectedRow]:
    """Stream one row a line; a key that is absent or null is a blank cell."""
    warned: set[str] = set()
    for line in lines:
        if not line.text.strip():
            continue
        raw = raw_text([line])
        try:
            yield Row(line.number, _json_values(line, columns, warn, warned), raw)
        except _NotARow as fault:
            yield RejectedRow(line.number, fault.column, fault.reason, raw, _reference_in_json(line.text))


def _reference_in_json(text: str) -> str:
    found = _REFERENCE_IN_JSON.search(text)
    return (found.group(1) or found.group(2) or "").strip() if found else ""


def _json_values(line: Line, columns: Sequence[str], warn: Warn, warned: set[str]) -> dict[str, str]:
    values = dict.fromkeys(columns, "")
    given: set[str] = set()
    for key, value in _json_object(line):
        column = column_name(key)
        if column not in values:
            _warn_once(key, warn, warned)
        elif column in given:
            raise _NotARow(column, f"The key {column} is given more than once.")
        else:
            given.add(column)
            values[column] = _json_text(column, value)
    return values


def _json_object(line: Line) -> list[tuple[str, object]]:
    """Parse one object as pairs, so that a key given twice is seen, with numbers kept as they were written.

    4.47701E+11 must reach the rules for telephone numbers as it stands, for them to see that it is damaged.
    """
    if line.is_endless:
        raise _NotARow("", ENDLESS)
    if "\0" in line.text:
        raise _NotARow("", HOLDS_NUL)
    try:
        found = json.loads(
            line.text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_Pairs
        )
    except json.JSONDecodeError as fault:
        raise _NotARow("", f"This line is not JSON: {fault.msg} at character {fault.colno}.") from fault
    except RecursionError as fault:
        raise _NotARow("", "This line is nested too deeply to be a row.") from fault
    if not isinstance(found, _Pairs):
        raise _NotARow("", "This line is JSON but not an object: write one object in braces on each line.")
    return found


class _Pairs(list[tuple[str, object]]):
    """The keys and values of a JSON object, in order, none dropped."""


def _json_text(column: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if column in _LISTS and isinstance(value, list) and not isinstance(value, _Pairs):
        return ";".join(_each_text(column, value))
    kinds = "text, or a list of texts" if column in _LISTS else "text or a number"
    raise _NotARow(column, f"The value of {column} must be {kinds}.")


def _each_text(column: str, values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if not isinstance(value, str):
            raise _NotARow(column, f"Each value in the list of {column} must be text.")
        yield one_part(value) if column == "selectors" else value


def _warn_once(key: str, warn: Warn, warned: set[str]) -> None:
    # A file with a new key on every line must not fill the memory with them.
    if key not in warned and len(warned) < _MOST_WARNINGS:
        warned.add(key)
        warn(unknown_column(key))
