"""Which links are worth proposing, of pairs of people that something brought together, and writing them down."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from django.db import connection

from throughline.kernel import clock
from throughline.matching.linkage.preparing import Prepared
from throughline.matching.people.model import Learnt, people_model
from throughline.matching.people.records import Told, alone, records_of, said_beyond
from throughline.matching.people.scoring import Weighed, compared, score
from throughline.matching.people.telling import announce_strong


@dataclass(frozen=True, slots=True)
class Proposed:
    """A link as it was weighed: two values in order, each alone or as a sighting tells of it, and the weight."""

    a: Told
    b: Told
    weighed: Weighed


def worth_proposing(learnt: Learnt, pairs: Iterable[tuple[str, str]], told: Iterable[Told]) -> list[Proposed]:
    """The links worth proposing among these pairs of values: alone, and as two sources tell of them.

    What two sources tell is weighed where both speak of the same thing beyond name and birth. Of each two sources the
    highest weight, where that is enough, and more than the values alone have.
    """
    in_order = sorted(pairs)
    rows = _Rows(in_order, told)
    wanted = np.array([ends for a, b in in_order for ends in rows.weighed(a, b)], dtype=np.int64)
    if not len(wanted):
        return []
    found = score(learnt, rows.records, compared(rows.records, wanted)).of_at_least(people_model().least)
    ends = [
        (rows.sources[one], rows.sources[other])
        for one, other in zip(found.pairs.left, found.pairs.right, strict=True)
    ]
    chosen = best_of(ends, found.bits.tolist())
    return [Proposed(*ends[place], weighed) for place, weighed in zip(chosen, found.at(chosen), strict=True)]


def best_of(ends: Sequence[tuple[Told, Told]], bits: Sequence[float]) -> list[int]:
    """The places worth proposing: the highest weight of each two sources, where the values alone have less."""
    best: dict[tuple[str, str, int, int], int] = {}
    for place, (a, b) in enumerate(ends):
        where = a.key, b.key, a.sighting or 0, b.sighting or 0
        if where not in best or bits[place] > bits[best[where]]:
            best[where] = place
    return [
        place for (a_key, b_key, sighting, _), place in best.items()
        if not sighting or bits[place] > bits[best.get((a_key, b_key, 0, 0), place)]
        or (a_key, b_key, 0, 0) not in best
    ]  # fmt: skip


class _Rows:
    """The records to compare: of each value first itself alone, then as its sources tell of it."""

    def __init__(self, pairs: Iterable[tuple[str, str]], told: Iterable[Told]) -> None:
        telling: dict[str, list[Told]] = {}
        for one in told:
            telling.setdefault(one.key, []).append(one)
        self.sources: list[Told] = []
        self.records: list[Prepared] = []
        self._at: dict[str, range] = {}
        for key in sorted({key for pair in pairs for key in pair}):
            first = len(self.sources)
            self._add(Told(key), [alone(key)])
            for source in telling.get(key, ()):
                self._add(source, list(records_of(source)))
            self._at[key] = range(first, len(self.sources))
        self._said = [said_beyond(record) for record in self.records]

    def _add(self, source: Told, said: list[Prepared]) -> None:
        self.sources += [source] * len(said)
        self.records += said

    def weighed(self, a: str, b: str) -> Iterator[tuple[int, int]]:
        """The places of the records that are weighed of two values."""
        one, other = self._at[a], self._at[b]
        yield one[0], other[0]
        for pair in product(one[1:], other[1:]):
            if self._said[pair[0]] & self._said[pair[1]]:
                yield pair


def propose_from(proposed: Sequence[Proposed], learnt: Learnt) -> int:
    """Write these links with their weights. Gives how many are new."""
    if not proposed:
        return 0
    said = [
        (one.a.key, one.b.key, one.a.sighting or 0, one.b.sighting or 0, one.weighed.bits, one.weighed.parts)
        for one in proposed
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "select matching_people_propose(%s, %s, %s)", [json.dumps(said), learnt.name, clock.now()]
        )
        (new,) = cursor.fetchone()
    strong = people_model().strong
    announce_strong({(one.a.key, one.b.key) for one in proposed if one.weighed.bits >= strong})
    return int(new)
