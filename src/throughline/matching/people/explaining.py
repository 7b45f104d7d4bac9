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
_ASKED = ("postcode", "street", "phone", "email", "identifier")
"""What somebody can find out; a name and a date of birth stand in every record."""


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
    """What knowing one more thing of both would make of the probability: if it is the same, and if it differs."""

    label: str
    if_same: float
    if_different: float


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
        plain = _plain(one, comparison.reads[0]), _plain(other, comparison.reads[0])
        written = shown.get(comparison.name, plain)
        both = written[0] or plain[0], written[1] or plain[1]
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
    """What would change the answer: of what one of the two does not say, the most telling first."""
    found = []
    for comparison in people_model().comparisons:
        if parts.get(comparison.name, (-1, 0.0))[0] < 0 and comparison.name in _ASKED:
            same, different = (probability_of(bits + log2(level.m / level.u))
                               for level in (comparison.levels[0], comparison.levels[-1]))  # fmt: skip
            found.append(Change(LABELS[comparison.name], same, different))
    return tuple(sorted(found, key=lambda one: one.if_different - one.if_same))
