"""``throughline export``: what a person may know, in the formats of others."""

import argparse
from pathlib import Path
from typing import Any

from throughline.cli.words import Refused, give, give_json, reader_as, say

KINDS = {"stix": "a bundle of STIX 2.1", "misp": "events of MISP", "ftm": "entities of FollowTheMoney"}
"""What reports can be written as."""


def add_commands(commands: Any) -> None:
    """Add ``export`` to the parser."""
    parser = commands.add_parser(
        "export", help="write what you may know to a file",
        epilog="Example: throughline export stix reports.stix.json --as analyst@norf --why 'for the region'",
    )  # fmt: skip
    kinds = parser.add_subparsers(required=True, metavar="FORMAT")
    for form, said in KINDS.items():
        kind = kinds.add_parser(
            form, help=f"reports as {said}",
            epilog=f"Example: throughline export {form} reports.{form}.json --as analyst@norf --why 'for the region'",
        )  # fmt: skip
        kind.add_argument("file", type=Path)
        kind.add_argument("--as", dest="username", required=True, metavar="USER")
        kind.add_argument("--why", required=True, metavar="TEXT", help="why: it stands in the journal")
        kind.add_argument("--json", action="store_true")
        kind.set_defaults(run=run, form=form)


def run(chosen: argparse.Namespace) -> int:
    """Write every report that the person may know. A file that is there is never written over."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.interop.exports import FORMS, export_reports  # noqa: PLC0415

    reader = reader_as(chosen.username)
    try:
        with chosen.file.open("x", encoding="utf-8") as stream:
            chosen.file.chmod(0o600)
            reports, things = export_reports(reader, stream.write, form=FORMS[chosen.form], why=chosen.why)
    except FileExistsError as problem:
        raise Refused(f"{chosen.file} is there already: name another file.") from problem
    except OSError as problem:
        raise Refused(f"{chosen.file} cannot be written: {problem.strerror}.") from problem
    except NotAllowed as problem:
        chosen.file.unlink()
        raise Refused(str(problem)) from problem
    if chosen.json:
        give_json({"reports": reports, "objects": things, "file": str(chosen.file)})
    else:
        say(f"{chosen.file} holds what you may know, under its markings: keep it accordingly.")
        give(f"{reports:,} reports, {things:,} objects")
    return 0
