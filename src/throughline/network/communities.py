"""Which people of a network belong together more than with the rest."""

import sys
from importlib import import_module
from threading import Thread

from throughline.network.graph import People
from throughline.network.measures import as_networkit


def communities(people: People) -> list[int]:
    """The community of each of the people, from 0 for the largest on.

    Leiden (Traag, Waltman and van Eck 2019, Scientific Reports 9, 5233) on modularity and the weights of ties; with
    one thread and a fixed seed, so that the same network always falls into the same communities. Somebody without
    ties is one of their own.
    """
    import networkit as nk  # noqa: PLC0415 takes seconds

    if not people.weights.nnz:
        return list(range(people.size))
    run = nk.community.ParallelLeiden(as_networkit(people, is_weighted=True), randomize=False)
    run.run()
    return _numbered(run.getPartition().getVector())


def get_ready() -> None:
    """Begin to load the library beside other work, once in a process, so that nobody waits some seconds for it."""
    if "networkit" not in sys.modules:
        Thread(target=import_module, args=("networkit",), daemon=True).start()


def components(people: People) -> list[int]:
    """The component of each of the people, all whom ties join by some way, from 0 for the largest on."""
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415 takes a second

    return _numbered(connected_components(people.weights, directed=False)[1].tolist())


def _numbered(found: list[int]) -> list[int]:
    """The same communities numbered by size, and by their first person where two are as large."""
    members: dict[int, list[int]] = {}
    for place, community in enumerate(found):
        members.setdefault(community, []).append(place)
    order = sorted(members, key=lambda community: (-len(members[community]), members[community][0]))
    number = {community: n for n, community in enumerate(order)}
    return [number[community] for community in found]
