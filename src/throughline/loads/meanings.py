"""Which values of a column are codes of the standard, and which a body must say the meaning of."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Final

from throughline.intelligence.grading import Assessment, Handling, Source
from throughline.intelligence.report_cells import CellProblem, classification_from
from throughline.intelligence.report_layout import GRADE, code_of

BLANK: Final = "(blank)"
"""Chosen where a value says nothing: the cell is read as empty."""
MOST: Final = 50
"""So many values of a column are asked about."""
_ABOVE: Final = ("SECRET", "CONFIDENTIAL", "STRAP")

_CODES: Final[Mapping[str, Sequence[str]]] = {
    "source": tuple(code.value for code in Source),
    "assessment": tuple(code.value for code in Assessment),
    "handling": tuple(code.value for code in Handling),
    "action": ("A1", "A2", "A3"),
    "sanitisation": ("S1", "S2"),
    "marking": ("OFFICIAL", "OFFICIAL-SENSITIVE"),
    "circulation": ("all",),
    GRADE: tuple("".join(codes) for codes in product("123", "ABCDE", "PC")),
}
CODED: Final = tuple(_CODES)
"""The uses whose values are codes."""


def codes_of(use: str, bodies: Sequence[str]) -> list[str]:
    """What a value of this column may mean, `BLANK` among it."""
    return [*_CODES[use], *(bodies if use == "circulation" else ()), BLANK]


def unknown_values(use: str, values: Sequence[str], bodies: Sequence[str]) -> list[str]:
    """The different values that are no code, in the order in which they first stand, at most `MOST`.

    A marking above OFFICIAL-SENSITIVE is never among them: no map may make it less.
    """
    known = {code_of(code) for code in codes_of(use, bodies)}
    found = {code_of(value): " ".join(value.split()) for value in reversed(values) if value.strip()}
    asked = [
        value
        for code, value in reversed(found.items())
        if code not in known and not _is_code(use, value, known)
    ]
    return asked[:MOST]


def is_above(value: str) -> bool:
    """Whether a value is a classification that is not held here, whatever a map may say of it."""
    return any(word in value.upper() for word in _ABOVE)


def _is_code(use: str, value: str, known: set[str]) -> bool:
    if use == "marking":
        try:
            classification_from(value)
        except CellProblem:
            return is_above(value)
        return True
    if use == "circulation":
        return all(code_of(part) in known for part in value.split(";") if part.strip())
    return use == GRADE and code_of(value.replace(" ", "")) in known
