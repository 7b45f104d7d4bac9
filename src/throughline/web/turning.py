"""Turning the pages of a list: where a page starts, as its address says, and the addresses of those beside it."""

from dataclasses import dataclass

from django.http import QueryDict

DEEPEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page this is and the addresses of those beside it ('' at an end)."""

    page: int
    previous: str
    next: str


def offset_in(asked: QueryDict) -> int:
    """Where the page starts; what is no such number means the start of the list."""
    text = asked.get("offset", "")
    is_number = text.isascii() and text.isdigit() and len(text) < len(str(DEEPEST))
    return int(text) if is_number else 0
