"""The first line of an address in parts: the flat, the house by its name, the number and the street."""

import re
from dataclasses import dataclass

from throughline.selectors.kinds.address import (
    STREETS,
    WITHIN,
    down_to_street,
    has_digit,
    house_number,
    in_full,
    words_of_line,
)
from throughline.selectors.kinds.cleaning import fold

_HOUSES = {
    "COTTAGE", "HOUSE", "COURT", "LODGE", "FARM", "VILLA", "HALL", "MANOR", "BARN", "TOWER", "TOWERS", "POINT",
    "BUILDING", "BUILDINGS", "HOSTEL", "HOTEL", "BUNGALOW", "FARMHOUSE", "RECTORY", "VICARAGE", "MANSIONS",
}  # fmt: skip
"""Words that end the name of a house or a block."""
_FLOORS = {"BASEMENT", "GROUND", "FIRST", "SECOND", "THIRD", "TOP", "UPPER", "LOWER", "GARDEN", "FLOOR"}
_TOGETHER = re.compile(r"(\d+)([A-Z])")


@dataclass(frozen=True, slots=True)
class Premises:
    """What a line says of each part, in capitals; '' for what it does not say."""

    flat: str
    house: str
    number: str
    street: str


def premises_of(line: str) -> Premises:
    """A line such as ``Flat 3, Wherry House, 12a Wherry Rd`` in its parts.

    12A without a flat is read as flat A of number 12, as it is also written; 3/12 as flat 3 of number 12.
    """
    words = in_full(words_of_line(fold(line)))
    flat, words = _flat(words)
    place = house_number(words)
    if place < 0:
        house, street = _named(words)
        return Premises(flat, house, "", street)
    number = words[place]
    if not flat and re.fullmatch(r"\d+/\d+[A-Z]?", number):
        flat, _, number = number.partition("/")
    lettered = _TOGETHER.fullmatch(number)
    if lettered and flat in ("", lettered[2]):
        number, flat = lettered[1], lettered[2]
    rest = words[place + 1 :]
    return Premises(flat, " ".join(words[:place]), number, " ".join(down_to_street(rest)))


def _flat(words: list[str]) -> tuple[str, list[str]]:
    """The flat, and the words without it: ``FLAT 3``, ``FLAT B2``, ``GROUND FLOOR FLAT``."""
    for place, word in enumerate(words):
        if word not in WITHIN:
            continue
        after = words[place + 1 : place + 2]
        floor = [other for other in words[:place] if other in _FLOORS]
        if word == "FLAT" and floor:
            return floor[0], [other for other in words if other not in {*_FLOORS, "FLAT"}]
        if word == "FLOOR" and floor:
            continue
        if after and (has_digit(after[0]) or len(after[0]) == 1):
            return after[0], words[:place] + words[place + 2 :]
    return "", words


def _named(words: list[str]) -> tuple[str, str]:
    """A house that has a name and no number, and the street after it."""
    for place, word in enumerate(words[:-1]):
        if word in _HOUSES and words[place + 1] not in STREETS:
            return " ".join(words[: place + 1]), " ".join(down_to_street(words[place + 1 :]))
    if words and words[-1] in _HOUSES:
        return " ".join(words), ""
    return "", " ".join(down_to_street(words))
