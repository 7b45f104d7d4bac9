"""``throughline load encodings``: what a body encoded at its side, to be matched without being read."""

import argparse
from pathlib import Path
from typing import Any

from throughline.cli.flow import say_failed
from throughline.cli.words import Refused, give, give_json, reader_as


def add_kind(kinds: Any) -> None:
    """Add ``encodings`` to the kinds of what is loaded."""
    parser = kinds.add_parser(
        "encodings", help="encodings for blind matching, in place of those that your body loaded before",
        epilog="Example: throughline load encodings encodings.csv --as analyst@norf",
    )  # fmt: skip
    parser.add_argument("file", type=Path)
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Load encodings, match them, and say how many pairs wait for somebody to ring. Status 1 when a step failed."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.kernel import outbox  # noqa: PLC0415
    from throughline.matching.blind.asking import waiting_blind  # noqa: PLC0415
    from throughline.matching.blind.files import packed_of, read_encodings  # noqa: PLC0415
    from throughline.matching.blind.loading import MOST, BlindProblem, load_encodings  # noqa: PLC0415
    from throughline.matching.linkage.labelled import FileProblem  # noqa: PLC0415

    reader = reader_as(chosen.username)
    try:
        read = read_encodings(chosen.file)
        loaded = load_encodings(by=reader, ids=read.ids, packed=packed_of(read.bits), made_by=read.made_by)
    except (FileProblem, BlindProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    outbox.drain()
    waiting = waiting_blind(reader, cap=MOST)
    if chosen.json:
        give_json({"encodings": loaded, "waiting": waiting})
    else:
        many = "1 encoding" if loaded == 1 else f"{loaded:,} encodings"
        wait = "1 pair waits" if waiting == 1 else f"{waiting:,} pairs wait"
        give(f"{many} loaded; {wait} for somebody of your body to ring")
    return say_failed(outbox.failed())
