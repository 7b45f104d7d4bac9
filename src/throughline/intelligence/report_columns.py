"""What a row of a file of reports is: its columns, the line it stands on, or why it was refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from throughline.intelligence.report_lines import LONGEST_LINE, Line

COLUMNS: Final = (
    "report",
    "date_of_intelligence",
    "title",
    "item",
    "text",
    "source",
    "assessment",
    "handling",
    "action",
    "sanitisation",
    "instructions",
    "marking",
    "circulation",
    "selectors",
)

ABOUT_COLUMNS: Final = (
    "provenance",
    "provenance_source",
    "provenance_assessment",
    "provenance_handling",
    "provenance_action",
    "provenance_sanitisation",
    "provenance_instructions",
    "threats",
    "priority",
    "caveat",
    "contact",
    "pii",
    "sensitive_source",
)
OPTIONAL_COLUMNS: Final = ("scheme", *ABOUT_COLUMNS)
"""Columns that a file may have besides; one that lacks them is as whole as before."""

EVERY_COLUMN: Final = (*COLUMNS, *OPTIONAL_COLUMNS)


@dataclass(frozen=True, slots=True)
class RowShape:
    """What the rows of a file are: the columns that each file has, those it may have, and that of the reference.

    In ``days`` a workbook's date is read as a day; what several columns hold of one of ``many`` is put together.
    """

    reference: str
    columns: tuple[str, ...]
    optional: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    many: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """All columns that are read."""
        return (*self.columns, *self.optional)


REPORT_ROWS: Final = RowShape(
    "report", COLUMNS, OPTIONAL_COLUMNS, days=("date_of_intelligence", "person:born")
)

ENDLESS: Final = f"This line is longer than {LONGEST_LINE:,} characters and was passed over."
HOLDS_NUL: Final = "This row holds NUL characters: the file is damaged, or is not plain text."

_ESCAPABLE: Final = re.compile(r"\\.|\\\Z|;", re.DOTALL)
"""What one listed selector has escaped already, or must, so that it stays one when joined by `;`."""

Warn = Callable[[str], None]
"""Is told, as a sentence, of what was left aside without harm."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """One row that was refused: where, in which column (blank if the whole row), why, and its raw text.

    `report` is the reference of the report it belongs to, as far as that can be read; `values` are its cells by
    column, where they could be told apart, and `faults` each column with its own reason.
    """

    line: int
    column: str
    reason: str
    raw: str
    report: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the physical line it starts on, a value (perhaps blank) for each column, and its raw text."""

    line: int
    values: dict[str, str]
    raw: str

    def refused(self, faults: tuple[tuple[str, str], ...], reference: str) -> RejectedRow:
        """The row as it is refused, for each column its reason; each is said once."""
        columns, reasons = (dict.fromkeys(part) for part in zip(*faults, strict=True))
        return RejectedRow(
            self.line, ", ".join(columns), " ".join(reasons), self.raw, reference, self.values, faults
        )


def column_name(cell: str) -> str:
    """Forgive capitals, spaces and hyphens in the name of a column."""
    return re.sub(r"[\s_-]+", "_", cell.strip().casefold())


def unknown_column(cell: str) -> str:
    """Say that a column, as the file names it, was left aside."""
    shown = ascii(cell.strip()[:60])
    return f"The column {shown} is not one that Throughline reads: it was left aside."


def raw_text(block: list[Line]) -> str:
    """Join the lines of one row as they stood, without the last line end; an endless one is cut short."""
    text = "".join(line.text for line in block).rstrip("\r\n")
    return f"{text}..." if block[-1].is_endless else text


def one_part(value: str) -> str:
    """A selector that stays one when several are joined by `;`."""
    return _ESCAPABLE.sub(lambda found: found[0] if len(found[0]) > 1 else f"\\{found[0]}", value)
