"""What an Excel workbook is: a zip of XML parts, its sheets, and the bounds within which one is read."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final
from xml.parsers import expat

from throughline.intelligence.report_lines import FileProblem

LARGEST_PART: Final = 4_000_000_000
"""Bytes of one part once unpacked: a small file must not unpack without end."""

_LARGEST_INDEX: Final = 4_000_000
"""Bytes of the zip's own list of parts, which is read whole."""
_CHUNK: Final = 1 << 16
_WHOLE: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_END_OF_ZIP: Final = b"PK\x05\x06"
_LONGEST_END: Final = 22 + 65_535
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
                  KeyError)  # fmt: skip

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: its name on the tab, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    is_hidden: bool


class Package:
    """An open workbook. Use it in `with opened(path) as package`."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self.name = path.name
        self._archive = archive
        self._parts = {name.casefold(): name for name in archive.namelist()}

    def has(self, part: str) -> bool:
        """Whether there is such a part; names of parts have no capitals that count."""
        return part.casefold() in self._parts

    def size(self, part: str) -> int:
        """Bytes of a part once unpacked, as the zip has it."""
        return self._archive.getinfo(self._parts[part.casefold()]).file_size

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, in pieces. Raises `FileProblem` if it is damaged or unpacks without end."""
        size = 0
        try:
            with self._archive.open(self._parts[part.casefold()]) as stream:
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    if size > LARGEST_PART:
                        raise FileProblem(
                            f"{self.name} unpacks to too much to be read: save it as CSV UTF-8."
                        )
                    yield piece
        except _BROKEN as problem:
            raise FileProblem(_damaged(self.name)) from problem

    def parse(
        self, part: str, parser: expat.XMLParserType, *, look: Callable[[bytes], None] = lambda piece: None
    ) -> Iterator[None]:
        """Feed a part to a parser, and stop after each piece for what was found to be taken."""
        parser.StartDoctypeDeclHandler = self._refuse_entities
        parser.buffer_text = True
        try:
            for piece in self.chunks(part):
                look(piece)
                parser.Parse(piece, False)  # noqa: FBT003 the parser's own way
                yield
            parser.Parse(b"", True)  # noqa: FBT003
            yield
        except expat.ExpatError as problem:
            raise FileProblem(_damaged(self.name)) from problem

    def read(self, part: str, start: Callable[[str, Attributes], None]) -> None:
        """Parse a small part at once, giving the name and attributes of each element, without its prefix."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, given: start(plain(name), given)
        for _ in self.parse(part, parser):
            pass

    def _refuse_entities(self, *_: object) -> None:
        raise FileProblem(f"{self.name} defines entities, which no workbook needs: it was not read.")

    def sheets(self) -> list[Sheet]:
        """The worksheets, in the order of their tabs. Raises `FileProblem` if there is none."""
        targets = self._targets()
        found: list[Sheet] = []

        def start(name: str, given: Attributes) -> None:
            if name == "sheet":
                link = next((given[key] for key in given if plain(key) == "id"), "")
                if "worksheets/" in targets.get(link, ""):
                    hidden = given.get("state", "visible") != "visible"
                    found.append(Sheet(given.get("name", ""), targets[link], hidden))

        self.read(WORKBOOK, start)
        sheets = [sheet for sheet in found if self.has(sheet.part)]
        if not sheets:
            raise FileProblem(f"{self.name} has no worksheet in it.")
        return sheets

    def counts_from_1904(self) -> bool:
        """Whether the workbook counts its days from 1904, as old Macintoshes did."""
        found: list[bool] = []

        def start(name: str, given: Attributes) -> None:
            if name == "workbookPr":
                found.append(given.get("date1904", "0") in ("1", "true", "on"))

        self.read(WORKBOOK, start)
        return any(found)

    def _targets(self) -> dict[str, str]:
        out: dict[str, str] = {}

        def start(name: str, given: Attributes) -> None:
            if name == "Relationship" and given.get("TargetMode") != "External":
                target = given.get("Target", "")
                part = PurePosixPath(target) if target.startswith("/") else PurePosixPath("/xl") / target
                out[given.get("Id", "")] = _within(part)

        if self.has(RELATIONS):
            self.read(RELATIONS, start)
        return out


WORKBOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open a workbook. Raises `FileProblem`, in a sentence, when it is none or cannot be read."""
    try:
        if not path.is_file():
            raise FileProblem(f"{path.name} is not a file that can be found: check the name and the folder.")
        with path.open("rb") as stream:
            _refuse_others(path.name, stream)
            with zipfile.ZipFile(stream) as archive:
                package = Package(path, archive)
                if not package.has(WORKBOOK):
                    raise FileProblem(f"{path.name} is a zip file but not an Excel workbook.")
                yield package
    # A version of zip later than Python knows, where a bit of the list of parts is torn, is not called a bad file.
    except (zipfile.BadZipFile, NotImplementedError) as problem:
        raise FileProblem(_damaged(path.name)) from problem
    except OSError as problem:
        raise FileProblem(f"{path.name} cannot be read: {problem.strerror or problem}.") from problem


def _refuse_others(name: str, stream: IO[bytes]) -> None:
    """Refuse an old or locked workbook, and a zip whose list of parts is not to be read whole."""
    start = stream.read(4)
    if not start:
        raise FileProblem(f"{name} is empty: there is nothing to load.")
    if start == b"\xd0\xcf\x11\xe0":
        raise FileProblem(f"{name} is locked with a password, or from before Excel 2007: "
                          "take the password off, save it as .xlsx, and load that file.")  # fmt: skip
    if start[:2] != b"PK":
        raise FileProblem(f"{name} is not an Excel workbook: if it is text, name it .csv.")
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _LONGEST_END))
    tail = stream.read()
    at = tail.rfind(_END_OF_ZIP)
    if at < 0 or len(tail) < at + 22:
        raise FileProblem(_damaged(name))
    if struct.unpack_from("<I", tail, at + 12)[0] > _LARGEST_INDEX:
        raise FileProblem(f"{name} holds too many parts to be a workbook.")
    stream.seek(0)


def plain(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


def _within(part: PurePosixPath) -> str:
    """A part's name with its `..` steps taken."""
    steps: list[str] = []
    for step in part.parts[1:]:
        if step == "..":
            steps = steps[:-1]
        else:
            steps.append(step)
    return "/".join(steps)


def _damaged(name: str) -> str:
    return f"{name} is damaged and cannot be read to its end: open it in Excel, save it again, and load that."


def whole(text: str | None) -> int:
    """A number without a sign as it stands in an attribute, or -1 for anything else."""
    return int(text) if text and _WHOLE.fullmatch(text) else -1
