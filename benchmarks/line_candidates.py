"""``python -m benchmarks.line_candidates DIR...``: the ranking of deal lines in simulated nations, at their prevalence.

Over the calls of a month in the middle of each nation: among all numbers that are ranked or not, which were a line's.
Area under precision and recall (average precision), with the curve, beside volume and number of contacts alone.
"""

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import django
import numpy as np

from benchmarks.call_sets import Engine, draw, nation_calls

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
django.setup()
from throughline.telecoms.candidates import Traits, scored, traits_of  # noqa: E402 it needs the settings

DAYS: Final = 30
LEAST_DAYS: Final = 3
"""A number that was a line's for fewer days of the month is in neither count."""
WAYS: Final[Mapping[str, Callable[[Traits], float]]] = {
    "ours": lambda of: scored(of).score, "bulk texts alone": lambda of: float(of.bursts),
    "calls alone": lambda of: float(of.calls), "contacts alone": lambda of: float(of.contacts),
}  # fmt: skip


def measured(folder: Path) -> Iterator[dict[str, object]]:
    """The figures of one nation, a line each way."""
    calls = nation_calls(folder)
    first, last = calls.execute("select min(moment), max(moment) from all_calls").fetchall()[0]
    start = first + (last - first) / 2 - timedelta(days=DAYS / 2)
    end = start + timedelta(days=DAYS)
    lines, unclear = _lines(folder, start, end)
    traits, everybody = _month(calls, start, end)
    held = [one for one in traits if one.number not in unclear]
    right = np.array([one.number in lines for one in held])
    missed = len(lines) - int(right.sum())
    for way, worth in WAYS.items():
        yield {"nation": folder.name, "way": way, "numbers": everybody, "lines": len(lines)} | curve(
            np.array([worth(one) for one in held]), right, missed
        )


def _month(calls: Engine, start: datetime, end: datetime) -> tuple[list[Traits], int]:
    calls.execute(
        "create or replace table fresh as select * from all_calls where moment >= $start and moment < $end",
        {"start": start, "end": end},
    )
    draw(calls)
    return traits_of(calls), int(calls.execute("select count(*) from numbers").fetchall()[0][0])


def _lines(folder: Path, start: datetime, end: datetime) -> tuple[set[str], set[str]]:
    """The numbers that were a line's for most of what is looked at, and those that were for too short a time."""
    lines, unclear = set(), set()
    with (folder / "truth" / "numbers.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            since = max(start, datetime.fromisoformat(row["since"]).replace(tzinfo=None))
            until = (
                min(end, datetime.fromisoformat(row["until"]).replace(tzinfo=None)) if row["until"] else end
            )
            if until > since:
                (lines if until - since >= timedelta(days=LEAST_DAYS) else unclear).add(f"+{row['number']}")
    return lines - unclear, unclear - lines


def curve(worth: np.ndarray, right: np.ndarray, missed: int) -> dict[str, object]:  # type: ignore[type-arg]
    """Average precision, lines that are not ranked counting as never found, and points of the curve."""
    order = np.argsort(-worth, kind="stable")
    found = np.cumsum(right[order])
    precision = found / np.arange(1, len(order) + 1)
    total = int(right.sum()) + missed
    area = float((precision * right[order]).sum() / total)
    recall = found / total
    points = {
        f"precision at recall {r}": round(float(precision[recall >= r].max()), 3)
        if (recall >= r).any()
        else None
        for r in (0.25, 0.5, 0.75, 0.9)
    }
    return {"average precision": round(area, 3), "not ranked": missed, **points}


def main(words: Sequence[str] | None = None) -> int:
    """Print one object a line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.line_candidates", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    for folder in parser.parse_args(words).folders:
        for line in measured(folder):
            print(json.dumps(line), flush=True)  # noqa: T201 a command answers
    return 0


if __name__ == "__main__":
    sys.exit(main())
