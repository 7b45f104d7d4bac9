"""A figure as a body gives it: exact, or over, up to, about, almost or between, and kept as it was said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

EXACT, OVER, UP_TO, ABOUT, ALMOST, BETWEEN = "exact", "over", "up to", "about", "almost", "between"
_WORDS: Final = {
    "over": OVER, "more than": OVER, "at least": OVER, "up to": UP_TO, "under": UP_TO, "fewer than": UP_TO,
    "about": ABOUT, "around": ABOUT, "nearly": ALMOST, "almost": ALMOST,
}  # fmt: skip
_TIMES: Final = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000, "": 1}
_NUMBER: Final = r"£?\s*(\d[\d,]*(?:\.\d+)?)\s*(k|thousand|m|million)?\s*(?:kg)?"
_FIGURE: Final = re.compile(
    rf"(?:({'|'.join(_WORDS)})\s+)?{_NUMBER}(?:\s*(?:-|\u2013|to)\s*{_NUMBER})?", re.IGNORECASE | re.ASCII
)
IN_TEXT: Final = re.compile(
    rf"(?:({'|'.join(_WORDS)})\s+)?£?(\d[\d,]*(?:\.\d+)?)\s*(k|thousand|m|million)?\b", re.I
)
MOST: Final = Decimal(10_000_000_000)
NEAR: Final = Decimal("0.1")
"""How far "about" and "almost" may lie from the figure, as a share: a reading of this product."""


class FigureProblem(ValueError):
    """What is wrong with a figure, in a sentence."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and how it was said; ``upper`` is the other end of a range."""

    number: Decimal
    kind: str = EXACT
    upper: Decimal | None = None

    def __str__(self) -> str:
        if self.kind == BETWEEN:
            return f"{_shown(self.number)} to {_shown(self.upper or self.number)}"
        return _shown(self.number) if self.kind == EXACT else f"{self.kind} {_shown(self.number)}"

    @property
    def bounds(self) -> tuple[Decimal, Decimal | None]:
        """The least and the most that it can mean; None for no upper end."""
        return {
            EXACT: (self.number, self.number), OVER: (self.number, None), UP_TO: (Decimal(0), self.number),
            ABOUT: (self.number * (1 - NEAR), self.number * (1 + NEAR)),
            ALMOST: (self.number * (1 - NEAR), self.number), BETWEEN: (self.number, self.upper),
        }[self.kind]  # fmt: skip

    def agrees_with(self, other: "Figure") -> bool:
        """Whether the two can mean one number."""
        (low, high), (least, most) = self.bounds, other.bounds
        return (most is None or low <= most) and (high is None or least <= high)


NOTHING: Final = Figure(Decimal(0))


def read_figure(text: str, *, whole: bool = True) -> Figure | None:
    """What was typed, such as ``586``, ``over 600``, ``£1.2m``, ``about 178`` or ``10 to 12``; None for nothing.

    Raises:
        FigureProblem: it is no such figure, or ``whole`` and it has a fraction.
    """
    text = " ".join(text.split())
    if not text:
        return None
    found = _FIGURE.fullmatch(text)
    if found is None or (found[1] and found[4]):
        raise FigureProblem("Write a figure such as 12, over 600, about 178 or 10 to 12, or leave it blank")
    number = _number(found[2], found[3], whole=whole)
    if found[4]:
        upper = _number(found[4], found[5], whole=whole)
        if upper < number:
            raise FigureProblem("The second figure of a range must be the larger")
        return Figure(number, BETWEEN, upper)
    return Figure(number, _WORDS[found[1].lower()] if found[1] else EXACT)


def _number(digits: str, times: str | None, *, whole: bool) -> Decimal:
    number = Decimal(digits.replace(",", "")) * _TIMES[(times or "").lower()]
    if whole and number != number.to_integral_value():
        raise FigureProblem("Write a whole number: these are counted one by one")
    if number > MOST:
        raise FigureProblem("This is more than any week could give: look at the figure again")
    return number


def added(figures: Sequence[Figure]) -> Figure:
    """The sum of one or more figures, as exact as they are: with an "over" among them it is an "over" itself."""
    if len(figures) == 1:
        return figures[0]
    kinds = {figure.kind for figure in figures}
    least = sum((figure.bounds[0] for figure in figures), Decimal(0))
    if kinds == {EXACT}:
        return Figure(least)
    if OVER in kinds:
        return Figure(least, OVER)
    if kinds <= {EXACT, ABOUT, ALMOST}:
        return Figure(sum((figure.number for figure in figures), Decimal(0)), ABOUT)
    most = sum((figure.bounds[1] or figure.number for figure in figures), Decimal(0))
    return Figure(least, BETWEEN, most)


def change_between(before: Figure, after: Figure) -> Decimal | None:
    """By how many per cent an exact figure rose (+) or fell (-), to one place; None where that cannot be said."""
    if before.kind != EXACT or after.kind != EXACT or not before.number:
        return None
    return round((after.number - before.number) / before.number * 100, 1)


def figures_in(text: str) -> list[Figure]:
    """The figures that a sentence names."""
    return [
        Figure(_number(digits, times, whole=False), _WORDS[word.lower()] if word else EXACT)
        for word, digits, times in IN_TEXT.findall(text)
    ]


def _shown(number: Decimal) -> str:
    """Without the zeros that say nothing."""
    plain = number.normalize()
    return f"{plain:,f}"
