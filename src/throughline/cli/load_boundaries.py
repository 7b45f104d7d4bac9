"""``throughline load boundaries``: outlines of areas in, for the map of lines."""

import argparse
from pathlib import Path
from typing import Any

from throughline.cli.words import Refused, give, give_json, say

NAMED = 10
"""So many areas that are no body's are named."""


def add_kind(kinds: Any) -> None:
    """Add ``boundaries`` to the kinds of what is loaded."""
    parser = kinds.add_parser(
        "boundaries", help="outlines of areas for the map of lines, from GeoJSON",
        epilog="Example: throughline load boundaries police_force_areas.geojson",
    )  # fmt: skip
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Put the outlines of a file in place of those held. Status 1 when it is no file of outlines."""
    from throughline.organisations.outlines import OutlineProblem, load_outlines  # noqa: PLC0415

    try:
        found = load_outlines(chosen.file)
    except OutlineProblem as problem:
        raise Refused(str(problem)) from problem
    if chosen.json:
        give_json({"areas": found.areas, "corners": found.corners, "unmatched": list(found.unmatched)})
        return 0
    give(f"{found.areas:,} {'area' if found.areas == 1 else 'areas'}, {found.corners:,} corners.")
    if found.unmatched:
        named = ", ".join(map(ascii, found.unmatched[:NAMED]))
        more = f" and {len(found.unmatched) - NAMED:,} more" if len(found.unmatched) > NAMED else ""
        say(
            f"The name of no body, so drawn without one: {named}{more}. A body is known by its code or name "
            "in any property of the area."
        )
    return 0
