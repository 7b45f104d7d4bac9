"""``throughline simulate``: the files of a synthetic nation, and the truth about it beside them."""

import argparse
from pathlib import Path
from typing import Any

from throughline.cli.words import Refused, give, give_json, progress

SCALES = ("small", "region", "national")


def add_commands(commands: Any) -> None:
    """Add ``simulate`` to the parser."""
    parser = commands.add_parser(
        "simulate", help="write the files of an invented nation, with the truth beside them",
        description="Invent a nation from a seed and write what each of its bodies would send: reports, call data, "
        "custody, missing and seizure records, week returns, and the truth. The same seed gives the same bytes.",
        epilog="Example: throughline simulate --scale small --seed 7 --out nation",
    )  # fmt: skip
    parser.add_argument(
        "--scale", choices=SCALES, default="small",
        help="small: two regions, three months; region: four regions, half a year; national: everything, a year",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number is another nation")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new or empty folder")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, without_database=True)


def run(chosen: argparse.Namespace) -> int:
    """Write the nation, and say what it came to."""
    # Imported late: they bring numpy and DuckDB, which no other command needs.
    from throughline.simulation.scales import SCALES as NATIONS  # noqa: PLC0415
    from throughline.simulation.writing import FolderProblem, write_nation  # noqa: PLC0415

    scale = NATIONS[chosen.scale]
    try:
        with progress("Days", total=scale.days) as show:
            done = write_nation(scale, chosen.seed, chosen.out, progress=show)
    except FolderProblem as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(f"The files cannot be written: {problem.strerror}.") from problem
    counts = {
        "days": done.days, "reports": done.reports, "selectors": done.selectors, "calls": done.calls,
        "notices": done.notices, "truths": done.truths, "files": done.files, "bytes": done.size,
    }  # fmt: skip
    if chosen.json:
        give_json(counts | {"scale": scale.name, "seed": chosen.seed, "sha256": done.digest})
    else:
        give(", ".join(f"{count:,} {name}" for name, count in counts.items()))
        give(f"{done.folder / 'manifest.json'} has the SHA-256 of every file; its own is {done.digest}")
    return 0
