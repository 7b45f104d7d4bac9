"""How the numbers in call data are keyed: phones in E.164, short codes as they stand, pseudonyms exactly as given."""

import re
from typing import Final

from throughline.selectors.registry import KINDS, NotASelector, Selector
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


def selector_of(key: str) -> Selector:
    """The selector that a key stands for: a phone where it is one, else a pseudonym."""
    is_phone = key.startswith("+") and key[1:].isdigit()
    return Selector("phone" if is_phone else "opaque", key)


def shown(key: str) -> str:
    """A number as people write it."""
    return selector_of(key).shown if key else "withheld"
