"""The demonstration's meeting: a force's days, one bid and one proposed plan, each once."""

from tests.cast import Cast
from tests.inside import someone
from tests.lines.keeping import keep
from throughline.demo.meeting import hold_meeting
from throughline.tasking.plan_queries import plan_list
from throughline.tasking.queries import bid_list


def test_one_bid_and_one_proposed_plan_and_no_more_when_held_again(cast: Cast) -> None:
    hold_meeting()
    assert plan_list(someone("chair@norf")) == ()
    keep(someone("manager@norf"))
    for _ in range(2):
        hold_meeting()
        assert [row.state for row in plan_list(someone("chair@norf"))] == ["proposed"]
        assert bid_list(someone("coordinator@nclcc")).total == 1
