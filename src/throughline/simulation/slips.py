"""Slips of the finger, the ear and the eye in one word, and tables of kinds of error that are thrown for."""

from bisect import bisect
from collections.abc import Mapping
from itertools import accumulate
from typing import Final

import numpy as np

MEASURED: Final = 1.0
"""The care of whoever wrote the measured records: as many errors as were found there."""

SLIPS: Final[Mapping[str, float]] = {
    "substituted": 0.58,
    "inserted": 0.17,
    "deleted": 0.15,
    "transposed": 0.10,
}
"""Shares of single slips in letters, between the two sources."""
MISHEARD: Final = 0.25
"""The share of substituted letters that sound alike or look alike when read off paper, and not on the keyboard."""

_NEAR: Final = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok", "o": "ipl",
    "p": "ol", "a": "qsz", "s": "adwx", "d": "sfec", "f": "dgrv", "g": "fhtb", "h": "gjyn", "j": "hkum",
    "k": "jli", "l": "kop", "z": "xas", "x": "zcsd", "c": "xvdf", "v": "cbfg", "b": "vngh", "n": "bmhj", "m": "njk",
}  # fmt: skip
_ALIKE: Final = {
    "c": "ks", "k": "c", "s": "zc", "z": "s", "i": "ye", "y": "i", "e": "ai", "a": "eo", "o": "ua", "u": "o",
    "v": "fw", "f": "v", "w": "v", "g": "j", "j": "g", "d": "t", "t": "d", "b": "p", "p": "b", "m": "n",
    "n": "mr", "l": "i", "r": "n", "h": "n", "q": "g", "x": "s",
}  # fmt: skip
"""Letters heard or read for one another: `s` for `z` by ear, `l` for `i` from a printed page."""


class Rates:
    """One table of kinds, thrown for with one die."""

    def __init__(self, rates: Mapping[str, float]) -> None:
        self.kinds = tuple(rates)
        self.running = tuple(accumulate(rates.values()))

    def kind(self, dice: np.random.Generator, care: float) -> str:
        """The kind of error made, or nothing."""
        thrown = dice.random() / care
        return self.kinds[bisect(self.running, thrown)] if thrown < self.running[-1] else ""


_SLIP: Final = Rates(SLIPS)


def slip(dice: np.random.Generator, word: str) -> str:
    """One slip of the finger, the ear or the eye somewhere in a word; words of one letter stay."""
    if len(word) < 2:
        return word
    kind = _SLIP.kind(dice, MEASURED) or "substituted"
    place = int(dice.integers(1 if dice.random() < 0.9 else 0, len(word)))  # the first letter is seldom wrong
    letter = word[place].lower()
    if kind == "deleted":
        return word[:place] + word[place + 1 :]
    if kind == "inserted":
        extra = letter if dice.random() < 0.5 else one_of(dice, _NEAR.get(letter, "e"))
        return word[:place] + extra + word[place:]
    if kind == "transposed":
        place = min(place, len(word) - 2)
        return _cased(word, word[:place] + word[place + 1] + word[place] + word[place + 2 :])
    table = _ALIKE if dice.random() < MISHEARD else _NEAR
    return _cased(word, word[:place] + one_of(dice, table.get(letter, "e")) + word[place + 1 :])


def _cased(before: str, after: str) -> str:
    return after[:1].upper() + after[1:].lower() if before.istitle() else after


def one_of(dice: np.random.Generator, choices: str) -> str:
    """One of these letters."""
    return choices[int(dice.integers(len(choices)))]
