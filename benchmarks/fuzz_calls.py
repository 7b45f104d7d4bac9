"""``python -m benchmarks.fuzz_calls --minutes 15``: files of calls torn and twisted at random, loaded without a loss.

For each file: no crash, and rows read are rows kept, refused with a reason, and held already. The seed of a file that
fails is said, and gives the same file again. Loaded as `throughline load calls` loads, in a trial.
"""

# ruff: noqa: S101, PLR2004 what must hold is asserted, and chances stand where they are thrown

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.fuzz_files import a_file
from benchmarks.instance import benched


def tried(by: Any, seed: int, folder: Path) -> str:
    """Load one file in a trial: what became of it, in a word. Raises `AssertionError` on a loss."""
    from throughline.loads.call_files import load_call_files  # noqa: PLC0415 needs the settings
    from throughline.telecoms.authorities import AuthorityProblem  # noqa: PLC0415
    from throughline.telecoms.columns import CallsProblem  # noqa: PLC0415
    from throughline.telecoms.layout import LONDON, UTC, CallLayout  # noqa: PLC0415

    dice = random.Random(seed)  # noqa: S311 repeatable, not secret
    path = a_file(dice, folder)
    layout = CallLayout(
        zone=dice.choice(("", UTC, LONDON)),
        month_first=dice.random() < 0.2,
        own=dice.choice(("", "07700900123")),
    )
    refused: list[Any] = []

    def keep(_: Path, rows: Iterable[Any]) -> None:
        refused.extend(rows)

    try:
        done = load_call_files(
            by=by, paths=[path], authority="FUZZ", layout=layout, opaque=dice.random() < 0.3, dry_run=True,
            keep_refused=keep,
        )  # fmt: skip
    except (CallsProblem, AuthorityProblem) as problem:
        assert str(problem), "a refusal says why"
        return "refused whole"
    assert done.read == done.kept + done.rejected + done.unchanged, done
    assert bool(refused) == bool(done.rejected), done
    assert all(one.reason for one in refused)
    assert done.rejected <= len(refused), "each refused row has a reason"
    return "loaded" if done.kept else "nothing kept"


def run(by: Any, *, minutes: float, first: int, say: Callable[[str], Any]) -> Counter[str]:
    """Try file after file until the time is over; how many ended in which way."""
    until, seed, ways = time.monotonic() + 60 * minutes, first, Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        while time.monotonic() < until:
            folder = Path(name) / str(seed % 50)
            folder.mkdir(exist_ok=True)
            try:
                ways[tried(by, seed, folder)] += 1
            except Exception as fault:
                ways["FAILED"] += 1
                say(
                    f"seed {seed}: {type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else ''}"
                )
            for path in folder.iterdir():
                path.unlink()
            seed += 1
    return ways


def main() -> int:
    """Run for as long as asked, in an instance of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with benched(None):
        from throughline.access.services import load_cast  # noqa: PLC0415 needs Django
        from throughline.cli.words import reader_as  # noqa: PLC0415
        from throughline.organisations.services import load_reference_bodies  # noqa: PLC0415

        load_reference_bodies()
        load_cast()
        ways = run(
            reader_as("analyst@norf"), minutes=chosen.minutes, first=chosen.seed,
            say=lambda said: print(said, file=sys.stderr, flush=True),  # noqa: T201
        )  # fmt: skip
    files = sum(ways.values())
    print(f"{files:,} files in {chosen.minutes:g} minutes: {dict(sorted(ways.items()))}")  # noqa: T201
    return 1 if ways["FAILED"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
