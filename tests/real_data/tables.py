"""Where the real data stands beside the repository, and how one table of it is read."""

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
"""The data is not ours to hand on, so it is never in the repository."""

ST_LOUIS = DATA / "covert_networks" / "st_louis_crimes"
POLE = DATA / "pole_manchester"


def absent() -> str:
    """Why the tests on real data cannot run here; blank when they can."""
    missing = [folder for folder in (ST_LOUIS, POLE) if not folder.is_dir()]
    return f"There is no {missing[0]} here: the real data stands beside the repository." if missing else ""


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
