"""Enquiries are intelligence: who else asked about a value, and telling two bodies that both did."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.notices.services import Message
from throughline.organisations.queries import BodyCard, body_cards
from throughline.selectors.registry import Selector

KNOWN_FOR = timedelta(days=28)
"""An enquiry is known to others so long: past it, it says more of old business than of what two bodies do now."""
NOTICES_APIECE = 5
"""Up to so many values of one list are told one by one; more are told as one notice with a count."""


@dataclass(frozen=True, slots=True)
class AskedBy:
    """Another body that asked about a value: its newest enquiry, and how many it made.

    A body that asked silently has no name here; each of its enquiries stands alone, since to count them together
    would tell that they came from one body.
    """

    body: str
    body_name: str
    desk: str
    at: datetime
    times: int


def asked_about(reader: Reader, selectors: Sequence[Selector]) -> dict[Selector, tuple[AskedBy, ...]]:
    """Who else asked about each of these lately, newest first. Must run inside ``reading(reader)``.

    A value of which the reader's body neither holds anything nor has asked has no entry.
    """
    reader.require(Permission.CHECK_RUN)
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from matching_asked(%s, %s, %s)",
            [[s.kind for s in selectors], [s.key for s in selectors], clock.now() - KNOWN_FOR],
        )
        rows = cursor.fetchall()
    found: dict[Selector, list[tuple[int | None, datetime]]] = defaultdict(list)
    for kind, key, body, at in rows:
        found[Selector(kind, key)].append((body, at))
    cards = body_cards() if found else {}
    return {selector: _by_body(asked, cards) for selector, asked in found.items()}


def _by_body(asked: Sequence[tuple[int | None, datetime]], cards: dict[int, BodyCard]) -> tuple[AskedBy, ...]:
    named: dict[int, list[datetime]] = defaultdict(list)
    out = [AskedBy("", "", "", at, 1) for body, at in asked if body is None]
    for body, at in asked:
        if body is not None:
            named[body].append(at)
    for body, moments in named.items():
        card = cards[body]
        out.append(AskedBy(card.code, card.name, card.desk, max(moments), len(moments)))
    return tuple(sorted(out, key=lambda one: one.at, reverse=True))


def messages_to_fellows(enquiries: Sequence[int], cards: dict[int, BodyCard]) -> list[Message]:
    """What bodies read that asked about the same value and do not hold it: that the other asked, and whom to ring."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from matching_fellow_enquirers(%s, %s)", [list(enquiries), clock.now() - KNOWN_FOR]
        )
        rows = cursor.fetchall()
    grouped: dict[tuple[int, int], list[tuple[str, str, datetime, datetime]]] = defaultdict(list)
    for kind, key, told, other, at, own_at in rows:
        grouped[told, other].append((kind, key, at, own_at))
    return [
        message
        for (told, other), group in grouped.items()
        for message in _to_fellow(told, cards[other], group)
    ]


def _to_fellow(told: int, other: BodyCard, group: list[tuple[str, str, datetime, datetime]]) -> list[Message]:
    ring = f"Ring them at {other.desk} before either of you acts."
    if len(group) > NOTICES_APIECE:
        text = f"{other.name} and your body both asked about the same {len(group):,} values. {ring}"
        return [Message(told, "asked", text, "check")]
    return [
        Message(
            told, "asked",
            f"{other.name} and your body both asked about {Selector(kind, key).shown}: "
            f"they on {clock.day_of(at):%-d %B %Y}, you on {clock.day_of(own_at):%-d %B %Y}. {ring}", "check",
        )
        for kind, key, at, own_at in group
    ]  # fmt: skip
