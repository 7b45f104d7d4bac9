"""Assessing a bid, deciding on it, and offering the work to a body."""

from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.lines.models import CountyLine
from throughline.lines.picture import drawn_lines
from throughline.lines.scoring.scheme import scheme
from throughline.organisations.queries import body_cards
from throughline.tasking.bidding import refer
from throughline.tasking.models import Bid, Decline
from throughline.tasking.moving import LOCAL, NATIONAL, BidProblem, chosen, held, move, regions_of, said
from throughline.tasking.words import REASONS, ROUTES, TRACTABILITY


@writes
def assess_bid(*, by: Reader, ref: str, tractability: str, words: str) -> None:
    """Put beside the bid how far work would get, and the line's score and confidence as the assessor reads them now.

    The figures are drawn from all that the assessor may know of the line, and are made known to every side of the bid.

    Raises:
        BidProblem: nothing chosen or said, or the step is another body's.
        MoveRefused: the bid is not in that state.
    """
    chosen("tractability", tractability, TRACTABILITY, "Choose how far work would get")
    words = said("words", words, "Say what you rest that on")
    bid = held(by, ref, "assess")
    score, confidence = score_now(bid.line_id)
    move(
        bid, "assess", by=by, why=words, tractability=tractability, assessment=words, score=score,
        confidence=confidence, assessed_by=by.name, assessed_at=clock.now(),
    )  # fmt: skip


def score_now(line_id: int) -> tuple[int | None, str]:
    """The line's score and confidence as the present reader may know it; none for one who may not know the line."""
    lines = list(CountyLine.objects.filter(pk=line_id))
    if not lines:
        return None, ""
    (drawn,) = drawn_lines(lines, body_cards(), on=clock.today(), scheme=scheme())
    return drawn.total, drawn.gist.confidence


@writes
def adopt_bid(*, by: Reader, ref: str, why: str) -> None:
    """Take the work on at this level: it is offered to a body next.

    Raises:
        BidProblem: no reason, or the decision is another body's.
        MoveRefused: the bid is not in that state.
    """
    move(
        held(by, ref, "adopt"), "adopt", by=by, why=said("why", why, "Say why: it is kept with the decision")
    )


@writes
def share_bid(*, by: Reader, ref: str, why: str) -> None:
    """Agree to the work as one that several bodies share, with one in the lead: that one is offered it next.

    Raises:
        BidProblem: no reason, or the decision is another body's.
        MoveRefused: the bid is not in that state.
    """
    move(held(by, ref, "share"), "share", by=by, why=said("why", why, "Say who does what"))


@writes
def refer_bid(*, by: Reader, ref: str, why: str) -> None:
    """Put the bid before the level above.

    Raises:
        BidProblem: no reason, no level above, or the step is another body's.
        MoveRefused: the bid is not in that state.
    """
    refer(held(by, ref, "refer up"), "refer up", by=by, why=why)


@writes
def turn_down_bid(*, by: Reader, ref: str, reason: str, words: str, route: str) -> None:
    """Do not adopt it: a reason of the list, words, and a named route of escalation.

    Raises:
        BidProblem: for the field that needs mending.
        MoveRefused: the bid is not in that state.
    """
    record_decline(held(by, ref, "turn down"), "turn down", by=by, reason=reason, words=words, route=route)


def record_decline(bid: Bid, verb: str, *, by: Reader, reason: str, words: str, route: str) -> None:
    """Keep who declined, why, and where it goes from there; and make the move."""
    chosen("reason", reason, REASONS, "Choose why it is declined")
    words = said("words", words, "Say in your own words why: every side of the bid reads this")
    chosen("route", route, ROUTES, "Choose where it should go from here")
    move(bid, verb, by=by, why=f"{REASONS[reason]}. {ROUTES[route]}. {words}")
    Decline.objects.create(
        marking_id=bid.marking_id, owner=bid.owner, bid=bid, at=clock.now(), by_body=by.body, by_name=by.name,
        reason=reason, words=words, route=route,
    )  # fmt: skip


@writes
def offer_bid(*, by: Reader, ref: str, body: str, words: str) -> None:
    """Offer the work to a body, which may read the bid from now on, as may its region.

    Raises:
        BidProblem: no such body within the reach of the desk, no words, or the step is another body's.
        MoveRefused: the bid is not in that state.
    """
    offer_to(held(by, ref, "offer"), "offer", by=by, body=body, words=words)


def offer_to(bid: Bid, verb: str, *, by: Reader, body: str, words: str) -> None:
    """Put a bid before a body of this code, by a move of this verb."""
    words = said("words", words, "Say what you ask of them: they read this")
    target = next((n for n in within_reach(bid) if body_cards()[n].code == body), None)
    if target is None:
        raise BidProblem("body", "Choose a body within your level. To go further, refer the bid up")
    regions = regions_of(target) if bid.level != LOCAL else set()
    move(bid, verb, by=by, why=words, opens_to={target, *regions}, offered=target, officer="")


def within_reach(bid: Bid) -> list[int]:
    """The bodies to which the desk of a bid can offer the work: its own, those of the region, or every one."""
    cards = body_cards(on=clock.today())
    if bid.level == LOCAL:
        return [bid.desk]
    if bid.level == NATIONAL:
        return list(cards)
    unit = cards[bid.desk].code
    # London answers to no regional unit: its bids at this level are the centre's to place.
    return [n for n, card in cards.items() if n in (bid.desk, bid.owner) or card.rocu == unit]
