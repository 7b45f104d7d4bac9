"""Grouping: a pure function of links and judgements, whatever the order."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from throughline.matching.linkage.clusters import clusters

RECORDS = range(12)
_pairs = st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] != pair[1])
_links = st.lists(
    st.tuples(st.integers(0, 5), st.integers(6, 11), st.integers(-40, 40).map(float)),
    max_size=30, unique_by=lambda link: link[:2],
)  # fmt: skip


def components(pairs: list[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    graph = nx.Graph(pairs)
    graph.add_nodes_from(RECORDS)
    return tuple(sorted(tuple(sorted(part)) for part in nx.connected_components(graph)))


@given(st.lists(_pairs, max_size=20))
def test_it_joins_what_people_judged_the_same_as_networkx_would(same: list[tuple[int, int]]) -> None:
    assert clusters(RECORDS, [], same=same).groups == components(same)


@given(st.lists(_pairs, max_size=20, unique_by=frozenset))
def test_it_joins_as_networkx_would_where_every_link_speaks_for_it(pairs: list[tuple[int, int]]) -> None:
    assert clusters(RECORDS, [(one, other, 5.0) for one, other in pairs]).groups == components(pairs)


@given(_links, st.lists(_pairs, max_size=4), st.lists(_pairs, max_size=4), st.randoms(use_true_random=False))
def test_it_gives_the_same_in_any_order(links, same, different, order) -> None:  # type: ignore[no-untyped-def]
    first = clusters(RECORDS, links, same=same, different=different)
    turned = [
        (other, one, bits) if order.random() < 0.5 else (one, other, bits) for one, other, bits in links
    ]
    shuffled = [order.sample(each, len(each)) for each in (list(RECORDS), turned, same, different)]
    assert clusters(shuffled[0], shuffled[1], same=shuffled[2], different=shuffled[3]) == first


@given(_links, st.lists(_pairs, max_size=6), st.lists(_pairs, max_size=6))
def test_it_never_joins_what_a_person_judged_different(links, same, different) -> None:  # type: ignore[no-untyped-def]
    found = clusters(RECORDS, links, same=same, different=different)
    group_of = {record: group for group in found.groups for record in group}
    assert sorted(record for group in found.groups for record in group) == list(RECORDS)
    assert [pair for pair in different if group_of[pair[0]] == group_of[pair[1]]] == []


def test_it_tells_a_contradiction_and_leaves_its_records_apart() -> None:
    found = clusters([1, 2, 3], [], same=[(1, 2), (2, 3)], different=[(3, 1)])
    assert found.contradictions == ((1, 3),)
    assert found.groups == ((1,), (2,), (3,))


def test_one_strong_link_does_not_tie_two_families_together() -> None:
    family = [(1, 2, 9.0), (1, 3, 9.0), (2, 3, 9.0), (4, 5, 9.0), (4, 6, 9.0), (5, 6, 9.0)]
    between = [(3, 4, 4.0), *((one, other, -8.0) for one in (1, 2) for other in (5, 6))]
    assert clusters(range(1, 7), family + between).groups == ((1, 2, 3), (4, 5, 6))


def test_it_holds_one_record_of_a_source_in_which_everybody_stands_once() -> None:
    links = [(1, 3, 9.0), (2, 3, 8.0), (1, 2, 7.0)]
    register = {1: "custody", 2: "custody"}
    assert clusters([1, 2, 3], links, source_of=register).groups == ((1, 3), (2,))
    assert clusters([1, 2, 3], links, source_of=register, same=[(1, 2)]).groups == ((1, 2, 3),)
