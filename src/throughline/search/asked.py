"""What a person typed into the box, read in every way that search can look for it: pure rules, no database."""

import re
from dataclasses import dataclass, field

from throughline.selectors.names import words_of
from throughline.selectors.nicknames import ways_of
from throughline.selectors.registry import Selector, guess

LONGEST = 200
"""Characters that the box takes."""
SHORTEST = 3
"""A fragment has at least this many letters or digits together: fewer would be in every other value."""
MOST_WORDS = 8
"""A name has no more words than this."""
MOST_FRAGMENTS = 3
_OPERATORS = re.compile(r"[\"()]|(?:^|\s)-\w|\bor\b", re.IGNORECASE)
_RUN = re.compile(r"[a-z0-9]{3,}", re.IGNORECASE | re.ASCII)
_NAME = re.compile(r"[^\d@_/\\|&<>=*%]+")
"""No digit and no sign that stands in no name."""
_TRUNK = re.compile(r"(?:00|\+)?44\(?0?\)?|0")


@dataclass(frozen=True, slots=True)
class Asked:
    """One search: the words, name variants for the words of reports, fragments of values, words of a name."""

    text: str
    also: str = ""
    fragments: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    exact: tuple[Selector, ...] = field(default=())

    @property
    def ways(self) -> list[list[str]]:
        """For each word of the name, the word and the forms that may stand for it."""
        return [[word, *sorted(ways_of(word))] for word in self.name]

    @property
    def patterns(self) -> list[str]:
        """The fragments as LIKE takes them: anywhere in the value."""
        return [f"%{_escaped(fragment)}%" for fragment in self.fragments]

    @property
    def holds_a_digit(self) -> bool:
        """Whether a fragment may be part of a date of birth: only then are people sought by it."""
        return any(letter.isdigit() for fragment in self.fragments for letter in fragment)


def read_text(text: str) -> Asked:
    """Everything that this text may be. Text in quotes, or with ``or`` and minus signs, is for the words alone."""
    text = " ".join(text.split())[:LONGEST]
    if _OPERATORS.search(text):
        return Asked(text)
    name = tuple(words_of(text)) if _NAME.fullmatch(text) else ()
    name = name if 0 < len(name) <= MOST_WORDS else ()
    return Asked(
        text, _also(name), _fragments(text), name, tuple(one for one in guess(text) if one.kind != "brand")
    )


def _also(name: tuple[str, ...]) -> str:
    """The words of a name of two or more, each with its other forms, as a query over the words of reports."""
    if len(name) < len(("given", "surname")) or not any(ways_of(word) for word in name):
        return ""
    return " & ".join(f"({' | '.join([word, *sorted(ways_of(word))])})" for word in name)


def _fragments(text: str) -> tuple[str, ...]:
    """The whole, with its separators and without; a number that opens with 0 also as it is kept, with 44."""
    whole = text.lower()
    compact = re.sub(r"[ .\-/()]", "", whole)
    found = [compact]
    if re.fullmatch(r"\+?\d+", compact) and (opens := _TRUNK.match(compact)):
        found.append(f"44{compact[opens.end() :]}")
    else:
        found += [whole, *(word for word in whole.split() if any(letter.isdigit() for letter in word))]
    return tuple(one for one in dict.fromkeys(found) if _RUN.search(one))[:MOST_FRAGMENTS]


def _escaped(fragment: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", fragment)
