"""The score of a line: for each part the highest rung that its evidence reaches, times the weight of the part.

A pure function of rows of evidence, a day and a scheme: it knows neither who reads nor which body asks, so the same
evidence scores the same everywhere. It does not depend on the order of the rows, and no further row lowers it: a part
is the highest rung reached, and a rung asks for "at least". Time alone, and evidence withdrawn, take from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from throughline.lines.scoring.confidence import Confidence, confidence_in
from throughline.lines.scoring.scheme import Part, Scheme
from throughline.lines.scoring.seen import Row, Seen, seen


@dataclass(frozen=True, slots=True)
class PartScore:
    """What one part gives: its level times its weight, why, on how many items, and what the next rung asks for."""

    name: str
    label: str
    group: str
    level: int
    highest: int
    weight: int
    says: str
    items: tuple[str, ...]
    next_says: str
    next_points: int

    @property
    def points(self) -> int:
        """What the part adds to the score."""
        return self.level * self.weight

    @property
    def most(self) -> int:
        """What it can add at most."""
        return self.highest * self.weight


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its reasons, which sum to it, and the confidence beside it."""

    total: int
    highest: int
    parts: tuple[PartScore, ...]
    confidence: Confidence
    version: str
    on: date


def levels(held: Seen, scheme: Scheme) -> tuple[int, ...]:
    """The level of each part, in the order of the scheme."""
    return tuple(_level(part, held) for part in scheme.parts)


def total(reached: Sequence[int], scheme: Scheme) -> int:
    """The score that these levels make."""
    return sum(level * part.weight for level, part in zip(reached, scheme.parts, strict=True))


def score(rows: Iterable[Row], *, on: date, scheme: Scheme) -> Score:
    """Score rows of evidence as of a day, by a scheme."""
    held = seen(rows, on=on, scheme=scheme)
    parts = tuple(_scored(part, held) for part in scheme.parts)
    confidence = confidence_in(held, scheme.confidence)
    return Score(sum(p.points for p in parts), scheme.highest, parts, confidence, scheme.version, on)


def _level(part: Part, held: Seen) -> int:
    """The highest level of which a rung is met, 0 if none is."""
    return next((rung.level for rung in reversed(part.rungs) if held.meets(rung)), 0)


def _scored(part: Part, held: Seen) -> PartScore:
    level = _level(part, held)
    met = [rung for rung in part.rungs if rung.level == level and held.meets(rung)]
    above = next((one for one in part.rungs if one.level > level), None)
    return PartScore(
        part.name, part.label, part.group, level, part.highest, part.weight, met[0].says if met else "",
        tuple(sorted(frozenset().union(*map(held.items_of, met)))), above.says if above else "",
        (above.level - level) * part.weight if above else 0,
    )  # fmt: skip
