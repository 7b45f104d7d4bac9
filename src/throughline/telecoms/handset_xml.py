"""XML of handset downloads, record by record: never more of it in memory than one record."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final
from xml.parsers import expat

from throughline.telecoms.columns import CallsProblem

_CHUNK: Final = 1 << 20
_LARGEST: Final = 4_000_000_000
"""Bytes of XML that are read; more is no phone."""
_BROKEN: Final = (
    expat.ExpatError, zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip


@dataclass(slots=True)
class Node:
    """An element: its name without a prefix, attributes, text, what stands in it, and the line on which it begins."""

    name: str
    given: dict[str, str]
    line: int
    text: str = ""
    inside: list["Node"] = field(default_factory=list)

    def all(self, tag: str, /, **given: str) -> Iterator["Node"]:
        """The elements of a name right inside it, with these attributes."""
        return (one for one in self.inside if one.name == tag and given.items() <= one.given.items())


class _Gathering:
    """The handlers of a parser: each outermost wanted element is put together with all that stands in it."""

    def __init__(self, name: str, wanted: frozenset[str]) -> None:
        self.whole: list[Node] = []
        self.parser = expat.ParserCreate()
        self._name, self._wanted, self._stack = name, wanted, list[Node]()
        self.parser.buffer_text = True
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler, self.parser.StartDoctypeDeclHandler = self._text, self._refuse

    def _start(self, name: str, given: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if self._stack or name in self._wanted:
            node = Node(name, given, self.parser.CurrentLineNumber)
            if self._stack:
                self._stack[-1].inside.append(node)
            self._stack.append(node)

    def _end(self, _: str) -> None:
        if self._stack:
            done = self._stack.pop()
            if not self._stack:
                self.whole.append(done)

    def _text(self, words: str) -> None:
        if self._stack:
            self._stack[-1].text += words

    def _refuse(self, *_: object) -> None:
        raise CallsProblem(f"{self._name} defines entities, which no download needs: it was not read.")


def records(path: Path, wanted: frozenset[str]) -> Iterator[Node]:
    """Each record of a file in XML, or of the report in a zip: outermost elements of the wanted names.

    Raises:
        CallsProblem: it is no XML, or declares entities.
    """
    gathered, size = _Gathering(path.name, wanted), 0
    try:
        with _opened(path) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > _LARGEST:
                    raise CallsProblem(f"{path.name} unpacks to too much to be a handset.")
                gathered.parser.Parse(piece, False)  # noqa: FBT003 the parser's own way
                yield from gathered.whole
                gathered.whole.clear()
            gathered.parser.Parse(b"", True)  # noqa: FBT003
    except _BROKEN as problem:
        raise CallsProblem(f"{path.name} is damaged, or no handset download: {problem}.") from problem


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix.lower() == ".xml":
        with path.open("rb") as stream:
            yield stream
        return
    with zipfile.ZipFile(path) as archive:
        name = next((one for one in archive.namelist() if one.lower() == "report.xml"), "")
        if not name:
            raise CallsProblem(f"{path.name} has no report.xml at its root, as a handset download has.")
        with archive.open(name) as stream:
            yield stream
