"""``python -m benchmarks.successors real``: who took over, beside Dice, Hellinger and rarity cosine.

Phones are changed by us in two public sets, one at a time and many at once. Simulated nations: `takeovers`.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from benchmarks.call_peers import PEERS, Matrix
from benchmarks.call_sets import (
    COPENHAGEN,
    IRVINE,
    Engine,
    Event,
    Set,
    circles,
    copenhagen,
    drifting,
    engine_of,
    irvine,
    new_name,
)
from benchmarks.learning import Example, calibration
from benchmarks.peers_of_scene import place_of
from throughline.telecoms.arrays import Floats, Ints
from throughline.telecoms.evidence import CloseLook, close_look
from throughline.telecoms.scene import Scene, Side, scene_around
from throughline.telecoms.succession import ROUNDS, match
from throughline.telecoms.weighing import by_contacts, probabilities

ALONE: Final = 0.0
SHARES: Final = (ALONE, 0.1, 0.3, 0.5)
"""Of all users, changed at once; ALONE is one at a time."""
SEED: Final = 20
FIRST: Final = 5
MANY: Final = 1000
"""In a set of so many people numbers are asked about all together, as a door may be asked; else one by one."""


def real(sets: Sequence[Set], *, shares: Sequence[float], most: int) -> Iterator[dict[str, object]]:
    """Top-1 and top-5 of each way on each set, at each share of users renamed at once, among all newcomers."""
    for one in sets:
        yield from among_everybody(one)
        for share in shares:
            yield from _renamed(one, share, most)


def _renamed(one: Set, share: float, most: int) -> Iterator[dict[str, object]]:
    dice = random.Random(SEED)  # noqa: S311 repeatable, not secret
    everybody = set(dice.sample(one.people(), int(share * len(one.people()))))
    asked = [n for n in one.askable() if share == ALONE or n in everybody]
    asked = sorted(dice.sample(asked, min(most, len(asked))))
    places: dict[str, list[float]] = {}
    chances: list[tuple[float, bool]] = []
    begun = time.perf_counter()
    groups = [([n], {n}) for n in asked] if share == ALONE else [(asked, everybody)]
    for numbers, who in groups:
        events = one.renamed(who)
        engine = engine_of(events)
        for way, counts in _peer_places(events, numbers).items():
            places.setdefault(way, []).extend(counts)
        for ours, once, chance in _our_places(
            engine, numbers, size=1 if len(one.people()) < MANY else len(numbers)
        ):
            places.setdefault("ours", []).append(ours)
            places.setdefault("ours without rounds", []).append(once)
            chances.append(chance)
        engine.close()
    for way, found in places.items():
        yield _line(one.name, share, way, found) | (
            {"seconds": round(time.perf_counter() - begun, 1), "calibration": calibration(chances)}
            if way == "ours"
            else {}
        )


def _line(name: str, share: float, way: str, places: Sequence[float]) -> dict[str, object]:
    found = np.array(places)
    return {"data": name, "renamed": share or "one at a time", "way": way, "asked": len(found),
            "top1": round(float((found < 1).mean()), 3), "top5": round(float((found < FIRST).mean()), 3)}  # fmt: skip


def _our_places(
    engine: Engine, numbers: Sequence[str], *, size: int
) -> Iterator[tuple[float, float, tuple[float, bool]]]:
    """For each number, asked `size` at a time: the place of the truth (0 is first), the same without rounds, and
    our best chance with whether it was right.
    """
    for first in range(0, len(numbers), max(size, 1)):
        scene = scene_around(engine, numbers[first : first + size])
        assert scene is not None  # noqa: S101 everybody asked about has calls
        found, at_once = match(scene), match(scene, rounds=0).score
        for number in numbers[first : first + size]:
            look = close_look(engine, scene, found, number)
            chances = probabilities(look.features)
            order = [look.names[place] for place in np.argsort(-chances, kind="stable")]
            place = order.index(new_name(number)) if new_name(number) in order else np.inf
            yield place, _firstplace_of(scene, at_once, number), (float(chances.max(initial=0.0)), place == 0)


def _firstplace_of(scene: Scene, score: Floats, number: str) -> float:
    if new_name(number) not in scene.born.numbers:
        return np.inf
    row = score[scene.asked[number]]
    return float((row > row[scene.born.numbers.index(new_name(number))]).sum())


def _peer_places(events: Sequence[Event], numbers: Sequence[str]) -> dict[str, list[float]]:
    """The place of each true successor by each peer, among the numbers that came to life after the silence."""
    ids, counts, first, last = _counted(events)
    out: dict[str, list[float]] = {}
    for way, peer in PEERS.items():
        likeness = peer(counts[[ids[n] for n in numbers]], counts)
        out[way] = [
            place_of(likeness[row], ids[new_name(number)], first > last[ids[number]])
            for row, number in enumerate(numbers)
        ]
    return out


def _counted(events: Sequence[Event]) -> tuple[dict[str, int], Matrix, Floats, Floats]:
    ids = {n: place for place, n in enumerate(sorted({n for _, *both in events for n in both}))}
    counts = np.zeros((len(ids), len(ids)))
    first, last = np.full(len(ids), np.inf), np.full(len(ids), -np.inf)
    for at, one, other in events:
        for a, b in ((ids[one], ids[other]), (ids[other], ids[one])):
            counts[a, b] += 1
            first[a], last[a] = min(first[a], at), max(last[a], at)
    return ids, counts, first, last


def among_everybody(one: Set) -> Iterator[dict[str, object]]:
    """Harder: each number's second half among the second halves of all, as if any might be the newcomer."""
    before = [event for event in one.events if event[0] < one.cut]
    after = [event for event in one.events if event[0] >= one.cut]
    ids = {n: place for place, n in enumerate(one.people())}
    old, new = _halves(before, ids), _halves(after, ids)
    asked = [ids[n] for n in one.askable()]
    there = np.flatnonzero(new[0].sum(axis=1) > 0)
    ways = {way: peer(old[0][asked], new[0][there]) for way, peer in PEERS.items()}
    found = match(_as_scene(old, new, np.array(asked), there), rounds=0)
    ways["ours"] = by_contacts(found.score) + found.left
    for way, likeness in ways.items():
        truths = np.searchsorted(there, asked)
        everybody = np.ones(len(there))
        places = [place_of(likeness[row], truth, everybody) for row, truth in enumerate(truths)]
        yield _line(one.name, ALONE, way, places) | {"renamed": "among everybody"}


