"""``throughline link publish``: how right linkage was on labelled data, for those who judge links to read."""

import argparse
import json
from pathlib import Path
from typing import Any

from throughline.cli.words import Refused, give


def add_kind(kinds: Any) -> None:
    """Add ``link publish`` to the parser."""
    parser = kinds.add_parser(
        "publish", help="show in the product how right linkage is, and who bears its errors",
        description="Keep what 'throughline link evaluate --json' gave. Counts and shares are kept, and no record.",
        epilog="Example: throughline link publish figures.json --name 'Simulated nation, 2026'",
    )  # fmt: skip
    parser.add_argument("figures", type=Path, help="the JSON that 'link evaluate --json' printed")
    parser.add_argument("--name", required=True, metavar="WORDS", help="on which data it was measured")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Keep the figures for every reader."""
    from throughline.matching.people.rightness import FiguresProblem, publish_rightness  # noqa: PLC0415

    try:
        figures = json.loads(chosen.figures.read_text(encoding="utf-8-sig"))
        publish_rightness(name=chosen.name, figures=figures)
    except OSError as problem:
        raise Refused(f"{chosen.figures} cannot be read: {problem.strerror}.") from problem
    except (FiguresProblem, UnicodeDecodeError) as problem:
        raise Refused(str(problem)) from problem
    except ValueError as problem:
        raise Refused(f"{chosen.figures.name} is not JSON: {problem}.") from problem
    give(f"Kept as '{chosen.name.strip()}': it stands under People who may be one, How right links are.")
    return 0
