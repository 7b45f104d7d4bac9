"""How telling a shared value is: rare values first, common ones damped and never dropped."""

from dataclasses import dataclass
from math import log2

from throughline.kernel.explain import Reason

COMMON_HOLDERS = 6
COMMON_TIMES = 50
"""At six bodies or fifty sightings a value says more of the place than of a person: a hostel, a taxi rank."""


@dataclass(frozen=True, slots=True)
class Rarity:
    """A score from 0 to 1 for ranking, whether the value is damped as common, and the reasons for both."""

    score: float
    is_common: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step from what a kind tells on its own to the score of a value: what was looked at, and the score so far."""

    name: str
    score: float


def rarity_steps(*, weight: float, holders: int, times: int) -> tuple[Step, ...]:
    """The score as it comes down from the weight of the kind: by the bodies that hold it, then by the times seen."""
    seen_once_each = rarity(weight=weight, holders=holders, times=holders).score
    return (
        Step("The kind on its own", weight),
        Step(f"Held by {holders:,} bodies", seen_once_each),
        Step(f"Seen {times:,} times in all", rarity(weight=weight, holders=holders, times=times).score),
    )


def rarity(*, weight: float, holders: int, times: int) -> Rarity:
    """Rank a value by how few hold it.

    ``score = weight / log2(2 + (holders - 2) + (times - 2))``: the inverse of the information that one more
    holder adds, after inverse document frequency (Spärck Jones 1972, J. Documentation 28:11-21), scaled by how
    telling the kind of selector is on its own. Two bodies with one sighting each give the full weight.

    Args:
        weight: the kind's own weight, 0 to 1.
        holders: bodies that hold the value and do not keep it silent, 2 or more.
        times: sightings of it in all of them, 2 or more.
    """
    spread = max(2, holders + times - 2)
    is_common = holders >= COMMON_HOLDERS or times >= COMMON_TIMES
    reasons: tuple[Reason, ...] = (
        Reason(
            "kind",
            f"{weight:.2f}",
            "How telling a match on this kind of selector is on its own, from 0 to 1.",
        ),
        Reason("holders", f"{holders:,}", f"{holders:,} bodies hold it. The fewer, the more telling."),
        Reason(
            "times", f"{times:,}", f"It has been seen {times:,} times in all. The fewer, the more telling."
        ),
    )
    if is_common:
        sentence = (
            f"Common value: {holders:,} bodies hold it, seen {times:,} times. Ranked low, never left out."
        )
        reasons = (*reasons, Reason("common", "yes", sentence))
    return Rarity(score=round(weight / log2(spread), 4), is_common=is_common, reasons=reasons)
