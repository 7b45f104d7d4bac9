"""``throughline journal``: prove that nothing in the journal was changed."""

import argparse
from typing import Any

from throughline.cli.words import give, give_json, say


def add_commands(commands: Any) -> None:
    """Add ``journal`` to the parser."""
    parser = commands.add_parser("journal", help="the record of every look and change",
                                 epilog="Example: throughline journal verify")  # fmt: skip
    actions = parser.add_subparsers(required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="walk the hash chains and report every fault",
                                epilog="Example: throughline journal verify")  # fmt: skip
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=run_verify)


def run_verify(chosen: argparse.Namespace) -> int:
    """Verify the chains. Status 1 when an entry was edited, removed, added or moved."""
    from throughline.access.journal import journal_faults, journal_size  # noqa: PLC0415

    faults, size = journal_faults(), journal_size()
    if chosen.json:
        give_json(
            {"entries": size, "faults": [{"lane": f.lane, "seq": f.seq, "fault": f.fault} for f in faults]}
        )
    elif not faults:
        give(f"The journal holds: {size:,} entries, none changed.")
    for fault in faults:
        say(f"Journal lane {fault.lane}, entry {fault.seq}: {fault.fault}.")
    return 1 if faults else 0
