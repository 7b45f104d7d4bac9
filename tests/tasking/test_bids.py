"""A bid: made, deconflicted, assessed, decided, offered, declined, escalated, done; whose move it is; who may know."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.inside import sight, someone
from tests.instance import Instance
from tests.lines.keeping import NUMBER, closed, live
from tests.tasking.bidding import CENTRE, CHAIR, OWN_NUMBER, bid, decided, done, offered, page
from throughline.access.reader import NotAllowed, Reader
from throughline.access.services import close_compartment
from throughline.kernel import clock, outbox
from throughline.kernel.workflow import MoveRefused
from throughline.lines.models import CountyLine
from throughline.notices.queries import notice_list
from throughline.organisations.queries import body_ids
from throughline.selectors.registry import parse
from throughline.selectors.services import keep_interest
from throughline.tasking.answering import Outcome, accept_bid, decline_bid, record_result
from throughline.tasking.bidding import escalate_bid, withdraw_bid
from throughline.tasking.deciding import adopt_bid, assess_bid, offer_bid, refer_bid, turn_down_bid
from throughline.tasking.deconflicting import deconflict_bid
from throughline.tasking.moving import BidProblem, desk_for
from throughline.tasking.one_bid import bid_page
from throughline.tasking.queries import bid_list, bids_on, bids_waiting, count_of, tasked_lines
from throughline.tasking.telling import DID
from throughline.tasking.workflow import BID, ENDED, HAND_OFFS, MOVED_BY

NOTICES = ("bid", "bid-overdue")


def _told(reader: Reader) -> list[str]:
    outbox.drain()
    return [card.text for card in notice_list(reader)[0] if card.kind in NOTICES]


def test_every_state_but_an_end_has_a_clock_and_every_move_a_side_and_words() -> None:
    assert HAND_OFFS.keys() == set(BID.states) - set(ENDED)
    verbs = {move.verb for move in BID.moves}
    assert MOVED_BY.keys() == verbs
    assert DID.keys() == verbs | {"make"}
    # Whoever a state waits for can leave it by a move of their own.
    for state, hand_off in HAND_OFFS.items():
        assert any(
            m.before == state and MOVED_BY[m.verb] == hand_off.side and m.needs == hand_off.needs
            for m in BID.moves
        ), state


def test_a_bid_goes_from_one_force_through_the_centre_to_another_and_is_closed(house: Instance) -> None:
    norfolk, mersey, centre = (someone(name) for name in ("analyst@norf", "manager@mers", CENTRE))
    line = live(someone("manager@norf"), everyone=True)
    ref = bid(norfolk, line=line, numbers=(OWN_NUMBER,))
    assert page(norfolk, ref).row.waits_for == "National County Lines Coordination Centre"
    assert [row.ref for row in bids_waiting(centre, size=9)] == [ref]
    assert bids_waiting(norfolk, size=9) == ()
    decided(ref)
    found = page(norfolk, ref)
    assert found.row.score == found.line.score if found.line else None
    assert found.row.score is not None
    assert found.row.confidence
    assert bid_page(mersey, ref) is None
    offered(ref)
    assert page(mersey, ref).moves == ("accept", "decline")
    decline_bid(by=mersey, ref=ref, reason="capacity", words="Two murders", route="heads")
    assert [(d.body_name, d.reason, d.route) for d in page(norfolk, ref).declines] == [
        ("Merseyside Police", "capacity", "heads")
    ]
    assert bid_list(norfolk, pile="declined").total == 1
    offered(ref)
    done(ref)
    closing = page(norfolk, ref)
    assert (closing.row.state, closing.officer, closing.row.due_at) == ("closed", "DI Reed", None)
    assert closing.result
    assert (closing.result.arrests, closing.result.children, closing.result.out_of_use) == (2, 1, 1)
    assert [m.verb for m in closing.history] == [
        "deconflict", "assess", "adopt", "offer", "decline", "offer", "accept", "begin", "record", "review", "close",
    ]  # fmt: skip
    # Whoever came to it later reads what came before under the bid itself, and not the words said before.
    assert page(mersey, ref).history[0].verb == "offer"


def test_only_the_side_whose_step_it_is_takes_it(house: Instance) -> None:
    norfolk, line = someone("analyst@norf"), live(someone("manager@norf"))
    ref = bid(norfolk, line=line)
    with pytest.raises(BidProblem, match="another body"):
        deconflict_bid(by=someone("coordinator@norf"), ref=ref, outcome="clear", words="x")
    with pytest.raises(MoveRefused, match="role"):
        deconflict_bid(by=someone("chair@nclcc"), ref=ref, outcome="clear", words="x")
    decided(ref)
    offered(ref)
    with pytest.raises(BidProblem, match="another body"):
        accept_bid(by=someone("manager@norf"), ref=ref, officer="DI Reed", words="")
    with pytest.raises(MoveRefused, match="role"):
        accept_bid(by=someone("officer@mers"), ref=ref, officer="DI Reed", words="")
    with pytest.raises(MoveRefused):
        withdraw_bid(by=norfolk, ref=ref, why="Too late")
    with pytest.raises(NotAllowed):
        bid(someone("officer@norf"), line=line)


def test_a_decline_needs_a_reason_words_and_a_route(house: Instance) -> None:
    ref = bid(someone("analyst@norf"))
    decided(ref)
    offered(ref)
    mersey = someone("manager@mers")
    for field, given in (
        ("reason", ("", "Busy", "up")), ("words", ("capacity", " ", "up")), ("route", ("capacity", "Busy", "")),
    ):  # fmt: skip
        with pytest.raises(BidProblem) as refused:
            decline_bid(by=mersey, ref=ref, reason=given[0], words=given[1], route=given[2])
        assert refused.value.field == field
    assert page(mersey, ref).row.state == "allocated"


def test_a_bid_not_adopted_in_the_region_goes_up_and_no_further(house: Instance) -> None:
    norfolk, ref = someone("analyst@norf"), bid(someone("analyst@norf"), level="regional")
    eastern = someone("coordinator@ersou")
    assert bid_page(someone(CENTRE), ref) is None
    deconflict_bid(by=eastern, ref=ref, outcome="clear", words="Nobody")
    assess_bid(by=eastern, ref=ref, tractability="long", words="Nobody knows the holder")
    turn_down_bid(
        by=someone("chair@ersou"), ref=ref, reason="elsewhere", words="It is Merseyside's", route="up"
    )
    escalate_bid(by=norfolk, ref=ref, why="It goes on")
    found = page(someone(CENTRE), ref)
    assert (found.row.state, found.row.level, found.desk_name) == (
        "referred", "national", "National County Lines Coordination Centre",
    )  # fmt: skip
    deconflict_bid(by=someone(CENTRE), ref=ref, outcome="clear", words="Nobody")
    assess_bid(by=someone(CENTRE), ref=ref, tractability="long", words="As before")
    with pytest.raises(BidProblem, match="no level above"):
        refer_bid(by=someone(CHAIR), ref=ref, why="Further")
    adopt_bid(by=someone(CHAIR), ref=ref, why="High harm")


def test_a_region_offers_within_itself(house: Instance) -> None:
    ref = bid(someone("analyst@norf"), level="regional")
    decided(ref, by="ersou")
    eastern = someone("coordinator@ersou")
    with pytest.raises(BidProblem, match="within your level"):
        offer_bid(by=eastern, ref=ref, body="MERS", words="Please")
    offer_bid(by=eastern, ref=ref, body="ESSEX", words="Please")
    assert page(someone("manager@essex"), ref).row.state == "allocated"


def test_deconfliction_finds_holders_and_other_bids_and_keeps_silence(house: Instance) -> None:
    centre, kent, mersey = (someone(name) for name in (CENTRE, "analyst@kent", "manager@mers"))
    sight(kent, NUMBER, ref="K1")
    keep_interest(by=mersey, selector=parse(NUMBER), why="Quiet", silent=True)
    line = live(someone("manager@norf"), everyone=True)
    outbox.drain()
    first = bid(someone("analyst@norf"), line=line, numbers=(OWN_NUMBER,), level="regional")
    ref = bid(kent, line=line)
    deconflict_bid(by=centre, ref=ref, outcome="together", words="They talk")
    (look,) = page(centre, ref).deconflictions
    assert {(h.body_name, h.degree) for h in look.held} >= {("Kent Police", "existence")}
    assert "Merseyside Police" not in {h.body_name for h in look.held}
    assert [name for name, _ in look.others] == ["Eastern Region Special Operations Unit"]
    # What was found is for the desk that looked; its words are for every side.
    assert page(kent, ref).deconflictions == ()
    assert "They talk" in page(kent, ref).history[0].why
    assert bid_page(centre, first) is None
    outbox.drain()
    assert any(
        NUMBER[6:] in card.text for card in notice_list(mersey)[0] if card.kind in ("enquiry", "standing")
    )


def test_each_hand_off_has_a_clock_told_to_its_sides_and_the_region_and_to_nobody_else(
    house: Instance,
) -> None:
    ref = bid(someone("analyst@norf"), level="regional")
    eastern, norfolk = someone("coordinator@ersou"), someone("analyst@norf")
    assert [ref in text for text in _told(eastern)] == [True]
    assert _told(norfolk) == []
    with clock.stopped(clock.now() + HAND_OFFS["bid"].within + timedelta(minutes=1)):
        for reader in (eastern, norfolk):
            assert any(text.startswith("Overdue") and ref in text for text in _told(reader))
        assert count_of(norfolk, "overdue") == 1
        for outside in ("coordinator@nclcc", "manager@kent"):
            assert not any(ref in text for text in _told(someone(outside)))
        assert count_of(someone("manager@kent"), "overdue") == 0


def test_a_clock_that_was_met_tells_nothing(house: Instance) -> None:
    ref = bid(someone("analyst@norf"), level="regional")
    deconflict_bid(by=someone("coordinator@ersou"), ref=ref, outcome="clear", words="Nobody")
    with clock.stopped(clock.now() + HAND_OFFS["bid"].within + timedelta(minutes=1)):
        assert not any(text.startswith("Overdue") for text in _told(someone("analyst@norf")))


def test_nobody_outside_learns_of_a_bid_by_list_count_or_line(house: Instance) -> None:
    line = live(someone("manager@norf"), everyone=True)
    ref = bid(someone("analyst@norf"), line=line)
    for outside in ("manager@kent", "coordinator@swrocu", "chair@mers"):
        reader = someone(outside)
        assert (bid_list(reader).total, bids_on(reader, line), tasked_lines(reader)) == (0, (), frozenset())
        assert bid_page(reader, ref) is None
    local = bid(someone("analyst@norf"), line=line, level="local")
    assert bid_page(someone("coordinator@ersou"), local) is None
    assert [row.ref for row in bids_on(someone("officer@norf"), line)] == [local, ref]
    assert tasked_lines(someone("officer@norf")) == {line}


def test_a_bid_on_a_line_of_a_circle_stays_in_the_circle(house: Instance) -> None:
    people = [someone(name).person for name in ("manager@norf", CENTRE)]
    circle = close_compartment(name="Herons", people=people)
    manager = someone("manager@norf")
    line = live(manager, compartment=circle, bodies=["NCLCC"])
    ref = bid(manager, line=line)
    assert page(someone(CENTRE), ref).row.ref == ref
    for outside in ("analyst@norf", CHAIR):
        assert bid_page(someone(outside), ref) is None
        assert not any(ref in text for text in _told(someone(outside)))
    with pytest.raises(CountyLine.DoesNotExist):
        bid(someone("analyst@norf"), line=line)


def test_a_bidder_lets_go_its_own_numbers_alone(house: Instance) -> None:
    line = live(someone("manager@norf"), everyone=True)
    with pytest.raises(BidProblem) as refused:
        bid(someone("analyst@kent"), line=line, numbers=(OWN_NUMBER,))
    assert refused.value.field == "numbers"


def test_a_closure_in_a_result_stands_on_the_register(house: Instance) -> None:
    ref = bid(someone("analyst@norf"), line=live(someone("manager@norf"), everyone=True))
    decided(ref)
    offered(ref)
    with pytest.raises(BidProblem, match="not closed on the register"):
        done(ref, closure="type 2")
    again = bid(
        someone("analyst@norf"), line=closed(someone("manager@norf"), clock.today(), name="N2", everyone=True)
    )
    decided(again)
    offered(again)
    done(again, closure="type 2")
    found = page(someone("analyst@norf"), again)
    assert found.line
    assert found.line.looks


def test_what_a_result_shows_of_the_line_moves_its_score_for_those_who_may_know_it(house: Instance) -> None:
    norfolk, mersey = someone("analyst@norf"), someone("manager@mers")
    ref = bid(norfolk, line=live(someone("manager@norf"), everyone=True))
    decided(ref)
    offered(ref)
    before = page(mersey, ref).line
    with pytest.raises(BidProblem, match="from the list"):
        done(ref, found=("violence:feathers",))
    found = ("violence:firearm", "exploitation:child")
    record_result(by=mersey, ref=ref, outcome=Outcome(2, "", 0, 1, 1, "Holder charged", found))
    after, theirs = page(mersey, ref), page(norfolk, ref).line
    assert before
    assert after.line
    assert after.result
    assert theirs
    assert after.line.score == after.result.score
    assert (after.line.score or 0) > (before.score or 0)
    # The report of it stays with the body that did the work until it circulates it.
    assert theirs.score == before.score


def test_who_decides_at_each_level(cast: Cast) -> None:
    ids = body_ids()
    decides = {level: desk_for(level, ids["NORF"]) for level in ("local", "regional", "national")}
    assert decides == {"local": ids["NORF"], "regional": ids["ERSOU"], "national": ids["NCLCC"]}
    assert desk_for("regional", ids["MPS"]) == ids["NCLCC"]
    assert desk_for("regional", ids["ERSOU"]) == ids["ERSOU"]
    assert desk_for("national", ids["NCLCC"]) == ids["NCLCC"]
