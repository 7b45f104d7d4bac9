"""The truth hangs together: numbers follow one another, and what bodies were told of happened."""

import csv
from pathlib import Path


def _table(nation: Path, place: str) -> list[dict[str, str]]:
    with (nation / place).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_replacement_is_a_number_that_the_same_line_held_next(nation: Path) -> None:
    held = _table(nation, "truth/numbers.csv")
    by_number = {row["number"]: row for row in held}
    replaced = [row for row in held if row["replaced_by"] != "0"]
    assert replaced
    for row in replaced:
        after = by_number[row["replaced_by"]]
        assert after["line"] == row["line"]
        assert after["since"] >= row["until"]


def test_every_line_behind_a_report_and_every_part_is_in_the_truth(nation: Path) -> None:
    lines = {row["id"] for row in _table(nation, "truth/lines.csv")}
    people = {row["id"] for row in _table(nation, "truth/people.csv")}
    assert {row["line"] for row in _table(nation, "truth/reports.csv")} <= lines | {"0"}
    roles = _table(nation, "truth/roles.csv")
    assert {row["line"] for row in roles} <= lines
    assert {row["person"] for row in roles} <= people


def test_custody_records_are_of_those_who_were_arrested(nation: Path) -> None:
    arrests = _table(nation, "truth/arrests.csv")
    records = {
        row["record"]: row["person"]
        for row in _table(nation, "truth/records.csv")
        if row["file"].endswith("/custody.csv")
    }
    assert arrests
    assert set(records.values()) <= {row["person"] for row in arrests}
    custody = [
        row
        for path in nation.glob("*/custody.csv")
        for row in _table(nation, f"{path.parent.name}/custody.csv")
    ]
    assert len(custody) == len(arrests)
    assert {row["record"] for row in custody} >= records.keys()


def test_a_week_of_action_is_returned_by_body(nation: Path) -> None:
    returns = [
        row
        for path in nation.glob("*/week_returns.csv")
        for row in _table(nation, f"{path.parent.name}/week_returns.csv")
    ]
    assert {"yes", "no"} == {row["intensive"] for row in returns}
    assert sum(int(row["arrests"]) for row in returns) > 0
