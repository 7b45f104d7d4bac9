"""What is loaded while processes are killed: a thousand invented reports of three forces that share numbers."""

import random
from pathlib import Path

from tests.real_data.report_file import Named, RawItem, RawReport, write_reports

ACKNOWLEDGED, DISTURBED = "NORF", ("MPS", "KENT")
"""The first force's load ends before any kill; the others' are killed on the way."""

_SIZES = {"NORF": 200, "MPS": 400, "KENT": 400}


def write_files(folder: Path) -> None:
    """One file for each force, named by its code; many numbers and marks stand in more than one."""
    dice = random.Random(20261001)  # noqa: S311 the same story every time
    for force, size in _SIZES.items():
        reports = [_report(force, place, dice) for place in range(1, size + 1)]
        write_reports(folder / f"{force}.csv", reports)


def _report(force: str, place: int, dice: random.Random) -> RawReport:
    items = tuple(_item(dice, number) for number in range(1, dice.randint(1, 3) + 1))
    return RawReport(f"{force}/{place}", f"2026-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}", "A line", items)


def _item(dice: random.Random, number: int) -> RawItem:
    seen = (
        Named("phone", f"07700 900{dice.randint(0, 999):03}"),
        Named("opaque", f"P-{dice.randint(0, 3000):06}"),
        Named("vehicle", f"AB{dice.randint(10, 69)} CD{dice.choice('EFGH')}"),
    )
    return RawItem(f"Statement {number}: calls were arranged.", seen[: dice.randint(1, 3)])
