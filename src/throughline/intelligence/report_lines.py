"""How a file of reports becomes lines of text: its encoding, its line ends, its bounds."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

LONGEST_LINE: Final = 1_000_000
"""Characters. A longer line is refused and passed over without ever being held whole."""

_KEPT_OF_ENDLESS: Final = 1_000
_CHUNK: Final = 1 << 20
_WORKBOOK_STARTS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_UTF_32_STARTS: Final = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UTF_16_STARTS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AGAIN: Final = "In Excel choose 'Save as', then 'CSV UTF-8 (comma delimited)', and load that file."


class FileProblem(Exception):
    """The file as a whole cannot be loaded. The message is one sentence or two that say what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line, numbered from 1, with its line end. Of an endless line only the start is kept."""

    number: int
    text: str
    is_endless: bool = False


def encoding_of(path: Path) -> str:
    """Find how the text is encoded, having read it once from end to end: `utf-8-sig` or `utf-16`.

    Raises `FileProblem` if the file cannot be read, is empty, is an Excel workbook, or holds a byte that does
    not belong. This comes before the first row is read, so no report is written from a file refused later.
    """
    try:
        if not path.is_file():
            raise FileProblem(f"{path.name} is not a file that can be found: check the name and the folder.")
        encoding = _encoding_from_start(path)
        _read_through(path, encoding)
    except (OSError, ValueError) as problem:
        raise FileProblem(f"{path.name} cannot be read: {_why(problem)}.") from problem
    return encoding


def physical_lines(stream: TextIO) -> Iterator[Line]:
    """Number the lines of a stream opened with `newline=""`; CR LF, LF and CR all end a line."""
    number = 0
    previous = ""
    while piece := stream.readline(LONGEST_LINE):
        if piece == "\n" and previous.endswith("\r"):
            continue  # the line end of the line before, parted from it by the bound on its length
        number += 1
        previous = piece
        if _ends(piece) or len(piece) < LONGEST_LINE:
            yield Line(number, piece)
        else:
            previous = _pass_over(stream)
            yield Line(number, piece[:_KEPT_OF_ENDLESS], is_endless=True)


def _pass_over(stream: TextIO) -> str:
    while piece := stream.readline(LONGEST_LINE):
        if _ends(piece):
            return piece
    return ""


def _ends(piece: str) -> bool:
    return piece.endswith(("\n", "\r"))


def _encoding_from_start(path: Path) -> str:
    with path.open("rb") as stream:
        start = stream.read(4)
    if start.startswith(_WORKBOOK_STARTS):
        raise FileProblem(f"{path.name} is an Excel workbook, not a text file. {_SAVE_AGAIN}")
    if start.startswith(_UTF_32_STARTS):
        raise FileProblem(f"{path.name} is UTF-32 text, which is not read here. {_SAVE_AGAIN}")
    return "utf-16" if start.startswith(_UTF_16_STARTS) else "utf-8-sig"


def _read_through(path: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = _LineCount()
    is_empty = True
    with path.open("rb") as stream:
        try:
            while chunk := stream.read(_CHUNK):
                text = decoder.decode(chunk)
                lines.add(text)
                is_empty = is_empty and not text.strip()
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as fault:
            lines.add(fault.object[: fault.start].decode(encoding, errors="ignore"))
            raise FileProblem(_not_text(path, encoding, lines.ended + 1)) from fault
    if is_empty:
        raise FileProblem(f"{path.name} is empty: there is nothing to load.")


def _not_text(path: Path, encoding: str, line: int) -> str:
    name = "UTF-16" if encoding == "utf-16" else "UTF-8"
    return f"{path.name} is not {name} text: line {line} holds a byte that does not belong. {_SAVE_AGAIN}"


def _why(problem: Exception) -> str:
    return (problem.strerror if isinstance(problem, OSError) else None) or str(problem)


class _LineCount:
    """Counts line ends (CR LF, LF or CR) in text that comes in pieces."""

    def __init__(self) -> None:
        self.ended = 0
        self._after_return = False

    def add(self, text: str) -> None:
        if not text:
            return
        if self._after_return and text.startswith("\n"):
            self.ended -= 1
        self.ended += text.count("\n") + text.count("\r") - text.count("\r\n")
        self._after_return = text.endswith("\r")
