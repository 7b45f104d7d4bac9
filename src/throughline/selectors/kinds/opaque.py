"""Pseudonyms given by whoever supplied the data: equal or not equal, and nothing else is known."""

from throughline.selectors.kinds.cleaning import quoted
from throughline.selectors.kinds.kind import Kind, NotASelector

_LONGEST = 200


def normalise_opaque(raw: str) -> str:
    """Exactly what was given, without space around it: capitals and punctuation count."""
    text = raw.strip()
    if not text:
        raise NotASelector("There is nothing here. Give the identifier as it stands in the data.")
    if len(text) > _LONGEST:
        raise NotASelector(
            f"{quoted(text)} has {len(text):,} characters. An identifier has at most {_LONGEST}."
        )
    if not text.isprintable():
        raise NotASelector(
            f"{quoted(text)} has characters that cannot be printed. Take them out of the data."
        )
    return text


def show_opaque(key: str) -> str:
    """As given."""
    return key


OPAQUE = Kind(
    name="opaque",
    label="Identifier in supplied data",
    plural="Identifiers in supplied data",
    hint="A pseudonym from a data set, exactly as it stands there.",
    example="P-000123",
    weight=0.9,
    normalise=normalise_opaque,
    show=show_opaque,
)
