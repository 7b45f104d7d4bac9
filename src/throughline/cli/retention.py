"""``throughline retention``: what an operator does so that what was deleted is gone from the disk too."""

import argparse
from typing import Any

from throughline.cli.words import Refused, give


def add_commands(commands: Any) -> None:
    """Add ``retention`` to the parser."""
    parser = commands.add_parser(
        "retention", help="what was deleted, and the disk", epilog="Example: throughline retention scrub"
    )
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    scrub = actions.add_parser(
        "scrub", help="make what was deleted leave the database's files",
        description="Rewrite every table and index, and let the write-ahead log of what was deleted go. Tables are "
        "locked in turn: run it when few people work. Backups and copies elsewhere are not reached.",
        epilog="Example: throughline retention scrub",
    )  # fmt: skip
    scrub.set_defaults(run=run_scrub)


def run_scrub(_: argparse.Namespace) -> int:
    """Scrub the database."""
    from throughline.config.database import DatabaseProblem  # noqa: PLC0415 needs the settings
    from throughline.config.scrubbing import scrub_database  # noqa: PLC0415

    try:
        tables = scrub_database()
    except DatabaseProblem as problem:
        raise Refused(str(problem)) from problem
    give(f"{tables:,} tables are rewritten, and what was deleted from them has left the database's files.")
    return 0
