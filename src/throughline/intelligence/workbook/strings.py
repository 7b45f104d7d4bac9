"""The texts that the cells of a workbook share, held in little memory."""

from array import array
from typing import Final
from xml.parsers import expat

from throughline.intelligence.report_lines import FileProblem
from throughline.intelligence.workbook.package import Attributes, Package, plain

_STRINGS: Final = "xl/sharedStrings.xml"
MOST_BYTES: Final = 300_000_000
"""Bytes of shared texts: more than a million rows of ordinary reports share."""


class SharedStrings:
    """Texts by their number: their bytes one after the other, and where each ends."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q")

    def add(self, text: str) -> None:
        """Put one at the end."""
        self._bytes += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._bytes))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        return self._bytes[start : self._ends[number]].decode("utf-8", "surrogatepass")

    @property
    def size(self) -> int:
        """Bytes held."""
        return len(self._bytes)


def shared_strings(package: Package) -> SharedStrings:
    """Read them all. Raises `FileProblem` when there are too many to hold."""
    out = SharedStrings()
    if not package.has(_STRINGS):
        return out
    reader = _Reader(out)
    for _ in package.parse(_STRINGS, reader.parser):
        if out.size + reader.pending > MOST_BYTES:
            raise FileProblem(f"{package.name} holds too much text to be read at once: save it as CSV UTF-8.")
    return out


class _Reader:
    def __init__(self, out: SharedStrings) -> None:
        self._out = out
        self._pieces: list[str] = []
        self._is_phonetic = False
        self.pending = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, _: Attributes) -> None:
        name = plain(name)
        if name == "si":
            self._pieces.clear()
            self.pending = 0
        elif name == "rPh":
            self._is_phonetic = True
        elif name == "t" and not self._is_phonetic:
            self.parser.CharacterDataHandler = self._text

    def _text(self, piece: str) -> None:
        self._pieces.append(piece)
        self.pending += len(piece)

    def _end(self, name: str) -> None:
        name = plain(name)
        if name == "t":
            self.parser.CharacterDataHandler = None
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "si":
            self._out.add("".join(self._pieces))
