"""Where the real data stands beside the repository, and how one table of it is read."""

import csv
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
"""The data is not ours to hand on, so it is never in the repository."""

ST_LOUIS = DATA / "covert_networks" / "st_louis_crimes"
POLE = DATA / "pole_manchester"


def absent(*needed: Path) -> str:
    """Why what needs these files or folders cannot run here; blank when it can."""
    missing = [one for one in needed if not one.exists()]
    return f"There is no {missing[0]} here: the real data stands beside the repository." if missing else ""


def needs(*needed: Path) -> pytest.MarkDecorator:
    """Skip a test with a clear word where the data that it reads is not there."""
    return pytest.mark.skipif(bool(absent(*needed)), reason=absent(*needed))


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one CSV table, by the names in its header."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def links(name: str) -> list[tuple[str, str]]:
    """The pairs (from, to) of one relation of the Manchester graph."""
    return [(row[":START_ID"], row[":END_ID"]) for row in table(POLE, f"relationships.{name}")]


def nodes(name: str) -> dict[str, dict[str, str]]:
    """The nodes of one label of the Manchester graph, by id."""
    return {row[":ID"]: row for row in table(POLE, f"nodes.{name}")}
