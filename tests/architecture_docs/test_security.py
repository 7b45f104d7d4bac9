"""The page on security and the checklist say what is there: each piece of evidence and each test exists."""

import csv
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[2]
REQUIREMENTS = 253
"""Of levels 1 and 2 in version 5.0.0."""
STANDINGS = {"met", "in part", "not met", "not applicable", "the installation"}


def _rows() -> list[dict[str, str]]:
    with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_requirement_stands_once_in_its_order() -> None:
    numbers = [tuple(map(int, row["requirement"].split("."))) for row in _rows()]
    assert len(numbers) == REQUIREMENTS
    assert numbers == sorted(set(numbers))
    assert Counter(row["level"] for row in _rows()) == {"1": 70, "2": 183}


def test_what_is_met_says_where_that_shows() -> None:
    for row in _rows():
        assert row["standing"] in STANDINGS, row
        assert row["words"], row
        assert not row["evidence"] or (ROOT / row["evidence"]).exists(), row
        if row["standing"] == "met":
            assert row["evidence"] or row["words"].endswith(("There are none.", "None is made.")), row


def test_every_threat_names_tests_that_exist_or_says_that_nothing_stands_in_the_way() -> None:
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w/]+(?:\.py)?)`", text))
    assert len(named) > 15
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
    threats = text.partition("## Threats")[2].partition("## Keys")[0]
    for line in threats.splitlines()[4:]:
        if line.startswith("|"):
            assert "`tests/" in line or "**" in line, line
