"""A shortest way between two things, over everything that the present reader may know."""

from throughline.network.chart.evidence import Tie, ties_around
from throughline.network.chart.spots import Spot

FARTHEST = 8
"""Ties; a longer way says nothing of anybody."""
WIDEST = 4_000
"""Things looked at from either end at once; where more would be, the way is not found and it is said so."""
Back = dict[Spot, Spot | None]


def shortest_way(one: Spot, other: Spot) -> tuple[Spot, ...]:
    """The spots from one to the other, both among them; empty where there is no way within FARTHEST ties.

    Breadth first from both ends, always from the smaller (Pohl 1971, Machine Intelligence 6). Runs inside
    ``reading(reader)``. Of several as short it is always the same: the one most often seen together.
    """
    if one == other:
        return (one,)
    from_one: Back = {one: None}
    from_other: Back = {other: None}
    edges = [({one}, from_one), ({other}, from_other)]
    for _ in range(FARTHEST):
        edges.sort(key=lambda edge: (len(edge[0]), edge[1] is from_other))
        (near, back), beyond = edges[0], edges[1][1]
        if not near or len(near) > WIDEST:
            return ()
        new = _step(near, back)
        met = sorted(new & beyond.keys())
        if met:
            return (*reversed(_walk(met[0], from_one)), *_walk(met[0], from_other)[1:])
        edges[0] = (new, back)
    return ()


def _step(near: set[Spot], back: Back) -> set[Spot]:
    """One tie further: each thing found for the first time, and from where."""
    new: set[Spot] = set()
    for tie in sorted(ties_around(near), key=_weight):
        for here, there in ((tie.one, tie.other), (tie.other, tie.one)):
            if here in near and there not in back:
                back[there] = here
                new.add(there)
    return new


def _weight(tie: Tie) -> tuple[int, Spot, Spot]:
    return -tie.times, tie.one, tie.other


def _walk(spot: Spot, back: Back) -> list[Spot]:
    out, here = [], spot
    while True:
        out.append(here)
        before = back[here]
        if before is None:
            return out
        here = before
