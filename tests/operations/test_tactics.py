"""What became of lines after work: what counts as silent, replaced and returned, and for whom."""

from datetime import date, timedelta

from tests.inside import someone
from tests.instance import Instance
from tests.lines.keeping import live
from tests.tasking.bidding import bid, decided, done, offered
from throughline.kernel import clock
from throughline.operations.tactics import After, after, effect_of_tactics, rows_of

DAY = date(2026, 3, 2)


def _on(days: int) -> date:
    return DAY + timedelta(days=days)


def test_what_is_first_seen_after_the_work_ends_the_silence() -> None:
    seen = [
        (_on(-40), "number", "A"), (_on(-3), "drug", "crack"), (DAY, "number", "B"),
        (_on(12), "number", "C"), (_on(9), "area", "NORF"), (_on(30), "number", "A"), (_on(400), "number", "D"),
    ]  # fmt: skip
    assert after(["order"], DAY, seen, _on(100)) == After(("order",), 100, 9, 12, 30)
    assert after(["order"], DAY, seen[:3], _on(100)) == After(("order",), 100, None, None, None)


def test_each_tactic_has_its_works_and_nothing_is_said_past_what_was_followed() -> None:
    works = [After(("order", "arrest"), 40, 10, 10, None), After(("order",), 40, None, None, None)]
    order, arrest = rows_of(works)
    assert (order.tactic, order.works, order.line_days, order.silent.ended) == ("order", 2, 50, 1)
    week, month, quarter = order.silent.at
    assert week
    assert month
    assert (week.share, month.share, quarter) == (1.0, 0.5, None)
    assert month.low < 0.5 < month.high
    assert (arrest.works, arrest.silent.median) == (1, 10)


def test_a_reader_learns_of_the_works_and_lines_that_they_may_know(house: Instance) -> None:
    norfolk = someone("manager@norf")
    ref = bid(norfolk, line=live(norfolk), tactics=("order",))
    decided(ref)
    offered(ref)
    done(ref)
    assert [(row.tactic, row.works) for row in effect_of_tactics(norfolk)] == [("order", 1)]
    # Merseyside did the work and may not know the line: its evidence says nothing to them.
    assert effect_of_tactics(someone("manager@mers")) == ()
    assert effect_of_tactics(someone("manager@kent")) == ()
    with clock.stopped(clock.now()):
        (row,) = effect_of_tactics(someone("analyst@norf"))
    assert row.silent.at == (None, None, None)
