"""Bids page by page: made from a line, moved by whoever's step it is, filtered, and absent for everyone else."""

import pytest

from tests.cast import Cast
from tests.inside import someone
from tests.lines.keeping import live
from tests.tasking.bidding import CENTRE, bid, decided, offered
from tests.tasking.planned import CHILD
from tests.web.visiting import visitor, words_of
from throughline.kernel import outbox
from throughline.tasking.workflow import BID
from throughline.web.tasking.moving import WAYS
from throughline.web.tasking.shown import slug_of
from throughline.web.tasking.words import HISTORY, MOVES, STATES

SAID = {
    "title": "Arrest the holder", "asked": "A warrant", "why": "A child is at risk", "protect": "Visit the homes",
    "officer_days": "40", "level": "national", "asked_body": "MERS",
}  # fmt: skip


def test_every_state_and_move_has_words_and_a_form() -> None:
    assert STATES.keys() == set(BID.states)
    assert HISTORY.keys() == {move.verb for move in BID.moves}
    assert WAYS.keys() == MOVES.keys() == {slug_of(move.verb) for move in BID.moves}


def test_a_line_that_asks_is_set_aside_with_a_reason_or_bid_for(cast: Cast) -> None:
    line, manager = live(someone("manager@norf"), said=[CHILD]), visitor("manager@norf")
    assert "1 line asks for a bid" in words_of(manager.get("/desk"))
    assert "It asks for a bid: a child is at risk in it" in words_of(manager.get(f"/lines/{line}"))
    assert line in words_of(manager.get("/bids/lines-that-ask"))
    assert line not in words_of(manager.get("/bids/lines-that-ask?offset=25"))
    assert "A child is at risk in it." in words_of(manager.get(f"/bids/of-line/{line}?because=child"))
    address = f"/bids/lines-that-ask/{line}/child"
    assert "Say why it asks for no bid" in words_of(manager.post(address, {"words": " "}))
    assert manager.post(address, {"words": "A plan is in place"}).status_code == 302
    assert "No line asks your body for a bid." in words_of(manager.get("/bids/lines-that-ask"))
    assert "A plan is in place" in words_of(manager.get(address))
    assert visitor("manager@kent").get(address).status_code == 404


def test_a_bid_is_made_from_the_page_of_a_line(cast: Cast) -> None:
    line, aisha = live(someone("manager@norf"), everyone=True), visitor("analyst@norf")
    assert "There is no bid on it that you may know." in words_of(aisha.get(f"/lines/{line}"))
    asked = f"/bids/of-line/{line}"
    refused = words_of(aisha.post(asked, SAID | {"officer_days": "many", "protect": ""}))
    assert "Enter a whole number in figures" in refused
    made = aisha.post(asked, SAID).headers["Location"]
    words = words_of(aisha.get(made))
    assert "To be deconflicted" in words
    assert "National County Lines Coordination Centre" in words
    assert "Withdraw the bid" in words
    assert "Arrest the holder" in words_of(aisha.get(f"/lines/{line}"))
    outbox.drain()
    centre = visitor(CENTRE)
    assert "Bid: deconflict it by" in words_of(centre.get("/desk"))
    assert "bids for work: Arrest the holder" in words_of(centre.get("/notices/"))
    assert "Bids waiting for you" in words_of(centre.get("/lines/co-ordination"))
    harry = visitor("analyst@kent")
    assert harry.get(made).status_code == harry.get("/bids/BD-2222-2222").status_code == 404
    assert "No bid that you may know." in words_of(harry.get("/bids/"))


def test_a_step_is_there_for_whoever_takes_it_alone(cast: Cast) -> None:
    ref = bid(someone("analyst@norf"))
    assert visitor("analyst@norf").get(f"/bids/{ref}/deconflict").status_code == 404
    centre = visitor(CENTRE)
    assert centre.get(f"/bids/{ref}/assess").status_code == 404
    assert "Say it in your own words" in words_of(
        centre.post(f"/bids/{ref}/deconflict", {"outcome": "clear"})
    )
    assert centre.post(f"/bids/{ref}/deconflict", {"outcome": "clear", "words": "Nobody"}).status_code == 302
    assert "was found is for your body alone" in words_of(centre.get(f"/bids/{ref}"))


def test_a_decline_is_read_by_the_bidder_with_its_reason_and_its_route(cast: Cast) -> None:
    ref = bid(someone("analyst@norf"))
    decided(ref)
    offered(ref)
    mersey = visitor("manager@mers")
    assert "Choose where it should go from here" in words_of(
        mersey.post(f"/bids/{ref}/decline", {"reason": "capacity", "words": "Two murders"})
    )
    mersey.post(f"/bids/{ref}/decline", {"reason": "capacity", "words": "Two murders", "route": "heads"})
    assert "No capacity" in words_of(visitor("coordinator@nclcc").get("/bids/?pile=declined"))
    words = words_of(visitor("analyst@norf").get(f"/bids/{ref}"))
    for told in (
        "Declined",
        "No capacity",
        "Two murders",
        "Have the heads of crime of both bodies settle it",
    ):
        assert told in words


@pytest.mark.parametrize(
    ("asked", "count"),
    [("state=open", 1), ("state=closed", 0), ("level=national&body=NORF", 1), ("pile=overdue", 0)],
)
def test_the_list_is_narrowed(cast: Cast, asked: str, count: int) -> None:
    ref = bid(someone("analyst@norf"))
    page = visitor("analyst@norf").get(f"/bids/?{asked}")
    assert (ref in page.content.decode()) == bool(count)
