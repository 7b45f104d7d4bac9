"""Where each peer puts the true successor among the numbers that came to life in a scene."""

import numpy as np

from benchmarks.call_peers import PEERS
from benchmarks.call_sets import Change, Engine
from throughline.telecoms.arrays import Floats
from throughline.telecoms.scene import Scene


def place_of(likeness: Floats, truth: int, possible: Floats) -> float:
    """How many others stand before the true one; of equals, half."""
    scores = likeness[possible.astype(bool)]
    return float((scores > likeness[truth]).sum() + ((scores == likeness[truth]).sum() - 1) / 2)


def peer_places(calls: Engine, scene: Scene, change: Change) -> list[float]:
    """The place of the truth by each peer (0 is first); none where there is no truth to find."""
    if change.new not in scene.born.numbers:
        return []
    rows = {n: place for place, n in enumerate((change.old, *scene.born.numbers))}
    found = calls.execute(
        "select number, other, sent + received as n from edges where number in (select unnest($numbers))",
        {"numbers": list(rows)},
    ).fetchall()
    columns = {n: place for place, n in enumerate(sorted({row[1] for row in found}))}
    counts = np.zeros((len(rows), len(columns)))
    for number, other, n in found:
        counts[rows[number], columns[other]] = n
    possible = scene.born.first > scene.silent.last[scene.asked[change.old]]
    truth = scene.born.numbers.index(change.new)
    return [place_of(peer(counts[:1], counts[1:])[0], truth, possible) for peer in PEERS.values()]
