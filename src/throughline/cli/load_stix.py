"""``throughline load stix``: reports from a bundle of STIX 2.1, with each object that was not kept named."""

import argparse
from pathlib import Path
from typing import Any

from throughline.cli.flow import say_failed
from throughline.cli.load_told import give_rows, say_refused
from throughline.cli.words import Refused, progress, reader_as, say

SAID = 20
"""So many refused objects are said one by one; the file of refused objects and ``--json`` have all."""


def add_kind(kinds: Any) -> None:
    """Add ``load stix`` to the parser."""
    parser = kinds.add_parser(
        "stix", help="reports from a bundle of STIX 2.1",
        epilog="Example: throughline load stix reports.stix.json --as analyst@norf --dry-run",
    )  # fmt: skip
    parser.add_argument("file", type=Path)
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.add_argument("--dry-run", action="store_true", help="say what a load would do, and change nothing")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Load a bundle, run the flow, and say what became of each object. Status 1 when one was refused."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.interop.stix.bundles import BundleProblem, load_bundle  # noqa: PLC0415
    from throughline.kernel import outbox  # noqa: PLC0415

    reader = reader_as(chosen.username)
    try:
        with progress("Reading reports") as show:
            result = load_bundle(by=reader, path=chosen.file, dry_run=chosen.dry_run, progress=show)
    except (BundleProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    if not chosen.dry_run:
        with progress("Matching"):
            outbox.drain()
    told = [*result.refused, *result.missing]
    for one in told[:SAID] if not chosen.json else ():
        say(f"{one.id or f'Object {one.place}'}: {one.reason}")
    error_file = result.error_file
    give_rows(
        result, counted={"context": result.context, "reports": result.reports},
        more={
            "refused": [{"place": one.place, "id": one.id, "reason": one.reason} for one in result.refused],
            "missing": [one.id for one in result.missing],
            "error_file": str(error_file) if error_file else None, "dry_run": chosen.dry_run,
        },
        as_json=chosen.json,
    )  # fmt: skip
    say_refused(result.rejected, [error_file] if error_file else [])
    return 1 if say_failed(outbox.failed()) or result.rejected else 0
