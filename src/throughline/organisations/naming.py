"""Which body a name means, as registers and maps write it: by its code, or by its name with or without usual words."""

import re

from throughline.organisations.queries import BodyCard, body_cards

_USUAL = re.compile(
    r"\b(?:constabulary|police(?: service(?: of)?| force| force area| area)?|pfa|\(.*\)|and isle of wight)\b|\(.*\)"
)
ALSO = {"met": "MPS", "the met": "MPS", "london": "MPS", "scotland": "PSOS", "northern ireland": "PSNI"}
"""What a body is called besides."""


def codes_by_name() -> dict[str, str]:
    """The code of each body by every name that `plain_name` makes of it; a name of two bodies is none."""
    held: dict[str, set[str]] = {}
    for card in body_cards().values():
        for name in _names(card):
            held.setdefault(name, set()).add(card.code)
    one = {name: next(iter(codes)) for name, codes in held.items() if len(codes) == 1 and name}
    return {**{name: code for name, code in ALSO.items() if code in one.values()}, **one}


def plain_name(text: str) -> str:
    """A name without the words that many bodies have: Devon & Cornwall Police is devon and cornwall."""
    plain = _USUAL.sub(" ", text.casefold().replace("&", " and "))
    return " ".join(plain.replace(",", " ").split())


def _names(card: BodyCard) -> set[str]:
    return {card.code.casefold(), card.name.casefold(), plain_name(card.name)}


def code_named(name: str, codes: dict[str, str]) -> str:
    """The code of the body of this name, '' if it is none. ``codes`` are those of `codes_by_name`."""
    text = " ".join(name.split()).casefold()
    return codes.get(text) or codes.get(plain_name(text), "")
