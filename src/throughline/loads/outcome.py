"""What became of some rows of a load, whatever they hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from throughline.intelligence.report_columns import RejectedRow

LINES_NAMED: Final = 5
"""Of the rows that an advice is about, so many are named."""


@dataclass(frozen=True, slots=True)
class Resembles:
    """A row whose line may be one that is held: both lines, and why. A person compares them; nothing is merged.

    In a trial the line of the row is not held, so ``line`` is ''.
    """

    row: int
    line: str
    other: str
    other_name: str
    why: str


@dataclass(slots=True)
class Outcome:
    """What became of some rows, counted in rows; `reports` are those that are new, `lines` the new lines."""

    kept: int = 0
    unchanged: int = 0
    reports: int = 0
    lines: int = 0
    refused: list[RejectedRow] = field(default_factory=list)
    advice: list[tuple[int, str]] = field(default_factory=list)
    resembling: list[Resembles] = field(default_factory=list)


def count_advice(told: dict[str, Any], advice: Iterable[tuple[int, str]]) -> None:
    """Add advice to what was told: for each sentence in how many rows, and the first of their lines."""
    for line, sentence in advice:
        one = told.setdefault(sentence, {"rows": 0, "lines": []})
        one["rows"] += 1
        one["lines"] = [*one["lines"], line][:LINES_NAMED]
