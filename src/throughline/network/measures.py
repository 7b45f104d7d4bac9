"""Measures of where people stand in a network, each as its authors published it.

All are of the graph without direction of `graph.people_of`; each is an array in the order of its people.
"""

from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np

from throughline.network.graph import People
from throughline.network.triangles import Ends, triangles

EXACT = 2_000
"""People up to whom every shortest way is walked; above, those from SAMPLED of them, chosen by a fixed seed."""
SAMPLED, SAMPLED_OF_A_NATION = 256, 64
"""From so many ways are walked, and from fewer in a network of more than NATION, where each walk takes seconds."""
NATION = 100_000
TRIED, TRIED_OF_MANY = 60, 20
"""People whose removal is tried in full, those on most shortest ways first; so many of more than MANY."""
MANY = 300
SEED = 20_261_101

Values = Any
"""A numpy array of floats, one for each of the people."""


def degree(people: People) -> Values:
    """How many others each is tied to."""
    return np.diff(people.weights.indptr).astype(float)


def strength(people: People) -> Values:
    """The weights of each one's ties added up (Barrat and others 2004, PNAS 101, 3747)."""
    return np.asarray(people.weights.sum(axis=1)).ravel()


def betweenness(people: People) -> Values:
    """The share of shortest ways between two others that lead through each, 0 to 1 (Freeman 1977; Brandes 2001).

    Ways are counted in ties, whatever their weight. In a network above EXACT people it is estimated from SAMPLED
    of them (Geisberger, Sanders and Schultes 2008).
    """
    if people.size < SMALLEST:
        return np.zeros(people.size)
    if people.size > EXACT:
        return _estimated(people)
    import networkit as nk  # noqa: PLC0415 takes seconds

    run = nk.centrality.Betweenness(as_networkit(people), normalized=True)
    run.run()
    return np.nan_to_num(np.array(run.scores(), dtype=float))


def _estimated(people: People) -> Values:
    """Betweenness by the ways from some people alone, the same ones every time, as if all were like them."""
    samples = SAMPLED if people.size <= NATION else SAMPLED_OF_A_NATION
    starts = np.random.default_rng(SEED).choice(people.size, samples, replace=False)
    through = np.zeros(people.size)
    for start in starts.tolist():
        if people.neighbours(start).size:
            _add_ways_from(start, people, through)
    return through * people.size / (samples * (people.size - 1) * (people.size - 2))


def _add_ways_from(start: int, people: People, through: Values) -> None:
    """Add to each the shares of the shortest ways from one person to every other that lead through them.

    Brandes 2001, Journal of Mathematical Sociology 25, 163, a whole layer of people as far away at a time: out, to
    count the ways to each, and back, to add up what depends on them.
    """
    is_met, ways = np.zeros(people.size, dtype=bool), np.zeros(people.size)
    is_met[start], ways[start] = True, 1
    layer, walked = np.array([start]), []
    while layer.size:
        near, many = people.around(layer)
        walked.append((layer, near, np.cumsum(many) - many))
        is_new = ~is_met[near]
        added = np.bincount(near[is_new], np.repeat(ways[layer], many)[is_new], minlength=people.size)
        layer = np.flatnonzero(added)
        is_met[layer], ways[layer] = True, added[layer]
    beyond = np.zeros(people.size)
    for layer, near, first in reversed(walked[1:]):
        depends = np.add.reduceat(beyond[near], first) * ways[layer]
        through[layer] += depends
        beyond = np.zeros(people.size)
        beyond[layer] = (1 + depends) / ways[layer]


SMALLEST = 3
"""Somebody can stand between two others where there are so many."""


def as_networkit(people: People, *, is_weighted: bool = False) -> Any:
    """The graph as networkit takes it; one thread and a fixed seed see to it that nothing hangs on chance.

    With weights networkit takes them for lengths of ways; so measures of ways do without.
    """
    import networkit as nk  # noqa: PLC0415 takes seconds

    nk.setNumberOfThreads(1)
    nk.setSeed(SEED, False)  # noqa: FBT003 its own signature: one seed for all threads
    upper = _upper(people)
    if not upper.nnz:
        return nk.Graph(people.size, weighted=is_weighted)
    # Weights that are all alike say nothing, and a nation's take a quarter of its memory.
    is_weighted = is_weighted and bool((upper.data != upper.data[0]).any())
    ends = upper.row.astype(np.uint), upper.col.astype(np.uint)
    return nk.GraphFromCoo((upper.data, ends), n=people.size, weighted=is_weighted)


def _upper(people: People) -> Any:
    from scipy.sparse import triu  # noqa: PLC0415 takes a second

    return triu(people.weights, k=1).tocoo()


