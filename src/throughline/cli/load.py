"""``throughline load``: files in."""

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.cli import load_boundaries, load_calls, load_encodings, load_network
from throughline.cli.flow import say_failed
from throughline.cli.load_told import give_rows
from throughline.cli.words import Refused, progress, reader_as, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from throughline.access.reader import Reader
    from throughline.intelligence.file_load import LoadResult
    from throughline.intelligence.report_layout import Layout


def add_commands(commands: Any) -> None:
    """Add ``load`` to the parser."""
    parser = commands.add_parser("load", help="load a file",
                                 epilog="Example: throughline load reports reports.csv --as analyst@norf")  # fmt: skip
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    reports = _add_kind(kinds, "reports", "graded reports from CSV, Excel or JSON Lines")
    reports.add_argument("--map", default="", metavar="NAME", help="the map of columns that your body saved")
    reports.set_defaults(run=run_reports)
    events = _add_kind(kinds, "events", "planned events from CSV, Excel or JSON Lines")
    events.add_argument(
        "--column", action="append", default=[], metavar="HEADING=COLUMN",
        help="what a column of another name holds; once for each column that is read",
    )  # fmt: skip
    events.set_defaults(run=run_events)
    for other in (load_calls, load_encodings, load_network, load_boundaries):
        other.add_kind(kinds)


def _add_kind(kinds: Any, name: str, said: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = kinds.add_parser(
        name, help=said, epilog=f"Example: throughline load {name} {name}.csv --as analyst@norf --dry-run"
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--as", dest="username", required=True, metavar="USER")
    parser.add_argument("--dry-run", action="store_true", help="say what a load would do, and change nothing")
    parser.add_argument("--all-or-nothing", action="store_true", help="keep nothing if any row is refused")
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet of a workbook to read")
    parser.add_argument("--json", action="store_true")
    return parser


def run_reports(chosen: argparse.Namespace) -> int:
    """Load reports, run the flow, and say what became of each row. Status 1 when a row was refused."""
    from throughline.intelligence.loading import load_reports  # noqa: PLC0415
    from throughline.intelligence.report_layout import STANDARD  # noqa: PLC0415
    from throughline.kernel import clock  # noqa: PLC0415
    from throughline.loads.pole import advice_on, count_advice  # noqa: PLC0415
    from throughline.loads.queries import saved_map  # noqa: PLC0415
    from throughline.matching.queries import hits_raised_since  # noqa: PLC0415

    reader, begun, advice = reader_as(chosen.username), clock.now(), dict[str, Any]()
    result = _loaded(
        chosen, reader, partial(load_reports, seen=lambda draft: count_advice(advice, advice_on(draft))),
        lambda: saved_map(reader, chosen.map) if chosen.map else STANDARD,
    )  # fmt: skip
    hits = 0 if chosen.dry_run else hits_raised_since(reader, begun)
    pole = [{"advice": sentence, **told} for sentence, told in sorted(advice.items())]
    if not chosen.json:
        _advise(pole)
    return _told(chosen, result, {"hits_raised": hits}, {"reports": result.reports, "pole_advice": pole})


def _advise(pole: "list[dict[str, Any]]") -> None:
    """Say what the minimum standard would still ask for: no row is refused for it."""
    for one in pole:
        lines = ", ".join(map(str, one["lines"]))
        more = " and more" if one["rows"] > len(one["lines"]) else ""
        rows = f"{one['rows']:,} {'row' if one['rows'] == 1 else 'rows'}"
        say(f"POLE minimum standard, advice alone: {one['advice']} {rows}: {lines}{more}.")


def run_events(chosen: argparse.Namespace) -> int:
    """Load planned events, run the flow, and say what became of each row. Status 1 when a row was refused."""
    from throughline.loads.event_rows import layout_of_events  # noqa: PLC0415
    from throughline.loads.loading_events import load_events  # noqa: PLC0415

    reader = reader_as(chosen.username)
    result = _loaded(chosen, reader, load_events, lambda: layout_of_events(chosen.column))
    return _told(chosen, result, {}, {})


def _loaded(
    chosen: argparse.Namespace, reader: "Reader", load: "Callable[..., LoadResult]",
    layout: "Callable[[], Layout]",
) -> "LoadResult":  # fmt: skip
    """Load the file, and run the flow unless it is a trial."""
    from throughline.access.reader import NotAllowed  # noqa: PLC0415
    from throughline.intelligence.report_files import FileProblem  # noqa: PLC0415
    from throughline.kernel import outbox  # noqa: PLC0415

    try:
        with progress("Reading rows") as show:
            result = load(
                by=reader, path=chosen.file, layout=replace(layout(), sheet=chosen.sheet), progress=show,
                dry_run=chosen.dry_run, all_or_nothing=chosen.all_or_nothing,
            )  # fmt: skip
    except (FileProblem, NotAllowed) as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(f"The file of refused rows cannot be written: {problem.strerror}.") from problem
    if not chosen.dry_run:
        with progress("Matching"):
            outbox.drain()
    return result


def _told(
    chosen: argparse.Namespace, result: "LoadResult", counted: dict[str, int], more: dict[str, object]
) -> int:
    """Say what became of the rows, and give the exit status."""
    from throughline.kernel import outbox  # noqa: PLC0415

    for warning in result.warnings:
        say(warning)
    error_file = str(result.error_file) if result.error_file else None
    give_rows(
        result, counted=counted, more=more | {"error_file": error_file, "dry_run": chosen.dry_run},
        as_json=chosen.json,
    )  # fmt: skip
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
