"""What becomes of objects of another system before anything is recorded. Pure: no database.

Each form of others has its own reading; all give reports as rows of a file of reports, and name what is refused.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from throughline.selectors.registry import NotASelector, Selector, parse

STRICTEST = "OFFICIAL-SENSITIVE"
"""What comes under any marking but ours is held so, and by its receiver alone, until a person decides otherwise."""
LONGEST_TITLE = LONGEST_CONTACT = 200
LONGEST_CAVEAT = 1_000
_TOO_HIGH = re.compile(r"\b(?:SECRET|CONFIDENTIAL|STRAP)\b")


@dataclass(frozen=True, slots=True)
class RefusedThing:
    """An object that was not kept, by its place among those sent, from 1, and by its id as far as it has one."""

    place: int
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class TakenReport:
    """One report as rows of a file of reports, each with the place of its object, and all that it took by its place."""

    rows: tuple[tuple[int, dict[str, str]], ...]
    places: dict[int, str]


@dataclass(slots=True)
class Taken:
    """What became of the objects before anything was recorded; ``context`` only tells how others are read.

    What is ``missing`` was named by an object that was sent, and did not come with it.
    """

    reports: list[TakenReport] = field(default_factory=list)
    refused: list[RefusedThing] = field(default_factory=list)
    missing: list[RefusedThing] = field(default_factory=list)
    context: int = 0


class Take(Protocol):
    """Reads objects for the body ``own``, of whose code no other may file. ``bodies`` are the codes of all bodies."""

    def __call__(self, things: Sequence[object], *, own: str, bodies: Iterable[str]) -> Taken: ...


class Refused(Exception):
    """Why an object is not taken."""


def admitted(words: str) -> str:
    """The words of a marking, unless they keep what they mark off a system, or off this one. Raises `Refused`."""
    if "TLP:RED" in words.upper():
        raise Refused("It is TLP:RED, for those alone who were told: it must not be put on a system.")
    if _TOO_HIGH.search(words):
        raise Refused("Throughline holds nothing above OFFICIAL-SENSITIVE: it must not be loaded here.")
    return words


def text_in(thing: Mapping[str, Any], name: str) -> str:
    """A text that stands in an object; blank where there is none, or something else."""
    value = thing.get(name)
    return value if isinstance(value, str) else ""


def selector_of(kind: str, value: str) -> Selector:
    """The selector that a value is. Raises `Refused`, with what its kind asks for."""
    try:
        return parse(value, kind)
    except NotASelector as problem:
        raise Refused(str(problem)) from problem


def written(selector: Selector) -> str:
    """As a file of reports takes it back, among others."""
    return f"{selector.kind}:" + re.sub(r"[\\;]", lambda found: "\\" + found[0], selector.key)


def one_item(
    reference: str, *, day: str, title: str, text: str, selectors: Iterable[str], caveat: str = "", contact: str = "",
) -> dict[str, str]:  # fmt: skip
    """The row of a report of one item that waits for its grade, held by its receiver alone."""
    return {
        "report": reference, "date_of_intelligence": day, "title": title[:LONGEST_TITLE], "item": "1", "text": text,
        "marking": STRICTEST, "circulation": "", "selectors": ";".join(dict.fromkeys(selectors)),
        "caveat": caveat[:LONGEST_CAVEAT], "contact": contact[:LONGEST_CONTACT],
    }  # fmt: skip
