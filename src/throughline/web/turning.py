"""Turning the pages of a list: where a page starts, as its address says, and the addresses of those beside it."""

from collections.abc import Callable
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


def turned(offset: int, address: Callable[[int], str], *, size: int, is_more: bool) -> Turn:
    """The pages beside the one that starts at ``offset``; ``address`` is of the page that starts at a place."""
    before = address(max(0, offset - size)) if offset else ""
    return Turn(offset // size + 1, before, address(offset + size) if is_more else "")
