"""Which files may be kept with a report, told by what is in them and not by what they are called."""

import unicodedata
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

LARGEST: Final = 10_000_000
"""Bytes in one file."""
LONGEST_NAME: Final = 120
_MOST_PARTS: Final = 5_000
_TAIL: Final = 2_048
_NOT_IN_TEXT: Final = bytes(set(range(32)) - set(b"\t\n\r\f")) + b"\x7f"


class FileRefused(ValueError):
    """Why a file cannot be kept, as a sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file that is kept: its name in the database, in words, and what its name may end in."""

    name: str
    label: str
    endings: tuple[str, ...]


PDF: Final = FileType("pdf", "PDF", (".pdf",))
PNG: Final = FileType("png", "PNG image", (".png",))
JPEG: Final = FileType("jpeg", "JPEG image", (".jpg", ".jpeg"))
XLSX: Final = FileType("xlsx", "Excel workbook", (".xlsx",))
CSV: Final = FileType("csv", "CSV", (".csv",))
TEXT: Final = FileType("text", "plain text", (".txt",))
TYPES: Final = {kind.name: kind for kind in (PDF, PNG, JPEG, XLSX, CSV, TEXT)}
ENDINGS: Final = tuple(ending for kind in TYPES.values() for ending in kind.endings)


def type_of(name: str, content: bytes) -> FileType:
    """The type of a file, where its content and the ending of its name agree.

    Raises:
        FileRefused: it is empty, too large, of another type, or not what its name says.
    """
    if not content:
        raise FileRefused("The file is empty.")
    if len(content) > LARGEST:
        raise FileRefused(f"The file must be smaller than {LARGEST // 1_000_000} MB.")
    ending = PurePosixPath(name).suffix.lower()
    wanted = next((kind for kind in TYPES.values() if ending in kind.endings), None)
    if wanted is None:
        raise FileRefused(f"The name must end in one of {', '.join(ENDINGS)}.")
    found = _looks_like(content)
    if found is None or (found is not wanted and {found, wanted} != {TEXT, CSV}):
        inside = f"it looks like {found.label}" if found else "it is none of the kinds of file that are kept"
        raise FileRefused(f"The file is not {wanted.label} as its name says: {inside}.")
    return wanted


def _looks_like(content: bytes) -> FileType | None:
    if content.startswith(b"%PDF-"):
        return PDF if b"%%EOF" in content[-_TAIL:] else None
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG if content[12:16] == b"IHDR" else None
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"PK"):
        return XLSX if _is_workbook(content) else None
    return TEXT if _is_text(content) else None


def _is_workbook(content: bytes) -> bool:
    """Whether a zip file is a workbook without macros. Its table of contents is read, and nothing is unpacked."""
    try:
        parts = zipfile.ZipFile(BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    has_macros = any("vbaproject" in part.lower() for part in parts)
    return {"[Content_Types].xml", "xl/workbook.xml"} <= set(parts) and not (
        has_macros or len(parts) > _MOST_PARTS
    )


def _is_text(content: bytes) -> bool:
    """No character of control: UTF-8, and the eight-bit code pages that older systems write."""
    return content.translate(None, _NOT_IN_TEXT) == content


def name_from(name: str) -> str:
    """The name of a file as it is kept: no folders, and no characters that print nothing or turn the text round."""
    base = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in base if unicodedata.category(c)[0] not in "CZ" or c == " ")
    path = PurePosixPath(" ".join(shown.split()).lstrip(".") or "file")
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix
