"""Files that are hashed as they are written, so that nothing is read a second time to say what it holds."""

import csv
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol

_READ_AT_ONCE: Final = 1 << 20


class Table(Protocol):
    """A file that takes rows."""

    def row(self, values: Iterable[object]) -> None:
        """Write one row."""


class _Hashed:
    """A text file in UTF-8 whose bytes are counted and hashed on their way."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path, self.rows, self.size = path, 0, 0
        self._file = path.open("wb")
        self._hash = hashlib.sha256()

    def write(self, text: str) -> int:
        data = text.encode()
        self._hash.update(data)
        self._file.write(data)
        self.size += len(data)
        return len(data)

    def close(self) -> dict[str, object]:
        self._file.close()
        return {"rows": self.rows, "bytes": self.size, "sha256": self._hash.hexdigest()}


class CsvFile(_Hashed):
    """A CSV with its header, LF line ends."""

    def __init__(self, path: Path, columns: Iterable[str]) -> None:
        super().__init__(path)
        self._csv = csv.writer(self, lineterminator="\n")
        self._csv.writerow(columns)

    def row(self, values: Iterable[object]) -> None:
        """Write one row."""
        self._csv.writerow(values)
        self.rows += 1


class JsonLines(_Hashed):
    """One JSON object a line, of the columns given."""

    def __init__(self, path: Path, columns: Iterable[str]) -> None:
        super().__init__(path)
        self._columns = tuple(columns)

    def row(self, values: Iterable[object]) -> None:
        """Write one row; what is blank is left out."""
        filled = {name: value for name, value in zip(self._columns, values, strict=True) if value != ""}
        self.write(json.dumps(filled, ensure_ascii=False) + "\n")
        self.rows += 1


class Folder:
    """The files of one run by their place in its folder; each is opened when its first row comes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.done: dict[str, dict[str, object]] = {}
        self._open: dict[str, CsvFile | JsonLines] = {}

    def __enter__(self) -> "Folder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def table(self, place: str, columns: Iterable[str]) -> Table:
        """The table at a place such as `NORF/reports.csv`; JSON Lines where it ends so."""
        if place not in self._open:
            kind = JsonLines if place.endswith(".jsonl") else CsvFile
            self._open[place] = kind(self.root / place, columns)
        return self._open[place]

    def add(self, place: str, rows: int) -> None:
        """Take in a file that something else wrote whole."""
        path, digest = self.root / place, hashlib.sha256()
        with path.open("rb") as file:
            while block := file.read(_READ_AT_ONCE):
                digest.update(block)
        self.done[place] = {"rows": rows, "bytes": path.stat().st_size, "sha256": digest.hexdigest()}

    def close(self) -> None:
        """Close every file that is open, and note what it came to."""
        while self._open:
            place, file = self._open.popitem()
            self.done[place] = file.close()
