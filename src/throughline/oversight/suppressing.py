"""Small numbers are kept back, and whatever would give them away again by taking one total from another."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

SMALLEST: Final = 5
"""A figure of another body that rests on fewer cases than this is not shown. A default of this product."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown: which parts are kept back, of which groups the total, and whether the total of all."""

    hidden: frozenset[int]
    groups: frozenset[str]
    total: bool


def keep_back(cases: Mapping[int, int], group_of: Mapping[int, str], *, own: Collection[int] = ()) -> Shown:
    """Which cells to hide. ``cases`` is the denominator by cell; ``own`` are cells that the reader may know in full.

    What is hidden in a sum that is shown is always two cells or more, of SMALLEST cases or more together, so that none
    of them can be worked out. Where a group cannot be so, its total is hidden, and what is hidden in all such groups is
    looked at together; cells are hidden, the smallest first, until that holds for the total of all.
    """
    hidden = {cell for cell, n in cases.items() if 0 < n < SMALLEST and cell not in own}
    groups = {group_of[cell] for cell in cases}
    while True:
        shut = {
            group
            for group in groups
            if not _is_safe([n for c, n in _hidden_in(group, hidden, cases, group_of)])
        }
        apart = [cases[cell] for cell in hidden if group_of[cell] in shut]
        if _is_safe(apart):
            return Shown(frozenset(hidden), frozenset(groups - shut), total=True)
        more = [cell for cell, n in cases.items() if n and cell not in hidden and cell not in own]
        if not more:
            return Shown(frozenset(hidden), frozenset(groups - shut), total=False)
        hidden.add(min(more, key=lambda cell: (group_of[cell] not in shut, cases[cell], cell)))


def _hidden_in(
    group: str, hidden: Collection[int], cases: Mapping[int, int], group_of: Mapping[int, str]
) -> list[tuple[int, int]]:
    return [(cell, cases[cell]) for cell in hidden if group_of[cell] == group]


def _is_safe(kept: list[int]) -> bool:
    return not kept or (len(kept) > 1 and sum(kept) >= SMALLEST)
