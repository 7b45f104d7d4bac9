"""A body's reports go in by the ordinary door: no row is refused but those that are meant to be."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.instance import Instance
from tests.simulation.test_invented import report_rows
from throughline.intelligence.report_columns import COLUMNS, EVERY_COLUMN

SLOW_ENOUGH = 600
REFERENCE = re.compile(r"[A-Z]+/\d\d/\d{6}")


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _files(nation: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(nation.glob("*/reports.*")):
        if path.parent.name != "truth" and ".errors" not in path.name:
            yield path.parent.name, path


def _meant(nation: Path) -> set[str]:
    path = nation / "truth" / "refused.csv"
    return {row["report"] for row in _table(path)} if path.exists() else set()


@pytest.mark.timeout(SLOW_ENOUGH)
def test_every_report_is_kept_but_those_meant_to_be_refused(instance: Instance, nation: Path) -> None:
    refused: set[str] = set()
    read = hits = 0
    for body, path in _files(nation):
        said = instance.json("load", "reports", str(path), "--as", f"analyst@{body.lower()}", status=None)
        assert said["read"] == said["kept"] + said["rejected"]
        read, hits = read + said["read"], hits + said["hits_raised"]
        if said["error_file"]:
            errors = Path(said["error_file"])
            refused |= {found for row in _table(errors) for found in REFERENCE.findall(row["row"])}
            errors.unlink()
    assert refused == _meant(nation)
    assert read == sum(1 for _ in report_rows(nation))
    assert hits > 0


def test_the_files_are_in_the_columns_of_the_door(nation: Path) -> None:
    kinds = {path.suffix for _, path in _files(nation)}
    assert kinds == {".csv", ".jsonl"}
    for _, path in _files(nation):
        with path.open(encoding="utf-8", newline="") as file:
            if path.suffix == ".csv":
                assert next(csv.reader(file)) == list(COLUMNS)
            else:
                assert all(set(json.loads(row)) <= set(EVERY_COLUMN) for row in file)


def test_reports_are_graded_circulated_and_written_late(nation: Path) -> None:
    rows = list(report_rows(nation))
    assert {row.get("handling", "") for row in rows} >= {"P", "C", ""}
    assert {row.get("marking", "") for row in rows} >= {"OFFICIAL", "OFFICIAL-SENSITIVE"}
    assert {"all", ""} <= {row.get("circulation", "") for row in rows}
    told = _table(nation / "truth" / "reports.csv")
    late = [row for row in told if row["filed"] > row["happened"][:10]]
    assert 0.3 < len(late) / len(told) < 0.95


def test_one_person_stands_in_records_of_many_writings(nation: Path) -> None:
    people = {row["id"]: row for row in _table(nation / "truth" / "people.csv")}
    records = _table(nation / "truth" / "records.csv")
    assert {row["person"] for row in records} <= people.keys()
    assert len({row["record"] for row in records}) == len(records)
    exact = [
        r
        for r in records
        if (r["given"], r["family"]) == tuple(people[r["person"]][k] for k in ("given", "family"))
    ]
    assert 0.6 < len(exact) / len(records) < 0.95
