"""``throughline load``: files in."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.cli.flow import say_failed
from throughline.cli.words import Refused, give, give_json, progress, reader_as, say

if TYPE_CHECKING:
    from throughline.intelligence.loading import LoadResult


def add_commands(commands: Any) -> None:
    """Add ``load`` to the parser."""
    parser = commands.add_parser("load", help="load a file",
                                 epilog="Example: throughline load reports reports.csv --as analyst@norf")  # fmt: skip
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    reports = kinds.add_parser(
        "reports", help="graded reports from CSV, Excel or JSON Lines",
        epilog="Example: throughline load reports reports.csv --as analyst@norf --dry-run",
    )  # fmt: skip
    reports.add_argument("file", type=Path)
    reports.add_argument("--as", dest="username", required=True, metavar="USER")
    reports.add_argument(
        "--dry-run", action="store_true", help="say what a load would do, and change nothing"
    )
    reports.add_argument("--all-or-nothing", action="store_true", help="keep nothing if any row is refused")
    reports.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook to read")
    reports.add_argument("--map", default="", metavar="NAME", help="the map of columns that your body saved")
    reports.add_argument("--json", action="store_true")
    reports.set_defaults(run=run_reports)


def run_reports(chosen: argparse.Namespace) -> int:
    """Load reports, run the flow, and say what became of each row. Status 1 when a row was refused."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.intelligence.loading import load_reports  # noqa: PLC0415
    from throughline.intelligence.report_files import FileProblem  # noqa: PLC0415
    from throughline.intelligence.report_layout import STANDARD  # noqa: PLC0415
    from throughline.kernel import clock, outbox  # noqa: PLC0415
    from throughline.loads.queries import saved_map  # noqa: PLC0415
    from throughline.matching.queries import hits_raised_since  # noqa: PLC0415

    reader, begun = reader_as(chosen.username), clock.now()
    try:
        layout = saved_map(reader, chosen.map) if chosen.map else STANDARD
        layout = replace(layout, sheet=chosen.sheet)
        with progress("Reading rows") as show:
            result = load_reports(
                by=reader, path=chosen.file, layout=layout, dry_run=chosen.dry_run,
                all_or_nothing=chosen.all_or_nothing, progress=show,
            )  # fmt: skip
    except (FileProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(f"The file of refused rows cannot be written: {problem.strerror}.") from problem
    if not chosen.dry_run:
        with progress("Matching"):
            outbox.drain()
    hits = 0 if chosen.dry_run else hits_raised_since(reader, begun)
    for warning in result.warnings:
        say(warning)
    counts = {"read": result.read, "kept": result.kept, "rejected": result.rejected,
              "unchanged": result.unchanged, "hits_raised": hits}  # fmt: skip
    if chosen.json:
        error_file = str(result.error_file) if result.error_file else None
        give_json(counts | {"reports": result.reports, "error_file": error_file, "dry_run": chosen.dry_run})
    else:
        give(", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items()))
    if result.rejected:
        _say_refused(result)
    return 1 if say_failed(outbox.failed()) or result.rejected else 0


def _say_refused(result: "LoadResult") -> None:
    faults = result.rejected - result.held_back
    kept = "Nothing was kept, as you asked: " if result.held_back else ""
    say(
        f"{kept}{faults:,} {'row was' if faults == 1 else 'rows were'} refused, and {result.error_file} says why. "
        "Mend the file and load it again: what is held already stays as it is."
    )