def constraint(people: People) -> Values:
    """How far each is held by others who are tied to each other (Burt 1992, Structural Holes, chapter 2).

    The sum over each other one of (p_ij + sum over q of p_iq p_qj) squared, p_ij being the share of i's ties, by
    weight, that go to j. It is not a number for somebody without ties.
    """
    total, ties = strength(people), _ends(people)
    # By tie and by which of its two is asked: what they spend on the other, and that by way of third people.
    asked = np.concatenate([ties.one, ties.other])
    spent = np.tile(ties.weights, 2) / total[asked]
    for found in triangles(ties):
        for a, b, c in permutations(range(3)):
            of, at = found.people, found.facing
            is_turned = of[a] > of[b]
            beyond = ties.weights[at[b]] / total[of[a]] * ties.weights[at[a]] / total[of[c]]
            np.add.at(spent, at[c] + is_turned * ties.one.size, beyond)
    out = np.bincount(asked, spent * spent, minlength=people.size).astype(float)
    out[total == 0] = np.nan
    return out


def _ends(people: People) -> Ends:
    upper = _upper(people)
    return Ends(people.size, upper.row, upper.col, upper.data)


def brokerage(held: Values) -> Values:
    """One less the constraint, 0 at the least: how free each is to stand between others who are not tied."""
    return np.clip(1 - np.nan_to_num(held, nan=1.0), 0, 1)


def group_brokerage(people: People, groups: Sequence[str]) -> dict[str, Values]:
    """How often each is the only step between two who are not tied, by the groups of the three ('' is no group).

    Gould and Fernandez 1989, Sociological Methodology 19, 89, for ties without direction, where a representative
    cannot be told from a gatekeeper: *coordinator* (all of one group), *itinerant* (the two of one group, the broker
    of another), *gatekeeper* (one of the two of the broker's group), *liaison* (three groups).
    """
    found = {name: np.zeros(people.size) for name in ("coordinator", "itinerant", "gatekeeper", "liaison")}
    tied = [set(map(int, people.neighbours(n))) for n in range(people.size)]
    for broker in range(people.size):
        around = sorted(n for n in tied[broker] if groups[n])
        for place, one in enumerate(around if groups[broker] else ()):
            for other in around[place + 1 :]:
                if other not in tied[one]:
                    found[_brokered(groups[one], groups[broker], groups[other])][broker] += 1
    return found


def _brokered(one: str, broker: str, other: str) -> str:
    if one == other:
        return "coordinator" if broker == one else "itinerant"
    return "gatekeeper" if broker in (one, other) else "liaison"


def network_capital(people: People, resources: Values) -> Values:
    """The share of the network's capital that would go with each, 0 to 1.

    After Schwartz and Rouse 2009 (Global Crime 10, 188): a network's capital is what its people have, and what
    passes over their ties. Here people have resources between 0 and 1, and over a tie of relative strength w (1 for
    the strongest) pass w times the resources of both.
    """
    total = float(people.weights.max()) if people.weights.nnz else 1.0
    relative = people.weights / total
    passing = np.asarray(relative.sum(axis=1)).ravel() * resources + relative @ resources
    whole = float(resources.sum() + passing.sum() / 2)
    return (resources + passing) / whole if whole else np.zeros(people.size)


def disruption(people: People, through: Values) -> Values | None:
    """The share of the network's efficiency that is lost without each, 0 to 1; None above EXACT people.

    Efficiency is the mean over all pairs of one over the number of ties between them, nought where there is no way
    (Latora and Marchiori 2001, Physical Review Letters 87, 198701; the loss by removal: 2004, cond-mat/0402050).
    ``through`` is betweenness. Where it is nought the loss is exactly that of one's own ways; beyond those tried it
    is given as that, which is the least that it can be.
    """
    if people.size > EXACT:
        return None
    graph = as_networkit(people)
    near = _nearness(graph)
    whole = float(near.sum())
    if not whole:
        return np.zeros(people.size)
    # Each way counts from both its ends.
    lost = 2 * near / whole
    tried = sorted(np.flatnonzero(through > 0).tolist(), key=lambda n: (-through[n], n))
    tried = tried[: TRIED if people.size <= MANY else TRIED_OF_MANY]
    for gone in tried:
        around = people.neighbours(gone).tolist()
        for other in around:
            graph.removeEdge(gone, other)
        lost[gone] = 1 - float(_nearness(graph).sum()) / whole
        for other in around:
            graph.addEdge(gone, other)
    return np.clip(lost, 0, 1)


def _nearness(graph: Any) -> Values:
    """For each the sum over all others of one over the ties to them (harmonic closeness)."""
    import networkit as nk  # noqa: PLC0415 takes seconds

    run = nk.centrality.HarmonicCloseness(graph, normalized=False)
    run.run()
    return np.array(run.scores(), dtype=float)
