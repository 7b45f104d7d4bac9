"""Why a link weighs what it weighs: what agreed and differed, how rare it is, and what would change the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log2

from throughline.matching.linkage.preparing import Prepared
from throughline.matching.linkage.weighing import SURE
from throughline.matching.people.model import people_model

LABELS = {
    "given": "Given name", "surname": "Surname", "middle": "Other names", "born": "Date of birth",
    "postcode": "Postcode", "street": "Address", "phone": "Phone number", "email": "E-mail address",
    "identifier": "Identifier",
}  # fmt: skip
_BORN = "born"


@dataclass(frozen=True, slots=True)
class Part:
    """One comparison: what both say, the level reached in words, and its bits for (positive) or against."""

    name: str
    label: str
    words: str
    one: str
    other: str
    bits: float
    rarity: str
    is_said: bool

    @property
    def effect(self) -> str:
        """Which way it speaks."""
        return "for" if self.bits > 0 else "against" if self.bits < 0 else "neither"


@dataclass(frozen=True, slots=True)
class Change:
    """What one more piece of knowledge would make of the answer."""

    if_so: str
    probability: float


def parts_in_words(
    parts: Mapping[str, tuple[int, float]],
    one: Prepared,
    other: Prepared,
    shown: Mapping[str, tuple[str, str]],
) -> tuple[Part, ...]:
    """Each comparison in the order of the model; ``shown`` are the values of both as a person writes them."""
    out = []
    for comparison in people_model().comparisons:
        level, bits = parts.get(comparison.name, (-1, 0.0))
        is_said = level >= 0
        reached = comparison.levels[level] if is_said else None
        both = shown.get(
            comparison.name, (_plain(one, comparison.reads[0]), _plain(other, comparison.reads[0]))
        )
        out.append(
            Part(
                name=comparison.name, label=LABELS[comparison.name], one=both[0], other=both[1], bits=bits,
                words=_sentence(reached.words) if reached else "Nothing to compare: one of the two does not say.",
                rarity=_rarity(bits, reached.m) if reached and reached.frequency_of else "", is_said=is_said,
            )
        )  # fmt: skip
    return tuple(out)


def _plain(record: Prepared, value: str) -> str:
    said = record[value]
    return ", ".join(map(str, said)) if isinstance(said, list) else "" if said is None else str(said)


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:] + "."


def _rarity(bits: float, m: float) -> str:
    """How often two different people would agree on this very value, from its bits: m / 2^bits."""
    share = m / 2**bits
    return f"1 in {round(1 / share, -len(str(int(1 / share))) + 2):,.0f} people" if 0 < share < 1 else ""


def probability_of(bits: float) -> float:
    """Bits as a probability."""
    return 1 / (1 + 2 ** -max(-SURE, min(SURE, bits)))


def changes(parts: Mapping[str, tuple[int, float]], bits: float) -> tuple[Change, ...]:
    """What would change the answer most: of what is not said, the best and the worst that it could turn out to be."""
    found = []
    for comparison in people_model().comparisons:
        level, _ = parts.get(comparison.name, (-1, 0.0))
        if level >= 0 or comparison.name in ("middle", _BORN):
            continue
        for reached in (comparison.levels[0], comparison.levels[-1]):
            moved = bits + log2(reached.m / reached.u)
            found.append(Change(f"If both turn out to have {reached.words}", probability_of(moved)))
    now = probability_of(bits)
    return tuple(sorted(found, key=lambda one: -abs(one.probability - now))[:4])
