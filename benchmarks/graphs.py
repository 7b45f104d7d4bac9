"""A nation's network: components, communities and key people, beside networkx, igraph and bare networkit in one run.

Each library works in a process of its own on the same arrays: people in planted communities of fifty, three ties a
person, four of five inside. Seconds for each step and the peak of memory; the reading of the arrays is left out. Key
people are degree, betweenness from so many sources, and brokerage by Burt's constraint, where the library offers it.
networkx walks two sources, and its time for betweenness is scaled to all; what it does not finish in LIMIT is left out.
``python -m benchmarks.graphs --people 100000`` tries it out.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figures import Figure

ENGINES = ("throughline", "networkit", "igraph", "networkx")
STEPS = ("build", "components", "communities", "degree", "betweenness", "brokerage")
KEY = ("degree", "betweenness", "brokerage")
"""What key people are ranked by; taken together where a library offers all three."""
COMMUNITY = 50
INSIDE = 0.8
LIMIT = 400
"""Seconds after which a library is stopped."""
MOST = 1.2


def write_arrays(path: Path, *, people: int, seed: int = 7) -> None:
    """The ties as two arrays of places, each pair once."""
    dice, ties = np.random.default_rng(seed), 3 * people
    one = dice.integers(0, people, ties)
    near = np.minimum(one - one % COMMUNITY + dice.integers(0, COMMUNITY, ties), people - 1)
    other = np.where(dice.random(ties) < INSIDE, near, dice.integers(0, people, ties))
    pairs = np.unique(np.sort(np.column_stack([one, other]), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]].astype(np.int32)
    np.savez(path, one=pairs[:, 0], other=pairs[:, 1], people=people)


def measured(engine: str, path: Path) -> dict[str, Any]:
    """What one library says of its own steps; those that it reached, where it was stopped."""
    command = [sys.executable, "-m", "benchmarks.graph_peers", engine, str(path)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT, check=False)  # noqa: S603 ours
        said, trouble = done.stdout, done.stderr
    except subprocess.TimeoutExpired as stopped:
        said = stopped.stdout.decode() if isinstance(stopped.stdout, bytes) else ""
        trouble = f"stopped after {LIMIT} s"
    found: dict[str, Any] = {}
    for line in said.splitlines():
        found |= json.loads(line)
    if "peak_mb" not in found:
        sys.stderr.write(f"{engine}: {trouble[-400:]}\n")
    return found


def graph_figures(*, people: int, engines: Sequence[str] = ENGINES) -> Iterator[Figure]:
    """Each step beside the quickest that offers it, then the memory beside the least."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ties.npz"
        write_arrays(path, people=people)
        told = {engine: measured(engine, path) for engine in engines}
    for engine, said in told.items():
        sys.stderr.write(f"{engine}: {json.dumps(said)}\n")
    for said in told.values():
        if all(step in said for step in KEY):
            said["key people"] = sum(said[step] for step in KEY)
    for step in (*STEPS, "key people", "peak_mb"):
        ours = told["throughline"].get(step)
        peers = {engine: told[engine][step] for engine in engines[1:] if step in told[engine]}
        if ours is None:
            continue
        best = min(peers, key=lambda engine: peers[engine], default="")
        ratio = ours / peers[best] if best and peers[best] else None
        note = ", ".join(f"{engine} {value:.1f}" for engine, value in peers.items())
        unit = "MB" if step == "peak_mb" else "s"
        yield Figure(f"{people:,} people: {step}", unit, ours, peers.get(best), best, ratio, MOST, note=note)


def main() -> None:
    """Measure and print, without a database."""
    from benchmarks.figures import show  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="python -m benchmarks.graphs", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument(
        "--without", choices=ENGINES[1:], action="append", default=[], help="leave a library out"
    )
    chosen = parser.parse_args()
    engines = [engine for engine in ENGINES if engine not in chosen.without]
    show(
        list(graph_figures(people=chosen.people, engines=engines)), {"command": "python -m benchmarks.graphs"}
    )


if __name__ == "__main__":
    main()
