"""Every three people of a network who are all tied to each other, found without walking all pairs of anybody's ties."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

AT_ONCE = 200_000
"""Pairs of ties that are looked at together: what they need of memory is bounded, whatever the network."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Each tie once, by place: ``one`` below ``other``, in the order of both; ``weights`` of each."""

    size: int
    one: Any
    other: Any
    weights: Any


@dataclass(frozen=True, slots=True)
class Triangles:
    """Some triangles as arrays: the places of their three people, and the numbers of the tie that faces each."""

    people: tuple[Any, Any, Any]
    facing: tuple[Any, Any, Any]


def triangles(ties: Ends) -> Iterator[Triangles]:
    """All of them, each once, some at a time.

    Each tie belongs to whichever of its two has fewer, and only pairs of what belongs to one are asked whether they
    close (Chiba and Nishizeki 1985, SIAM Journal on Computing 14, 210): of m ties no more than some m ** 1.5 pairs.
    """
    if not ties.one.size:
        return
    pointers, heads, numbers = _by_the_lesser(ties)
    owner = np.repeat(np.arange(ties.size, dtype=np.int32), np.diff(pointers))
    later = pointers[owner + 1] - np.arange(1, owner.size + 1)
    keys = ties.one.astype(np.int64) * ties.size + ties.other
    for begin, end in _parts(later):
        first = np.repeat(np.arange(begin, end), later[begin:end])
        second = first + 1 + _counted(later[begin:end])
        near, far = heads[first], heads[second]
        key = np.minimum(near, far).astype(np.int64) * ties.size + np.maximum(near, far)
        place = np.minimum(np.searchsorted(keys, key), keys.size - 1)
        closed = np.flatnonzero(keys[place] == key)
        first, second = first[closed], second[closed]
        yield Triangles(
            (owner[first], heads[first], heads[second]), (place[closed], numbers[second], numbers[first])
        )


def _by_the_lesser(ties: Ends) -> tuple[Any, Any, Any]:
    """Pointers by person into the ties that belong to them: the others' places, and the ties' numbers."""
    from scipy.sparse import coo_array  # noqa: PLC0415 takes a second

    degree = np.bincount(ties.one, minlength=ties.size) + np.bincount(ties.other, minlength=ties.size)
    is_turned = degree[ties.other] < degree[ties.one]
    tails, heads = (
        np.where(is_turned, ties.other, ties.one),
        np.where(is_turned, ties.one, ties.other),
    )
    numbers = np.arange(ties.one.size)
    held = coo_array((numbers, (tails, heads)), shape=(ties.size, ties.size)).tocsr()
    return held.indptr.astype(np.int64), held.indices, held.data


def _parts(many: Any) -> Iterator[tuple[int, int]]:
    """Stretches of places whose counts add up to about AT_ONCE each."""
    summed, begin = np.cumsum(many), 0
    while begin < many.size:
        done = summed[begin] - many[begin]
        end = max(int(np.searchsorted(summed, done + AT_ONCE, side="right")), begin + 1)
        yield begin, end
        begin = end


def _counted(many: Any) -> Any:
    """0, 1, 2 and so on for each count anew, one after another."""
    whole = np.cumsum(many)
    return np.arange(whole[-1] if whole.size else 0) - np.repeat(whole - many, many)
