"""``throughline load network`` and ``throughline network``: what they say, in words and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from tests.network.folders import KITE_EDGES, write

ANALYST = ("--as", "analyst@norf")


@pytest.fixture
def kite(tmp_path: Path) -> Path:
    """A folder with a network."""
    return write(tmp_path / "kite", edges=KITE_EDGES)


def test_it_loads_once_and_ranks(command: Command, kite: Path) -> None:
    tried = json.loads(
        command("load", "network", kite, *ANALYST, "--name", "Kite", "--dry-run", "--json").out
    )
    assert (tried["kept"], tried["ref"], tried["dry_run"]) == (18, "", True)
    assert command("network", "show", "kite", *ANALYST).status == 1
    loaded = command("load", "network", kite, *ANALYST, "--name", "Kite")
    assert (loaded.status, loaded.out, loaded.err) == (
        0,
        "18 read, 18 kept, 0 rejected, 0 unchanged, 0 hits raised\n",
        "",
    )
    again: dict[str, Any] = json.loads(
        command("load", "network", kite, *ANALYST, "--name", "Kite", "--json").out
    )
    assert (again["kept"], again["unchanged"], again["hits_raised"]) == (0, 18, 0)
    found = json.loads(command("network", "key-people", "kite", *ANALYST, "--json").out)
    assert [one["rank"] for one in found["people"]] == list(range(1, 11))
    assert all({"id", "rank", "score", "measures", "reasons"} <= one.keys() for one in found["people"])
    assert "Tied to" in command("network", "key-people", "kite", *ANALYST).out
    assert "10 people, 0 other things, 18 ties" in command("network", "show", "kite", *ANALYST).out
    assert "no phases" in command("network", "change", "kite", *ANALYST).out


def test_a_refused_row_is_told_with_its_file(command: Command, tmp_path: Path) -> None:
    folder = write(tmp_path / "n", edges="source,target,weight\na,b,1\na,b,x\n")
    said = command("load", "network", folder, *ANALYST, "--name", "N", "--json")
    found = json.loads(said.out)
    assert said.status == 1
    assert (found["read"], found["kept"], found["rejected"]) == (2, 1, 1)
    assert found["error_files"] == [str(folder / "edges.errors.csv")]
    assert "edges.errors.csv says why" in said.sentence


REFUSALS = [
    (("load", "network", "nowhere", *ANALYST, "--name", "N"), "nowhere is not a folder"),
    (("network", "key-people", "nobody", *ANALYST), "There is no network called 'nobody' that you may know."),
    (("network", "show", "nobody", "--as", "auditor@norf"), "Your role does not let you do this"),
]


@pytest.mark.parametrize(("words", "sentence"), REFUSALS)
def test_it_refuses_in_a_sentence(command: Command, words: tuple[str, ...], sentence: str) -> None:
    said = command(*words)
    assert said.status == 1
    assert said.sentence.startswith(sentence)


def test_a_phase_that_is_not_there_is_told_with_those_that_are(command: Command, tmp_path: Path) -> None:
    folder = write(tmp_path / "n", edges="phase,source,target\n1,a,b\n2,b,c\n")
    command("load", "network", folder, *ANALYST, "--name", "N")
    said = command("network", "key-people", "N", *ANALYST, "--phase", "3")
    assert (said.status, said.sentence) == (1, "There is no phase '3' in this network. Its phases are: 1, 2.")
    assert "From 1 to 2: 2 to 2 people, 1 to 1 ties" in command("network", "change", "N", *ANALYST).out
