"""What each cell of a report's row may hold, and the sentence that is given when it may not."""

import re
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Final

from throughline.access import permissions

LONGEST_REFERENCE: Final = 64
LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 20_000
LARGEST_ITEM_NUMBER: Final = 9_999
EARLIEST: Final = date(1900, 1, 1)

_LONGEST_SHOWN: Final = 40
_FORMULA: Final = re.compile(r"=|[+\-@].*[(|!]")
_NOT_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_ENDS: Final = re.compile(r"\r\n|\r")


class CellProblem(ValueError):
    """What is wrong with one cell, as a sentence that says what to write instead."""


class Classification(IntEnum):
    """How sensitive a report is. OFFICIAL-SENSITIVE is a marking within OFFICIAL, and the most held here.

    Government Security Classifications; unverified: check against the 2023 policy.
    """

    OFFICIAL = permissions.OFFICIAL
    OFFICIAL_SENSITIVE = permissions.OFFICIAL_SENSITIVE

    def __str__(self) -> str:
        return self.name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Circulation:
    """Who is meant to see a report besides the body that owns it: `everyone`, or the codes of some bodies."""

    everyone: bool = False
    bodies: tuple[str, ...] = ()


_MARKINGS: Final = {
    "OFFICIAL": Classification.OFFICIAL,
    "OFFICIALSENSITIVE": Classification.OFFICIAL_SENSITIVE,
    "OS": Classification.OFFICIAL_SENSITIVE,
}


def classification_from(text: str) -> Classification:
    """Read a protective marking, however it is spaced, hyphened or cased. Raises `CellProblem`."""
    refuse_formula(text.strip())
    letters = re.sub(r"[\s_\-\u2010-\u2015]+", "", text).upper()
    if letters in _MARKINGS:
        return _MARKINGS[letters]
    if not letters:
        raise CellProblem("The marking is blank: write OFFICIAL or OFFICIAL-SENSITIVE.")
    if re.search(r"SECRET|CONFIDENTIAL|STRAP|^TS$", letters):
        raise CellProblem(
            "Throughline holds nothing above OFFICIAL-SENSITIVE: "
            f"this report is marked {shown(text)} and must not be loaded here."
        )
    raise CellProblem(f"The marking {shown(text)} is not known: write OFFICIAL or OFFICIAL-SENSITIVE.")


def circulation_from(text: str, *, bodies: frozenset[str]) -> Circulation:
    """Read body codes joined by `;`, or `all`. Blank means the owning body only. Raises `CellProblem`."""
    refuse_formula(text.strip())
    codes = {code.strip().upper() for code in text.split(";")} - {""}
    if codes == {"ALL"}:
        return Circulation(everyone=True)
    if "ALL" in codes:
        raise CellProblem("The circulation names both all and single bodies: write all alone, or the bodies.")
    known = {body.upper(): body for body in bodies}
    unknown = sorted(codes - known.keys())
    if unknown:
        raise CellProblem(f"The circulation names bodies that are not known: {_some(unknown)}.")
    return Circulation(bodies=tuple(sorted(known[code] for code in codes)))


def reference_from(text: str) -> str:
    """Read the originator's own reference of a report: up to 64 printable characters."""
    reference = text.strip()
    if not reference:
        raise CellProblem("The report's reference is blank.")
    if not reference.isprintable():
        raise CellProblem("The report's reference holds characters that cannot be printed.")
    refuse_formula(reference)
    return _within(reference, LONGEST_REFERENCE, "report's reference")


def date_from(text: str, *, today: date) -> date:
    """Read a date written 2026-01-31 or 31/01/2026, from 1900 until today. Raises `CellProblem`."""
    refuse_formula(text.strip())
    found = _calendar_date(text.strip())
    if found > today:
        raise CellProblem(f"The date {found.isoformat()} is in the future.")
    if found < EARLIEST:
        raise CellProblem(f"The date {found.isoformat()} is before {EARLIEST.year}.")
    return found


def title_from(text: str) -> str:
    """Read a title: one line of up to 200 characters."""
    title = " ".join(plain_text(text, "title").split())
    if not title:
        raise CellProblem("The title is blank.")
    return _within(title, LONGEST_TITLE, "title")


def text_from(text: str) -> str:
    """Read the words of an item: up to 20,000 characters, kept as they stand. Line ends become LF.

    A formula, HTML or SQL is text like any other: it is stored, shown escaped, and never evaluated.
    """
    words = plain_text(text, "text").strip()
    if not words:
        raise CellProblem("The text is blank.")
    return _within(words, LONGEST_TEXT, "text")


def item_number_from(text: str, *, after: int) -> int:
    """Read an item's number, from 1; a blank one is the next `after` the item before."""
    written = text.strip()
    if not written:
        return after + 1
    refuse_formula(written)
    number = int(written) if re.fullmatch(r"[0-9]{1,5}", written) else 0
    if not 1 <= number <= LARGEST_ITEM_NUMBER:
        raise CellProblem(f"The item {shown(written)} is not a number from 1 to {LARGEST_ITEM_NUMBER:,}.")
    return number


def plain_text(text: str, name: str) -> str:
    """Return the text with LF line ends, or refuse it for a control or broken character, naming it."""
    tidy = _LINE_ENDS.sub("\n", text)
    if found := _NOT_TEXT.search(tidy):
        raise CellProblem(f"The {name} holds a control character (U+{ord(found.group()):04X}): take it out.")
    return tidy


def refuse_formula(text: str) -> None:
    """Refuse a spreadsheet formula where a code, a date or a reference should stand."""
    if _FORMULA.match(text):
        raise CellProblem(f"{shown(text)} is a spreadsheet formula: write the value itself.")


def shown(text: str) -> str:
    """Quote what was written, shortened and with nothing in it that could upset a terminal."""
    short = text.strip()
    if len(short) > _LONGEST_SHOWN:
        short = f"{short[:_LONGEST_SHOWN]}..."
    return f"'{short}'" if short.isprintable() else ascii(short)


def _calendar_date(text: str) -> date:
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    british = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    parts = iso.groups() if iso else british.groups()[::-1] if british else None
    if parts is None:
        what = f"{shown(text)} is not a date" if text else "The date is blank"
        raise CellProblem(f"{what}: write it as 2026-01-31 or 31/01/2026.")
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError as impossible:
        raise CellProblem(f"There is no such day as {shown(text)}.") from impossible


def _within(text: str, most: int, name: str) -> str:
    if len(text) > most:
        raise CellProblem(f"The {name} is {len(text):,} characters long; {most:,} is the most.")
    return text


def _some(codes: list[str]) -> str:
    most = 5
    named = ", ".join(shown(code) for code in codes[:most])
    return named if len(codes) <= most else f"{named} and {len(codes) - most} more"
