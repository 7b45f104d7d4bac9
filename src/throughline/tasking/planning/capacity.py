"""The officer-days that bodies have: read from a table of a body, a skill, days a week and days reserved."""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from throughline.tasking.planning.problem import Pool

COLUMNS = ("body", "skill", "days_a_week", "reserved")
"""``reserved`` is what goes to other priorities each week; nothing where the column is left out."""
MOST = 10_000.0
"""Officer-days a week: more than any body has of one skill, and so a slip of the keyboard."""


class CapacityProblem(ValueError):
    """What is wrong with a table of capacity, in a sentence that names the row."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a row may name."""

    bodies: Collection[str]
    skills: Collection[str]


def read_capacity(path: Path, *, known: Known, weeks: int) -> dict[Pool, tuple[float, ...]]:
    """The free days of each pool for each week of the horizon, from a CSV file in UTF-8.

    Raises:
        CapacityProblem: the file cannot be read, or a row of it cannot be used.
    """
    try:
        with path.open(newline="", encoding="utf-8-sig") as stream:
            rows = csv.DictReader(stream)
            missing = [name for name in COLUMNS[:3] if name not in (rows.fieldnames or ())]
            if missing:
                raise CapacityProblem(
                    f"The file has no column {missing[0]!r}. It needs {', '.join(COLUMNS[:3])}."
                )
            return free_days(rows, known=known, weeks=weeks)
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise CapacityProblem(
            f"{path.name} cannot be read as CSV in UTF-8: save it so, and try again."
        ) from problem


def free_days(
    rows: Iterable[Mapping[str, str]], *, known: Known, weeks: int
) -> dict[Pool, tuple[float, ...]]:
    """The same from rows as they were typed. The first row is line 2, after its heading."""
    found: dict[Pool, tuple[float, ...]] = {}
    for line, row in enumerate(rows, start=2):
        body, skill = (row.get("body") or "").strip().upper(), (row.get("skill") or "").strip().lower()
        if body not in known.bodies:
            raise CapacityProblem(f"Line {line}: {body or 'blank'} is the code of no body.")
        if skill not in known.skills:
            raise CapacityProblem(
                f"Line {line}: {skill or 'blank'} is no skill. Use {', '.join(known.skills)}."
            )
        if (body, skill) in found:
            raise CapacityProblem(f"Line {line}: {body} {skill} is given twice. Keep one of the rows.")
        days, reserved = _days(line, "days_a_week", row), _days(line, "reserved", row)
        found[body, skill] = (max(0.0, days - reserved),) * weeks
    return found


def _days(line: int, column: str, row: Mapping[str, str]) -> float:
    text = (row.get(column) or "0").strip()
    try:
        days = float(text)
    except ValueError:
        days = -1.0
    if not 0 <= days <= MOST:
        raise CapacityProblem(f"Line {line}, {column}: {text!r} is no number of days from 0 to {MOST:,.0f}.")
    return days
