"""The rows of one sheet, streamed: each with its number in Excel, and what each cell holds."""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple
from xml.parsers import expat

from throughline.intelligence.report_lines import FileProblem
from throughline.intelligence.workbook.dates import as_text, date_styles, moment_of
from throughline.intelligence.workbook.package import Attributes, Package, Sheet, plain, whole
from throughline.intelligence.workbook.strings import SharedStrings, shared_strings

MOST_COLUMNS: Final = 16_384
MOST_ROWS: Final = 1_048_576
LONGEST_CELL: Final = 100_000
"""Characters kept of one cell; Excel itself holds 32,767."""
MOST_MERGED: Final = 100_000

_LETTERS: Final = re.compile(r"[A-Z]{1,3}")
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"'
)
_OVERLAP: Final = 200
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE: Final = re.compile(r"(-?[0-9]{1,15})\.0+", re.ASCII)


class Kind(Enum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    ERROR = "error"
    UNSAVED = "formula without its result"
    TOO_LONG = "too long"


class Cell(NamedTuple):
    """One cell: what it holds as text, of which kind, and whether a formula made it."""

    text: str
    kind: Kind = Kind.TEXT
    is_formula: bool = False


EMPTY: Final = Cell("")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in Excel, and its cells from column A on."""

    number: int
    cells: list[Cell]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.text.strip() or cell.kind is Kind.UNSAVED for cell in self.cells)


@dataclass(slots=True)
class Merged:
    """Cells merged downwards: by their first row, each column and the last row that it covers."""

    by_row: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    count: int = 0


def column_letters(index: int) -> str:
    """The letters of a column counted from 0, as over the sheet: A, B, ... AA."""
    letters, left = "", index + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


@functools.lru_cache(maxsize=MOST_COLUMNS)
def _index_of(letters: str) -> int:
    """The same of what should be letters; -1, which is out of order everywhere, if it is not."""
    return column_index(letters) if _LETTERS.fullmatch(letters) else -1


def column_index(letters: str) -> int:
    """The column of these letters, counted from 0."""
    out = 0
    for letter in letters:
        out = out * 26 + ord(letter) - 64
    return out - 1


class Book:
    """What the cells of every sheet need: shared texts, date formats, and the day from which days are counted."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.strings: SharedStrings = shared_strings(package)
        self.dates = date_styles(package)
        self.from_1904 = package.counts_from_1904()

    def checked(self, sheet: Sheet) -> Merged:
        """Read a sheet from end to end without taking anything from it but which cells are merged.

        Raises `FileProblem` if it is damaged anywhere: no report is then written from a file refused later.
        """
        found = _Merges()
        for _ in self.package.parse(sheet.part, expat.ParserCreate(), look=found.look):
            if found.merged.count > MOST_MERGED:
                raise FileProblem(
                    f"{self.package.name} has more than {MOST_MERGED:,} merged cells: unmerge them."
                )
        return found.merged

    def rows(self, sheet: Sheet, merged: Merged) -> Iterator[SheetRow]:
        """Stream the rows that have something in them; a cell merged downwards counts in each row it covers."""
        reader = _Reader(self)
        fill = _Filling(merged)
        for _ in self.package.parse(sheet.part, reader.parser):
            for row in reader.taken():
                if not row.is_blank:
                    yield fill(row)


class _Merges:
    """Finds the merged cells in passing: they stand after the rows that they are about."""

    def __init__(self) -> None:
        self.merged = Merged()
        self._tail = b""

    def look(self, piece: bytes) -> None:
        """Look at one piece of the sheet, and at what a cut between two pieces parted."""
        window = self._tail + piece
        for found in _MERGED.finditer(window):
            first, last = int(found[2]), int(found[4])
            if last > first:
                place = (column_index(found[1].decode()), last)
                self.merged.by_row.setdefault(first, []).append(place)
                self.merged.count += 1
        whole = window.rfind(b">") + 1
        self._tail = window[max(whole, len(window) - _OVERLAP) :]


class _Filling:
    """Carries the value of a merged cell down to each row it covers."""

    def __init__(self, merged: Merged) -> None:
        self._starts = sorted(merged.by_row)
        self._merged = merged.by_row
        self._next = 0
        self._open: dict[int, tuple[int, Cell]] = {}

    def __call__(self, row: SheetRow) -> SheetRow:
        if not self._starts:
            return row
        cells = row.cells
        for column, (last, cell) in list(self._open.items()):
            if row.number > last:
                del self._open[column]
                continue
            cells.extend([EMPTY] * (column + 1 - len(cells)))
            cells[column] = cell  # what Excel shows, whatever may still stand under it
        self._begin(row)
        return row

    def _begin(self, row: SheetRow) -> None:
        at = bisect_left(self._starts, row.number, lo=self._next)
        self._next = at
        if at < len(self._starts) and self._starts[at] == row.number:
            for column, last in self._merged[row.number]:
                if column < len(row.cells):
                    self._open[column] = (last, row.cells[column])


class _Reader:
    """Follows the XML of one sheet and gathers its rows."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._rows: list[SheetRow] = []
        self._number, self._column = 0, -1
        self._cells: list[Cell] = []
        self._given: Attributes = {}
        self._pieces: list[str] = []
        self._length = 0
        self._is_formula = self._has_value = self._is_phonetic = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def taken(self) -> list[SheetRow]:
        """The rows gathered since the last time."""
        rows, self._rows = self._rows, []
        return rows

    def _start(self, name: str, given: Attributes) -> None:
        name = plain(name)
        if name == "c":
            self._begin_cell(given)
        elif name == "v" or (name == "t" and not self._is_phonetic):
            self._has_value = True
            self.parser.CharacterDataHandler = self._text
        elif name == "f":
            self._is_formula = True
        elif name == "row":
            self._begin_row(given.get("r", ""))
        elif name == "rPh":
            self._is_phonetic = True

    def _end(self, name: str) -> None:
        name = plain(name)
        if name in ("v", "t"):
            self.parser.CharacterDataHandler = None
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._rows.append(SheetRow(self._number, self._cells))
        elif name == "rPh":
            self._is_phonetic = False

    def _text(self, piece: str) -> None:
        self._length += len(piece)
        if self._length <= LONGEST_CELL:
            self._pieces.append(piece)

    def _begin_row(self, number: str) -> None:
        row = whole(number) if number else self._number + 1
        if not self._number < row <= MOST_ROWS:
            raise FileProblem(f"{self._book.package.name} is damaged: its rows are out of order.")
        self._number, self._column, self._cells = row, -1, []

    def _begin_cell(self, given: Attributes) -> None:
        letters = given.get("r", "").rstrip("0123456789")
        column = _index_of(letters) if letters else self._column + 1
        if not self._column < column < MOST_COLUMNS:
            raise FileProblem(f"{self._book.package.name} is damaged: its cells are out of order.")
        self._column, self._given = column, given
        self._pieces, self._length = [], 0
        self._is_formula = self._has_value = False

    def _end_cell(self) -> None:
        cell = self._cell("".join(self._pieces))
        if cell is not EMPTY:
            self._cells.extend([EMPTY] * (self._column - len(self._cells)))
            self._cells.append(cell)

    def _cell(self, text: str) -> Cell:
        if self._length > LONGEST_CELL:
            return Cell(text, Kind.TOO_LONG, self._is_formula)
        if self._is_formula and not self._has_value:
            return Cell("", Kind.UNSAVED, is_formula=True)
        if not text:
            return EMPTY
        return Cell(*self._read(text, self._given.get("t", "n")), self._is_formula)

    def _read(self, text: str, kind: str) -> tuple[str, Kind]:
        if kind == "s":
            return self._shared(text), Kind.TEXT
        if kind in ("inlineStr", "str"):
            return _unescaped(text), Kind.TEXT
        if kind == "b":
            return ("TRUE" if text.strip() == "1" else "FALSE"), Kind.TEXT
        if kind == "e":
            return text, Kind.ERROR
        if kind == "d":
            return text.strip().removesuffix("T00:00:00").removesuffix("T00:00:00.000"), Kind.DATE
        return self._figure(text.strip())

    def _shared(self, text: str) -> str:
        number = whole(text)
        if not 0 <= number < len(self._book.strings):
            raise FileProblem(f"{self._book.package.name} is damaged: a cell names a text that is not there.")
        return _unescaped(self._book.strings[number])

    def _figure(self, text: str) -> tuple[str, Kind]:
        if whole(self._given.get("s", "0")) in self._book.dates:
            try:
                moment = moment_of(float(text), from_1904=self._book.from_1904)
            except (ValueError, OverflowError):
                moment = None
            if moment:
                return as_text(moment), Kind.DATE
        # A number has no leading zero to lose, so 2.0 is 2; 4.47701E+11 stays as it is, for the rules to refuse.
        found = _WHOLE.fullmatch(text)
        return (found[1] if found else text), Kind.NUMBER


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written _x000D_ (ECMA-376 part 1, 22.9.2.19)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
