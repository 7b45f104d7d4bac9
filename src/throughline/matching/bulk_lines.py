"""Reading a list of values, one a line: which selector each is, which lines cannot be read, and why."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from throughline.selectors.registry import KINDS, NotASelector, Selector, guess, kind_named, parse

MOST_LINES = 10_000
LONGEST_VALUE = 400
LARGEST_FILE = 5_000_000
"""Bytes: ten thousand lines of the longest value, and a little."""
VALUE_COLUMNS = ("selector", "value", "number")
KIND_COLUMN = "kind"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class ListProblem(ValueError):
    """What is wrong with a list as a whole, in a sentence."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One line as it came: its number, counted from 1, its value, and its kind if the list says so."""

    line: int
    value: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One value to check, the line on which it stands first, and how many lines say the same."""

    line: int
    typed: str
    selector: Selector
    times: int


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A line that could not be read as a value, and why."""

    line: int
    typed: str
    problem: str


@dataclass(frozen=True, slots=True)
class ValueList:
    """A list sorted into the values to check, each once, and the lines that were refused."""

    read: int
    wanted: tuple[Wanted, ...]
    refused: tuple[RefusedLine, ...]

    @property
    def repeated(self) -> int:
        """Lines that say again what an earlier line said."""
        return self.read - len(self.wanted) - len(self.refused)


def typed_lines(text: str) -> list[Typed]:
    """The lines of a pasted list, without those that are empty. Raises ListProblem if there are none, or too many."""
    lines = (Typed(number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return _counted(line for line in lines if line.value)


def lines_of_file(content: bytes, *, name: str) -> list[Typed]:
    """The lines of a file: of a ``.csv`` the column ``selector`` (and ``kind`` if there is one), else the first.

    Raises:
        ListProblem: the file is not text, holds nothing, or holds too much.
    """
    if len(content) > LARGEST_FILE:
        raise ListProblem(f"This file is larger than {LARGEST_FILE // 1_000_000} MB. Send it in parts.")
    text = _text_of(content)
    return _counted(_cells(text)) if name.lower().endswith(".csv") else typed_lines(text)


def _text_of(content: bytes) -> str:
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ListProblem("This file is not plain text. Save it as CSV (UTF-8), or as a text file in UTF-8.")
    return text


def _cells(text: str) -> Iterator[Typed]:
    rows = csv.reader(StringIO(text, newline=""))
    value_at, kind_at, is_first = 0, -1, True
    try:
        for row in rows:
            names = [cell.strip().lower() for cell in row]
            if is_first and (named := [name for name in names if name in VALUE_COLUMNS]):
                value_at = names.index(named[0])
                kind_at = names.index(KIND_COLUMN) if KIND_COLUMN in names else -1
            elif any(names):
                yield Typed(rows.line_num, _cell(row, value_at), _cell(row, kind_at))
            is_first = is_first and not any(names)
    except csv.Error as fault:
        raise ListProblem(f"Line {rows.line_num} of this file cannot be read as CSV: {fault}.") from fault


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if 0 <= place < len(row) else ""


def _counted(lines: Iterator[Typed]) -> list[Typed]:
    found = []
    for line in lines:
        found.append(line)
        if len(found) > MOST_LINES:
            raise ListProblem(f"A list may hold {MOST_LINES:,} lines at most. Send it in parts.")
    if not found:
        raise ListProblem("There is nothing in this list. Give one value on each line.")
    return found


@dataclass(slots=True)
class _Sorting:
    first: dict[Selector, Typed] = field(default_factory=dict)
    times: dict[Selector, int] = field(default_factory=dict)
    refused: list[RefusedLine] = field(default_factory=list)


def sort_list(lines: Sequence[Typed], *, kind: str = "") -> ValueList:
    """Read each line as a selector of its own kind, else of ``kind``, else of the one kind that it can only be."""
    sorting = _Sorting()
    for line in lines:
        try:
            selector = _selector(line, kind)
        except NotASelector as problem:
            sorting.refused.append(RefusedLine(line.line, line.value[:LONGEST_VALUE], str(problem)))
            continue
        sorting.first.setdefault(selector, line)
        sorting.times[selector] = sorting.times.get(selector, 0) + 1
    wanted = tuple(
        Wanted(line.line, line.value, selector, sorting.times[selector])
        for selector, line in sorting.first.items()
    )
    return ValueList(len(lines), wanted, tuple(sorting.refused))


def _selector(line: Typed, kind: str) -> Selector:
    if not line.value:
        raise NotASelector("There is no value on this line.")
    if len(line.value) > LONGEST_VALUE:
        raise NotASelector(
            f"This line is longer than {LONGEST_VALUE} characters. Give one value on each line."
        )
    if line.kind or (kind and not _names_its_kind(line.value, kind)):
        return parse(line.value, line.kind or kind)
    readings = guess(line.value)
    if len(readings) > 1:
        # Nobody stands by to be asked: a value read as the wrong thing would be answered with false comfort.
        names = " or ".join(KINDS[reading.kind].label for reading in readings)
        raise NotASelector(
            f"It may be more than one thing ({names}). Write its kind before it, as in "
            f"{readings[0].kind}:{line.value}."
        )
    return readings[0] if readings else parse(line.value)


def _names_its_kind(value: str, kind: str) -> bool:
    """Whether a line says what it is, "phone:07700 900123"; a pseudonym is kept exactly, whatever it looks like."""
    word, colon, _ = value.partition(":")
    if not colon or kind_named(kind) is KINDS["opaque"]:
        return False
    try:
        return bool(kind_named(word.strip()))
    except NotASelector:
        return False
