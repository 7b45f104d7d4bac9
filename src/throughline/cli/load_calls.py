"""``throughline load calls``: call records in, under an authority."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.cli.load_told import give_rows, say_refused
from throughline.cli.words import Refused, progress, reader_as, say

if TYPE_CHECKING:
    from throughline.access.reader import Reader
    from throughline.telecoms.layout import CallLayout


def add_kind(kinds: Any) -> None:
    """Add ``calls`` to the kinds of what is loaded."""
    parser = kinds.add_parser(
        "calls", help="call records, handset downloads and cell sites, under an authority",
        epilog="Example: throughline load calls calls.csv --as analyst@norf --authority NORF-CD-7",
    )  # fmt: skip
    parser.add_argument("file", type=Path, nargs="+")
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.add_argument("--authority", required=True, metavar="REF", help="the authority for this data")
    parser.add_argument(
        "--opaque", action="store_true", help="the numbers are pseudonyms: keep them as they stand"
    )
    parser.add_argument("--map", default="", metavar="NAME", help="the map of columns that your body saved")
    parser.add_argument(
        "--zone", default="", choices=("UTC", "London"), help="of times that are written without one"
    )
    parser.add_argument("--month-first", action="store_true", help="days are written 12/31/2026")
    parser.add_argument(
        "--own", default="", metavar="NUMBER", help="whose records these are, where no column says"
    )
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook to read")
    parser.add_argument("--dry-run", action="store_true", help="say what a load would do, and change nothing")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Load calls under an authority, and say what became of each row. Status 1 when a row was refused."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.intelligence.report_lines import FileProblem  # noqa: PLC0415
    from throughline.loads.call_files import load_call_files  # noqa: PLC0415
    from throughline.telecoms.authorities import AuthorityProblem  # noqa: PLC0415
    from throughline.telecoms.columns import CallsProblem  # noqa: PLC0415

    try:
        with progress("Reading rows") as show:
            reader = reader_as(chosen.username)
            done = load_call_files(
                by=reader, paths=chosen.file, authority=chosen.authority, layout=_layout(chosen, reader),
                opaque=chosen.opaque, dry_run=chosen.dry_run, progress=show,
            )  # fmt: skip
    except (CallsProblem, FileProblem, AuthorityProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(f"The calls cannot be written: {problem.strerror}.") from problem
    if done.is_new_authority and not chosen.dry_run:
        say(
            f"No authority {chosen.authority.strip()} was recorded, so it is recorded now with its particulars "
            f"awaited, and its calls are deleted after {done.keep_until}. Record its grounds, period and retention "
            f"with 'throughline authority add {chosen.authority.strip()}'."
        )
    more = {"error_files": [str(path) for path in done.error_files], "dry_run": chosen.dry_run}
    give_rows(done, counted={"hits_raised": 0}, more=more, as_json=chosen.json)
    say_refused(done.rejected, done.error_files)
    return 1 if done.rejected else 0


def _layout(chosen: argparse.Namespace, reader: "Reader") -> "CallLayout":
    """The map that was named, with what is said of the file besides."""
    from throughline.loads.call_maps import saved_call_map  # noqa: PLC0415 needs the settings
    from throughline.telecoms.layout import LONDON, UTC, CallLayout  # noqa: PLC0415

    kept = saved_call_map(reader, chosen.map) if chosen.map else CallLayout()
    zone = {"UTC": UTC, "London": LONDON, "": kept.zone}[chosen.zone]
    return replace(
        kept, zone=zone, month_first=chosen.month_first or kept.month_first, own=chosen.own or kept.own,
        sheet=chosen.sheet,
    )  # fmt: skip
