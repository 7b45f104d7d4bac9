"""What every kind of selector has: a name, words for officers, and one canonical way to be written."""

from collections.abc import Callable
from dataclasses import dataclass


class NotASelector(ValueError):
    """A plain sentence that says what is wrong with a value and what to do about it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of selector.

    `weight`, 0 to 1, is how telling one exact match is on its own. `normalise` turns what was typed into the
    canonical key, whatever its format, and raises NotASelector; given its own key it returns it unchanged.
    `show` turns a key into what a person reads, which `normalise` reads back.
    """

    name: str
    label: str
    plural: str
    hint: str
    example: str
    weight: float
    normalise: Callable[[str], str]
    show: Callable[[str], str]
