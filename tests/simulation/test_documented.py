"""Every file that a run writes, and every column in it, is in the how-to."""

import csv
import re
from pathlib import Path

from throughline.intelligence.report_columns import COLUMNS
from throughline.simulation import notices, truth_files
from throughline.simulation.calls import PROVIDERS
from throughline.simulation.register import RECORD_COLUMNS

TEXT = (Path(__file__).parents[2] / "docs" / "how-to" / "simulate.md").read_text("utf-8")
NAMED = set(re.findall(r"`([^`]+)`", TEXT))


def test_every_column_of_a_notice_is_documented() -> None:
    for kind, columns in notices.COLUMNS.items():
        assert f"NORF/{kind}.csv" in NAMED
        assert [name for name in columns if name not in NAMED] == []


def test_every_file_of_truth_and_every_provider_is_named() -> None:
    words = TEXT.replace("_", " ")
    assert [name for name in truth_files.TABLES.values() if name.split("_")[0] not in words] == []
    assert [provider.name for provider in PROVIDERS if f"-{provider.name}" not in TEXT] == []
    assert {"truth/records.csv", "truth/reports.csv", "truth/refused.csv"} <= NAMED
    assert set(RECORD_COLUMNS) <= NAMED


def test_a_run_writes_no_file_that_is_not_documented(nation: Path) -> None:
    seen = {
        re.sub(r"^[A-Z]+/", "NORF/", path.relative_to(nation).as_posix())
        for path in nation.rglob("*.*")
        if path.parent.name not in {"truth", "calls"} and ".errors" not in path.name
    }
    assert seen <= NAMED | {"NORF/reports.jsonl"}
    with (nation / "MPS" / "reports.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(COLUMNS)
