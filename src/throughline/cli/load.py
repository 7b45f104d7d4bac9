"""``throughline load``: files in."""

import argparse
from functools import partial
from pathlib import Path
from typing import Any

from throughline.cli import (
    load_boundaries,
    load_calls,
    load_encodings,
    load_lines,
    load_network,
    load_things,
)
from throughline.cli.load_told import loaded, told
from throughline.cli.words import reader_as, say


def add_commands(commands: Any) -> None:
    """Add ``load`` to the parser."""
    parser = commands.add_parser("load", help="load a file",
                                 epilog="Example: throughline load reports reports.csv --as analyst@norf")  # fmt: skip
    kinds = parser.add_subparsers(required=True, metavar="KIND")
    reports = _add_kind(kinds, "reports", "graded reports from CSV, Excel or JSON Lines")
    reports.add_argument("--map", default="", metavar="NAME", help="the map of columns that your body saved")
    reports.set_defaults(run=run_reports)
    lines = _add_kind(kinds, "lines", "a register of lines from CSV, Excel or JSON Lines")
    lines.add_argument("--map", default="", metavar="NAME", help="the map of columns that your body saved")
    lines.set_defaults(run=load_lines.run)
    events = _add_kind(kinds, "events", "planned events from CSV, Excel or JSON Lines")
    events.add_argument(
        "--column", action="append", default=[], metavar="HEADING=COLUMN",
        help="what a column of another name holds; once for each column that is read",
    )  # fmt: skip
    events.set_defaults(run=run_events)
    days = _add_kind(
        kinds, "days", "officer-days of your body by skill and week, from CSV, Excel or JSON Lines"
    )
    days.set_defaults(run=run_days)
    for other in (load_calls, load_encodings, load_network, load_boundaries, load_things):
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
    from throughline.intelligence.pole import shortfalls_in  # noqa: PLC0415
    from throughline.intelligence.report_layout import STANDARD  # noqa: PLC0415
    from throughline.kernel import clock  # noqa: PLC0415
    from throughline.loads.outcome import count_advice  # noqa: PLC0415
    from throughline.loads.queries import saved_map  # noqa: PLC0415
    from throughline.matching.queries import hits_raised_since  # noqa: PLC0415

    reader, begun, advice = reader_as(chosen.username), clock.now(), dict[str, Any]()
    result = loaded(
        chosen, reader, partial(load_reports, seen=lambda draft: count_advice(advice, shortfalls_in(draft))),
        lambda: saved_map(reader, chosen.map) if chosen.map else STANDARD,
    )  # fmt: skip
    hits = 0 if chosen.dry_run else hits_raised_since(reader, begun)
    pole = [{"advice": sentence, **told} for sentence, told in sorted(advice.items())]
    if not chosen.json:
        _advise(pole)
    return told(chosen, result, {"hits_raised": hits}, {"reports": result.reports, "pole_advice": pole})


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
    result = loaded(chosen, reader, load_events, lambda: layout_of_events(chosen.column))
    return told(chosen, result, {}, {})


def run_days(chosen: argparse.Namespace) -> int:
    """Load officer-days, and say what became of each row. Status 1 when a row was refused."""
    from throughline.loads.loading_days import STANDARD_DAYS, load_days  # noqa: PLC0415

    result = loaded(chosen, reader_as(chosen.username), load_days, lambda: STANDARD_DAYS)
    return told(chosen, result, {}, {})
