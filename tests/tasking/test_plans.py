"""A plan kept: worked out by the flow, read line by line as each reader may know, worked out anew around edits."""

from datetime import timedelta

import pytest

from tests.inside import someone
from tests.instance import Instance
from tests.lines.keeping import keep
from tests.tasking.planned import CHILD, FIREARM, FROM_LONDON, TO_NORFOLK, give_days, plan_of, proposed
from throughline.access.permissions import (
    EVERY_CONDITION,
    OFFICIAL_SENSITIVE,
    ROLE_CONDITIONS,
    Permission,
    Role,
    clearance_of,
    permissions_of,
)
from throughline.access.services import close_compartment
from throughline.kernel import outbox
from throughline.lines.queries import line_page
from throughline.notices.queries import notice_list
from throughline.tasking.adopting import say_of_line
from throughline.tasking.days import weeks_from
from throughline.tasking.plan_queries import plan_list, plan_opened
from throughline.tasking.proposing import Asked, AskProblem, Saying, ask_for_plan

CHAIR, BODIES = "chair@nclcc", ("MPS", "NORF", "ERSOU", "NCLCC")


def test_the_flow_works_a_plan_out_and_keeps_each_line_with_its_reasons(house: Instance) -> None:
    ref = keep(someone("analyst@norf"), said=[FIREARM, CHILD, FROM_LONDON, TO_NORFOLK], everyone=True)
    chair = someone(CHAIR)
    with pytest.raises(AskProblem, match="No officer-days"):
        ask_for_plan(by=chair, asked=Asked())
    give_days(*BODIES)
    asked = ask_for_plan(by=chair, asked=Asked(seconds=1))
    waiting = plan_of(chair, asked)
    assert (waiting.row.state, waiting.lines, waiting.objective) == ("asked", (), None)
    outbox.drain()
    plan = plan_of(chair, asked)
    (line,) = plan.lines_in
    assert (plan.row.state, line.ref, line.lead, line.support) == ("proposed", ref, "MPS", ("NORF",))
    assert "A child is at risk" in line.reasons[0]
    assert line.officer_days == 6 + 8 + 4 + 5 + 12 + 2
    assert plan.objective is not None
    assert plan.bound is not None
    assert plan.objective <= plan.bound + 1e-6
    assert plan.prices
    assert [m.verb for m in plan.history] == ["begin", "propose"]
    assert plan.moves == ("adopt", "set aside", "supersede")
    assert [card.text[:26] for card in notice_list(chair)[0] if card.kind == "plan"] == [
        "A plan is proposed for 8 w"
    ]
    assert outbox.failed() == 0


def test_a_plan_is_its_bodys_own_and_a_line_that_closes_takes_the_totals_with_it(house: Instance) -> None:
    norfolk = someone("analyst@norf")
    open_one, other = (
        keep(norfolk, name, said=[FIREARM, FROM_LONDON, TO_NORFOLK], everyone=True) for name in "AB"
    )
    give_days(*BODIES)
    ref, centre = proposed(someone(CHAIR)), someone("coordinator@nclcc")
    assert plan_of(centre, ref).gap is not None
    for who in ("chair@norf", "chair@ersou", "manager@mps"):
        assert plan_opened(someone(who), ref) is None
        assert plan_list(someone(who)) == ()
    with house.as_owner() as owner:
        owner.execute(
            "update access_marking set everyone = false where id in (select e.marking_id from lines_evidence e "
            "join lines_line l on l.id = e.line_id where l.ref = %s)", [other],
        )  # fmt: skip
        owner.execute(
            "update tasking_plan_line set reasons = array['Fine.', 'Or give up ' || %s || '.']", [other]
        )
    left = plan_of(centre, ref)
    assert [(line.ref, line.reasons) for line in left.lines] == [(open_one, ("Fine.",))]
    assert (left.objective, left.bound, left.gap, left.prices, left.floors) == (None, None, None, (), ())
    assert left.gain == left.lines[0].gain


