"""Where things stand on a chart: found once, always the same, and kept when more is added."""

from collections.abc import Mapping, Sequence

import numpy as np

from throughline.network.measures import SEED

SIDE = 1_000
"""Charts are squares of this side."""
MARGIN = 40
ROUNDS = 150
EVENED = 0.6
"""How much of a place is by its order on either axis, and not by the forces."""
Place = tuple[int, int]


def places(
    count: int, ties: Sequence[tuple[int, int, float]], held: Mapping[int, Place] | None = None
) -> list[Place]:
    """The place of each of ``count`` things with these ties (two numbers and a weight); ``held`` ones do not move.

    Spring forces that cool down (Fruchterman and Reingold 1991, Software: Practice and Experience 21, 1129) from a
    start by a fixed seed, with a pull to the middle so that loose parts stay on the page. Cost grows with the square.
    """
    if not count:
        return []
    at = np.random.default_rng(SEED).random((count, 2))
    fixed = np.zeros(count, dtype=bool)
    for number, place in (held or {}).items():
        at[number], fixed[number] = [(c - MARGIN) / (SIDE - 2 * MARGIN) for c in place], True
    _spread(at, ties, fixed)
    if not fixed.any():
        at -= at.min(axis=0)
        at /= np.maximum(at.max(axis=0), 1e-9)
        at = (1 - EVENED) * at + EVENED * _evened(at)
    at = np.clip(at, 0, 1) * (SIDE - 2 * MARGIN) + MARGIN
    return [(round(x), round(y)) for x, y in at.tolist()]


def _evened(at: np.ndarray) -> np.ndarray:
    """The same order on either axis with equal steps, so that what forces pull together is told apart."""
    steps: np.ndarray = at.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    return steps / max(len(at) - 1, 1)


def _spread(at: np.ndarray, ties: Sequence[tuple[int, int, float]], fixed: np.ndarray) -> None:
    count = len(at)
    ideal = np.sqrt(1 / count)
    one = np.array([tie[0] for tie in ties], dtype=int)
    other = np.array([tie[1] for tie in ties], dtype=int)
    pull = np.array([1 + np.log1p(tie[2]) / 4 for tie in ties])
    for heat in np.linspace(0.12, 0.002, ROUNDS):
        # The sum over others of (here - there) / distance^2, without an array of every difference.
        far = np.subtract.outer(at[:, 0], at[:, 0]) ** 2 + np.subtract.outer(at[:, 1], at[:, 1]) ** 2
        near = ideal**2 / np.maximum(far, 1e-8)
        push = at * near.sum(axis=1)[:, None] - near @ at - (at - 0.5) * ideal * 1.5
        if len(ties):
            along = at[one] - at[other]
            length = np.sqrt((along**2).sum(axis=1)) + 1e-9
            force = along * (length / ideal * pull)[:, None]
            np.add.at(push, one, -force)
            np.add.at(push, other, force)
        size = np.maximum(np.sqrt((push**2).sum(axis=1)), 1e-9)
        push *= np.minimum(size, heat)[:, None] / size[:, None]
        push[fixed] = 0
        at += push
