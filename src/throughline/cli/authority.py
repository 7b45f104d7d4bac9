"""``throughline authority``: the authorities under which call data is held."""

import argparse
from dataclasses import asdict
from datetime import date
from typing import Any

from throughline.cli.words import Refused, give, give_json, reader_as


def add_commands(commands: Any) -> None:
    """Add ``authority`` to the parser."""
    parser = commands.add_parser(
        "authority", help="authorities for call data",
        epilog="Example: throughline authority list --as analyst@norf",
    )  # fmt: skip
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    add = _action(
        actions, "add", "record an authority, or the particulars of one that a load recorded", run_add
    )
    add.add_argument("ref")
    add.add_argument("--grounds", required=True, help="on which grounds the data was obtained")
    add.add_argument("--from", dest="starts_on", required=True, type=date.fromisoformat, metavar="DATE")
    add.add_argument("--until", dest="ends_on", required=True, type=date.fromisoformat, metavar="DATE")
    add.add_argument(
        "--keep-until", required=True, type=date.fromisoformat, metavar="DATE",
        help="the last day on which the calls may be kept; they are deleted after it",
    )  # fmt: skip
    add.add_argument("--necessity", default="", help="why the data is necessary")
    add.add_argument("--proportionality", default="", help="why it is proportionate")
    end = _action(actions, "end", "end an authority, and delete all that is held under it", run_end)
    end.add_argument("ref")
    end.add_argument("--why", required=True)
    _action(actions, "list", "the authorities that you may know", run_list).add_argument(
        "--json", action="store_true"
    )


def _action(actions: Any, name: str, said: str, run: Any) -> argparse.ArgumentParser:
    examples = {
        "add": "add NORF-CD-7 --as analyst@norf --grounds 'Crime: a line into Thetford' --from 2026-10-01 "
        "--until 2026-10-31 --keep-until 2027-10-31",
        "end": "end NORF-CD-7 --as analyst@norf --why 'the case is closed'",
        "list": "list --as analyst@norf",
    }
    parser: argparse.ArgumentParser = actions.add_parser(
        name, help=said, epilog=f"Example: throughline authority {examples[name]}"
    )
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.set_defaults(run=run)
    return parser


def run_add(chosen: argparse.Namespace) -> int:
    """Record it, or say what is wrong."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415 needs the settings
    from throughline.telecoms.authorities import AuthorityProblem, Particulars, record_authority  # noqa: PLC0415

    said = Particulars(
        chosen.grounds, chosen.starts_on, chosen.ends_on, chosen.keep_until, chosen.necessity, chosen.proportionality
    )  # fmt: skip
    try:
        record_authority(by=reader_as(chosen.username), ref=chosen.ref, said=said)
    except (AuthorityProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    give(f"{chosen.ref} is recorded. Its calls are deleted after {chosen.keep_until:%-d %B %Y}.")
    return 0


def run_end(chosen: argparse.Namespace) -> int:
    """End it, and delete what it held."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415 needs the settings
    from throughline.telecoms.authorities import AuthorityProblem  # noqa: PLC0415
    from throughline.telecoms.ending import end_authority  # noqa: PLC0415

    try:
        gone = end_authority(by=reader_as(chosen.username), ref=chosen.ref, why=chosen.why)
    except (AuthorityProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    give(
        f"{chosen.ref} has ended, and all that was held under it is deleted: {gone.calls:,} calls, in {gone.files:,} "
        "files with what was worked out from them."
    )
    return 0


def run_list(chosen: argparse.Namespace) -> int:
    """List those that the reader may know."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415 needs the settings
    from throughline.telecoms.held import authority_list  # noqa: PLC0415

    try:
        rows = authority_list(reader_as(chosen.username))
    except NotAllowed as problem:
        raise Refused(str(problem)) from problem
    if chosen.json:
        give_json({"authorities": [asdict(row) for row in rows]})
        return 0
    for row in rows:
        state = "ended" if row.ended_at else f"kept until {row.keep_until:%-d %B %Y}"
        awaited = ", particulars awaited" if row.state == "awaited" else ""
        give(f"{row.ref}  {row.body}  {row.calls:,} calls, {state}{awaited}")
    return 0
