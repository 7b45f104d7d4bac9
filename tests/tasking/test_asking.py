"""What asks for a bid: found from what each reader may know, taken up or set aside by a person."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.inside import file_report, someone
from tests.instance import Instance
from tests.lines.keeping import NUMBER, live
from tests.tasking.bidding import bid, page
from tests.tasking.planned import CHILD
from tests.telecoms.calling import load
from tests.telecoms.test_watching import OLD, weeks
from throughline.access.reader import NotAllowed, reading
from throughline.kernel import clock, outbox
from throughline.lines.models import CountyLine
from throughline.lines.services import Said as Stated
from throughline.tasking.asking import (
    CAUSES,
    HIGH,
    causes_of,
    count_asking,
    lines_asking,
    set_aside,
    set_aside_on,
)
from throughline.tasking.models import SetAside
from throughline.tasking.moving import BidProblem
from throughline.tasking.queries import bid_list
from throughline.telecoms.watching import keep_watch, look_on

pytestmark = pytest.mark.django_db


def test_a_line_with_a_child_at_risk_asks_its_body_until_a_bid_is_open() -> None:
    norfolk = someone("manager@norf")
    quiet, ref = live(norfolk), live(norfolk, "N2", said=[CHILD])
    assert [(one.ref, one.causes) for one in lines_asking(norfolk)] == [(ref, ("child",))]
    assert (count_asking(norfolk), causes_of(norfolk, ref), causes_of(norfolk, quiet)) == (1, ("child",), ())
    bid(norfolk, line=ref)
    assert lines_asking(norfolk) == ()


def test_it_asks_nobody_who_may_not_know_what_speaks_for_it() -> None:
    norfolk, mersey = someone("manager@norf"), someone("manager@mers")
    live(norfolk, said=[CHILD])
    assert lines_asking(mersey) == ()
    with pytest.raises(NotAllowed):
        lines_asking(someone("auditor@norf"))


def test_it_asks_the_force_in_whose_town_it_sells() -> None:
    ref = live(someone("manager@mers"), said=[CHILD, Stated("imports to", "town", "NORWICH")], everyone=True)
    assert [one.ref for one in lines_asking(someone("manager@norf"))] == [ref]
    assert lines_asking(someone("manager@kent")) == ()


def test_a_cause_set_aside_stays_away_for_four_weeks_and_for_its_own_body_alone() -> None:
    norfolk, ref = someone("manager@norf"), live(someone("manager@norf"), said=[CHILD])
    with pytest.raises(BidProblem, match="Say why"):
        set_aside(by=norfolk, line=ref, cause="child", why=" ")
    with pytest.raises(BidProblem, match="Choose"):
        set_aside(by=norfolk, line=ref, cause="weather", why="It rains")
    set_aside(by=norfolk, line=ref, cause="child", why="A plan is in place")
    assert lines_asking(norfolk) == ()
    assert [one.why for one in set_aside_on(norfolk, ref)] == ["A plan is in place"]
    assert set_aside_on(someone("manager@mers"), ref) == ()
    with clock.stopped(clock.now() + timedelta(days=29)):
        assert [one.causes for one in lines_asking(norfolk)] == [("child",)]


def test_nobody_sets_aside_for_another_body_or_a_line_they_may_not_know() -> None:
    ref = live(someone("manager@norf"), said=[CHILD])
    with pytest.raises(CountyLine.DoesNotExist):
        set_aside(by=someone("manager@mers"), line=ref, cause="child", why="Not ours")
    with reading(someone("manager@mers")):
        assert SetAside.objects.count() == 0


def test_a_hit_on_its_number_that_nobody_answered_makes_a_line_ask() -> None:
    norfolk, ref = someone("manager@norf"), live(someone("manager@norf"))
    file_report(someone("analyst@norf"), "A", selectors=[NUMBER])
    file_report(someone("analyst@mers"), "B", selectors=[NUMBER])
    outbox.drain()
    assert lines_asking(norfolk) == ()
    with clock.stopped(clock.now() + timedelta(days=30)):
        outbox.drain()
        assert [(one.ref, one.causes) for one in lines_asking(norfolk)] == [(ref, ("hit",))]
    assert set(CAUSES) == {"child", "replacement", "hit", "score"}


def test_a_replacement_that_a_watch_found_makes_a_line_ask_those_who_may_read_the_calls(
    house: Instance, tmp_path: Path
) -> None:
    norfolk, ref = someone("analyst@norf"), live(someone("manager@norf"))
    load(norfolk, weeks(tmp_path))
    watch = keep_watch(by=norfolk, number=OLD, why="Cut off", line=ref)
    outbox.drain()
    assert [(one.ref, one.causes) for one in lines_asking(norfolk)] == [(ref, ("replacement",))]
    assert causes_of(norfolk, ref) == ("replacement",)
    assert lines_asking(someone("manager@mers")) == ()
    look_on(by=norfolk, ref=watch, why="A taxi firm")
    assert lines_asking(norfolk) == ()


def test_a_line_whose_score_is_high_asks_and_the_most_pressing_cause_stands_first(house: Instance) -> None:
    norfolk = someone("manager@norf")
    worst = [
        *(Stated("violence", "word", one) for one in ("firearm", "kidnap")),
        *(Stated("exploitation", "word", one) for one in ("child", "debt bondage")),
    ]
    high = live(norfolk, "H", said=worst)
    (one,) = lines_asking(norfolk)
    assert one.score >= HIGH
    assert (one.ref, one.causes) == (high, ("child", "score"))
    set_aside(by=norfolk, line=high, cause="child", why="Safeguarded")
    assert [found.causes for found in lines_asking(norfolk)] == [("score",)]


def test_a_bid_carries_that_a_child_is_at_risk_and_how_its_body_knows() -> None:
    norfolk = someone("manager@norf")
    plain = bid(norfolk, level="national")
    flagged = bid(
        norfolk, line=live(norfolk, "N2", said=[CHILD]), child_at_risk="A school reported her missing"
    )
    centre = someone("coordinator@nclcc")
    rows = bid_list(centre).rows
    assert [(row.ref, row.child_at_risk) for row in rows] == [
        (flagged, "A school reported her missing"), (plain, ""),
    ]  # fmt: skip
    assert page(centre, flagged).line is None
