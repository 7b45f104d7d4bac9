"""How matching words its notices: one for each hit, or one with a count where there are many."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from throughline.notices.services import Message

NOTICES_APIECE = 5
"""Up to so many hits of one batch are told one by one; more are told as one notice with a count."""

Row = TypeVar("Row")


def apiece(
    rows: Sequence[Row],
    to: Callable[[Row], Hashable],
    one: Callable[[Row], Message],
    many: Callable[[Row, int], Message],
) -> list[Message]:
    """The notices for whoever ``to`` names: ``one`` for each row, or ``many`` for the first with their count."""
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        groups[to(row)].append(row)
    messages = []
    for group in groups.values():
        few = len(group) <= NOTICES_APIECE
        messages += [one(row) for row in group] if few else [many(group[0], len(group))]
    return messages


def within_a_sentence(label: str) -> str:
    """``Phone number`` as it stands inside a sentence; initials such as IMEI stay as they are."""
    return label if label[1:2].isupper() else label[0].lower() + label[1:]
