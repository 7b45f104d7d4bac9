"""Where the rows that were refused are written down, so that a person can mend them and load them again."""

import csv
import os
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self, TextIO

_HEADER: Final = ("line", "column", "reason", "row")
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Refused(Protocol):
    """One row that was refused: its line, the column (blank if the whole row), why, and its raw text."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def raw(self) -> str: ...


class ErrorFile:
    """`<name>.errors.csv` beside the input, or in the current folder if nothing can be written there.

    It is made when the first row is added, so a clean load leaves none; one from an earlier load is replaced.
    Only the person who loads can read it, since it repeats what was in the reports. Use it in a `with` block.
    """

    def __init__(self, source: Path) -> None:
        self.path: Path | None = None
        self._source = source
        self._stream: TextIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, rejected: Refused) -> None:
        """Write one refused row. Raises `OSError` when neither folder can be written to."""
        if self._stream is None:
            self._stream = self._open()
            csv.writer(self._stream).writerow(_HEADER)
        cells = (rejected.column, rejected.reason, rejected.raw)
        csv.writer(self._stream).writerow([rejected.line, *map(inert, cells)])

    def close(self) -> None:
        """Close the file, if any row was written; `path` then says where it is."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _open(self) -> TextIO:
        name = f"{self._source.stem}.errors.csv"
        try:
            return self._open_at(self._source.parent / name)
        except OSError:
            return self._open_at(Path.cwd() / name)

    def _open_at(self, path: Path) -> TextIO:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        os.fchmod(descriptor, 0o600)
        stream = os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="", errors="backslashreplace")
        self.path = path
        return stream


def inert(text: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet would take for a formula and run."""
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS_A_FORMULA) else text
