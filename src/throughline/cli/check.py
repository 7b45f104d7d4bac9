"""``throughline check``: look before you act."""

import argparse
from dataclasses import asdict
from typing import Any

from throughline.cli.words import Refused, give, give_json, reader_as


def add_commands(commands: Any) -> None:
    """Add ``check`` to the parser."""
    parser = commands.add_parser(
        "check", help="who else holds this number, person, address or vehicle",
        epilog="Example: throughline check 'AB12 CDE' --kind vehicle --as officer@kent --why 'stopped on the A2'",
    )  # fmt: skip
    parser.add_argument("selector", help="a number, mark, name with date of birth, address, handle ...")
    parser.add_argument("--kind", help="say what it is, where it could be several things")
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.add_argument(
        "--why", required=True, help="your reason; kept in the journal and shown to the holder"
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Check one selector and print who holds it."""
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
        if holding.degree == "content":
            times = "once" if holding.times == 1 else f"{holding.times} times"
            give(
                f"CONTENT    {holding.body_name}: {holding.ref}, seen {times} since {holding.since:%-d %B %Y}"
            )
        else:
            give(f"EXISTENCE  {holding.body_name} holds this. Ring {holding.desk}.")
    return 0
