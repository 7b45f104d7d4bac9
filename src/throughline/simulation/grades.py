"""How bodies grade and circulate what they write, by how it came to be known. The shares are our judgement."""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Final

import numpy as np

from throughline.simulation.facts import How
from throughline.simulation.places import bodies
from throughline.simulation.wording import INSTRUCTIONS

Cells = tuple[str, str, str, str, str, str]
"""Source, assessment, handling, action, sanitisation, instructions."""
UNGRADED: Final[Cells] = ("", "", "", "", "", "")

_UNGRADED: Final = 0.015
"""The share of items that wait for a person to grade them."""
_NOBODY, _EVERYBODY, _REGION = 0.22, 0.30, 0.33
_SENSITIVE: Final = 0.35


@dataclass(frozen=True, slots=True)
class Habit:
    """How one way of knowing is usually graded: codes with their shares, the share under C, and days until written."""

    codes: tuple[str, ...]
    running: tuple[float, ...]
    conditions: float
    days: float


def _habit(days: float, conditions: float, **shares: float) -> Habit:
    codes = tuple(code.removeprefix("_") for code in shares)
    return Habit(codes, tuple(accumulate(shares.values())), conditions, days)


HABITS: Final[Mapping[How, Habit]] = {
    "stop": _habit(0.6, 0.02, _1A=0.93, _1B=0.07),
    "watch": _habit(2.5, 0.30, _1A=0.85, _1B=0.15),
    "source": _habit(5.0, 0.62, _1A=0.08, _1B=0.24, _1C=0.18, _2B=0.22, _2C=0.20, _2D=0.08),
    "examination": _habit(24.0, 0.10, _1A=0.96, _1B=0.04),
    "public": _habit(3.0, 0.04, _2A=0.34, _2B=0.12, _2C=0.22, _2D=0.26, _3D=0.04, _3E=0.02),
    "visit": _habit(1.0, 0.03, _1A=0.96, _1B=0.04),
    "camera": _habit(2.0, 0.05, _1A=1.0),
    "custody": _habit(0.4, 0.02, _1A=1.0),
    "partner": _habit(9.0, 0.06, _1B=0.36, _1C=0.24, _2B=0.20, _2C=0.20),
}


def grade(dice: np.random.Generator, how: How) -> Cells:
    """The six boxes of one item."""
    if dice.random() < _UNGRADED:
        return UNGRADED
    habit = HABITS[how]
    code = habit.codes[min(bisect(habit.running, dice.random()), len(habit.codes) - 1)]
    if dice.random() >= habit.conditions:
        return (code[0], code[1], "P", "", "", "")
    thrown = int(dice.integers(30))
    return (code[0], code[1], "C", f"A{thrown % 3 + 1}", f"S{thrown % 2 + 1}", INSTRUCTIONS[thrown % 5])


def marking(dice: np.random.Generator, cells: Cells) -> str:
    """OFFICIAL-SENSITIVE where conditions are set, and sometimes where they are not."""
    sensitive = cells[2] == "C" or dice.random() < _SENSITIVE
    return "OFFICIAL-SENSITIVE" if sensitive else "OFFICIAL"


def circulation(dice: np.random.Generator, body: str, how: How) -> str:
    """Nobody but the owner, everybody, the region with its unit, or two bodies further away."""
    thrown = dice.random()
    if thrown < _NOBODY or (how == "source" and thrown < _NOBODY * 1.6):
        return ""
    if thrown < _NOBODY + _EVERYBODY:
        return "all"
    if thrown < _NOBODY + _EVERYBODY + _REGION and len(neighbours(body)) > 1:
        return ";".join(neighbours(body))
    codes = list(bodies())
    two = {codes[int(dice.random() * len(codes))] for _ in range(2)}
    return ";".join(sorted(two - {body}))


@cache
def neighbours(body: str) -> tuple[str, ...]:
    """The bodies of the same region, its unit among them, and not the body itself."""
    region = bodies()[body].region
    return tuple(sorted(b.code for b in bodies().values() if b.region == region and b.code != body))


def days_until_written(dice: np.random.Generator, how: How) -> int:
    """Whole days from the event until its report goes in: a few for most, weeks for some."""
    return int(HABITS[how].days * np.exp(0.8 * dice.standard_normal()))
