"""What a force of the synthetic nation has: its reports of a share, and the register that it would keep from them."""

import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from throughline.intelligence.report_columns import COLUMNS

Report = dict[str, str]
_OWN = re.compile(r"\bown\b|\breached\b", re.IGNORECASE)


def reports_of(folder: Path, *, after: float = 0, until: float) -> Iterator[Report]:
    """The rows of a body's reports whose place of a hundred, by the hash of the reference, lies in this part."""
    for path in sorted(folder.glob("reports.*")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file) if path.suffix == ".csv" else map(json.loads, file)
            for row in rows:
                if after <= _place(str(row["report"])) < until:
                    said = {name: "" if value is None else str(value) for name, value in row.items()}
                    yield dict.fromkeys(COLUMNS, "") | said


def _place(reference: str) -> float:
    digest = hashlib.sha256(reference.encode()).digest()
    return 100 * int.from_bytes(digest[:4]) / 2**32


def register_rows(folder: Path, *, until: float) -> list[dict[str, str]]:
    """One row for each line name in the body's reports, with the numbers that they say are rung for it.

    What an analyst reads is read: a number that somebody gave as their own is no number of the line.
    """
    from throughline.loads.line_rows import LINE_ROWS  # noqa: PLC0415 needs Django
    from throughline.selectors.registry import NotASelector, parse  # noqa: PLC0415

    numbers: dict[str, set[str]] = defaultdict(set)
    seen: dict[str, str] = {}
    day = ""
    for row in reports_of(folder, until=until):
        day = _iso(row["date_of_intelligence"]) or day
        try:
            said = [parse(one) for one in row["selectors"].split(";") if one.startswith(("phone:", "brand:"))]
        except NotASelector:
            continue
        for brand in (one.key for one in said if one.kind == "brand"):
            seen[brand] = max(day, seen.get(brand, ""))
            numbers[brand] |= {one.shown for one in said if one.kind == "phone" and _is_rung(row, one.key)}
    blank = dict.fromkeys(LINE_ROWS.every, "")
    return [
        blank | {
            "reference": f"{folder.name} {brand}"[:40], "name": brand, "numbers": ";".join(sorted(numbers[brand])),
            "last_seen": seen[brand], "source": "2", "assessment": "B", "handling": "P",
            "marking": "OFFICIAL-SENSITIVE", "circulation": "all",
        }
        for brand in sorted(seen) if seen[brand]
    ]  # fmt: skip


def _is_rung(row: Report, key: str) -> bool:
    """Whether no sentence with these digits speaks of somebody's own phone."""
    tail = key[-6:]
    sentences = re.split(r"(?<=[.])\s", row["text"])
    return not any(tail in re.sub(r"\D", "", one) and _OWN.search(one) for one in sentences)


def _iso(day: str) -> str:
    parts = day.split("/")
    return "-".join(reversed(parts)) if len(parts) == len(("day", "month", "year")) else day[:10]
