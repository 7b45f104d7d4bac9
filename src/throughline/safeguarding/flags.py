"""What others need to know of a concern, and no more: that somebody is at risk in a line, and whose desk to ring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel.outbox import Payload
from throughline.organisations.queries import BodyCard, body_cards
from throughline.selectors.registry import Selector
from throughline.tasking.stopping import stop_bids

NOT_AGAINST = (
    "Safeguarding comes first for this person: no work may be set against them. Ring the safeguarding desk."
)
"""What is said to whoever would act against an exploited child: it says neither what the concern is nor why."""

PROTECTING = "visits, safeguarding or work with partners"


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Whether a child, or an adult, is at risk in a county line."""

    is_child: bool
    is_adult: bool


@dataclass(frozen=True, slots=True)
class DeskToRing:
    """A body that looks after somebody, and its desk."""

    body_name: str
    desk: str
    is_exploited_child: bool


def at_risk_in(reader: Reader, lines: Sequence[str]) -> dict[str, AtRisk]:
    """By line, who is at risk in it: of those that the reader may know, and on which a concern is open."""
    reader.require(Permission.LINE_READ)
    with reading(reader), connection.cursor() as cursor:
        cursor.execute("select line, is_child, is_adult from safeguarding_flags(%s)", [list(lines)])
        return {ref: AtRisk(child, adult) for ref, child, adult in cursor.fetchall()}


def desks_to_ring(reader: Reader, selector: Selector) -> tuple[DeskToRing, ...]:
    """Whose desk to ring before acting on a person, since a concern about them is open. Noted as disclosed."""
    if not reader.may(Permission.CHECK_RUN):
        return ()
    cards = body_cards()
    with reading(reader), connection.cursor() as cursor:
        cursor.execute(
            "select body, is_exploited_child from safeguarding_existence(%s, %s)",
            [selector.kind, selector.key],
        )
        found = cursor.fetchall()
        for body, _ in found:
            journal.note(Verb.DISCLOSE, "concern", why="told that a concern is open", owner=body)
    return tuple(DeskToRing(cards[body].name, cards[body].desk, child) for body, child in found)


def may_bid_against(reader: Reader, numbers: Sequence[str], hit: str) -> str | None:
    """Why no bid may go against whoever these numbers (``kind:key``) or this hit are of, with the desks to ring.

    None where nothing of that kind is known. That it was told is journalled as a disclosure. The database refuses such
    a bid as well (sql/safeguarding.sql).
    """
    cards = body_cards()
    with reading(reader), connection.cursor() as cursor:
        cursor.execute("select body from safeguarding_against(%s, %s)", [list(numbers), hit])
        bodies = [body for (body,) in cursor.fetchall()]
        for body in bodies:
            journal.note(Verb.DISCLOSE, "concern", why="told that a bid would go against a child", owner=body)
    if not bodies:
        return None
    return f"{_not_against(bodies, cards)} A bid may protect: leave out Pursue, and choose {PROTECTING}."


def stop_work_against(facts: Sequence[Payload]) -> None:
    """Stop the work of bids that turn out to go against an exploited child, and let it go on where they do no more.

    Each side of such a bid is told that it stops and whose desk to ring, as whoever would bid now is told.
    """
    cards = body_cards()
    with connection.cursor() as cursor:
        cursor.execute(
            "select bid, bodies from safeguarding_bids_against(%s)", [[fact["concern"] for fact in facts]]
        )
        found = cursor.fetchall()
    if found:
        stop_bids({bid: _not_against(bodies, cards) if bodies else "" for bid, bodies in found})


def _not_against(bodies: Sequence[int], cards: Mapping[int, BodyCard]) -> str:
    return f"{NOT_AGAINST} {', '.join(f'{cards[body].name} ({cards[body].desk})' for body in bodies)}."
