"""Measures: by hand on small graphs, and against a second implementation on random ones."""

import random
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.network import measures, triangles
from throughline.network.communities import communities, components
from throughline.network.graph import Between, People, natural, people_of
from throughline.network.key_people import Member, rank_people

Ties = list[tuple[int, int, float]]


def _people(size: int, ties: Ties) -> People:
    return people_of(range(size), [Between(*tie) for tie in ties])


def _path(size: int) -> Ties:
    return [(a, b, 1.0) for a, b in pairwise(range(size))]


STAR: Ties = [(0, leaf, 1.0) for leaf in range(1, 5)]


def test_the_middle_of_a_star_is_on_every_way() -> None:
    people = _people(5, STAR)
    assert measures.degree(people).tolist() == [4, 1, 1, 1, 1]
    assert measures.betweenness(people).tolist() == [1, 0, 0, 0, 0]
    # Four ties, each a quarter, to people tied to nobody else: 4 x (1/4)^2; a leaf is held wholly.
    assert measures.constraint(people).tolist() == [0.25, 1, 1, 1, 1]
    lost = measures.disruption(people, measures.betweenness(people))
    assert lost is not None
    # Ten pairs: 4 at one tie, 6 at two: 7 in all. Without the middle nothing is left; without a leaf 1 + 3/2 are lost.
    assert lost == pytest.approx([1, 2.5 / 7, 2.5 / 7, 2.5 / 7, 2.5 / 7])


def test_the_middle_of_a_path_is_on_two_thirds_of_the_ways() -> None:
    people = _people(5, _path(5))
    assert measures.betweenness(people) == pytest.approx([0, 3 / 6, 4 / 6, 3 / 6, 0])


def test_each_of_a_triangle_is_held_by_the_others() -> None:
    # Half of each one's ties to either, and half of that half by the other: (1/2 + 1/4)^2 twice.
    assert measures.constraint(_people(3, [(0, 1, 1), (1, 2, 1), (0, 2, 1)])) == pytest.approx([1.125] * 3)


def test_brokers_are_told_by_the_groups_that_they_stand_between() -> None:
    people = _people(5, [(0, 1, 1), (0, 2, 1), (0, 3, 1), (0, 4, 1)])
    found = measures.group_brokerage(people, ["a", "a", "a", "b", "c"])
    assert {name: values[0] for name, values in found.items()} == {
        "coordinator": 1, "gatekeeper": 4, "itinerant": 0, "liaison": 1,
    }  # fmt: skip


def test_network_capital_is_what_is_held_and_what_passes() -> None:
    people = _people(3, [(0, 1, 2.0), (1, 2, 1.0)])
    # Held: 1 in all. Over the strong tie passes 1 + 0, over the weak one half of 0 + 0: 2 in all.
    assert measures.network_capital(people, np.array([1.0, 0.0, 0.0])) == pytest.approx([1, 0.5, 0])


def test_people_who_share_a_thing_are_tied_by_it() -> None:
    people = people_of(
        [1, 2, 3], [Between(1, 9, 1), Between(2, 9, 1), Between(3, 9, 1), Between(8, 1, 1), Between(8, 2, 1)]
    )
    assert people.weights.toarray().tolist() == [[0, 1.5, 0.5], [1.5, 0, 0.5], [0.5, 0.5, 0]]


_GRAPHS = st.integers(2, 14).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.dictionaries(
            st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(lambda p: p[0] < p[1]),
            st.integers(1, 9),
        ),
    )
)


@settings(max_examples=60, deadline=None)
@given(_GRAPHS)
def test_it_agrees_with_a_second_implementation(made: tuple[int, dict[tuple[int, int], int]]) -> None:
    size, weights = made
    people = _people(size, [(a, b, float(w)) for (a, b), w in weights.items()])
    peer: nx.Graph[int] = nx.Graph()
    peer.add_nodes_from(range(size))
    peer.add_weighted_edges_from((a, b, w) for (a, b), w in weights.items())
    between = measures.betweenness(people)
    if size > 2:
        assert between == pytest.approx([nx.betweenness_centrality(peer)[n] for n in range(size)])
    held = nx.constraint(peer, weight="weight")
    assert measures.constraint(people) == pytest.approx([held[n] for n in range(size)], nan_ok=True)
    lost = measures.disruption(people, between)
    assert lost is not None
    assert lost == pytest.approx([_loss(peer, n) for n in range(size)])
    joined = sorted(nx.connected_components(peer), key=lambda them: (-len(them), min(them)))
    assert components(people) == [next(k for k, them in enumerate(joined) if n in them) for n in range(size)]


def test_pieces_and_long_chains_come_to_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    ties = [(n, n + 1, 1.0) for n in range(100)] + [(n, n + 2, 2.0) for n in range(0, 98, 3)]
    chain = _people(104, ties)
    assert components(chain) == [0] * 101 + [1, 2, 3]
    whole = measures.constraint(chain)
    monkeypatch.setattr(triangles, "AT_ONCE", 3)
    assert measures.constraint(chain) == pytest.approx(whole, nan_ok=True)


def test_the_estimate_of_a_large_network_is_exact_when_ways_are_walked_from_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ties = [(n, (n * n + 3) % 90, 1.0) for n in range(90) if n != (n * n + 3) % 90]
    people = _people(95, ties)
    exact = measures.betweenness(people)
    monkeypatch.setattr(measures, "EXACT", 50)
    monkeypatch.setattr(measures, "SAMPLED", people.size)
    assert exact.max() > 0
    assert measures.betweenness(people) == pytest.approx(exact)


def _loss(peer: "nx.Graph[int]", gone: int) -> float:
    whole = nx.global_efficiency(peer)
    left = peer.copy()
    left.remove_edges_from(list(peer.edges(gone)))
    return 1 - nx.global_efficiency(left) / whole if whole else 0


@settings(max_examples=30, deadline=None)
@given(_GRAPHS, st.randoms(use_true_random=False))
def test_a_rank_hangs_neither_on_the_order_of_rows_nor_on_chance(
    made: tuple[int, dict[tuple[int, int], int]], dice: random.Random
) -> None:
    size, weights = made
    ties = [(a, b, float(w)) for (a, b), w in weights.items()]
    members = [Member(n, f"p{n}", {}) for n in range(size)]
    first = rank_people(_people(size, ties), members)
    dice.shuffle(ties)
    assert rank_people(_people(size, [(b, a, w) for a, b, w in ties]), members) == first


@settings(max_examples=30, deadline=None)
@given(_GRAPHS)
def test_the_points_of_the_measures_add_up_to_the_score(made: tuple[int, dict[tuple[int, int], int]]) -> None:
    size, weights = made
    people = _people(size, [(a, b, float(w)) for (a, b), w in weights.items()])
    for one in rank_people(people, [Member(n, str(n), {"arrests": str(n)}) for n in range(size)]):
        assert one.score == pytest.approx(sum(one.points.values()), abs=0.01)
        assert 0 <= one.score <= 100.05


def test_two_cliques_with_one_tie_between_are_two_communities() -> None:
    ties = [(a, b, 1.0) for base in (0, 5) for a in range(base, base + 5) for b in range(a + 1, base + 5)]
    people = _people(11, [*ties, (4, 5, 1.0)])
    assert communities(people) == [0] * 5 + [1] * 5 + [2]
    assert communities(people) == communities(people)


def test_texts_sort_as_people_count() -> None:
    assert sorted(["10", "2", "phase 10", "phase 9", "a"], key=natural) == [
        "2",
        "10",
        "a",
        "phase 9",
        "phase 10",
    ]
