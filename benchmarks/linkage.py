"""``python -m benchmarks.linkage``: who is whom on labelled data, ours beside the peers, one evaluator for all.

Every engine runs in a process of its own, for its time and its largest memory. Every true pair counts, also those that
an engine never compared. The peers are given the benefit of the truth: the best of nine thresholds stands beside the
one of their guide. Ours has none to choose.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks import linkage_peers
from benchmarks.linkage_peers import Groups
from benchmarks.linkage_sets import Absent, LabelledSet, sets
from throughline.matching.linkage.measuring import by_pairs, by_records

GUIDE = {"splink": "0.95", "recordlinkage": "0.5", "nomenklatura": "regression 0.7"}
"""The threshold of the peer's own guide; recordlinkage's is its classifier's."""
ENGINES = ("throughline", "splink", "recordlinkage", "nomenklatura")

WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def main() -> int:
    """Run what is asked for, print a table, write the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linkage", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    parser.add_argument("--only", nargs="*", help="these sets alone")
    parser.add_argument("--engines", nargs="*", default=ENGINES, choices=ENGINES)
    parser.add_argument("--json", type=Path, default=Path("build/linkage.json"))
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "SET"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    every = sets(chosen.data)
    if chosen.one:
        engine, name = chosen.one
        _say(json.dumps(measured(engine, every[name]())))
        return 0
    figures = []
    _say(
        f"{'set':<12} {'engine':<14} {'pairs P':>8} {'R':>7} {'F1':>7} {'B3 F1':>7} {'best F1':>8} {'s':>7} {'MB':>6}"
    )
    for name in chosen.only or every:
        try:
            every[name]()
        except Absent as problem:
            _say(f"{name:<12} skipped: {problem}")
            continue
        for engine in chosen.engines:
            figures.append({"set": name, "engine": engine} | _apart(engine, name, chosen.data))
            _say(_line(figures[-1]))
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


def _apart(engine: str, name: str, data: Path) -> dict[str, Any]:
    """One engine on one set in a process of its own."""
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "benchmarks.linkage",
        "--data",
        str(data),
        "--one",
        engine,
        name,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 our own program
    if done.returncode:
        return {"problem": (done.stderr.strip().splitlines() or ["it ended without a word"])[-1]}
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def measured(engine: str, data: LabelledSet) -> dict[str, Any]:
    """The figures of one engine on one set."""
    begun = time.perf_counter()
    groups = _linked(engine, data)
    seconds = time.perf_counter() - begun
    peak = max(resource.getrusage(who).ru_maxrss for who in WHOSE) / 1024
    guided = groups[GUIDE.get(engine, "own")]
    pairs, records = by_pairs(guided, data.truth), by_records(guided, data.truth)
    best = max((by_pairs(each, data.truth).f1 or 0, threshold) for threshold, each in groups.items())
    return {
        "precision": pairs.precision, "recall": pairs.recall, "f1": pairs.f1, "bcubed": records.f1,
        "best_f1": best[0], "best_at": best[1],
        "best_bcubed": max(by_records(each, data.truth).f1 or 0 for each in groups.values()),
        "seconds": round(seconds, 1), "peak_mb": round(peak),
    }  # fmt: skip


def _linked(engine: str, data: LabelledSet) -> Groups:
    if engine != "throughline":
        peer: Groups = getattr(linkage_peers, engine)(data)
        return peer
    from throughline.matching.linkage.linking import link  # noqa: PLC0415 in its own process

    return {"own": list(link(data.records()).group_of)}


def _line(row: dict[str, Any]) -> str:
    named = f"{row['set']:<12} {row['engine']:<14}"
    if "problem" in row:
        return f"{named} did not run: {row['problem'][:90]}"
    measures = (
        f"{row['precision'] or 0:8.4f} {row['recall'] or 0:7.4f} {row['f1'] or 0:7.4f} {row['bcubed']:7.4f}"
    )
    return f"{named} {measures} {row['best_f1']:8.4f} {row['seconds']:7.1f} {row['peak_mb']:6}"


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
