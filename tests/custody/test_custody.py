"""Arrest to bail to extension to court: who may, by when, and that nothing but a decision makes bail longer."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.custody.making import HEAD, OFFICER, arrested, extended, on_bail, page, release
from tests.inside import someone
from tests.lines.keeping import keep
from throughline.access.reader import NotAllowed
from throughline.clocks.queries import running_clocks
from throughline.custody.queries import arrest_list, arrest_page, arrests_on, bail_waiting
from throughline.custody.services import (
    CustodyProblem,
    Extension,
    end_arrest,
    extend_bail,
    lift_condition,
    note_breach,
    release_on_bail,
    release_under_investigation,
    set_condition,
)
from throughline.kernel import clock, outbox
from throughline.kernel.workflow import MoveRefused
from throughline.notices.queries import notice_list


def _runs(ref: str) -> list[str]:
    return [row.name for row in running_clocks(someone(OFFICER), size=9) if row.thing_ref == ref]


def test_bail_goes_from_arrest_by_rank_to_the_court_and_each_stage_is_a_decision(cast: Cast) -> None:
    ref = on_bail()
    first = page(ref).row.ends_at
    assert first is not None
    assert _runs(ref) == ["Pre-charge bail"]
    with pytest.raises(CustodyProblem, match="Inspector"):
        extended(ref, "47ZD", "custody officer")
    with pytest.raises(CustodyProblem, match="not the next stage"):
        extended(ref, "47ZDA", "superintendent")
    with pytest.raises(CustodyProblem, match="condition C"):
        extended(ref, "47ZD", "inspector", satisfied={"A": "x", "B": "x", "D": "x"})
    with pytest.raises(CustodyProblem, match="representative"):
        extended(ref, "47ZD", "inspector", representations=" ")
    second = extended(ref, "47ZD", "inspector")
    third = extended(ref, "47ZDA", "superintendent")
    with pytest.raises(CustodyProblem, match="DPP"):
        extended(ref, "47ZE", "assistant chief constable")
    with (
        pytest.raises(CustodyProblem, match="before the period ends"),
        clock.stopped(third + timedelta(days=3)),
    ):
        extended(ref, "47ZF", court="Norwich", applied_on=clock.today())
    fourth = extended(
        ref, "47ZF", court="Norwich", applied_on=clock.today(), satisfied={"B": "x", "C": "x", "D": "x"}
    )
    with pytest.raises(CustodyProblem, match="later than before"):
        extended(ref, "47ZG", court="Norwich", applied_on=clock.today(), until=clock.today())
    assert first < second < third < fourth
    assert [row.law.key for row in page(ref).stages] == ["47ZB", "47ZD", "47ZDA", "47ZF"]
    assert _runs(ref) == ["Pre-charge bail"], "one clock runs, the others were set anew"
    end_arrest(by=someone(HEAD), ref=ref, verb="charge", why="The prosecutor decided")
    assert _runs(ref) == []
    with pytest.raises(MoveRefused):
        end_arrest(by=someone(HEAD), ref=ref, verb="end", why="x")


def test_a_period_that_has_ended_is_told_of_and_no_rank_extends_it(cast: Cast) -> None:
    ref = on_bail()
    ends = page(ref).row.ends_at
    assert ends is not None
    with clock.stopped(ends + timedelta(minutes=1)):
        outbox.drain()
        assert page(ref).row.is_past
        assert page(ref).row.state == "on bail"
        texts = [card.text for card in notice_list(someone(OFFICER))[0] if card.thing_ref == ref]
        assert sorted(text.split(":")[0] for text in texts) == [
            "Pre-charge bail ends in 1 day", "Pre-charge bail ends in 28 days", "Pre-charge bail ends in 7 days",
            "Pre-charge bail is past",
        ]  # fmt: skip
        with pytest.raises(CustodyProblem, match="by rank no longer"):
            extended(ref, "47ZD", "inspector")


def test_release_under_investigation_says_why_not_bail_and_falls_due_for_review(cast: Cast) -> None:
    ref, by = arrested(), someone(OFFICER)
    for field, other in (
        ("necessity", {"necessity": " "}),
        ("victims", {"victims": ""}),
        ("victims_said", {"victims_said": ""}),
    ):
        with pytest.raises(CustodyProblem) as refused:
            release_under_investigation(by=by, ref=ref, release=release(**other))
        assert refused.value.field == field
    release_under_investigation(by=by, ref=ref, release=release(necessity="He has left the country"))
    assert _runs(ref) == ["Review of a release under investigation"]
    with pytest.raises(CustodyProblem, match="cannot be done"):
        set_condition(by=by, ref=ref, words="x", because="y")


def test_conditions_are_set_and_lifted_and_breaches_noted(cast: Cast) -> None:
    ref, by = on_bail(), someone(OFFICER)
    set_condition(by=by, ref=ref, words="Live at the address given", because="Failure to surrender")
    first, second = page(ref).conditions
    lift_condition(by=by, ref=ref, number=first.number, why="She moved away")
    assert [bool(one.lifted_at) for one in page(ref).conditions] == [True, False]
    assert second.because == "Failure to surrender"
    note_breach(by=by, ref=ref, what="Not at the address", done="Arrested", at=clock.now())
    assert page(ref).breaches[0].done == "Arrested"
    with pytest.raises(CustodyProblem, match="future"):
        note_breach(by=by, ref=ref, what="x", done="y", at=clock.now() + timedelta(days=1))


def test_suspects_of_one_line_stand_on_several_clocks_each_for_whoever_may_know(cast: Cast) -> None:
    head = someone(HEAD)
    line = keep(head)
    ours = on_bail(line=line)
    slow = on_bail(
        line=line, suspect="Sam Example", case="non-standard", arrested_at=clock.now() - timedelta(days=3)
    )
    free = arrested(line=line, suspect="Robin Example")
    release_on_bail(by=someone(OFFICER), ref=free, release=release())
    rows = arrests_on(head, line)
    assert [row.ref for row in rows] == [ours, free, slow]
    assert len({row.ends_at for row in rows}) == 2
    assert [row.ref for row in bail_waiting(head, size=1)] == [ours]
    held = arrested(suspect="Jo Example")
    assert [row.ref for row in bail_waiting(head, size=1)] == [held]
    for other in ("manager@kent", "officer@mps", "coordinator@nclcc"):
        assert arrests_on(someone(other), line) == []
        assert arrest_page(someone(other), ours) is None
        assert arrest_list(someone(other)) == ([], 0)
    with pytest.raises(NotAllowed):
        arrest_list(someone("safeguarding@norf"))
    with pytest.raises(NotAllowed):
        extend_bail(by=someone(OFFICER), ref=ours, extension=Extension("47ZD", "x"))


def test_this_law_is_not_that_of_scotland(cast: Cast) -> None:
    with pytest.raises(CustodyProblem, match="England and Wales"):
        arrested(nation="SCT")
