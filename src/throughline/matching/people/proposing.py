"""Which links are worth proposing, of pairs of people that something brought together, and writing them down."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from django.db import connection

from throughline.kernel import clock
from throughline.matching.linkage.preparing import Prepared
from throughline.matching.people.model import Learnt, people_model
from throughline.matching.people.records import Told, are_comparable, records_of
from throughline.matching.people.scoring import Weighed, weigh
from throughline.matching.people.telling import announce_strong


@dataclass(frozen=True, slots=True)
class Proposed:
    """A link as it was weighed: two values in order, each alone or as a sighting tells of it, and the weight."""

    a: Told
    b: Told
    weighed: Weighed


def weigh_people(learnt: Learnt, pairs: Iterable[tuple[str, str]], told: Iterable[Told]) -> list[Proposed]:
    """Every way in which these pairs of values can be weighed: alone, and as two sources tell of them.

    What two sources tell is weighed where both speak of the same thing beyond name and birth.
    """
    in_order = sorted(pairs)
    telling: dict[str, list[Told]] = {}
    for one in told:
        telling.setdefault(one.key, []).append(one)
    values = sorted({key for pair in in_order for key in pair})
    every = [source for key in values for source in (Told(key), *telling.get(key, ()))]
    records = [(source, record) for source in every for record in records_of(source)]
    at: dict[str, list[int]] = {}
    for place, (source, _) in enumerate(records):
        at.setdefault(source.key, []).append(place)
    wanted = [
        pair for a, b in in_order for pair in product(at[a], at[b])
        if _are_weighed(*(records[place] for place in pair))
    ]  # fmt: skip
    weights = weigh(learnt, [record for _, record in records], wanted)
    weighed = zip(wanted, weights, strict=True)
    return [Proposed(records[one][0], records[other][0], each) for (one, other), each in weighed]


def _are_weighed(one: tuple[Told, Prepared], other: tuple[Told, Prepared]) -> bool:
    if one[0].sighting is None or other[0].sighting is None:
        return one[0].sighting is other[0].sighting
    return are_comparable(one[1], other[1])


def worth_proposing(found: Iterable[Proposed]) -> list[Proposed]:
    """The highest weight of each two sources, where that is enough, and more than the values alone have."""
    alone: dict[tuple[str, str], float] = {}
    best: dict[tuple[str, str, int, int], Proposed] = {}
    for one in sorted(found, key=lambda one: -one.weighed.bits):
        best.setdefault((one.a.key, one.b.key, one.a.sighting or 0, one.b.sighting or 0), one)
        if one.a.sighting is None:
            alone[one.a.key, one.b.key] = one.weighed.bits
    return [
        one for one in best.values()
        if one.weighed.bits >= people_model().least
        and (one.a.sighting is None or one.weighed.bits > alone.get((one.a.key, one.b.key), float("-inf")))
    ]  # fmt: skip


def propose_from(proposed: Sequence[Proposed], learnt: Learnt) -> int:
    """Write these links with their weights. Gives how many are new."""
    if not proposed:
        return 0
    parts = [json.dumps(one.weighed.parts) for one in proposed]
    with connection.cursor() as cursor:
        cursor.execute(
            "select matching_people_propose(%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                [one.a.key for one in proposed], [one.b.key for one in proposed],
                [one.a.sighting or 0 for one in proposed], [one.b.sighting or 0 for one in proposed],
                [one.weighed.bits for one in proposed], parts, learnt.name, clock.now(),
            ],
        )  # fmt: skip
        (new,) = cursor.fetchone()
    strong = people_model().strong
    announce_strong({(one.a.key, one.b.key) for one in proposed if one.weighed.bits >= strong})
    return int(new)
