"""Where in a text or a value the words asked for stand: pure rules, no database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

OPEN, CLOSE = "\x02", "\x03"
"""Set around a word by the database. No text holds either: what is typed or loaded has no control characters."""
_SEPARATORS = " .-/()"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and whether it is what was asked for."""

    text: str
    is_hit: bool = False


def pieces_of(headline: str) -> tuple[Piece, ...]:
    """A text in which the words asked for stand between OPEN and CLOSE, in pieces."""
    parts = re.split(f"{OPEN}(.*?){CLOSE}", headline, flags=re.DOTALL)
    return tuple(Piece(part, is_hit=bool(n % 2)) for n, part in enumerate(parts) if part)


def fragment_in(shown: str, fragments: Sequence[str]) -> tuple[Piece, ...]:
    """A value as a person reads it, with the first fragment found in it marked, whatever stands between its letters.

    A telephone number is kept with 44 and shown with 0, so a fragment is also sought without the 44.
    """
    places = [place for place, letter in enumerate(shown) if letter not in _SEPARATORS]
    compact = "".join(shown[place] for place in places).lower()
    for fragment in fragments:
        bare = "".join(letter for letter in fragment if letter not in _SEPARATORS)
        for one in (bare, f"0{bare[2:]}" if bare.startswith("44") else bare):
            start = compact.find(one)
            if one and start >= 0:
                first, last = places[start], places[start + len(one) - 1] + 1
                cut = (
                    Piece(shown[:first]),
                    Piece(shown[first:last], is_hit=True),
                    Piece(shown[last:]),
                )
                return tuple(piece for piece in cut if piece.text)
    return (Piece(shown),)
