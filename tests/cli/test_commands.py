"""The other commands: what they give, and a sentence when they will not."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.files import write_csv
from tests.instance import Instance

ANALYST = ("--as", "analyst@norf")
WHY = ("--why", "stopped on the A11")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("check", "07700900123", "--as", "nobody@norf", *WHY), "Nobody can sign in as 'nobody@norf'."),
        (("check", "07700900123", "--as", "auditor@norf", *WHY), "Your role does not let you do this"),
        (("check", "07700900123", *ANALYST, "--why", "  "), "Say why you are checking"),
        (("check", "4.47701E+11", *ANALYST, *WHY), "4.47701E+11"),
        (("check", "12", *ANALYST, "--kind", "poem", *WHY), '"poem" is not a kind of selector.'),
        (("check", "", *ANALYST, *WHY), "There is nothing here."),
        (("check", "\x1b[31m07700", *ANALYST, *WHY), "cannot be printed"),
    ],
)
def test_check_says_in_a_sentence_why_it_will_not(
    command: Command, words: tuple[str, ...], sentence: str
) -> None:
    said = command(*words)
    assert (said.status, said.out) == (1, "")
    assert sentence in said.sentence


def test_check_says_that_nothing_is_known(command: Command) -> None:
    said = command("check", "07700900999", *ANALYST, *WHY)
    assert (said.status, said.err) == (0, "")
    assert said.out == "07700 900999: nothing is known that you may be told.\n"


def test_check_gives_one_object_as_json(command: Command, tmp_path: Path) -> None:
    command("load", "reports", write_csv(tmp_path, {}), *ANALYST)
    said = command("check", "07700 900 123", *ANALYST, *WHY, "--json")
    found = json.loads(said.out)
    assert (found["kind"], found["selector"], found["shown"]) == ("phone", "+447700900123", "07700 900123")
    assert [holding["body"] for holding in found["holdings"]] == ["NORF"]


def test_drain_and_retry_say_how_many(command: Command) -> None:
    assert command("flow", "drain").out == "0 steps done.\n"
    assert json.loads(command("flow", "drain", "--json").out) == {"done": 0, "failed": 0, "waiting": 0}
    assert command("flow", "retry").out == "0 steps wait again.\n"


def test_the_journal_says_that_it_holds(command: Command, tmp_path: Path) -> None:
    command("load", "reports", write_csv(tmp_path, {}), *ANALYST)
    said = command("journal", "verify")
    assert (said.status, said.err) == (0, "")
    assert said.out.endswith("entries, none changed.\n")
    assert json.loads(command("journal", "verify", "--json").out)["faults"] == []


def test_a_database_without_throughline_in_it_is_told_apart(instance: Instance) -> None:
    with instance.as_owner() as owner:
        owner.execute("drop table access_person cascade")
    said = instance.run("check", "07700900123", *ANALYST, *WHY, status=1)
    assert said.stderr == "There is no Throughline in this database yet. Run 'throughline init' first.\n"


@pytest.mark.parametrize(
    "words",
    [("flow", "drain"), ("journal", "verify"), ("migrate",), ("worker",), ("check", "1", *ANALYST, *WHY)],
)
def test_a_database_that_does_not_answer_gives_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    nowhere = f"postgresql://nobody@/nothing?host={tmp_path}&port=1"
    said = subprocess.run(
        [sys.executable, "-m", "throughline.cli", *words],
        env=os.environ | {"THROUGHLINE_OWNER_URL": nowhere, "THROUGHLINE_APP_URL": nowhere},
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.count("\n") == 1, said.stderr


def test_a_reader_that_goes_away_is_no_accident(instance: Instance) -> None:
    process = subprocess.run(
        ["bash", "-c", '"$0" -m throughline.cli journal verify | true', sys.executable],
        env=instance.env, cwd=instance.folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert process.stderr == ""


def test_stop_has_nothing_to_stop(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "throughline.cli", "stop"],
        env=os.environ | {"THROUGHLINE_HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (0, "No database was running.\n")
