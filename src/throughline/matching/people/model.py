"""The model by which people are linked: the reviewed file, and what a run has learnt, each version kept for good.

What is compared, and what a level is worth before anything is learnt, stands in the model for persons of ``linkage``.
Here stands what sightings know of people, what leads to a comparison, and from where on a link is proposed.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from throughline.matching.linkage.model import Comparison, persons
from throughline.matching.linkage.preparing import Prepared
from throughline.matching.linkage.weighing import BEFORE, Numbers, Shares, Weights, log_odds, shares_of


@dataclass(frozen=True, slots=True)
class PeopleModel:
    """The reviewed file. ``names``: two people are compared when all values of one of these are the same.

    ``travels``: the kinds of selector that stand as evidence with a person, and the field that each fills.
    ``fewest_to_count``: a value's rarity is counted once so many people have it; below, it is as rare as the file says,
    so that no figure tells of a few people.
    """

    name: str
    version: int
    comparisons: tuple[Comparison, ...]
    names: tuple[tuple[str, ...], ...]
    travels: Mapping[str, str]
    prior: float
    proposed_from: float
    strong_from: float
    fewest_to_count: int

    @property
    def least(self) -> float:
        """Bits from which a link is proposed."""
        return log_odds(self.proposed_from)

    @property
    def strong(self) -> float:
        """Bits from which it is proposed as strong."""
        return log_odds(self.strong_from)


@dataclass(frozen=True, slots=True)
class Learnt:
    """The weights in force under one name: shares of each level, how often values stand, and the prior."""

    name: str
    m: Shares
    u: Shares
    often: Mapping[str, Mapping[str, float]]
    """For each value whose rarity counts: the share of people who have it, where enough of them do."""
    rare: Mapping[str, float]
    """And the share taken for any value that fewer have."""
    prior: float

    def weights(self, records: Sequence[Prepared]) -> Weights:
        """The weights for these records, by their places."""
        often = {value: self._rarities(value, rare, records) for value, rare in self.rare.items()}
        return Weights(people_model().comparisons, self.m, self.u, often)

    def _rarities(self, value: str, rare: float, records: Sequence[Prepared]) -> Numbers:
        counted = self.often.get(value)
        if not counted:
            return np.full(len(records), rare)
        return np.array([counted.get(str(record[value]), rare) for record in records])

    def as_json(self) -> str:
        """As it is kept."""
        shares = {"m": self.m, "u": self.u}
        listed = {side: {name: each.tolist() for name, each in of.items()} for side, of in shares.items()}
        return json.dumps({"often": self.often, "rare": self.rare, "prior": self.prior, **listed})


def learnt_of(name: str, kept: str) -> Learnt:
    """A version as it was kept: to the last bit, so that an old judgement can be weighed again as it was."""
    said: dict[str, Any] = json.loads(kept)
    m, u = ({name: np.array(each) for name, each in said[side].items()} for side in ("m", "u"))
    return Learnt(name, m, u, said["often"], said["rare"], said["prior"])


@cache
def people_model() -> PeopleModel:
    """The model file that stands in the repository."""
    said = json.loads(files(__package__).joinpath("people.json").read_text(encoding="utf-8"))
    compares = {one.name: one for one in persons().comparisons}
    return PeopleModel(
        name=said["model"], version=said["version"],
        comparisons=tuple(compares[name] for name in said["compares"]),
        names=tuple(map(tuple, said["names"])), travels=said["travels"], prior=said["prior"],
        proposed_from=said["proposed_from"], strong_from=said["strong_from"],
        fewest_to_count=said["fewest_to_count"],
    )  # fmt: skip


@cache
def unlearnt() -> Learnt:
    """The weights of the file alone, which stand until a run has learnt others."""
    model = people_model()
    m = {one.name: shares_of([level.m for level in one.levels]) for one in model.comparisons}
    u = {one.name: shares_of([level.u for level in one.levels]) for one in model.comparisons}
    return Learnt(f"{model.name} {model.version}", m, u, {}, rare_values(), model.prior)


@cache
def rare_values() -> dict[str, float]:
    """Each value whose rarity counts, and how often the file says that one stands which nobody has counted."""
    found: dict[str, float] = {}
    for level in (level for one in people_model().comparisons for level in one.levels if level.frequency_of):
        found[level.frequency_of] = max(level.u, found.get(level.frequency_of, 0.0))
    return found


def rarities(
    counted: Callable[[str, int], tuple[int, Mapping[str, int]]],
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """How often each value stands that enough people share, leaned on the model file as in ``linkage``.

    And the share for all that fewer have: that of a value which just enough share, or the file's where that is less.
    ``counted`` gives, of a value's name and how many are enough, all who say it and how many each shared value has.
    """
    fewest, often, rarest = people_model().fewest_to_count, {}, {}
    for name, rare in rare_values().items():
        said, shared = counted(name, fewest)
        whole, before = said + BEFORE, BEFORE * rare
        often[name] = {value: (count + before) / whole for value, count in shared.items()}
        rarest[name] = min(rare, (fewest + before) / whole)
    return often, rarest
