"""``throughline answers``: how long a body has to answer a hit in this instance."""

import argparse
from typing import Any

from throughline.cli.words import Refused, give, give_json


def add_commands(commands: Any) -> None:
    """Add ``answers`` to the parser."""
    parser = commands.add_parser(
        "answers", help="how many working days a body has to answer a hit",
        epilog="Example: throughline answers --ordinary 5 --urgent 1",
    )  # fmt: skip
    parser.add_argument("--ordinary", type=int, metavar="DAYS", help="for a hit like most")
    parser.add_argument("--urgent", type=int, metavar="DAYS", help="for a rare one")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Show the periods, changed first where a change is asked for."""
    from django.db import transaction  # noqa: PLC0415 needs the settings

    from throughline.matching.clocks import AnswerTimeProblem, answer_times, change_answer_time  # noqa: PLC0415

    asked = {
        name: getattr(chosen, name) for name in ("ordinary", "urgent") if getattr(chosen, name) is not None
    }
    try:
        with transaction.atomic():
            for name, days in asked.items():
                change_answer_time(name=name, working_days=days)
    except AnswerTimeProblem as problem:
        raise Refused(str(problem)) from problem
    times = answer_times()
    if chosen.json:
        give_json(times)
        return 0
    for name, days in times.items():
        give(f"{name.capitalize():<9} {days} working {'day' if days == 1 else 'days'}")
    return 0
