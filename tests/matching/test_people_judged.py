"""Who is whom by what people judged: components, contradictions told, and history that can be replayed."""

import random
from itertools import pairwise

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from throughline.matching.people.who import (
    DIFFERENT,
    SAME,
    TAKEN_BACK,
    UNSURE,
    VERDICTS,
    People,
    Said,
    standing,
    who_is_whom,
)

VALUES = "abcdefghij"
pairs = st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES)).filter(lambda ends: ends[0] != ends[1])
spoken = st.lists(st.tuples(st.integers(1, 3), pairs, st.sampled_from(VERDICTS)), max_size=25)


def _said(spoken: list[tuple[int, tuple[str, str], str]]) -> list[Said]:
    return [Said(place, body, ends, verdict) for place, (body, ends, verdict) in enumerate(spoken)]


@given(st.lists(pairs, max_size=25))
def test_people_are_the_connected_components_of_what_is_judged_the_same(same: list[tuple[str, str]]) -> None:
    found = who_is_whom(_said([(1, ends, SAME) for ends in same]))
    expected = nx.connected_components(nx.Graph(same))
    assert set(found.groups) == {tuple(sorted(group)) for group in expected}
    assert found.contradictions == ()


@given(spoken)
def test_a_chain_with_a_contradiction_stays_apart_and_is_told(
    spoken: list[tuple[int, tuple[str, str], str]],
) -> None:
    said = _said(spoken)
    found, now = who_is_whom(said), standing(said)
    graph = nx.Graph([ends for (_, ends), verdict in now.items() if verdict == SAME])
    torn = {ends for (_, ends), verdict in now.items() if verdict == DIFFERENT and _joined(graph, *ends)}
    assert set(found.contradictions) == torn
    whole = [group for group in nx.connected_components(graph) if not any(one in group for one, _ in torn)]
    assert {group for group in found.groups if len(group) > 1} == {tuple(sorted(group)) for group in whole}


def _joined(graph: "nx.Graph[str]", one: str, other: str) -> bool:
    return one in graph and other in graph and nx.has_path(graph, one, other)


@given(spoken, st.randoms())
def test_order_of_arrival_and_repetition_change_nothing(
    spoken: list[tuple[int, tuple[str, str], str]], dice: random.Random
) -> None:
    said = _said(spoken)
    shuffled = said + said
    dice.shuffle(shuffled)
    turned = [Said(one.place, one.body, one.ends[::-1], one.verdict) for one in shuffled]
    assert who_is_whom(turned) == who_is_whom(said)


@given(spoken, st.integers(1, 3), pairs)
def test_taking_back_a_judgement_undoes_it_whole(
    spoken: list[tuple[int, tuple[str, str], str]], body: int, ends: tuple[str, str]
) -> None:
    before = [one for one in _said(spoken) if one.body != body or set(one.ends) != set(ends)]
    for verdict in (SAME, DIFFERENT, UNSURE):
        merged = [*before, Said(900, body, ends, verdict), Said(901, body, ends, TAKEN_BACK)]
        assert _known(who_is_whom(merged)) == _known(who_is_whom(before))


def _known(people: People) -> tuple[object, ...]:
    """The people of more than one value: a value that was once judged stands by itself, as one never judged does."""
    return {group for group in people.groups if len(group) > 1}, set(people.contradictions)


@given(spoken)
def test_history_can_be_replayed_to_any_moment(spoken: list[tuple[int, tuple[str, str], str]]) -> None:
    said = _said(spoken)
    for moment in range(len(said) + 1):
        until = [one for one in said if one.place < moment]
        assert who_is_whom(until) == who_is_whom(said[:moment])


def test_a_merge_and_a_split_are_rows_and_lose_nothing() -> None:
    chain = [(1, pair, SAME) for pair in pairwise("abcd")]
    merged = who_is_whom(_said(chain))
    split = who_is_whom(_said([*chain, (1, ("b", "c"), DIFFERENT)]))
    joined_again = who_is_whom(_said([*chain, (1, ("b", "c"), DIFFERENT), (1, ("b", "c"), SAME)]))
    assert merged.groups == (("a", "b", "c", "d"),) == joined_again.groups
    assert split.groups == (("a", "b"), ("c", "d"))
    assert split.contradictions == ()


def test_two_bodies_that_disagree_are_told_and_neither_wins() -> None:
    found = who_is_whom(_said([(1, ("a", "b"), SAME), (2, ("a", "b"), DIFFERENT)]))
    assert found.groups == (("a",), ("b",))
    assert found.contradictions == (("a", "b"),)
