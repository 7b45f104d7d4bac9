"""What every move of a bid does: whose it is, the clock of the next hand-off, the journal, and who is told."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.problems import FieldProblem
from throughline.organisations.queries import body_cards, coordinators
from throughline.tasking.events import BidMoved, HandOffDue
from throughline.tasking.models import Bid
from throughline.tasking.workflow import BID, HAND_OFFS, MOVED_BY

LONGEST_WORDS = 2_000
LEVELS = LOCAL, REGIONAL, NATIONAL = ("local", "regional", "national")


class BidProblem(FieldProblem):
    """What is wrong with a bid or a move of it, in a sentence, for the field named ('' for the whole)."""


def said(field: str, words: str, sentence: str) -> str:
    """The words as they are kept; BidProblem where there are none."""
    if not words.strip():
        raise BidProblem(field, sentence)
    return words.strip()[:LONGEST_WORDS]


def chosen(field: str, value: str, among: Iterable[str], sentence: str) -> str:
    """A value of a list; BidProblem for any other."""
    if value not in among:
        raise BidProblem(field, sentence)
    return value


def held(by: Reader, ref: str, verb: str) -> Bid:
    """The bid, locked, if the next step named is for the reader's body to make.

    Raises:
        Bid.DoesNotExist: the reader may not know such a bid.
        BidProblem: the step is another body's.
    """
    by.require(Permission.TASK_READ)
    bid = Bid.objects.select_for_update(no_key=True).get(ref=ref)
    if getattr(bid, MOVED_BY[verb]) != by.body:
        raise BidProblem("", "This step is for another body to take. Look at whom the bid waits for.")
    return bid


def move(bid: Bid, verb: str, *, by: Reader, why: str, opens_to: Iterable[int] = (), **change: Any) -> None:
    """Make the move with what it changes, open the bid to further bodies, start the next clock, and tell.

    Raises:
        MoveRefused: the bid cannot be moved so.
    """
    open_to(bid, opens_to)
    BID.make(verb, bid, by=by, why=why)
    start_clock(bid)
    Bid.objects.filter(pk=bid.pk).update(due_at=bid.due_at, **change)
    journal.note(Verb.ALTER, "bid", bid.ref, why=why, owner=bid.owner, verb=verb)
    announce(BidMoved(bid=bid.pk, verb=verb, body=by.body))


def open_to(bid: Bid, bodies: Iterable[int]) -> None:
    """Put these bodies into the circulation of the bid; what is made known is journalled."""
    new = sorted(set(bodies) - {bid.owner, *bid.bodies})
    if not new:
        return
    with connection.cursor() as cursor:
        cursor.execute("select tasking_open_to(%s, %s::smallint[])", [bid.pk, new])
    bid.refresh_from_db(fields=["bodies"])
    cards = body_cards()
    for body in new:
        journal.note(
            Verb.DISCLOSE, "bid", bid.ref, why="the bid concerns it", owner=bid.owner, to=cards[body].code
        )


def start_clock(bid: Bid) -> None:
    """Set by when the next step is due, and have it looked at then; none where nothing waits."""
    hand_off = HAND_OFFS.get(bid.state)
    bid.due_at = clock.now() + hand_off.within if hand_off else None
    if bid.due_at:
        announce(HandOffDue(bid=bid.pk, due=bid.due_at.isoformat()), due=bid.due_at)


def desk_for(level: str, body: int) -> int:
    """The body whose tasking meeting decides on a bid of this body at this level."""
    if level == LOCAL:
        return body
    above = coordinators(on=clock.today())
    if level == REGIONAL:
        return body if body_cards()[body].level == REGIONAL else above.get(body, body)
    unit = above.get(body, body)
    return above.get(unit, unit)


def regions_of(*bodies: int) -> set[int]:
    """The co-ordinating bodies above these: a region hears of what is asked of its forces."""
    above = coordinators(on=clock.today())
    return {above[body] for body in bodies if body in above}
