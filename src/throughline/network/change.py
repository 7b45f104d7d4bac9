"""What changes in a network from one phase to the next: who comes, goes, rises and falls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SHOWN = 10
"""Of those who rise or fall, so many are named; comings and goings are all named."""
LEAST = 3
"""Ranks by which somebody must move to be named."""
AMONG = 10
"""A rise or fall is named when it leads into or out of the first so many."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody whose rank changed."""

    key: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Change:
    """From one phase to the next, with what happened in either; ``appear`` and ``disappear`` are in order of rank."""

    before: str
    after: str
    happened_before: tuple[str, ...]
    happened: tuple[str, ...]
    people_before: int
    people: int
    ties_before: int
    ties: int
    appear: tuple[str, ...]
    disappear: tuple[str, ...]
    rise: tuple[Shift, ...]
    fall: tuple[Shift, ...]
    first_before: str
    first: str


def change_between(
    before: str, after: str, *, ranks: Mapping[str, Mapping[str, int]], ties: Mapping[str, int],
    happenings: Mapping[str, Sequence[str]],
) -> Change:  # fmt: skip
    """The change from one phase to another; ``ranks`` are by phase, then by key, of those present."""
    old, new = ranks.get(before, {}), ranks.get(after, {})
    moved = [Shift(key, old[key], new[key]) for key in old if key in new]
    among = [s for s in moved if min(s.before, s.after) <= AMONG and abs(s.before - s.after) >= LEAST]
    return Change(
        before, after, tuple(happenings.get(before, ())), tuple(happenings.get(after, ())), len(old), len(new),
        ties.get(before, 0), ties.get(after, 0),
        tuple(sorted(set(new) - set(old), key=lambda key: new[key])),
        tuple(sorted(set(old) - set(new), key=lambda key: old[key])),
        tuple(sorted((s for s in among if s.after < s.before), key=lambda s: (s.after, s.before))[:SHOWN]),
        tuple(sorted((s for s in among if s.after > s.before), key=lambda s: (s.before, s.after))[:SHOWN]),
        _first(old), _first(new),
    )  # fmt: skip


def _first(ranks: Mapping[str, int]) -> str:
    return min(ranks, key=lambda key: ranks[key], default="")
