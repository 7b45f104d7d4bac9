"""``throughline link blind``: which encodings of two files may be of one person. Needs no database and no key."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from throughline.cli.words import Refused, give, give_json


def add_kind(kinds: Any) -> None:
    """Add ``link blind`` to the parser."""
    parser = kinds.add_parser(
        "blind", help="match the encodings of two bodies",
        description="Compare every record of one file of encodings with every record of the other. Nothing is kept; "
        "each pair is a reason to ring, and no finding.",
        epilog="Example: throughline link blind --ours ours.csv --theirs theirs.csv",
    )  # fmt: skip
    for side in ("ours", "theirs"):
        parser.add_argument(
            f"--{side}",
            type=Path,
            required=True,
            metavar="CSV",
            help="as 'throughline blind encode' wrote it",
        )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run_blind, without_database=True)


def run_blind(chosen: argparse.Namespace) -> int:
    """Match two files of encodings, and give the pairs by the references of both."""
    from throughline.matching.blind.files import read_encodings, refuse_two_keys  # noqa: PLC0415 brings numpy
    from throughline.matching.blind.matching import TooMany, match  # noqa: PLC0415
    from throughline.matching.linkage.labelled import FileProblem  # noqa: PLC0415

    try:
        ours, theirs = read_encodings(chosen.ours), read_encodings(chosen.theirs)
        refuse_two_keys(ours, theirs)
        found = match(ours.bits, theirs.bits)
    except (FileProblem, TooMany) as problem:
        raise Refused(str(problem)) from problem
    if chosen.json:
        give_json({
            "compared": found.compared, "threshold": found.threshold,
            "pairs": [asdict(one) | {"left": ours.ids[one.left], "right": theirs.ids[one.right]}
                      for one in found.pairs],
        })  # fmt: skip
        return 0
    for one in found.pairs:
        give(f"{ours.ids[one.left]}\t{theirs.ids[one.right]}\t{one.likeness:.3f}")
    give(
        f"{len(found.pairs):,} pairs of {found.compared:,} compared, from a likeness of {found.threshold:.3f}"
    )
    return 0
