"""Bidding for work on a line, taking the bid back, and taking one that was not adopted to the level above."""

from dataclasses import dataclass

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import OFFICIAL_SENSITIVE, Permission
from throughline.access.reader import Reader, reading, writes
from throughline.access.services import Circulation, marking_for
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.kernel.refs import new_ref
from throughline.lines.members import is_merged
from throughline.lines.models import CountyLine
from throughline.lines.queries import line_page
from throughline.organisations.queries import body_ids
from throughline.selectors.registry import KINDS
from throughline.tasking.events import BidMoved
from throughline.tasking.models import Bid
from throughline.tasking.moving import (
    LEVELS,
    LOCAL,
    BidProblem,
    chosen,
    desk_for,
    held,
    move,
    open_to,
    regions_of,
    said,
    start_clock,
)
from throughline.tasking.words import PROTECTING, TACTICS

MOST_DAYS = 5_000
"""Officer-days of one bid: some 25 people for a year. More is a typing error, or a programme."""


@dataclass(frozen=True, slots=True)
class BidDraft:
    """What a body asks for: words for each of the four Ps, ``officer_days`` of work, and of which body, by its code.

    ``numbers`` are those of the line, as ``kind:key``, that the body lets go with the bid; ``child_at_risk`` says how
    it knows that a child is at risk, in words that every side may read ('' where it knows of none).
    """

    title: str
    asked: str
    why: str
    officer_days: int
    level: str
    pursue: str = ""
    prevent: str = ""
    protect: str = ""
    prepare: str = ""
    tactics: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    child_at_risk: str = ""
    asked_body: str = ""

    @property
    def is_protective(self) -> bool:
        """Whether it goes against nobody: it pursues nothing, by no tactic but those that protect."""
        return not self.pursue.strip() and set(self.tactics) <= PROTECTING


@writes
def make_bid(*, by: Reader, line: str, draft: BidDraft, hit_ref: str = "") -> str:
    """Bid for work on a line that the reader may know; returns the bid's reference.

    The bid carries the compartment of its line. At the local level it stays in the body; above, it opens to the body
    that decides and to the region.

    Raises:
        BidProblem: for the field that needs mending.
        CountyLine.DoesNotExist: the reader may not know such a line.
    """
    by.require(Permission.TASK_BID)
    on = CountyLine.objects.get(ref=line)
    if is_merged(on):
        raise BidProblem("", "This line is merged. Bid on the line that stands for it.")
    _check(by, line, draft)
    desk = desk_for(draft.level, by.body)
    marking = marking_for(
        owner=by.body,
        classification=OFFICIAL_SENSITIVE,
        circulation=Circulation(),
        compartment=on.compartment,
    )
    marking.released = True
    marking.save()
    bid = Bid(
        marking=marking, owner=by.body, ref=new_ref("BD"), line=on, hit_ref=hit_ref, title=draft.title.strip(),
        asked=draft.asked.strip(), why=draft.why.strip(), pursue=draft.pursue.strip(), prevent=draft.prevent.strip(),
        protect=draft.protect.strip(), prepare=draft.prepare.strip(), tactics=list(draft.tactics),
        officer_days=draft.officer_days, numbers=list(draft.numbers),
        child_at_risk=draft.child_at_risk.strip(),
        asked_body=body_ids()[draft.asked_body] if draft.asked_body else None, level=draft.level, desk=desk,
        made_at=clock.now(), made_by=by.name,
    )  # fmt: skip
    bid.save()
    start_clock(bid)
    bid.save(update_fields=["due_at"])
    open_to(bid, () if draft.level == LOCAL else {desk, *regions_of(by.body)})
    journal.note(Verb.COLLECT, "bid", bid.ref, why=bid.why, line=line)
    announce(BidMoved(bid=bid.pk, verb="make", body=by.body))
    return bid.ref


def _check(by: Reader, line: str, draft: BidDraft) -> None:
    said("title", draft.title, "Say in a few words what the bid is about")
    said("asked", draft.asked, "Say what you ask for")
    said("why", draft.why, "Say why: the tasking meeting decides on that")
    chosen("level", draft.level, LEVELS, "Choose the level at which it should be decided")
    if not any(p.strip() for p in (draft.pursue, draft.prevent, draft.protect, draft.prepare)):
        raise BidProblem("pursue", "Say what at least one of pursue, prevent, protect and prepare would do")
    if not 0 < draft.officer_days <= MOST_DAYS:
        raise BidProblem("officer_days", f"Officer-days must be between 1 and {MOST_DAYS:,}")
    if not set(draft.tactics) <= TACTICS.keys():
        raise BidProblem("tactics", "Choose tactics from the list")
    if draft.asked_body and draft.asked_body not in body_ids():
        raise BidProblem("asked_body", "Choose a body from the list")
    if draft.numbers and not set(draft.numbers) <= set(own_numbers(by, line)):
        raise BidProblem("numbers", "Only numbers that your own body put on the line can go with the bid")


def own_numbers(reader: Reader, line: str) -> tuple[str, ...]:
    """The numbers of a line that rest on evidence of the reader's own body: these it may let go with a bid."""
    with reading(reader):
        found = line_page(reader, line, why="bidding for work on it")
    pieces = found.pieces if found else ()
    return tuple(
        dict.fromkeys(
            f"{p.kind}:{p.value}"
            for p in pieces
            if p.stands and p.statement == "number" and p.kind in KINDS and p.body == reader.body_code
        )
    )


@writes
def withdraw_bid(*, by: Reader, ref: str, why: str) -> None:
    """Take back a bid that nobody has taken on yet.

    Raises:
        BidProblem: no reason, or the bid is another body's.
        MoveRefused: it is past that.
    """
    move(held(by, ref, "withdraw"), "withdraw", by=by, why=said("why", why, "Say why you take it back"))


@writes
def take_off_bid(*, by: Reader, ref: str, why: str) -> None:
    """Take off work that may not go on for somebody's sake; its desk does.

    Raises:
        BidProblem: no reason, or it is another body's to take off.
        MoveRefused: the work may go on.
    """
    move(held(by, ref, "take off"), "take off", by=by, why=said("why", why, "Say what became of the work"))


@writes
def escalate_bid(*, by: Reader, ref: str, why: str) -> None:
    """Take a bid that was not adopted to the level above.

    Raises:
        BidProblem: no reason, or there is no level above.
        MoveRefused: it is not in that state.
    """
    refer(held(by, ref, "escalate"), "escalate", by=by, why=why)


def refer(bid: Bid, verb: str, *, by: Reader, why: str) -> None:
    """Put a bid before the desk of the level above, which deconflicts and assesses it by its own lights."""
    words = said("why", why, "Say why it should be decided at the level above")
    levels = LEVELS[LEVELS.index(bid.level) + 1 :]
    above = next(
        ((level, desk_for(level, bid.owner)) for level in levels if desk_for(level, bid.owner) != bid.desk),
        None,
    )
    if above is None:
        raise BidProblem("", "There is no level above this one. Offer it to another body.")
    level, desk = above
    move(
        bid,
        verb,
        by=by,
        why=words,
        opens_to={desk, *regions_of(bid.owner)},
        desk=desk,
        level=level,
        offered=None,
    )
