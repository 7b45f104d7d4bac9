"""Which adjacent rows of a file belong to one report, with a bound on how much of one is held."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from throughline.intelligence.report_columns import RejectedRow, Row

MOST_ROWS: Final = 1_000
"""Rows in one report: a report is held whole until it is known to be good, so it must have a bound."""

MOST_CHARACTERS: Final = 10_000_000


@dataclass(slots=True)
class Group:
    """Rows that stand together under one reference, among them rows already refused that belong to it."""

    report: str
    rows: list[Row | RejectedRow] = field(default_factory=list)
    size: int = 0

    def add(self, row: Row | RejectedRow) -> None:
        """Put a row at the end."""
        self.rows.append(row)
        self.size += len(row.raw)

    @property
    def is_too_long(self) -> bool:
        """Whether it holds more than one report may."""
        return len(self.rows) > MOST_ROWS or self.size > MOST_CHARACTERS


def row_groups(rows: Iterable[Row | RejectedRow]) -> Iterator[Group]:
    """Part the rows by reference.

    A row with no readable reference stands alone, unless the same report goes on after it: then it can only
    have been a part of that report, which must not be kept without it.
    """
    group, strays = Group(""), Group("")
    for row in rows:
        report = reference_of(row)
        if not report and not strays.is_too_long:
            strays.add(row)
        elif report and report == group.report and not group.is_too_long:
            for stray in strays.rows:
                group.add(stray)
            strays = Group("")
            group.add(row)
        else:
            yield from _with_rows(group, strays)
            group, strays = Group(report), Group("")
            group.add(row)
    yield from _with_rows(group, strays)


def _with_rows(*groups: Group) -> Iterator[Group]:
    return iter([group for group in groups if group.rows])


def reference_of(row: Row | RejectedRow) -> str:
    """The reference of the report that a row belongs to; blank if it cannot be read."""
    return row.report if isinstance(row, RejectedRow) else row.values["report"].strip()
