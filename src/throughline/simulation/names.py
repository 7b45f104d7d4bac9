"""Names of invented people: what is common in Britain today, put together at random, with their short and other forms.

The lists are our own, from common usage, and hold common names only: each is borne by thousands of people, so that a
name alone tells of nobody, and the date of birth, the address and the numbers that go with it here are invented. Which
given name meets which surname is thrown by dice within one of six broad mixes; one person in twelve has a given name of
one and a surname of another. The order within a list is roughly how common a name is, and the chance of a name falls
with its rank (Zipf's law, flattened). Neither the shares of the mixes nor the order were measured.
"""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

import numpy as np

from throughline.simulation import name_lists as lists

__all__ = ["forms_of", "invent"]

ACROSS: Final = 1 / 12
"""The share of people whose given name and surname come from two mixes."""
DOUBLE_BARRELLED: Final = 0.03
"""The share of surnames that are two joined by a hyphen."""
FLATTENING: Final = 6


@dataclass(frozen=True, slots=True)
class _Names:
    """Names in a list with the running total of their chances."""

    names: tuple[str, ...]
    chances: tuple[float, ...]

    def one(self, dice: np.random.Generator) -> str:
        return self.names[min(bisect(self.chances, dice.random()), len(self.names) - 1)]


_FORMS: dict[str, tuple[str, ...]] = {}


def _listed(text: str) -> _Names:
    groups = [group.split() for group in text.split(";")]
    for name, *others in groups:
        _FORMS[name] = tuple(dict.fromkeys((*_FORMS.get(name, ()), *(one for one in others if one != name))))
    weights = [1 / (rank + FLATTENING) for rank in range(len(groups))]
    return _Names(tuple(group[0] for group in groups), _running(weights))


def _running(weights: Sequence[float]) -> tuple[float, ...]:
    total = sum(weights)
    return tuple(accumulate(weight / total for weight in weights))


@dataclass(frozen=True, slots=True)
class _Mix:
    """The names of one broad mix: men and women of three times, and the surnames; its share in those times."""

    men: tuple[_Names, ...]
    women: tuple[_Names, ...]
    surnames: _Names
    shares: tuple[float, float, float]


def _same(text: str) -> tuple[_Names, ...]:
    return (_listed(text),) * 3


_MIXES: Final = (
    _Mix(tuple(map(_listed, lists.BRITISH_MEN)), tuple(map(_listed, lists.BRITISH_WOMEN)),
         _listed(lists.BRITISH_SURNAMES), (0.84, 0.76, 0.66)),
    _Mix(_same(lists.MUSLIM_MEN), _same(lists.MUSLIM_WOMEN), _listed(lists.MUSLIM_SURNAMES), (0.03, 0.08, 0.12)),
    _Mix(_same(lists.INDIAN_MEN), _same(lists.INDIAN_WOMEN), _listed(lists.INDIAN_SURNAMES), (0.03, 0.04, 0.04)),
    _Mix(_same(lists.AFRICAN_MEN), _same(lists.AFRICAN_WOMEN), _listed(lists.AFRICAN_SURNAMES), (0.03, 0.05, 0.09)),
    _Mix(_same(lists.EASTERN_MEN), _same(lists.EASTERN_WOMEN), _listed(lists.EASTERN_SURNAMES), (0.02, 0.04, 0.06)),
    _Mix(_same(lists.IRISH_MEN), _same(lists.IRISH_WOMEN), _listed(lists.IRISH_SURNAMES), (0.05, 0.03, 0.03)),
)  # fmt: skip
_OF_A_TIME: Final = tuple(_running([mix.shares[time] for mix in _MIXES]) for time in range(3))
_TIMES: Final = (1970, 1995)


def invent(dice: np.random.Generator, sex: str, year: int) -> tuple[str, str]:
    """A given name and a surname for someone born in ``year``; ``sex`` is a word that begins with f, or any other."""
    time = bisect(_TIMES, year)
    mix = _mix(dice, time)
    family = _mix(dice, time) if dice.random() < ACROSS else mix
    given = (mix.women if sex[:1].lower() == "f" else mix.men)[time].one(dice)
    surname = family.surnames.one(dice)
    if dice.random() < DOUBLE_BARRELLED:
        second = _MIXES[0].surnames.one(dice)
        surname = surname if second == surname else f"{surname}-{second}"
    return given, surname


ORIGINS: Final = ("British", "Muslim", "Indian", "African", "eastern European", "Irish")
"""The broad mixes in their order, in a word each."""


def invent_of(dice: np.random.Generator, origin: str, sex: str, year: int) -> tuple[str, str]:
    """A given name and a surname of one mix, for someone born in ``year``."""
    mix = _MIXES[ORIGINS.index(origin)]
    return (mix.women if sex[:1].lower() == "f" else mix.men)[bisect(_TIMES, year)].one(
        dice
    ), mix.surnames.one(dice)


def _mix(dice: np.random.Generator, time: int) -> _Mix:
    return _MIXES[min(bisect(_OF_A_TIME[time], dice.random()), len(_MIXES) - 1)]


def forms_of(name: str) -> tuple[str, ...]:
    """The short and other forms of a given name, or the other spellings of a surname; none for most."""
    return _FORMS.get(name, ())
