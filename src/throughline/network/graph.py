"""The people of a network as one graph without direction: who is tied to whom, and how strongly."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

CROWD = 200
"""A thing shared by more people than this ties nobody: it would say little, and cost the square of its number."""


@dataclass(frozen=True, slots=True)
class Between:
    """One tie in plain values: two node ids, its weight."""

    source: int
    target: int
    weight: float


@dataclass(frozen=True, slots=True)
class People:
    """The graph: ids of people in a fixed order, and a symmetric matrix (scipy CSR) of the weights between them."""

    ids: Sequence[int]
    weights: Any

    @property
    def size(self) -> int:
        return len(self.ids)

    def neighbours(self, place: int) -> Any:
        """The places of those tied to the one at a place."""
        return self.weights.indices[self.weights.indptr[place] : self.weights.indptr[place + 1]]

    def around(self, some: Any) -> tuple[Any, Any]:
        """The places of those tied to each of some places, one after another, and of each how many they are."""
        pointers = self.weights.indptr
        many = pointers[some + 1] - pointers[some]
        first = np.cumsum(many) - many
        return self.weights.indices[np.repeat(pointers[some] - first, many) + np.arange(many.sum())], many


def people_of(ids: Sequence[int], ties: Iterable[Between]) -> People:
    """The people with these ids, tied by their own ties and by the things that they share.

    Ties both ways between two are added up. A thing that k people share ties each two of them with 1 / (k - 1)
    (Newman 2001, Physical Review E 64, 016132), so that each gains from it no more than its whole. A tie of
    somebody with themselves counts for nothing.
    """
    place = {id_: n for n, id_ in enumerate(ids)}
    weights = _weights(place, ties)
    pairs = sorted(weights)
    ends = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return people_tied(ids, ends[:, 0], ends[:, 1], np.array([weights[pair] for pair in pairs], dtype=float))


def people_tied(ids: Sequence[int], one: Any, other: Any, weights: Any) -> People:
    """The people with these ids, tied by arrays: two places and a weight for each tie; those of a pair are added up."""
    from scipy.sparse import coo_array  # noqa: PLC0415 takes a second

    is_tie = one != other
    if not is_tie.all():
        one, other, weights = one[is_tie], other[is_tie], weights[is_tie]
    ends = np.minimum(one, other), np.maximum(one, other)
    return People(ids, _both_ways(coo_array((weights, ends), shape=(len(ids), len(ids))).tocsr()))


def _both_ways(upper: Any) -> Any:
    """A symmetric matrix from its part above the diagonal: in each row stands what mirrors a column, then the row."""
    from scipy.sparse import csr_array  # noqa: PLC0415 takes a second

    lower = upper.T.tocsr()
    each = np.arange(upper.nnz, dtype=upper.indptr.dtype)
    # Where each entry comes to stand: moved by all that stands before its row in the other part.
    low = each + np.repeat(upper.indptr[:-1], np.diff(lower.indptr))
    high = each + np.repeat(lower.indptr[1:], np.diff(upper.indptr))
    indices, data = np.empty(2 * upper.nnz, dtype=upper.indices.dtype), np.empty(2 * upper.nnz)
    indices[low], indices[high] = lower.indices, upper.indices
    data[low], data[high] = lower.data, upper.data
    return csr_array((data, indices, lower.indptr + upper.indptr), shape=upper.shape)


def _weights(place: dict[int, int], ties: Iterable[Between]) -> dict[tuple[int, int], float]:
    weights: dict[tuple[int, int], float] = defaultdict(float)
    sharing: dict[int, set[int]] = defaultdict(set)
    for tie in ties:
        source, target = place.get(tie.source), place.get(tie.target)
        if source is not None and target is not None:
            if source != target:
                weights[min(source, target), max(source, target)] += tie.weight
        elif source is not None:
            sharing[tie.target].add(source)
        elif target is not None:
            sharing[tie.source].add(target)
    for _, sharers in sorted(sharing.items()):
        if 1 < len(sharers) <= CROWD:
            for pair in combinations(sorted(sharers), 2):
                weights[pair] += 1 / (len(sharers) - 1)
    return weights


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key by which texts sort as people count: ``2`` before ``10``, and ``phase 2`` before ``phase 10``."""
    return tuple(
        (0, int(part), "") if part.isascii() and part.isdigit() else (1, 0, part)
        for part in re.split(r"(\d+)", text.casefold())
        if part
    )
