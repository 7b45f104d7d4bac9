"""Bids in lists: those that wait, those on a line, those of a pile, and all by rank, as their reader may know them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel import clock
from throughline.lines.members import members_of
from throughline.lines.models import CountyLine
from throughline.organisations.queries import BodyCard, body_cards
from throughline.tasking.models import Bid, Decline
from throughline.tasking.workflow import BID, ENDED, HAND_OFFS

OPEN_STATES = tuple(state for state in BID.states if state not in ENDED)
DECLINED = ("declined", "not adopted")
PILES = ("ours", "declined", "overdue", "results")
MOST = 1_000
_NO_CHILD = ExpressionWrapper(Q(child_at_risk="") | Q(state__in=ENDED), output_field=BooleanField())


@dataclass(frozen=True, slots=True)
class BidRow:
    """A bid in a list; ``waits_for`` names the body whose step is next, and ``what`` the step ('' when none is).

    ``declined`` is why it was declined last, one of REASONS, in a list of bids that are.
    """

    ref: str
    title: str
    owner_name: str
    level: str
    state: str
    waits_for: str
    what: str
    due_at: datetime | None
    is_overdue: bool
    score: int | None
    confidence: str
    child_at_risk: str
    made_at: datetime
    declined: str = ""


@dataclass(frozen=True, slots=True)
class BidList:
    """A page of bids, those with a child at risk first, then by score, and how many the reader may know."""

    rows: tuple[BidRow, ...]
    total: int


def bid_list(
    reader: Reader,
    *,
    state: str = "",
    level: str = "",
    body: str = "",
    pile: str = "",
    offset: int = 0,
    size: int = 25,
) -> BidList:
    """The bids that the reader may know; the count is of these alone. Journalled.

    ``state`` is a state, or ``open``; ``body`` is the code of a side; ``pile`` is one of PILES: those whose next step
    is for the reader to take, those declined, those overdue, those whose result is missing.
    """
    reader.require(Permission.TASK_READ)
    cards = body_cards()
    with reading(reader):
        rows = _filtered(cards, state=state, level=level, body=body) & _pile(reader, pile)
        total = rows.count()
        ranked = rows.order_by(
            _NO_CHILD, F("score").desc(nulls_last=True), F("due_at").asc(nulls_last=True), "pk"
        )
        found = list(ranked[offset : offset + size])
        journal.note(Verb.CONSULT, "bid list", why="looked at a list", refs=[bid.ref for bid in found])
        standing = [bid for bid in found if bid.state in DECLINED]
        why = dict(Decline.objects.filter(bid__in=standing).order_by("pk").values_list("bid__ref", "reason"))
    rows_shown = bid_rows(found, cards)
    return BidList(tuple(replace(row, declined=why.get(row.ref, "")) for row in rows_shown), total)


def _filtered(cards: dict[int, BodyCard], *, state: str, level: str, body: str) -> QuerySet[Bid]:
    rows = Bid.objects.all()
    if state:
        rows = rows.filter(state__in=OPEN_STATES if state == "open" else [state])
    if level:
        rows = rows.filter(level=level)
    if body:
        ids = [n for n, card in cards.items() if card.code == body]
        rows = rows.filter(Q(owner__in=ids) | Q(desk__in=ids) | Q(offered__in=ids))
    return rows


def _pile(reader: Reader, pile: str) -> QuerySet[Bid]:
    rows = Bid.objects.all()
    if pile == "ours":
        return rows.filter(_waits_for(reader))
    if pile == "declined":
        return rows.filter(state__in=DECLINED)
    if pile == "results":
        return rows.filter(state="active", due_at__lte=clock.now())
    return rows.filter(due_at__lte=clock.now()) if pile == "overdue" else rows


def _waits_for(reader: Reader) -> Q:
    waits = Q(pk__in=[])
    for state, hand_off in HAND_OFFS.items():
        if reader.may(hand_off.needs):
            waits |= Q(state=state, **{hand_off.side: reader.body})
    return waits


def bid_rows(bids: Iterable[Bid], cards: dict[int, BodyCard]) -> tuple[BidRow, ...]:
    """These bids as rows of a list, in their order."""
    now = clock.now()
    return tuple(
        BidRow(
            bid.ref, bid.title, cards[bid.owner].name, bid.level, bid.state, *_next(bid, cards), bid.due_at,
            bid.due_at is not None and bid.due_at <= now, bid.score, bid.confidence, bid.child_at_risk,
            bid.made_at,
        )
        for bid in bids
    )  # fmt: skip


def _next(bid: Bid, cards: dict[int, BodyCard]) -> tuple[str, str]:
    hand_off = HAND_OFFS.get(bid.state)
    return (cards[getattr(bid, hand_off.side)].name, hand_off.what) if hand_off else ("", "")


def bids_waiting(reader: Reader, *, size: int) -> tuple[BidRow, ...]:
    """The bids whose next step is for this person to take, soonest due first."""
    reader.require(Permission.TASK_READ)
    with reading(reader):
        found = list(Bid.objects.filter(_waits_for(reader)).order_by("due_at", "pk")[:size])
    return bid_rows(found, body_cards())


def count_of(reader: Reader, pile: str) -> int:
    """How many bids of a pile the reader may know, up to 1,000."""
    reader.require(Permission.TASK_READ)
    with reading(reader):
        return len(_pile(reader, pile).values_list("pk")[:MOST])


def bids_on(reader: Reader, line: str) -> tuple[BidRow, ...]:
    """The bids on a line and on those that it stands for, as far as the reader may know line and bids; newest first."""
    if not reader.may(Permission.TASK_READ):
        return ()
    with reading(reader):
        ids = list(CountyLine.objects.filter(ref=line).values_list("pk", flat=True))
        found = list(Bid.objects.filter(line__in=[*ids, *members_of(ids)]).order_by("-pk"))
    return bid_rows(found, body_cards())


def tasked_lines(reader: Reader) -> frozenset[str]:
    """The lines, by reference, on which there is an open bid that the reader may know."""
    if not reader.may(Permission.TASK_READ):
        return frozenset()
    with reading(reader):
        open_bids = Bid.objects.filter(state__in=OPEN_STATES).values("line")
        return frozenset(CountyLine.objects.filter(pk__in=open_bids).values_list("ref", flat=True))