def test_a_closed_circle_is_in_no_plan_even_of_one_who_is_in_it(house: Instance) -> None:
    manager, chair = someone("manager@norf"), someone("chair@norf")
    circle = close_compartment(name="Herons", people=[manager.person, chair.person])
    said = [FIREARM, FROM_LONDON, TO_NORFOLK]
    in_circle = keep(someone("manager@norf"), "A", said=said, compartment=circle, bodies=["NCLCC"])
    known = keep(someone("manager@norf"), "B", said=said)
    give_days("NORF")
    chair = someone("chair@norf")
    assert line_page(chair, in_circle) is not None
    assert [line.ref for line in plan_of(chair, proposed(chair)).lines] == [known]


def test_everyone_who_reads_plans_may_know_what_plans_are_made_of() -> None:
    """Or a total would tell some of them of lines that they may not know."""
    readers = [role for role in Role if Permission.PLAN_READ in permissions_of(frozenset({role}))]
    assert set(readers) == {Role.MANAGER, Role.COORDINATOR, Role.CHAIR}
    for role in readers:
        assert ROLE_CONDITIONS[role] == EVERY_CONDITION
        assert clearance_of(frozenset({role})) == OFFICIAL_SENSITIVE


def test_it_is_worked_out_anew_around_what_people_say(house: Instance) -> None:
    norfolk, chair = someone("analyst@norf"), someone(CHAIR)
    one, other = (
        keep(norfolk, name, said=[FIREARM, FROM_LONDON, TO_NORFOLK], everyone=True) for name in "AB"
    )
    give_days(*BODIES)
    first = proposed(chair)
    second = proposed(
        chair,
        Saying(one, "excluded", "In court"),
        Saying(other, "pinned", "They know it", "NORF"),
        after=first,
    )
    plan = plan_of(chair, second)
    assert [(line.ref, line.lead) for line in plan.lines_in] == [(other, "NORF")]
    assert [(ref, said.what, said.why) for ref, said in plan.excluded] == [(one, "excluded", "In court")]
    assert plan_of(chair, first).row.state == "superseded"
    third = plan_of(chair, proposed(chair, Saying(one, "must", "Out of court"), after=second))
    assert {line.ref: line.lead for line in third.lines_in}[other] == "NORF"
    assert len(third.lines_in) == 2
    with pytest.raises(AskProblem, match="You know of no line"):
        ask_for_plan(by=chair, asked=Asked(said=(Saying("CL-2222-2222", "must", "x"),)))


def test_work_is_moved_to_another_week_and_stays_there_when_it_is_worked_out_anew(house: Instance) -> None:
    chair = someone(CHAIR)
    line = keep(someone("analyst@norf"), said=[FIREARM, FROM_LONDON, TO_NORFOLK], everyone=True)
    give_days(*BODIES)
    first = proposed(chair)
    week = weeks_from(plan_of(chair, first).row.starts_on)[4]
    with pytest.raises(AskProblem, match="Choose the week"):
        say_of_line(by=chair, ref=first, saying=Saying(line, "moved", "They are away"))
    with pytest.raises(AskProblem, match="a week of the plan"):
        say_of_line(
            by=chair, ref=first, saying=Saying(line, "moved", "Late", week=week + timedelta(weeks=20))
        )
    say_of_line(by=chair, ref=first, saying=Saying(line, "moved", "They are away", week=week))
    second = proposed(chair, after=first)
    for ref in (second, proposed(chair, after=second)):
        (moved,) = plan_of(chair, ref).lines_in
        assert (moved.first_week, moved.said[-1].week) == (5, week)


def test_the_command_keeps_a_plan_of_the_days_that_are_stated(house: Instance) -> None:
    ref = keep(someone("analyst@norf"), said=[FIREARM, CHILD, FROM_LONDON, TO_NORFOLK], everyone=True)
    words = ("plan", "propose", "--as", CHAIR, "--seconds", "1")
    assert "State them first" in house.run(*words, status=1).stderr
    give_days(*BODIES)
    told = house.json(*words, "--json")
    assert {
        "plan",
        "objective",
        "bound",
        "gap",
        "seconds",
        "assignments",
        "left_out",
        "prices",
    } <= told.keys()
    assert [one["ref"] for one in told["assignments"]] == [ref]
    assert plan_of(someone(CHAIR), told["plan"]).row.state == "proposed"
