"""How the numbers in call data are keyed: phones in E.164, short codes as they stand, pseudonyms exactly as given."""

import re
from typing import Final

from throughline.selectors.registry import KINDS, NotASelector
from throughline.telecoms.cleaning import WITHHELD

_SHORT_CODE: Final = re.compile(r"\d{3,6}", re.ASCII)
NOBODY: Final = ""
"""The number of a side that is withheld."""


def key_of(raw: str, *, opaque: bool) -> str:
    """The key of a number as it stands in a file; blank where it is withheld. Raises `NotASelector`."""
    text = raw.strip()
    if text.casefold() in WITHHELD:
        return NOBODY
    if opaque:
        return KINDS["opaque"].normalise(text)
    if _SHORT_CODE.fullmatch(text):
        return text
    return KINDS["phone"].normalise(text)


def keys_asked(raw: str) -> list[str]:
    """What a person may mean by a number that they type: a phone in E.164, and the very words as a pseudonym."""
    keys = [raw.strip()]
    try:
        keys.append(key_of(raw, opaque=False))
    except NotASelector:
        return keys
    return list(dict.fromkeys(key for key in keys if key))
