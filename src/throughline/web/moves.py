"""What the page of a record shows of its life: the moves open to the reader, and those that were made."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Button:
    """A move open to the reader: its verb, and the words on its button."""

    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history."""

    what: str
    who: str
    at: datetime
    why: str
