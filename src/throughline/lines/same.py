"""Whether two lines may be one: what they share, with reasons; plain rules with no database in them."""

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.kernel.explain import Reason
from throughline.lines.known import Held, of
from throughline.selectors.registry import KINDS

ENOUGH = 0.6
"""A shared value at least this telling makes two lines worth a look: an address, and not a postcode."""
STRONG = ("number", "role", "premises", "vehicle")
AREAS = ("exports from", "imports to")
BRAND_AND_AREA = 0.6
"""A name alone says little, since many lines share one; with a shared area it is worth a look. Our judgement."""
_NAMES = {"number": "Number", "role": "Person", "premises": "Premises", "vehicle": "Vehicle"}


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two lines are, and why: the chance that none of what they share is by chance, as a rank."""

    score: float
    reasons: tuple[Reason, ...]


def likeness(one: Iterable[Held], other: Iterable[Held]) -> Likeness | None:
    """What two lines share, or None when that is too little to ask a person."""
    ours, theirs = tuple(one), tuple(other)
    shared = [fact for fact in of(ours, *STRONG) if _key(fact) in {_key(f) for f in of(theirs, *STRONG)}]
    telling = {_key(fact): (fact, KINDS[fact.kind].weight) for fact in shared}
    reasons = [
        Reason(_NAMES[fact.statement], f"{weight:.2f}", f"Both have {fact.shown}.")
        for fact, weight in telling.values()
    ]
    weights = [weight for _, weight in telling.values() if weight >= ENOUGH]
    areas = _both(ours, theirs, *AREAS)
    if (brands := _both(ours, theirs, "brand")) and areas:
        weights.append(BRAND_AND_AREA)
        reasons.append(
            Reason("Name and area", f"{BRAND_AND_AREA:.2f}", f"Both are {brands[0]} and touch {areas[0]}.")
        )
    if not weights:
        return None
    missed = 1.0
    for weight in weights:
        missed *= 1 - weight
    return Likeness(1 - missed, tuple(sorted(reasons, key=lambda r: r.value, reverse=True)))


def _key(fact: Held) -> tuple[str, str, str]:
    return fact.statement, fact.kind, fact.value


def _both(ours: Iterable[Held], theirs: Iterable[Held], *statements: str) -> list[str]:
    held = {_key(fact) for fact in of(theirs, *statements)}
    return [fact.shown for fact in of(ours, *statements) if _key(fact) in held]
