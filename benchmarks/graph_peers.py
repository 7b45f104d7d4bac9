"""One library at work on a nation's network: says each step as it is done, and the peak of its memory at the end."""

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from throughline.network.measures import NATION, SAMPLED, SAMPLED_OF_A_NATION

SEED = 7


def step(name: str, work: Callable[[], Any], *, times: float = 1.0) -> Any:
    """Do it, and say how many seconds it took, times a factor for what was done in part."""
    begun = time.perf_counter()
    out = work()
    _say({name: round((time.perf_counter() - begun) * times, 2)})
    return out


def _say(found: dict[str, float]) -> None:
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


def throughline(people: int, one: Any, other: Any, sources: int) -> None:
    """In the order of `network.figuring`, key people first; communities hold the making of networkit's own graph."""
    import networkit  # noqa: F401, PLC0415 before the clock runs, as for its peers
    import scipy.sparse.csgraph  # noqa: F401, PLC0415 the same

    from throughline.network import communities, measures  # noqa: PLC0415
    from throughline.network.graph import people_tied  # noqa: PLC0415

    graph = step("build", lambda: people_tied(range(people), one, other, np.ones(len(one))))
    step("degree", lambda: measures.degree(graph))
    step("betweenness", lambda: measures.betweenness(graph))
    step("brokerage", lambda: measures.brokerage(measures.constraint(graph)))
    step("components", lambda: communities.components(graph))
    found = step("communities", lambda: communities.communities(graph))
    _say({"found": len(set(found))})


def networkit(people: int, one: Any, other: Any, sources: int) -> None:
    """Bare, with as many threads as there are cores."""
    import networkit as nk  # noqa: PLC0415

    ends = one.astype(np.uint), other.astype(np.uint)
    graph = step("build", lambda: nk.GraphFromCoo((np.ones(len(one)), ends), n=people, weighted=False))
    step("components", lambda: nk.components.ConnectedComponents(graph).run())
    found = step("communities", lambda: nk.community.ParallelLeiden(graph).run())
    _say({"found": found.getPartition().numberOfSubsets()})
    step("degree", lambda: nk.centrality.DegreeCentrality(graph).run())
    step("betweenness", lambda: nk.centrality.EstimateBetweenness(graph, sources, True, True).run())  # noqa: FBT003


def igraph(people: int, one: Any, other: Any, sources: int) -> None:
    """One thread: it has no more."""
    import igraph as ig  # noqa: PLC0415

    graph = step("build", lambda: ig.Graph(n=people, edges=np.column_stack([one, other])))
    step("components", graph.connected_components)
    found = step(
        "communities", lambda: graph.community_leiden(objective_function="modularity", n_iterations=2)
    )
    _say({"found": len(found)})
    step("degree", graph.degree)
    chosen = np.random.default_rng(SEED).choice(people, sources, replace=False).tolist()
    step("betweenness", lambda: graph.betweenness(directed=False, sources=chosen))
    step("brokerage", graph.constraint)


def networkx(people: int, one: Any, other: Any, sources: int) -> None:
    """Two sources for betweenness, scaled; Louvain, since it has no Leiden of its own."""
    import networkx as nx  # noqa: PLC0415

    def build() -> Any:
        graph = nx.Graph()
        graph.add_nodes_from(range(people))
        graph.add_edges_from(zip(one.tolist(), other.tolist(), strict=True))
        return graph

    graph = step("build", build)
    step("components", lambda: list(nx.connected_components(graph)))
    step("degree", lambda: nx.degree_centrality(graph))
    step("betweenness", lambda: nx.betweenness_centrality(graph, k=2, seed=SEED), times=sources / 2)
    found = step("communities", lambda: nx.community.louvain_communities(graph, seed=SEED))
    _say({"found": len(found)})


def main() -> None:
    """Read the arrays, and let the library named work on them."""
    engine, path = sys.argv[1:3]
    held = np.load(path)
    people, one, other = int(held["people"]), held["one"], held["other"]
    sources = SAMPLED if people <= NATION else SAMPLED_OF_A_NATION
    {"throughline": throughline, "networkit": networkit, "igraph": igraph, "networkx": networkx}[engine](
        people, one, other, sources
    )
    _say({"peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)})


if __name__ == "__main__":
    main()
