"""``throughline load stix | misp | ftm``: reports from files of others; each object that was not kept is named."""

import argparse
from pathlib import Path
from typing import Any

from throughline.cli.flow import say_failed
from throughline.cli.load_told import give_rows, say_refused
from throughline.cli.words import Refused, progress, reader_as, say

SAID = 20
"""So many refused objects are said one by one; the file of refused objects and ``--json`` have all."""
KINDS = {
    "stix": "reports from a bundle of STIX 2.1",
    "misp": "reports from events of MISP",
    "ftm": "reports from entities of FollowTheMoney",
}


def add_kind(kinds: Any) -> None:
    """Add the three to the parser."""
    for name, said in KINDS.items():
        parser = kinds.add_parser(
            name, help=said,
            epilog=f"Example: throughline load {name} reports.{name}.json --as analyst@norf --dry-run",
        )  # fmt: skip
        parser.add_argument("file", type=Path)
        parser.add_argument("--as", dest="username", required=True, metavar="USER")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what a load would do, and change nothing"
        )
        parser.add_argument("--json", action="store_true")
        parser.set_defaults(run=run, form=name)


def run(chosen: argparse.Namespace) -> int:
    """Load a file, run the flow, and say what became of each object. Status 1 when one was refused."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.interop.loading import FORMS_IN, LoadProblem, load_file  # noqa: PLC0415
    from throughline.kernel import outbox  # noqa: PLC0415

    reader = reader_as(chosen.username)
    try:
        with progress("Reading reports") as show:
            result = load_file(
                by=reader, path=chosen.file, form=FORMS_IN[chosen.form], dry_run=chosen.dry_run, progress=show
            )
    except (LoadProblem, NotAllowed) as problem:
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
