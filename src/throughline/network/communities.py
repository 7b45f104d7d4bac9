"""Which people of a network belong together more than with the rest."""

import sys
from importlib import import_module
from threading import Thread
from typing import Any

import numpy as np

from throughline.network.graph import People
from throughline.network.measures import as_networkit

ROUNDS = 2
"""Leiden goes over a network so often: as its authors' own library does unless told otherwise (leidenalg)."""

STEPS = 40
"""In a large network of people nearly everyone is within so many ties; one drawn out further is left to the library."""


def communities(people: People) -> list[int]:
    """The community of each of the people, from 0 for the largest on.

    Leiden (Traag, Waltman and van Eck 2019, Scientific Reports 9, 5233) on modularity and the weights of ties; with
    one thread and a fixed seed, so that the same network always falls into the same communities. Somebody without
    ties is one of their own.
    """
    import networkit as nk  # noqa: PLC0415 takes seconds

    if not people.weights.nnz:
        return list(range(people.size))
    graph = as_networkit(people, is_weighted=True)
    run = nk.community.ParallelLeiden(graph, iterations=ROUNDS, randomize=False)
    run.run()
    return _numbered(run.getPartition().getVector())


def get_ready() -> None:
    """Begin to load the library beside other work, once in a process, so that nobody waits some seconds for it."""
    if "networkit" not in sys.modules:
        Thread(target=import_module, args=("networkit",), daemon=True).start()


def components(people: People) -> list[int]:
    """The component of each of the people, all whom ties join by some way, from 0 for the largest on."""
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 takes a second

    if not people.size:
        return []
    # Most of a nation are of one component: whoever is reached from the most tied need not be looked at again.
    rest = np.flatnonzero(~_reached(people, int(np.diff(people.weights.indptr).argmax())))
    found = np.zeros(people.size, dtype=np.int64)
    found[rest] = 1 + connected_components(people.weights[rest][:, rest], directed=False)[1]
    return _numbered(found)


def _reached(people: People, start: int) -> Any:
    """Whether each is tied to the start by some way, a layer of people as far away at a time; nobody where there are
    more layers than STEPS."""
    is_met = np.zeros(people.size, dtype=bool)
    is_met[start], layer = True, np.array([start])
    for _ in range(STEPS):
        near, _ = people.around(layer)
        is_new = np.zeros(people.size, dtype=bool)
        is_new[near[~is_met[near]]] = True
        layer = np.flatnonzero(is_new)
        if not layer.size:
            return is_met
        is_met |= is_new
    return np.zeros(people.size, dtype=bool)


def _numbered(found: Any) -> list[int]:
    """The same communities numbered by size, and by their first person where two are as large."""
    labels = np.asarray(found, dtype=np.int64)
    if not labels.size:
        return []
    sizes, first = np.bincount(labels), np.zeros(labels.max() + 1, dtype=np.int64)
    # Of several that are written to one place the last stays: from the end, that is the first person.
    first[labels[::-1]] = np.arange(labels.size)[::-1]
    number = np.empty_like(first)
    number[np.lexsort((first, -sizes))] = np.arange(first.size)
    numbers: list[int] = number[labels].tolist()
    return numbers
