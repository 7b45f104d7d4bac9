"""The command line: the same doors as the pages, for people and for scripts."""

import argparse
import os
import sys
from collections.abc import Callable
from typing import Any

from throughline.cli import (
    answers,
    authority,
    backup,
    blind,
    calls,
    check,
    export,
    flow,
    indicators,
    instance,
    journal,
    link,
    load,
    machine,
    network,
    plan,
    retention,
    sign_on,
    simulate,
)
from throughline.cli.words import Refused, say

COMMANDS: tuple[Callable[["argparse._SubParsersAction[_Parser]"], None], ...] = (
    instance.add_commands,
    load.add_commands,
    check.add_commands,
    authority.add_commands,
    backup.add_commands,
    blind.add_commands,
    calls.add_commands,
    answers.add_commands,
    export.add_commands,
    flow.add_commands,
    indicators.add_commands,
    journal.add_commands,
    link.add_commands,
    machine.add_commands,
    network.add_commands,
    plan.add_commands,
    retention.add_commands,
    sign_on.add_commands,
    simulate.add_commands,
)


class _Parser(argparse.ArgumentParser):
    """A parser, and the class of each command's, that leaves its example on one line, to be copied."""

    def __init__(self, **particulars: Any) -> None:
        super().__init__(formatter_class=argparse.RawDescriptionHelpFormatter, **particulars)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused or failed, 2 wrong usage."""
    parser = _Parser(
        prog="throughline", description="One national system against county lines.",
        epilog="Example: throughline check 07700900123 --as analyst@norf --why 'found on a seized handset'",
    )  # fmt: skip
    parser.add_argument("--version", action="version", version="throughline 0.1.0")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in COMMANDS:
        add(commands)
    chosen = parser.parse_args(arguments)
    try:
        return _run(chosen)
    except KeyboardInterrupt:
        return 1
    except BrokenPipeError:
        # Whoever read our output has gone: leave quietly.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Refused as refusal:
        say(" ".join(str(refusal).split()))
        return 1


def _run(chosen: argparse.Namespace) -> int:
    from django.db.utils import InterfaceError, OperationalError  # noqa: PLC0415 not for `--help` or wrong usage

    _start(chosen)
    try:
        return int(chosen.run(chosen) or 0)
    except (OperationalError, InterfaceError) as problem:
        raise Refused(
            "The database does not answer, so this was not finished. Run the command again: "
            "what was done already is kept, and is not done twice."
        ) from problem


def _start(chosen: argparse.Namespace) -> None:
    """Bring up the database and Django, unless the command works without them."""
    if getattr(chosen, "without_database", False):
        return
    # Imported late: `--help` and wrong usage must not start a database.
    import django  # noqa: PLC0415

    from throughline.config.database import DatabaseProblem, connect  # noqa: PLC0415
    from throughline.config.postgres import PostgresProblem  # noqa: PLC0415

    try:
        connect()
    except (DatabaseProblem, PostgresProblem) as problem:
        raise Refused(str(problem)) from problem
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    django.setup()
