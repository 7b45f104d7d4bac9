"""``throughline simulate``: the files of a synthetic nation, with the truth; or what if it were policed otherwise."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from throughline.cli.words import Refused, give, give_json, progress

SCALES = ("small", "region", "national")
FEWEST_SEEDS = 2
MODEL = (
    "A model under its stated assumptions, never a forecast. Means over seeds with 95% intervals; "
    "the last column compares with the first policy, seed by seed."
)


def add_commands(commands: Any) -> None:
    """Add ``simulate`` to the parser."""
    parser = commands.add_parser(
        "simulate", help="write the files of an invented nation",
        description="Invent a nation from a seed and write what each of its bodies would send: reports, call data, "
        "custody, missing and seizure records, week returns, and the truth. The same seed gives the same bytes.",
        epilog="Example: throughline simulate --scale small --seed 7 --out nation",
    )  # fmt: skip
    parser.add_argument(
        "--scale", choices=SCALES, default="small",
        help="small: two regions, three months; region: four regions, half a year; national: everything, a year",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="another number is another nation")
    instead = parser.add_mutually_exclusive_group(required=True)
    instead.add_argument("--out", type=Path, metavar="DIR", help="a new or empty folder")
    instead.add_argument("--what-if", type=_seeds, metavar="SEEDS",
                         help="write nothing: compare policies over so many seeds, two or more")  # fmt: skip
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run, without_database=True)


def _seeds(text: str) -> int:
    number = int(text)
    if number < FEWEST_SEEDS:
        raise argparse.ArgumentTypeError("an interval needs two seeds or more")
    return number


def run(chosen: argparse.Namespace) -> int:
    """Write the nation, or compare policies over many."""
    return compare(chosen) if chosen.what_if else write(chosen)


def write(chosen: argparse.Namespace) -> int:
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


def compare(chosen: argparse.Namespace) -> int:
    """The same seeds under each policy, side by side with intervals; a model, and it says so."""
    from throughline.simulation.policies import COMPARED  # noqa: PLC0415
    from throughline.simulation.what_if import ASSUMPTIONS, effects, runs  # noqa: PLC0415

    seeds = range(chosen.seed, chosen.seed + chosen.what_if)
    with progress("Runs", total=len(seeds) * len(COMPARED)) as show:
        found = []
        for one in runs(seeds):
            found.append(one)
            show(len(found))
    sides = effects(found)
    if chosen.json:
        said = {"is": MODEL, "assumptions": ASSUMPTIONS, "seeds": [seeds[0], seeds[-1]]}
        give_json(said | {"policies": [asdict(side) for side in sides]})
        return 0
    give(MODEL)
    for side in sides:
        give(f"\n{side.policy}: {side.words}")
        for outcome, value in side.outcomes.items():
            change = side.against_first[outcome]
            against = f"{change.mean:+7.1%} [{change.low:+.1%}, {change.high:+.1%}]"
            give(f"  {outcome:<18} {value.mean:10,.0f} [{value.low:,.0f}, {value.high:,.0f}]   {against}")
    give("\nAssumptions:")
    for assumption in ASSUMPTIONS:
        give(f"  - {assumption}")
    return 0
