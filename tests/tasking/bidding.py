"""Bids as the tests make and move them."""

from typing import Any

from tests.inside import someone
from tests.lines.keeping import NUMBER, live
from throughline.access.reader import Reader
from throughline.selectors.registry import parse
from throughline.tasking.answering import Outcome, accept_bid, begin_bid, close_bid, record_result, review_bid
from throughline.tasking.bidding import BidDraft, make_bid
from throughline.tasking.deciding import adopt_bid, assess_bid, offer_bid
from throughline.tasking.deconflicting import deconflict_bid
from throughline.tasking.one_bid import BidPage, bid_page

CENTRE, CHAIR = "coordinator@nclcc", "chair@nclcc"
_SELECTOR = parse(NUMBER)
OWN_NUMBER = f"{_SELECTOR.kind}:{_SELECTOR.key}"


def draft(**other: Any) -> BidDraft:
    """What Norfolk asks of Merseyside at the national level, with some of it put otherwise."""
    asked: dict[str, Any] = {
        "title": "Arrest the holder of the lakes line", "asked": "A warrant and an arrest", "why": "A child is at risk",
        "pursue": "Charge the holder", "officer_days": 40, "level": "national", "tactics": ("warrant",),
        "asked_body": "MERS",
    }  # fmt: skip
    return BidDraft(**asked | other)


def bid(by: Reader, *, line: str = "", **other: Any) -> str:
    """A bid of this body on a line, of its own unless one is named; its reference."""
    line = line or live(someone(f"manager@{by.body_code.lower()}"))
    return make_bid(by=by, line=line, draft=draft(**other))


def decided(ref: str, *, by: str = "nclcc") -> None:
    """Take a bid from its making to its adoption, as the body that decides does."""
    desk = someone(f"coordinator@{by}")
    deconflict_bid(by=desk, ref=ref, outcome="clear", words="Nobody is on it")
    assess_bid(by=desk, ref=ref, tractability="ready", words="Number and holder are known")
    adopt_bid(by=someone(f"chair@{by}"), ref=ref, why="The harm is high")


def offered(ref: str, body: str = "MERS") -> None:
    """Offer the work to a body."""
    offer_bid(by=someone(CENTRE), ref=ref, body=body, words="Please arrest")


def done(ref: str, *, by: str = "manager@mers", closure: str = "", found: tuple[str, ...] = ()) -> None:
    """Take an offered bid to its close."""
    lead = someone(by)
    accept_bid(by=lead, ref=ref, officer="DI Reed", words="In May")
    begin_bid(by=lead, ref=ref, words="Warrant obtained")
    record_result(by=lead, ref=ref, outcome=Outcome(2, closure, 0, 1, 1, "Holder charged", found))
    review_bid(by=someone(CHAIR), ref=ref, words="Went well")
    close_bid(by=someone(CENTRE), ref=ref, words="Closed")


def page(by: Reader, ref: str) -> BidPage:
    """The page of a bid that the reader may know."""
    found = bid_page(by, ref)
    assert found is not None
    return found
