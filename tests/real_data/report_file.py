"""Reports made of real data, and the file in the fixed columns that one body loads."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from throughline.intelligence.report_files import COLUMNS

_MARKS = re.compile(r"([\\;:])")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing as the raw data has it, and the kind under which it goes to the door."""

    kind: str
    value: str

    @property
    def cell(self) -> str:
        r"""``kind:value``, with a backslash before each \\ ; or : inside the value."""
        return f"{self.kind}:" + _MARKS.sub(r"\\\1", self.value)


@dataclass(frozen=True, slots=True)
class RawItem:
    """One statement and what it names."""

    text: str
    names: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class RawReport:
    """One police event as a report; ``on`` is a date as a file of reports writes it."""

    ref: str
    on: str
    title: str
    items: tuple[RawItem, ...]


def write_reports(path: Path, reports: Iterable[RawReport]) -> None:
    """Write the file that ``throughline load reports`` takes: every item is graded 2, B, P."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(COLUMNS)
        for report in reports:
            for number, item in enumerate(report.items, 1):
                cells = ";".join(name.cell for name in item.names)
                out.writerow([report.ref, report.on, report.title, number, item.text,
                              "2", "B", "P", "", "", "", "OFFICIAL", "", cells])  # fmt: skip
