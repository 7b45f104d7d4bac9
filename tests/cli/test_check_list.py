"""``throughline check --file``: a list is answered value by value, and each refused line is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command
from tests.cli.files import write_csv

ANALYST = ("--as", "analyst@norf")
WHY = ("--why", "a seized handset")


def _list(folder: Path, content: str, name: str = "list.txt") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def _json(command: Command, *words: Any) -> Any:
    said = command("check", *words, *ANALYST, *WHY, "--json")
    assert said.status == 0, said.err
    return json.loads(said.out)


def test_it_answers_each_value_as_the_single_check_does(command: Command, tmp_path: Path) -> None:
    command("load", "reports", write_csv(tmp_path, {}), *ANALYST)
    path = _list(tmp_path, "07700 900123\n07700 900999\n+447700900123\n")
    found = _json(command, "--file", path)
    assert (found["read"], found["values"], found["repeated"], found["refused"]) == (3, 2, 1, [])
    singly = [_json(command, value) for value in ("07700 900123", "07700 900999")]
    for answer, single in zip(found["answers"], singly, strict=True):
        assert {key: answer[key] for key in single} == single
    assert [answer["times"] for answer in found["answers"]] == [2, 1]


def test_it_says_which_lines_were_not_checked(command: Command, tmp_path: Path) -> None:
    path = _list(tmp_path, "selector\n07700 900999\n4.47701E+11\n", "list.csv")
    said = command("check", "--file", path, *ANALYST, *WHY)
    assert said.status == 1
    assert said.out == "07700 900999: nothing is known that you may be told.\n"
    assert said.sentence.startswith("Line 3 was not checked: ")


def test_it_reads_all_lines_as_the_kind_that_was_asked_for(command: Command, tmp_path: Path) -> None:
    found = _json(command, "--file", _list(tmp_path, "14141414141414\n"), "--kind", "bank")
    assert [answer["kind"] for answer in found["answers"]] == ["account"]


@pytest.mark.parametrize(
    ("content", "words", "sentence"),
    [
        ("", ANALYST + WHY, "There is nothing in this list."),
        ("4.47701E+11\n", ANALYST + WHY, "No line of this list could be read."),
        ("07700 900999\n", (*ANALYST, "--why", " "), "Say why you are checking"),
        ("07700 900999\n", ("--as", "auditor@norf", *WHY), "Your role does not let you do this"),
        ("07700 900999\n", (*ANALYST, *WHY, "--kind", "poem"), '"poem" is not a kind of selector.'),
    ],
)
def test_it_says_in_a_sentence_why_it_will_not(
    command: Command, tmp_path: Path, content: str, words: tuple[str, ...], sentence: str
) -> None:
    said = command("check", "--file", _list(tmp_path, content), *words)
    assert (said.status, said.out) == (1, "")
    assert sentence in said.sentence


def test_it_cannot_read_a_file_that_is_not_there(command: Command, tmp_path: Path) -> None:
    said = command("check", "--file", tmp_path / "none.txt", *ANALYST, *WHY)
    assert (said.status, "cannot be read" in said.sentence) == (1, True)


@pytest.mark.parametrize("words", [(), ("07700 900999", "--file", "list.txt")])
def test_it_takes_a_value_or_a_file(command: Command, words: tuple[str, ...]) -> None:
    assert command("check", *words, *ANALYST, *WHY).status == 2