Half = tuple[Matrix, Matrix, Floats, Floats]


def _halves(events: Sequence[Event], ids: dict[str, int]) -> Half:
    """Counts, weights, and the first and last moment of each number in one half."""
    ways = np.zeros((2, len(ids), len(ids)))
    first, last = np.full(len(ids), np.inf), np.full(len(ids), -np.inf)
    for at, one, other in events:
        a, b = ids[one], ids[other]
        ways[0, a, b] += 1
        ways[1, b, a] += 1
        for n in (a, b):
            first[n], last[n] = min(first[n], at), max(last[n], at)
    return ways.sum(axis=0), ((ways > 0) + 0.1 * np.log1p(ways)).sum(axis=0), first, last


def _as_scene(old: Half, new: Half, asked: Ints, there: Ints) -> Scene:
    degree = ((old[0] + new[0]) > 0).sum(axis=0).astype(float)
    names = tuple(map(str, range(len(degree))))

    def side(half: Half, rows: Ints) -> Side:
        return Side(
            tuple(names[row] for row in rows), half[2][rows], half[3][rows], half[0][rows].sum(axis=1), degree[rows],
            half[1][rows].astype(np.float32), half[1][rows].sum(axis=1), np.full(len(rows), -1),
        )  # fmt: skip

    commonness = (degree + 1) / (degree.sum() + 1)
    return Scene(side(old, asked), side(new, there), commonness, names, {}, None)


def circle_examples(seeds: Sequence[int]) -> Iterator[Example]:
    """Changes in invented circles, steady and drifting, of one phone to half of all; a fifth have no successor."""
    for world in (make(seed) for seed in seeds for make in (circles, drifting)):
        dice = random.Random(world.name)  # noqa: S311 repeatable, not secret
        people = world.people()
        who = set(dice.sample(people, int(dice.choice((0.02, 0.1, 0.3, 0.5)) * len(people))))
        left = {n for n in sorted(who) if dice.random() < 0.2}  # noqa: PLR2004 the share without a successor
        events = [e for e in world.renamed(who) if not {e[1], e[2]} & {new_name(n) for n in left}]
        engine = engine_of(events)
        for number in sorted(who & set(world.askable()))[:40]:
            if scene := scene_around(engine, [number]):
                look: CloseLook = close_look(engine, scene, match(scene, rounds=ROUNDS), number)
                yield Example(look.features, look.names, "" if number in left else new_name(number))
        engine.close()


def main() -> int:
    """Measure, and print one object a line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.successors", description=__doc__)
    parser.add_argument("what", choices=("real",))
    parser.add_argument("--most", type=int, default=10_000, help="so many numbers of each set at most")
    parser.add_argument("--shares", nargs="*", type=float, default=list(SHARES))
    parser.add_argument("--sets", nargs="*", default=["copenhagen", "irvine"])
    chosen = parser.parse_args()
    if not (COPENHAGEN.exists() and IRVINE.exists()):
        print("The real data is not beside the repository.", file=sys.stderr)  # noqa: T201 a command speaks
        return 1
    known = {"copenhagen": copenhagen, "irvine": irvine}
    for line in real([known[name]() for name in chosen.sets], shares=chosen.shares, most=chosen.most):
        print(json.dumps(line), flush=True)  # noqa: T201 a command answers
    return 0


if __name__ == "__main__":
    sys.exit(main())
