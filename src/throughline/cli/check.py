"""``throughline check``: look before you act."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from throughline.cli.check_list import holding_words, run_list
from throughline.cli.words import Refused, give, give_json, reader_as


def add_commands(commands: Any) -> None:
    """Add ``check`` to the parser."""
    parser = commands.add_parser(
        "check", help="who else holds this number, person, address or vehicle",
        epilog="Example: throughline check 'AB12 CDE' --kind vehicle --as officer@kent --why 'stopped on the A2'",
    )  # fmt: skip
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "selector", nargs="?", help="a number, mark, name with date of birth, address, handle ..."
    )
    what.add_argument(
        "--file", type=Path, help="a list instead: one value on each line, or a CSV with a column 'selector'"
    )
    parser.add_argument("--kind", help="say what it is, where it could be several things")
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.add_argument(
        "--why", required=True, help="your reason; kept in the journal and shown to the holder"
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Check one selector, or those of a list, and print who holds what."""
    return run_list(chosen) if chosen.file else _run_one(chosen)


def _run_one(chosen: argparse.Namespace) -> int:
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.matching.services import CheckProblem, run_check  # noqa: PLC0415
    from throughline.selectors.registry import NotASelector, parse  # noqa: PLC0415

    reader = reader_as(chosen.username)
    try:
        selector = parse(chosen.selector, chosen.kind)
        holdings = run_check(by=reader, selector=selector, why=chosen.why)
    except (NotASelector, CheckProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    if chosen.json:
        rows = [{k: v for k, v in asdict(h).items() if k not in ("seen", "enquiry")} for h in holdings]
        give_json(
            {"selector": selector.key, "kind": selector.kind, "shown": selector.shown, "holdings": rows}
        )
        return 0
    if not holdings:
        give(f"{selector.shown}: nothing is known that you may be told.")
    for holding in holdings:
        give(holding_words(holding))
    return 0
