"""``throughline sign-on``: whether single sign-on is set up so that it works."""

import argparse
from dataclasses import asdict
from typing import Any

from throughline.cli.words import Refused, give, give_json


def add_commands(commands: Any) -> None:
    """Add ``sign-on`` to the parser."""
    parser = commands.add_parser(
        "sign-on", help="ask the provider of single sign-on whether it can be used",
        description="Ask the provider that THROUGHLINE_SIGN_ON_ISSUER names for its addresses and keys.",
        epilog="Example: throughline sign-on",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run_sign_on)


def run_sign_on(chosen: argparse.Namespace) -> int:
    """Say what was found. Status 1 when it is off or cannot be used, with what to mend."""
    from throughline.access.provider import ProviderProblem, ask_provider, is_on  # noqa: PLC0415

    if not is_on():
        raise Refused("Single sign-on is off: set THROUGHLINE_SIGN_ON_ISSUER to turn it on.")
    try:
        found = ask_provider()
    except ProviderProblem as problem:
        raise Refused(str(problem)) from problem
    if chosen.json:
        give_json(asdict(found))
    else:
        give(
            f"{found.issuer} can be used. It signs with {found.keys} "
            f"{'key' if found.keys == 1 else 'keys'}; people sign in at {found.authorization}.\n"
            "Register there as the address for answers: https://YOUR-HOST/sign-in/organisation/answer"
        )
    return 0
