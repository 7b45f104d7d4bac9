"""``python -m benchmarks.takeovers``: learning and measuring successors from searches that were written down.

``learn FILE...``: the weights of ``telecoms/succession.json``. ``measure FILE...``: top-1, top-5, none found, time and
calibration on nations that no weight was learnt from, with a picture. Files are those of ``nation_searches``.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.calibration_picture import Bin, picture
from benchmarks.call_peers import PEERS
from benchmarks.learning import Example, fit
from benchmarks.nation_searches import Search, read
from benchmarks.successors import circle_examples
from throughline.telecoms.arrays import Floats
from throughline.telecoms.weighing import FEATURES, probabilities

CIRCLES: Final = range(100, 105)
FIRST: Final = 5
TENTHS: Final = 10
AT: Final = 3.0
"""Days after the silence at which groups are told apart."""
BY_KEPT: Final = {"kept under 60%": (0.0, 0.6), "kept 60 to 80%": (0.6, 0.8), "kept 80% or more": (0.8, 2.0)}
BY_LAG: Final = {
    "back within the hour": (0.0, 1.0), "back within a day": (1.0, 24.0), "back later": (24.0, np.inf),
}  # fmt: skip
"""Shares of customers, and hours of silence: from, and below."""


def learn(paths: Sequence[Path], out: Path) -> dict[str, object]:
    """Fit the chance that anybody took over and write it, with what it was learnt from; the ranking stays."""
    found = read(paths)
    examples = [Example(_features(one), one.names, one.truth) for one in found]
    circles = list(circle_examples(CIRCLES))
    weights = fit(examples, circles)
    nations = ", ".join(sorted({one.nation for one in found}))
    model: dict[str, object] = {
        "ranking": json.loads(out.read_text(encoding="utf-8"))["ranking"],
        "anybody": {name: round(weight, 4) for name, weight in weights.items()},
        "learnt": "ranking: score by conditional logit on invented circles, left is 1 by what it means, the "
        f"others set by hand; anybody: logistic on {len(found)} searches in simulated nations (small, {nations}) and "
        f"{len(circles)} in invented circles, steady and drifting (seeds {CIRCLES[0]} to {CIRCLES[-1]}); "
        "both count the same",
    }
    out.write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")
    return model


def measure(found: Sequence[Search], svg: Path | None) -> Iterator[dict[str, object]]:
    """Every figure, one object each."""
    for days in sorted({one.days for one in found}):
        there = [one for one in found if one.days == days]
        yield from _ways(f"{days:g} days after", there)
        yield {"when": f"{days:g} days after"} | _none_found(there)
    at = [one for one in found if one.days == AT]
    for name, (least, below) in BY_KEPT.items():
        yield from _ways(name, [one for one in at if one.kept is not None and least <= one.kept < below])
    for name, (least, below) in BY_LAG.items():
        yield from _ways(name, [one for one in at if one.lag is not None and least <= one.lag < below])
    yield _time_to_notice(found)
    bins = _bins(found)
    stated = np.array([_best(one) for one in found])
    yield {"calibration": [(one.stated, one.right, one.count) for one in bins],
           "brier": round(float(np.mean((stated[:, 0] - stated[:, 1]) ** 2)), 4), "searches": len(found)}  # fmt: skip
    if svg:
        svg.write_text(picture(bins), encoding="utf-8")


def _features(one: Search) -> Floats:
    return np.array(one.features, np.float64).reshape(len(one.names), len(FEATURES))


def _ranked(one: Search) -> tuple[list[str], Floats]:
    chances = probabilities(_features(one))
    return [one.names[place] for place in np.argsort(-chances, kind="stable")], chances


def _place(one: Search) -> float:
    names, _ = _ranked(one)
    return names.index(one.truth) if one.truth in names else np.inf


def _says_none(one: Search) -> bool:
    _, chances = _ranked(one)
    return bool(chances.max(initial=0.0) < 1 - chances.sum()) or not len(chances)


def _best(one: Search) -> tuple[float, float]:
    """The chance stated for the best candidate, and whether it was the truth."""
    names, chances = _ranked(one)
    return float(chances.max(initial=0.0)), float(bool(names) and names[0] == one.truth)


def _ways(name: str, there: Iterable[Search]) -> Iterator[dict[str, object]]:
    asked = [one for one in there if one.truth]
    if not asked:
        return
    ways = {"ours": [_place(one) for one in asked]}
    ways |= {way: [one.peers[way] for one in asked] for way in PEERS}
    for way, places in ways.items():
        found = np.array(places)
        yield {"when": name, "way": way, "asked": len(found), "top1": round(float((found < 1).mean()), 3),
               "top5": round(float((found < FIRST).mean()), 3)}  # fmt: skip


def _none_found(there: Sequence[Search]) -> dict[str, object]:
    said = [one for one in there if _says_none(one)]
    truly = [one for one in there if not one.truth]
    wrong = sum(1 for one in there if not _says_none(one) and not one.truth)
    return {"searches": len(there), "none found, said": len(said), "rightly": sum(1 for s in said if not s.truth),
            "truly": len(truly), "named where there was none": wrong}  # fmt: skip


def _time_to_notice(found: Sequence[Search]) -> dict[str, object]:
    """Hours from the first life of the new number to the search that names it first and likelier than nobody."""
    by_number: dict[tuple[str, str], list[Search]] = {}
    for one in found:
        if one.lag is not None:
            by_number.setdefault((one.nation, one.old), []).append(one)
    hours, never = [], 0
    for several in by_number.values():
        right = [one.days for one in several if one.truth and _place(one) < 1 and not _says_none(one)]
        if right and several[0].lag is not None:
            hours.append(min(right) * 24 - several[0].lag)
        elif any(one.truth for one in several):
            never += 1
    found_in = np.array(sorted(hours))
    return {"numbers": len(hours) + never, "never named": never,
            "hours from first life to notice": {f"{q}%": round(float(np.quantile(found_in, q / 100)), 1)
                                                for q in (25, 50, 75, 90)} if hours else {}}  # fmt: skip


def _bins(found: Sequence[Search]) -> list[Bin]:
    both = np.array([_best(one) for one in found])
    tenth = np.minimum((both[:, 0] * TENTHS).astype(int), TENTHS - 1)
    return [_bin(both[tenth == n]) for n in range(TENTHS) if (tenth == n).any()]


def _bin(both: Floats) -> Bin:
    stated, right = both.mean(axis=0)
    return Bin(round(float(stated), 3), round(float(right), 3), len(both))


def main() -> int:
    """Learn or measure, and print one object a line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.takeovers", description=__doc__)
    parser.add_argument("what", choices=("learn", "measure"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/throughline/telecoms/succession.json"))
    parser.add_argument("--svg", type=Path)
    chosen = parser.parse_args()
    said = (
        [learn(chosen.files, chosen.out)]
        if chosen.what == "learn"
        else measure(read(chosen.files), chosen.svg)
    )
    for line in said:
        print(json.dumps(line), flush=True)  # noqa: T201 a command answers
    return 0


if __name__ == "__main__":
    sys.exit(main())
