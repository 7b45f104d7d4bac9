"""Every command explains itself with an example, and wrong usage ends with status 2."""

import re

import pytest

from tests.cli.conftest import Said
from throughline.cli import main

COMMANDS = [
    "", "init", "demo", "serve", "migrate", "stop", "load", "load reports",
    "load network", "network", "network key-people", "network change", "network show", "check", "answers", "flow",
    "flow drain",
    "flow retry", "worker", "journal", "journal verify", "journal key", "journal head", "link",
    "link evaluate", "simulate",
    "load calls", "authority", "authority add", "authority end", "authority list", "calls", "calls successor",
    "calls profile", "calls candidates", "calls together", "blind", "blind key", "blind encode", "link blind",
    "load lines", "load encodings", "load days", "plan", "plan propose", "indicators", "sign-on",
    "machine", "machine add", "machine end", "machine list",
    "load stix", "load misp", "load ftm", "export", "export stix", "export misp", "export ftm",
    "retention", "retention scrub",
    "backup", "backup take", "backup follow", "backup list", "backup prune", "backup restore", "backup drill",
]  # fmt: skip


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Said:
    with pytest.raises(SystemExit) as left:
        main(list(words))
    said = capsys.readouterr()
    return Said(int(left.value.code or 0), said.out, said.err)


def examples(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("Example: throughline ")]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_gives_one_example_on_one_line(capsys: pytest.CaptureFixture[str], command: str) -> None:
    said = run(capsys, *command.split(), "--help")
    assert (said.status, said.err) == (0, "")
    (example,) = examples(said.out)
    assert command in example


def test_the_list_of_commands_here_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    known = {command.split()[0] for command in COMMANDS if command}
    out = run(capsys, "--help").out
    listed = {line.split()[0] for line in out.split("COMMAND\n")[1].splitlines() if re.match(r" {4}\S", line)}
    assert listed == known


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("sing",),
        ("load",),
        ("load", "reports"),
        ("load", "reports", "a.csv"),
        ("load", "reports", "a.csv", "--as"),
        ("load", "poems", "a.csv", "--as", "x"),
        ("check", "07700900123", "--as", "x"),
        ("check", "--as", "x", "--why", "y"),
        ("flow",),
        ("flow", "upwards"),
        ("journal",),
        ("worker", "--gently"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_says_what_is_missing(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    said = run(capsys, *words)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("usage: throughline")
    assert "error: " in said.err.splitlines()[-1]
