"""One bid with all that its reader may know of it: what was found, decided, declined and done."""

from dataclasses import dataclass
from datetime import date, datetime

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.kernel.history import Moved, moves_of
from throughline.lines.models import CheckBack, CountyLine
from throughline.lines.queries import known_lines
from throughline.organisations.queries import BodyCard, body_cards
from throughline.selectors.registry import Selector
from throughline.tasking.adopting import planned_lead
from throughline.tasking.deciding import score_now, within_reach
from throughline.tasking.models import Bid, Decline, Deconfliction, Result
from throughline.tasking.queries import BidRow, bid_rows
from throughline.tasking.workflow import AHEAD, BID, MOVED_BY


@dataclass(frozen=True, slots=True)
class HeldBy:
    """A number or person of the line that a body holds, as a check said it."""

    selector: Selector
    body_name: str
    desk: str
    degree: str


@dataclass(frozen=True, slots=True)
class DeconflictionView:
    """What deconfliction found, for the body that looked."""

    at: datetime
    by: str
    looked_for: int
    held: tuple[HeldBy, ...]
    others: tuple[tuple[str, str], ...]
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class DeclineView:
    """That a body declined."""

    at: datetime
    body_name: str
    by: str
    reason: str
    words: str
    route: str


@dataclass(frozen=True, slots=True)
class ResultView:
    """What came of the work."""

    at: datetime
    body_name: str
    by: str
    arrests: int
    closure: str
    adults: int
    children: int
    out_of_use: int
    words: str
    score: int | None
    confidence: str


@dataclass(frozen=True, slots=True)
class OnLine:
    """The line of a bid as this reader may know it: its score now, and its check-backs (due on, done at, found)."""

    ref: str
    name: str
    state: str
    score: int | None
    confidence: str
    looks: tuple[tuple[date, datetime | None, str], ...]


@dataclass(frozen=True, slots=True)
class BidPage:
    """A bid as any of its sides reads it."""

    row: BidRow
    asked: str
    why: str
    four_ps: tuple[str, str, str, str]
    tactics: tuple[str, ...]
    officer_days: int
    numbers: tuple[Selector, ...]
    asked_body: str
    owner_desk: str
    desk_name: str
    desk_ring: str
    offered_name: str
    offered_ring: str
    officer: str
    stopped: str
    made_by: str
    hit_ref: str
    tractability: str
    assessment: str
    assessed_by: str
    assessed_at: datetime | None
    line: OnLine | None
    deconflictions: tuple[DeconflictionView, ...]
    declines: tuple[DeclineView, ...]
    result: ResultView | None
    history: tuple[Moved, ...]
    moves: tuple[str, ...]
    may_be_offered: tuple[tuple[str, str], ...]
    planned_name: str


def bid_page(reader: Reader, ref: str, *, why: str = "opened the bid") -> BidPage | None:
    """Open one bid, journalled; None when the reader may not know of it."""
    reader.require(Permission.TASK_READ)
    cards = body_cards()
    with reading(reader):
        bid = Bid.objects.filter(ref=ref).first()
        if bid is None:
            return None
        looks = [_deconfliction(one, cards) for one in Deconfliction.objects.filter(bid=bid).order_by("pk")]
        declines = [_decline(one, cards) for one in Decline.objects.filter(bid=bid).order_by("pk")]
        result = Result.objects.filter(bid=bid).first()
        line = _line(reader, bid)
        history = moves_of(BID.name, [bid.pk])
        planned = planned_lead(bid)
        journal.note(Verb.CONSULT, "bid", ref, why=why, owner=bid.owner)
    (row,) = bid_rows([bid], cards)
    offered = cards.get(bid.offered or 0)
    # That there is a hit is for its own sides to know.
    from_hit = bid.hit_ref if bid.owner == reader.body else ""
    moves = tuple(
        v
        for v in BID.moves_open(by=reader, state=bid.state)
        if getattr(bid, MOVED_BY[v]) == reader.body
        and (planned or v != "allocate")
        and (v != "take off" if not bid.stopped else v not in AHEAD)
    )
    return BidPage(
        row=row, asked=bid.asked, why=bid.why, four_ps=(bid.pursue, bid.prevent, bid.protect, bid.prepare),
        tactics=tuple(bid.tactics), officer_days=bid.officer_days,
        numbers=tuple(Selector(*number.split(":", 1)) for number in bid.numbers),
        asked_body=cards[bid.asked_body].name if bid.asked_body else "", owner_desk=cards[bid.owner].desk,
        desk_name=cards[bid.desk].name, desk_ring=cards[bid.desk].desk, offered_name=offered.name if offered else "",
        offered_ring=offered.desk if offered else "", officer=bid.officer, stopped=bid.stopped, made_by=bid.made_by,
        hit_ref=from_hit, tractability=bid.tractability, assessment=bid.assessment, assessed_by=bid.assessed_by,
        assessed_at=bid.assessed_at, line=line, deconflictions=tuple(looks), declines=tuple(declines),
        result=_result(result, cards) if result else None, history=history, moves=moves,
        may_be_offered=tuple((cards[n].code, cards[n].name) for n in within_reach(bid)) if "offer" in moves else (),
        planned_name=next((card.name for card in cards.values() if card.code == planned), ""),
    )  # fmt: skip


def _line(reader: Reader, bid: Bid) -> OnLine | None:
    line = CountyLine.objects.filter(pk=bid.line_id).first()
    if line is None:
        return None
    score, confidence = score_now(line.pk)
    looks = CheckBack.objects.filter(line=line).order_by("due_on", "pk")
    return OnLine(
        line.ref, known_lines(reader, [line])[line.pk].name, line.state, score, confidence,
        tuple((one.due_on, one.done_at, one.found) for one in looks),
    )  # fmt: skip


def _deconfliction(one: Deconfliction, cards: dict[int, BodyCard]) -> DeconflictionView:
    named = {card.code: card for card in cards.values()}
    held = tuple(
        HeldBy(Selector(h["kind"], h["key"]), named[h["body"]].name, named[h["body"]].desk, h["degree"])
        for h in one.held
    )
    others = tuple((cards[n].name, cards[n].desk) for n in one.others)
    return DeconflictionView(one.at, one.by_name, one.looked_for, held, others, one.outcome, one.words)


def _decline(one: Decline, cards: dict[int, BodyCard]) -> DeclineView:
    return DeclineView(one.at, cards[one.by_body].name, one.by_name, one.reason, one.words, one.route)


def _result(one: Result, cards: dict[int, BodyCard]) -> ResultView:
    return ResultView(
        one.at, cards[one.by_body].name, one.by_name, one.arrests, one.closure, one.adults, one.children,
        one.out_of_use, one.words, one.score, one.confidence,
    )  # fmt: skip
