"""``throughline journal``: prove that nothing in the journal was changed."""

import argparse
import json
from pathlib import Path
from typing import Any

from throughline.cli.words import Refused, give, give_json, say


def add_commands(commands: Any) -> None:
    """Add ``journal`` to the parser."""
    parser = commands.add_parser("journal", help="the record of every look and change",
                                 epilog="Example: throughline journal verify")  # fmt: skip
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="walk the hash chains and report every fault",
                                epilog="Example: throughline journal verify")  # fmt: skip
    verify.add_argument(
        "--against", type=Path, metavar="FILE", help="a signed head that was kept outside: finds a chain written anew"
    )  # fmt: skip
    verify.add_argument("--key", type=Path, metavar="PUB", help="the public key of whoever signed it")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=run_verify)
    key = actions.add_parser(
        "key", help="make the key that heads are signed with",
        description="Write a fresh key and, beside it, its public half. Keep the first away from the database server.",
        epilog="Example: throughline journal key --output head.key",
    )  # fmt: skip
    key.add_argument("--output", type=Path, required=True, metavar="KEY", help="the file to write")
    key.set_defaults(run=run_key, without_database=True)
    head = actions.add_parser(
        "head", help="the end of every chain, to be printed or sent away",
        epilog="Example: throughline journal head --sign head.key --output head.json",
    )  # fmt: skip
    head.add_argument("--sign", type=Path, metavar="KEY", help="sign it; without it a digest is printed")
    head.add_argument("--output", type=Path, metavar="FILE", help="the file for the signed head")
    head.set_defaults(run=run_head)


def run_key(chosen: argparse.Namespace) -> int:
    """Make a key to sign heads with."""
    from throughline.access.anchoring import AnchorProblem, make_signing_key  # noqa: PLC0415

    try:
        public = make_signing_key(chosen.output)
    except AnchorProblem as problem:
        raise Refused(str(problem)) from problem
    give(f"{chosen.output.name} holds a new key that only you can read. Its public half: {public}")
    return 0


def run_head(chosen: argparse.Namespace) -> int:
    """Give the head of the journal: signed as a file, or as a digest to write down."""
    from throughline.access.anchoring import AnchorProblem, journal_head, signed_head  # noqa: PLC0415

    head = journal_head()
    if chosen.sign is None:
        give(f"{head.entries:,} entries at {head.at.isoformat()}: {head.digest}")
        return 0
    try:
        text = json.dumps(signed_head(head, chosen.sign), indent=1)
        if chosen.output is None:
            give(text)
        else:
            with chosen.output.open("x", encoding="utf-8") as file:
                file.write(f"{text}\n")
            give(
                f"{chosen.output.name} holds the signed head of {head.entries:,} entries. Keep it elsewhere."
            )
    except AnchorProblem as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(f"{chosen.output} cannot be written: {problem.strerror}.") from problem
    return 0


def run_verify(chosen: argparse.Namespace) -> int:
    """Verify the chains. Status 1 when an entry was edited, removed, added or moved."""
    from throughline.access.journal import journal_faults, journal_size  # noqa: PLC0415

    faults, size = (_faults_against(chosen) if chosen.against else journal_faults()), journal_size()
    if chosen.json:
        give_json(
            {"entries": size, "faults": [{"lane": f.lane, "seq": f.seq, "fault": f.fault} for f in faults]}
        )
    elif not faults:
        give(f"The journal holds: {size:,} entries, none changed.")
    for fault in faults:
        say(f"Journal lane {fault.lane}, entry {fault.seq}: {fault.fault}.")
    return 1 if faults else 0


def _faults_against(chosen: argparse.Namespace) -> Any:
    from throughline.access.anchoring import AnchorProblem, faults_against, read_signed_head  # noqa: PLC0415

    if chosen.key is None:
        raise Refused("Give the public key of whoever signed the head with --key.")
    try:
        return faults_against(read_signed_head(chosen.against, chosen.key))
    except AnchorProblem as problem:
        raise Refused(str(problem)) from problem
