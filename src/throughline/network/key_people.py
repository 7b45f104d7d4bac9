"""Who matters most in a network, by published measures together, with the points that each gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from throughline.network import measures
from throughline.network.attributes import groups_of, resources_of
from throughline.network.graph import People, natural

VERSION = "key people 1"
"""Named with every answer: a change of the measures or of how they are put together is a new version."""
FULL = 100.0
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Member:
    """One of the people in plain values: a node id, the key under which the source knows them, and attributes."""

    id: int
    key: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Where one stands: ``points`` by measure add up to the score, 0 to 100."""

    id: int
    rank: int
    score: float
    measures: dict[str, float]
    points: dict[str, float]


def rank_people(people: People, members: Sequence[Member]) -> list[Ranked]:
    """Everyone, the most central first; ``members`` are in the order of the people.

    Each measure is scaled so that the highest has 1, and the score is the mean of them all, times 100: no measure
    counts for more than another, and the points of the measures add up to the score. Equal scores stand in the
    order of their ids, so a rank never hangs on chance.
    """
    found = _measures(people, members)
    scaled = {name: values / values.max() for name, values in found.scored.items() if values.max() > 0}
    share = FULL / max(len(found.scored), 1)
    points = {name: np.round(values * share, 2) for name, values in scaled.items()}
    score = np.round(np.sum(list(points.values()), axis=0), 2) if points else np.zeros(people.size)
    order = sorted(range(people.size), key=lambda n: (-score[n], natural(members[n].key), members[n].id))
    return [
        Ranked(
            members[n].id, rank, float(score[n]),
            {name: round(float(values[n]), _DIGITS) for name, values in found.told.items()},
            {name: float(values[n]) for name, values in points.items()},
        )
        for rank, n in enumerate(order, start=1)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """The measures that make the score, and all that are told."""

    scored: dict[str, measures.Values]
    told: dict[str, measures.Values]


def _measures(people: People, members: Sequence[Member]) -> _Found:
    if not people.size:
        return _Found({}, {})
    scored = {"degree": measures.degree(people), "betweenness": measures.betweenness(people)}
    held = measures.constraint(people)
    scored["brokerage"] = measures.brokerage(held)
    told = {"constraint": np.nan_to_num(held, nan=0.0)}
    strength = measures.strength(people)
    if not np.array_equal(strength, scored["degree"]):
        scored["strength"] = strength
    attributes = [member.attributes for member in members]
    name, groups = groups_of(attributes)
    if name:
        kinds = measures.group_brokerage(people, groups)
        scored["group_brokerage"] = np.sum(list(kinds.values()), axis=0)
        told |= kinds
    used, resources = resources_of(attributes)
    if used:
        scored["network_capital"] = measures.network_capital(people, resources)
    lost = measures.disruption(people, scored["betweenness"])
    if lost is not None:
        scored["disruption"] = lost
    return _Found(scored, scored | told)
