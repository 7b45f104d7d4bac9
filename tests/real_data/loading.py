"""Loading each force's file by the command, twice, and what it costs."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.instance import Instance
from tests.real_data.report_file import RawReport, write_reports

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the command said of each force's file, by its code, and the seconds that all of them took."""

    said: dict[str, Counts]
    seconds: float

    def total(self, count: str) -> int:
        """One of the counts, added up over the forces."""
        return sum(said[count] for said in self.said.values())


def load_forces(instance: Instance, reports: Mapping[str, Sequence[RawReport]]) -> Loaded:
    """Write and load one file for each force, as its analyst, one force after the other."""
    said, seconds = {}, 0.0
    for force, its_reports in reports.items():
        path = instance.folder / f"{force}.csv"
        write_reports(path, its_reports)
        begun = time.perf_counter()
        said[force] = instance.json("load", "reports", str(path), "--as", f"analyst@{force.lower()}")
        seconds += time.perf_counter() - begun
    return Loaded(said, seconds)


def row_counts(instance: Instance) -> dict[str, int]:
    """How many rows each table of the database holds."""
    with instance.as_owner() as owner:
        tables = owner.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        )
        names = [name for (name,) in tables.fetchall()]
        return {name: _count(owner.execute(f"select count(*) from {name}").fetchone()) for name in names}


def _count(row: tuple[int] | None) -> int:
    assert row
    return row[0]
