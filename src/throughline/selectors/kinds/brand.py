"""The name that a line trades under."""

import re

from throughline.selectors.kinds.cleaning import clean, fold, quoted
from throughline.selectors.kinds.kind import Kind, NotASelector

_LONGEST = 60
_AFTER = (["COUNTY", "LINE"], ["DEAL", "LINE"], ["DRUGS", "LINE"], ["LINE"])


def normalise_brand(raw: str) -> str:
    """The name in capitals without "the", "line" and the possessive: the Ricky Line is RICKY."""
    text = clean(raw)
    plain = re.sub(r"'S\b", "", fold(text)).replace("'", "")
    words = _name_alone("".join(letter if letter.isalnum() else " " for letter in plain).split())
    key = " ".join(words)
    if not key or len(key) > _LONGEST:
        raise NotASelector(f"{quoted(text)} is not the name of a line. Write the name alone, such as Ricky.")
    return key


def _name_alone(words: list[str]) -> list[str]:
    while words and words[0] == "THE":
        words = words[1:]
    while ending := next((after for after in _AFTER if words[-len(after) :] == after), None):
        words = words[: -len(ending)]
    return words


def show_brand(key: str) -> str:
    """Ricky line."""
    return " ".join(word if len(word) < len("RICK") else word.title() for word in key.split()) + " line"


BRAND = Kind(
    name="brand",
    label="Line name",
    plural="Line names",
    hint="The name that a line trades under. Many lines share a name.",
    example="Ricky line",
    weight=0.3,
    normalise=normalise_brand,
    show=show_brand,
)
