"""Who is whom, as a pure function of weighed links and of what people have said.

Joining every chain of links (connected components) lets one wrong link tie two families together. Here two groups join
while the links between them speak for it on the whole: the pair with the highest mean first, pairs never compared
counting nothing (unweighted average linkage; R. R. Sokal and C. D. Michener, University of Kansas Science Bulletin 38,
1958). It stops where the mean evidence no longer makes one person likelier than two: no threshold is chosen.
"""

import heapq
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

Record = int
Link = tuple[Record, Record, float]
"""Two records, and the bits for (positive) or against their being one person, the prior included."""
PLACES = 9
"""Decimals to which means are compared, so that the order of adding up does not decide."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """The groups, each sorted and the groups by their first; and the pairs said to be both the same and different."""

    groups: tuple[tuple[Record, ...], ...]
    contradictions: tuple[tuple[Record, Record], ...] = ()


def clusters(
    records: Iterable[Record], links: Iterable[Link], *, same: Collection[tuple[Record, Record]] = (),
    different: Collection[tuple[Record, Record]] = (), source_of: Mapping[Record, str] | None = None,
) -> Clusters:  # fmt: skip
    """Group the records. What people judged ``same`` comes first, and what they judged ``different`` never joins.

    Records that judgements say are the same and different at once stay apart and are told. ``source_of`` names sources
    in which everybody stands once: no group then holds two of one source, unless a person judged them the same.
    """
    ids = sorted(set(records))
    joined, contradictions = _judged(ids, same, different)
    apart = {frozenset(pair) for pair in different}
    forest = _Forest(ids)
    for one, other in joined:
        forest.join(one, other)
    found: list[tuple[Record, ...]] = []
    for part in _parts(forest.groups(), links):
        found += _Part(part, apart, source_of or {}).grown()
    return Clusters(tuple(sorted(found)), contradictions)


def _judged(
    ids: Collection[Record],
    same: Collection[tuple[Record, Record]],
    different: Collection[tuple[Record, Record]],
) -> tuple[list[tuple[Record, Record]], tuple[tuple[Record, Record], ...]]:
    """The judgements of sameness that nothing contradicts, and the pairs that are contradicted."""
    forest = _Forest(sorted({*ids, *(record for pair in same for record in pair)}))
    for one, other in same:
        forest.join(one, other)
    torn = sorted({
        (min(pair), max(pair)) for pair in different
        if pair[0] in forest.above and pair[1] in forest.above and forest.top(pair[0]) == forest.top(pair[1])
    })  # fmt: skip
    unsettled = {forest.top(one) for one, _ in torn}
    return [pair for pair in same if forest.top(pair[0]) not in unsettled], tuple(torn)


class _Forest:
    """Records under the smallest of their group."""

    def __init__(self, ids: Iterable[Record]) -> None:
        self.above = {record: record for record in ids}

    def top(self, record: Record) -> Record:
        while self.above[record] != record:
            self.above[record] = record = self.above[self.above[record]]
        return record

    def join(self, one: Record, other: Record) -> None:
        low, high = sorted((self.top(one), self.top(other)))
        self.above[high] = low

    def groups(self) -> dict[Record, list[Record]]:
        found: dict[Record, list[Record]] = {}
        for record in self.above:
            found.setdefault(self.top(record), []).append(record)
        return found


@dataclass(slots=True)
class _Ties:
    """Groups that hang together, and the links between and inside them."""

    groups: list[list[Record]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def _parts(groups: dict[Record, list[Record]], links: Iterable[Link]) -> list[_Ties]:
    """What can be grouped by itself: no link for sameness leads from one part to another."""
    top = {record: first for first, members in groups.items() for record in members}
    whole, kept = _Forest(groups), []
    for one, other, bits in links:
        if one in top and other in top and top[one] != top[other]:
            kept.append((one, other, bits))
            if bits > 0:
                whole.join(top[one], top[other])
    found = {first: _Ties() for first in groups if whole.top(first) == first}
    for first, members in groups.items():
        found[whole.top(first)].groups.append(members)
    for one, other, bits in sorted(kept):
        if whole.top(top[one]) == whole.top(top[other]):
            found[whole.top(top[one])].links.append((one, other, bits))
    return list(found.values())


class _Part:
    """Groups growing together, the likeliest two first."""

    def __init__(self, ties: _Ties, apart: set[frozenset[Record]], source_of: Mapping[Record, str]) -> None:
        self.members = {group[0]: group for group in ties.groups}
        self.bits: dict[Record, dict[Record, float]] = {first: {} for first in self.members}
        self.barred = self._barred(apart)
        self.sources = {
            first: {source_of[one] for one in group if one in source_of}
            for first, group in self.members.items()
        }
        first_of = {record: first for first, group in self.members.items() for record in group}
        for one, other, bits in ties.links:
            a, b = first_of[one], first_of[other]
            self.bits[a][b] = self.bits[b][a] = self.bits[a].get(b, 0.0) + bits
        self.waiting = [
            (-self._mean(a, b), a, b)
            for a, others in self.bits.items()
            for b in others
            if a < b and self._may(a, b)
        ]
        heapq.heapify(self.waiting)

    def _barred(self, apart: set[frozenset[Record]]) -> dict[Record, set[Record]]:
        first_of = {record: first for first, group in self.members.items() for record in group}
        barred: dict[Record, set[Record]] = {}
        for pair in apart:
            ends = {first_of[record] for record in pair if record in first_of}
            if len(ends) == 2:  # noqa: PLR2004 both ends are in this part
                a, b = ends
                barred.setdefault(a, set()).add(b)
                barred.setdefault(b, set()).add(a)
        return barred

    def _mean(self, a: Record, b: Record) -> float:
        return round(self.bits[a][b] / (len(self.members[a]) * len(self.members[b])), PLACES)

    def _may(self, a: Record, b: Record) -> bool:
        return (
            self._mean(a, b) > 0
            and b not in self.barred.get(a, ())
            and self.sources[a].isdisjoint(self.sources[b])
        )

    def grown(self) -> list[tuple[Record, ...]]:
        """The groups at the end."""
        while self.waiting:
            mean, a, b = heapq.heappop(self.waiting)
            if b in self.bits.get(a, ()) and -mean == self._mean(a, b) and self._may(a, b):
                self._join(a, b)
        return [tuple(sorted(group)) for group in self.members.values()]

    def _join(self, a: Record, b: Record) -> None:
        """``b``, the later, becomes part of ``a``."""
        self.members[a] = self.members[a] + self.members.pop(b)
        self.sources[a] |= self.sources.pop(b)
        for other in self.barred.pop(b, set()):
            self.barred[other].discard(b)
            self.barred[other].add(a)
            self.barred.setdefault(a, set()).add(other)
        del self.bits[a][b]
        for other, bits in self.bits.pop(b).items():
            if other != a:
                del self.bits[other][b]
                self.bits[a][other] = self.bits[other][a] = self.bits[a].get(other, 0.0) + bits
        for other in self.bits[a]:
            if self._may(a, other):
                heapq.heappush(self.waiting, (-self._mean(a, other), min(a, other), max(a, other)))
