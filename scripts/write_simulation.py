"""Writes the tables of docs/simulation.md: published beside simulated, what if, and what if assumed otherwise.

It takes some minutes.

Run it again after a change to the model; the tests hold the first table against the published figures.
"""

import argparse
import re
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import track

from throughline.simulation import what_if
from throughline.simulation.assumed import DIFFERENTLY
from throughline.simulation.calibration import Comparison, Measured, compare, figures
from throughline.simulation.policies import COMPARED as EVERY
from throughline.simulation.scales import NATIONAL, Scale
from throughline.simulation.world import World

PAGE = Path(__file__).resolve().parent.parent / "docs" / "simulation.md"
CALLS = replace(NATIONAL, days=28, intensive=())
COMPARED = tuple(policy for policy in EVERY if not policy.planner)
_SMALL, _THOUSAND = 20, 1_000


def main() -> None:
    """Run the nations and put their tables into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="of the nation that is measured")
    parser.add_argument("--seeds", type=int, default=20, help="how many, for what if")
    parser.add_argument(
        "--seeds-otherwise", type=int, default=8, help="how many, for each assumption made otherwise"
    )
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    text = PAGE.read_text("utf-8")
    text = _put(text, "calibration", _calibration(chosen.seed))
    text = _put(text, "what-if", _what_if(chosen.seeds, chosen.workers))
    text = _put(text, "otherwise", _otherwise(chosen.seeds_otherwise, chosen.workers))
    PAGE.write_text(text, "utf-8")


def _calibration(seed: int) -> list[str]:
    # What comes of calls is measured over four weeks, everything else over the year.
    found = {
        one.figure.metric: one for one in (*_compared(CALLS, seed, calls=True), *_compared(NATIONAL, seed))
    }
    rows = [found[figure.metric] for figure in figures()]
    return [
        "| Figure | Published | Simulated | Tolerance | Source |",
        "| --- | --- | --- | --- | --- |",
        *(
            f"| {one.figure.metric} | {one.figure.published} | {_number(one.simulated)} "
            f"| {_number(one.figure.low)} to {_number(one.figure.high)} | {one.figure.source} |"
            for one in rows
        ),
    ]


def _compared(scale: Scale, seed: int, *, calls: bool = False) -> list[Comparison]:
    world, measured = World(scale, seed, calls=calls, seen=False), Measured(scale)
    for day in track(
        world.days(), f"Measuring {scale.days} days", total=scale.days, console=Console(stderr=True)
    ):
        measured.take(day)
    measured.learn(world.open_truth())
    return compare(measured)


def _what_if(seeds: int, workers: int) -> list[str]:
    began = time.monotonic()
    found = track(
        what_if.runs(range(1, seeds + 1), COMPARED, workers=workers), "What if", total=seeds * len(COMPARED),
        console=Console(stderr=True),
    )  # fmt: skip
    effects = what_if.effects(found, COMPARED)
    Console(stderr=True).print(
        f"{seeds} seeds under {len(COMPARED)} policies: {time.monotonic() - began:.0f} s"
    )
    head = [f" {' | '.join(what_if.OUTCOMES)} |", f" --- {'| --- ' * (len(what_if.OUTCOMES) - 1)}|"]
    rows = [f"| Policy |{head[0]}", f"| --- |{head[1]}"]
    for effect in effects:
        cells = [_interval(effect.outcomes[outcome]) for outcome in what_if.OUTCOMES]
        rows.append(f"| {effect.policy} | {' | '.join(cells)} |")
    rows += [
        "",
        "The differences, seed by seed:",
        "",
        f"| Policy | held against |{head[0]}",
        f"| --- | --- |{head[1]}",
    ]
    for effect in effects[1:]:
        cells = [_share(effect.difference[outcome]) for outcome in what_if.OUTCOMES]
        rows.append(f"| {effect.policy} | {effect.beside} | {' | '.join(cells)} |")
    return rows


def _otherwise(seeds: int, workers: int) -> list[str]:
    rows = ["| Assumption | Harm days under shared intelligence and national tasking |", "| --- | --- |"]
    found = track(
        what_if.otherwise(range(1, seeds + 1), workers=workers), "Otherwise", total=len(DIFFERENTLY) + 1,
        console=Console(stderr=True),
    )  # fmt: skip
    return rows + [f"| {words} | {_share(effect)} |" for words, effect in found]


def _interval(one: what_if.Interval) -> str:
    return f"{one.mean:,.0f} ({one.low:,.0f} to {one.high:,.0f})"


def _share(one: what_if.Interval) -> str:
    return f"{one.mean:+.1%} ({one.low:+.1%} to {one.high:+.1%})"


def _number(value: float) -> str:
    return (
        f"{value:,.0f}"
        if abs(value) >= _THOUSAND
        else f"{value:.4g}"
        if abs(value) >= _SMALL
        else f"{value:.3g}"
    )


def _put(text: str, name: str, rows: Iterable[str]) -> str:
    marked = re.compile(rf"(<!-- {name}: .*? -->\n).*?(\n<!-- end of {name} -->)", re.DOTALL)
    body = "\n".join(rows)
    changed, count = marked.subn(lambda found: f"{found[1]}\n{body}\n{found[2]}", text)
    if count != 1:
        raise SystemExit(f"docs/simulation.md has no place marked for {name}.")
    return changed


if __name__ == "__main__":
    main()
