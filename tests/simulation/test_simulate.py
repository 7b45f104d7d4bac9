"""``throughline simulate``: what it writes, what it says, and what it refuses; it needs no database."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.inside import command
from throughline.simulation import scales


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two days are enough to see the command at work."""
    monkeypatch.setitem(scales.SCALES, "small", replace(scales.SMALL, days=2))


def test_it_writes_a_nation_and_says_what_it_came_to(tmp_path: Path) -> None:
    said = command("simulate", "--scale", "small", "--seed", "3", "--out", str(tmp_path / "n"), "--json")
    assert (said.status, said.err) == (0, "")
    given = json.loads(said.out)
    assert (given["scale"], given["seed"], given["days"]) == ("small", 3, 2)
    assert given["reports"] > 0
    assert given["calls"] > 0
    assert given["bytes"] > given["files"] > 10
    plain = command("simulate", "--seed", "3", "--out", str(tmp_path / "m"))
    assert f"its own is {given['sha256']}" in plain.out


def test_it_refuses_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    said = command("simulate", "--out", str(tmp_path))
    assert said.status == 1
    assert said.err == f"{tmp_path} is not an empty folder: name one that is new or empty.\n"
    assert said.out == ""


def test_wrong_usage_ends_with_status_2(tmp_path: Path) -> None:
    assert command("simulate").status == 2
    assert command("simulate", "--scale", "galaxy", "--out", str(tmp_path / "n")).status == 2
    assert command("simulate", "--what-if", "1").status == 2
    assert command("simulate", "--what-if", "3", "--out", str(tmp_path / "n")).status == 2
    assert command("simulate", "--seed", "x", "--out", str(tmp_path / "n")).status == 2
