"""Where things stand on a chart: layouts of all, and places for what is added, which move nothing that stands."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from itertools import product
from math import cos, pi, sin, sqrt
from typing import Final

from throughline.network.places import Place, places

LAYOUTS: Final = {
    "forces": "Spread by ties", "rings": "In rings, step by step", "columns": "In columns by kind",
}  # fmt: skip
APART: Final = 90
"""Between the middles of two things, so that a name fits under each."""
CLEAR: Final = APART * 9 // 10
"""And at the least, where one is added."""
GOLDEN: Final = pi * (3 - sqrt(5))
Ends = tuple[int, int]


def laid_out(layout: str, groups: Sequence[int], ties: Sequence[Ends], *, start: int = 0) -> list[Place]:
    """The place of each of some things by a layout; ``groups`` number their kinds; rings go round ``start``."""
    if layout == "rings":
        return _rings(len(groups), ties, start)
    if layout == "columns":
        return _columns(groups)
    return _forces(len(groups), ties)


def _forces(count: int, ties: Sequence[Ends]) -> list[Place]:
    """Spring forces on a square that grows with what stands on it."""
    side = APART * sqrt(max(count, 4)) * 1.7
    found = places(count, [(*pair, 1.0) for pair in sorted(set(ties))])
    return [(round((x / 1000 - 0.5) * side), round((y / 1000 - 0.5) * side)) for x, y in found]


def steps_from(start: int, count: int, ties: Sequence[Ends]) -> list[int]:
    """How many ties lie between the start and each; those that no way leads to come one after the last."""
    near: dict[int, list[int]] = {n: [] for n in range(count)}
    for one, other in ties:
        near[one].append(other)
        near[other].append(one)
    steps, waiting = {start: 0}, deque([start])
    while waiting:
        here = waiting.popleft()
        for there in sorted(near[here]):
            if there not in steps:
                steps[there] = steps[here] + 1
                waiting.append(there)
    beyond = max(steps.values()) + 1
    return [steps.get(n, beyond) for n in range(count)]


def _rings(count: int, ties: Sequence[Ends], start: int) -> list[Place]:
    if not count:
        return []
    steps, out, radius = steps_from(start, count, ties), [(0, 0)] * count, 0.0
    for step in range(max(steps) + 1):
        ring = [n for n in range(count) if steps[n] == step]
        radius = (
            0.0 if step == 0 and len(ring) == 1 else max(radius + 1.4 * APART, len(ring) * APART / (2 * pi))
        )
        for place, n in enumerate(ring):
            angle = 2 * pi * place / len(ring) - pi / 2
            out[n] = (round(radius * cos(angle)), round(radius * sin(angle)))
    return out


def _columns(groups: Sequence[int]) -> list[Place]:
    used = sorted(set(groups))
    tall = max(8, round(sqrt(len(groups)) * 1.5))
    out, left = [(0, 0)] * len(groups), 0
    for group in used:
        members = [n for n, one in enumerate(groups) if one == group]
        for place, n in enumerate(members):
            out[n] = (left + place // tall * 2 * APART, place % tall * APART)
        left += (1 + (len(members) - 1) // tall) * 2 * APART + APART
    return out


def beside(anchor: Place, count: int, taken: Sequence[Place]) -> list[Place]:
    """Free places for ``count`` things around one that stands at ``anchor``, the nearest first; always the same.

    Places are tried along a spiral with equal steps of the golden angle (Vogel 1979, Mathematical Biosciences 44, 179).
    """
    held: dict[Place, list[Place]] = defaultdict(list)
    for place in (*taken, anchor):
        held[_square(place)].append(place)
    out: list[Place] = []
    step = 3
    while len(out) < count:
        far, angle = APART * 0.62 * sqrt(step), step * GOLDEN
        spot = (round(anchor[0] + far * cos(angle)), round(anchor[1] + far * sin(angle)))
        if _is_free(spot, held):
            out.append(spot)
            held[_square(spot)].append(spot)
        step += 1
    return out


def _square(place: Place) -> Place:
    """The square of the plane in which something stands, as wide as what it keeps free around it."""
    return place[0] // CLEAR, place[1] // CLEAR


def _is_free(spot: Place, held: Mapping[Place, Sequence[Place]]) -> bool:
    """Whether nothing stands too near: only what is in the squares around can."""
    across, down = _square(spot)
    return not any(
        (x - spot[0]) ** 2 + (y - spot[1]) ** 2 < CLEAR**2
        for square in product((across, across - 1, across + 1), (down, down - 1, down + 1))
        for x, y in held.get(square, ())
    )


def clustered(communities: Sequence[int], ties: Sequence[Ends]) -> list[Place]:
    """Places for many: each community on a disc of its own, by a spiral, the discs by spring forces between them."""
    order = sorted(set(communities))
    number = {community: n for n, community in enumerate(order)}
    ends = ((number[communities[one]], number[communities[other]]) for one, other in ties)
    between = {(min(pair), max(pair), 1.0) for pair in ends if pair[0] != pair[1]}
    side = APART * sqrt(len(communities)) * 2.2
    middles = [
        ((x / 1000 - 0.5) * side, (y / 1000 - 0.5) * side) for x, y in places(len(order), sorted(between))
    ]
    put, out = [0] * len(order), []
    for community in communities:
        disc = number[community]
        far, angle = APART * 0.62 * sqrt(put[disc]), put[disc] * GOLDEN
        out.append((round(middles[disc][0] + far * cos(angle)), round(middles[disc][1] + far * sin(angle))))
        put[disc] += 1
    return out
