"""The plan: as good as trying everything, never over anybody's days, first things first, and explained."""

import random
from dataclasses import replace
from itertools import product

import pytest

from throughline.tasking.planning.choosing import objective
from throughline.tasking.planning.plan import Plan, propose
from throughline.tasking.planning.problem import Choice, Need, Option, Problem, Rules, Work, days_of
from throughline.tasking.planning.tactics import tactics
from throughline.tasking.planning.ways import Case, ways_to_work

BODIES, SKILLS = ("MPS", "KENT", "NORF"), ("investigation", "surveillance")


def some_problem(seed: int, *, works: int = 6) -> Problem:
    dice = random.Random(seed)  # noqa: S311 the same cases every time
    capacity = {
        (body, skill): tuple(dice.choice((0.0, 3.0, 5.0)) for _ in range(4))
        for body, skill in product(BODIES, SKILLS)
    }
    made = tuple(_work(dice, place) for place in range(works))
    return Problem(made, capacity)


def _work(dice: random.Random, place: int) -> Work:
    options = tuple(
        Option(lead, dice.uniform(1, 40), tuple(_needs(dice, lead)), dice.uniform(0, 5))
        for lead in dice.sample(BODIES, dice.randint(1, 3))
    )
    return Work(
        f"CL-{place}", dice.choice(("EASTERN", "LONDON")), options, must=dice.random() < 0.1,
        child_at_risk=dice.random() < 0.2, kept=dice.choice(("", *BODIES)),
    )  # fmt: skip


def _needs(dice: random.Random, lead: str) -> list[Need]:
    other = dice.choice(BODIES)
    return [
        Need(lead, "surveillance", dice.randint(1, 6), 1),
        Need(lead, "investigation", dice.randint(1, 9), 2),
        *([Need(other, "investigation", dice.randint(1, 4), 2)] if dice.random() < 0.4 else []),
    ]


def every_choice(problem: Problem) -> list[Choice]:
    """Every choice whose days are there, whatever the weeks."""
    ways = [range(-1, len(work.open_options)) for work in problem.works]
    found = []
    for picked in product(*ways):
        choice = {w.ref: p for w, p in zip(problem.works, picked, strict=True) if p >= 0}
        used: dict[tuple[str, str], float] = {}
        for work in problem.works:
            if work.ref in choice:
                for pool, days in days_of(work.open_options[choice[work.ref]]).items():
                    used[pool] = used.get(pool, 0.0) + days
        if all(days <= problem.days(pool) + 1e-9 for pool, days in used.items()):
            found.append(choice)
    return found


def firsts(problem: Problem, choice: Choice) -> tuple[int, int]:
    done = [work for work in problem.works if work.ref in choice]
    return sum(w.must for w in done), sum(w.child_at_risk for w in done)


def led(plan: Plan) -> dict[str, str]:
    return {one.ref: one.lead for one in plan.assignments}


@pytest.mark.parametrize("seed", range(25))
def test_it_is_the_best_of_every_choice_that_the_weeks_hold(seed: int) -> None:
    problem = some_problem(seed)
    one_week = Problem(
        problem.works, {p: (sum(days),) for p, days in problem.capacity.items()}, problem.rules
    )
    every = every_choice(problem)
    most = max(firsts(problem, choice) for choice in every)
    best = max(objective(problem, choice) for choice in every if firsts(problem, choice) == most)
    found = propose(one_week, seconds=5)
    assert found.objective == pytest.approx(best, abs=0.02)
    assert found.objective <= found.bound + 1e-6


@pytest.mark.parametrize("seed", range(25, 60))
def test_nobody_is_asked_for_days_they_do_not_have_in_any_week_and_stages_follow_one_another(
    seed: int,
) -> None:
    problem = some_problem(seed, works=12)
    plan = propose(problem, seconds=2)
    used: dict[tuple[str, str, int], float] = {}
    for one in plan.assignments:
        ready = max((d.week for d in one.weeks if d.stage == 1), default=0)
        assert all(d.week >= ready for d in one.weeks if d.stage == 2)
        assert sum(d.days for d in one.weeks) == pytest.approx(sum(need.days for need in one.needs))
        for day in one.weeks:
            used[day.body, day.skill, day.week] = used.get((day.body, day.skill, day.week), 0.0) + day.days
    for (body, skill, week), days in used.items():
        assert days <= problem.capacity[body, skill][week - 1] + 1e-6
    assert {one.ref for one in plan.assignments} | {one.ref for one in plan.left_out} == {
        work.ref for work in problem.works
    }
    assert all(one.reasons for one in plan.assignments)
    assert all(one.reasons for one in plan.left_out)


def test_a_child_at_risk_goes_before_any_points_and_what_people_name_before_that() -> None:
    needs = (Need("MPS", "surveillance", 5),)
    ways = (Option("MPS", 1, needs),)
    rich = Work("CL-RICH", "LONDON", (Option("MPS", 90, needs),))
    child, must = (
        Work("CL-CHILD", "LONDON", ways, child_at_risk=True),
        Work("CL-MUST", "LONDON", ways, must=True),
    )
    for days, expected in (
        (5.0, {"CL-MUST"}),
        (10.0, {"CL-MUST", "CL-CHILD"}),
        (15.0, {"CL-MUST", "CL-CHILD", "CL-RICH"}),
    ):
        plan = propose(Problem((rich, child, must), {("MPS", "surveillance"): (days,)}), seconds=2)
        assert led(plan).keys() == expected


def test_people_pin_and_rule_out_and_the_plan_goes_round_them() -> None:
    ways = tuple(
        Option(body, gain, (Need(body, "surveillance", 5),)) for body, gain in (("MPS", 30), ("KENT", 10))
    )
    days = {("MPS", "surveillance"): (5.0,), ("KENT", "surveillance"): (5.0,)}
    assert led(propose(Problem((Work("CL-1", "LONDON", ways),), days), seconds=2)) == {"CL-1": "MPS"}
    pinned = Work("CL-1", "LONDON", ways, pinned="KENT")
    assert led(propose(Problem((pinned,), days), seconds=2)) == {"CL-1": "KENT"}
    barred = Work("CL-1", "LONDON", ways, cannot=frozenset(("MPS", "KENT")))
    assert "ruled out every body" in propose(Problem((barred,), days), seconds=2).left_out[0].reasons[0]


def test_a_small_gain_does_not_move_a_line_to_another_lead() -> None:
    def work(kept: str, gain: float) -> Work:
        ways = tuple(Option(b, g, (Need(b, "surveillance", 5),)) for b, g in (("MPS", 20), ("KENT", gain)))
        return Work("CL-1", "LONDON", ways, kept=kept)

    days = {("MPS", "surveillance"): (5.0,), ("KENT", "surveillance"): (5.0,)}
    assert led(propose(Problem((work("MPS", 20.5),), days), seconds=2)) == {"CL-1": "MPS"}
    moved = propose(Problem((work("MPS", 25),), days), seconds=2)
    assert [(c.ref, c.before, c.now) for c in moved.changes] == [("CL-1", "MPS", "KENT")]


def test_a_region_of_small_forces_is_not_starved() -> None:
    rich = tuple(
        Work(f"CL-L{n}", "LONDON", (Option("NCA", 20, (Need("NCA", "surveillance", 5),)),)) for n in range(9)
    )
    poor = Work("CL-E", "EASTERN", (Option("NCA", 12, (Need("NCA", "surveillance", 5),)),))
    days = {("NCA", "surveillance"): (10.0, 10.0)}
    assert "CL-E" in led(propose(Problem((*rich, poor), days, Rules(floor=0.3)), seconds=2))
    assert "CL-E" not in led(propose(Problem((*rich, poor), days, Rules(floor=0.0)), seconds=2))


def test_what_would_have_to_give_is_named_with_its_points() -> None:
    ways = (Option("KENT", 10, (Need("KENT", "surveillance", 5),)),)
    better = Work("CL-2", "EASTERN", (Option("KENT", 30, (Need("KENT", "surveillance", 8),)),))
    plan = propose(
        Problem((Work("CL-1", "EASTERN", ways), better), {("KENT", "surveillance"): (10.0,)}), seconds=2
    )
    assert led(plan) == {"CL-2": "KENT"}
    assert plan.left_out[0].reasons[-1] == (
        "KENT would need 3.0 more officer-days of surveillance, or to give up CL-2 (30.0 points)."
    )
    beyond = propose(Problem((better,), {("KENT", "surveillance"): (5.0,)}), seconds=2).left_out[0].reasons
    assert beyond == ("KENT has 5.0 officer-days of surveillance in all; it would take 8.0.",)


def test_what_brings_the_most_is_done_first_and_none_of_it_waits_for_the_last_week() -> None:
    needs = (Need("MPS", "investigation", 4), Need("MPS", "investigation", 1, stage=2))
    works = tuple(Work(f"CL-{gain}", "LONDON", (Option("MPS", gain, needs),)) for gain in (10, 40, 20, 30))
    plan = propose(Problem(works, {("MPS", "investigation"): (5.0,) * 4}), seconds=2)
    assert [(one.ref, one.first_week, one.last_week) for one in plan.assignments] == [
        ("CL-40", 1, 1), ("CL-30", 2, 2), ("CL-20", 3, 3), ("CL-10", 4, 4)
    ]  # fmt: skip


def test_what_others_would_add_is_asked_for_where_their_days_bring_no_more_elsewhere() -> None:
    case = Case(100, "high", ("NORF",))
    line = Work("CL-1", "EASTERN", ways_to_work(case, {"MPS": "exporter"}, tactics()))
    days = {("MPS", skill): (40.0,) for skill in tactics().skills}
    alone = propose(Problem((line,), days), seconds=2).assignments[0]
    helped = propose(Problem((line,), days | {("NORF", "neighbourhood"): (5.0,)}), seconds=2).assignments[0]
    assert (alone.support, helped.support) == ((), ("NORF",))
    assert alone.gain == pytest.approx(helped.gain * tactics().without_support)
    assert helped.reasons[0].startswith("MPS with NORF is expected")


def test_nothing_to_plan_is_a_plan() -> None:
    assert propose(Problem((), {}), seconds=1).assignments == ()


def moved_work(begins: int, *, days: float = 4, child: bool = False) -> Work:
    needs = (Need("MPS", "surveillance", days), Need("MPS", "investigation", 1, stage=2))
    return Work("CL-MOVED", "LONDON", (Option("MPS", 9, needs),), begins=begins, child_at_risk=child)


def test_what_people_moved_begins_in_its_week_and_the_rest_goes_round_it() -> None:
    needs = (Need("MPS", "surveillance", 4), Need("MPS", "investigation", 1, stage=2))
    rest = tuple(Work(f"CL-{n}", "LONDON", (Option("MPS", 20 + n, needs),)) for n in range(3))
    days = {("MPS", "surveillance"): (4.0,) * 4, ("MPS", "investigation"): (1.0,) * 4}
    for begins in (1, 2, 3, 4):
        plan = propose(Problem((moved_work(begins), *rest), days), seconds=2)
        there = {one.ref: one for one in plan.assignments}
        assert len(there) == 4
        assert there["CL-MOVED"].first_week == begins
        assert "begins in week" in there["CL-MOVED"].reasons[-1]


@pytest.mark.parametrize(
    ("moved", "surveillance", "sentence"),
    [
        (moved_work(3), (4.0, 4.0, 1.0, 1.0), "MPS has 2.0 officer-days of surveillance from week 3 on; it would take"),
        (moved_work(2), (4.0, 0.0, 4.0, 4.0), "In week 2 MPS has no officer-day of surveillance left to begin with"),
    ],
)  # fmt: skip
def test_what_does_not_fit_in_its_week_says_so_and_why(
    moved: Work, surveillance: tuple[float, ...], sentence: str
) -> None:
    days = {("MPS", "surveillance"): surveillance, ("MPS", "investigation"): (1.0,) * 4}
    out = propose(Problem((moved,), days), seconds=2).left_out[0]
    assert out.reasons[0].startswith(f"People have said that it should begin in week {moved.begins}")
    assert sentence in out.reasons[-1]


def test_what_was_moved_takes_no_days_from_a_child_at_risk() -> None:
    child = Work(
        "CL-CHILD", "LONDON", (Option("MPS", 1, (Need("MPS", "surveillance", 6),)),), child_at_risk=True
    )
    days = {("MPS", "surveillance"): (0.0, 6.0, 3.0), ("MPS", "investigation"): (1.0,) * 3}
    plan = propose(Problem((moved_work(2), child), days), seconds=2)
    assert led(plan) == {"CL-CHILD": "MPS"}
    assert "what must be done first" in plan.left_out[0].reasons[-1]


@pytest.mark.parametrize("seed", range(60, 85))
def test_moved_work_is_in_its_week_or_out_and_never_costs_anybody_a_day_they_lack(seed: int) -> None:
    problem = some_problem(seed, works=12)
    dice = random.Random(seed)  # noqa: S311 the same cases every time
    works = tuple(replace(work, begins=dice.choice((0, 0, 1, 2, 3, 4))) for work in problem.works)
    plan = propose(replace(problem, works=works), seconds=2)
    begins = {work.ref: work.begins for work in works}
    used: dict[tuple[str, str, int], float] = {}
    for one in plan.assignments:
        assert begins[one.ref] in (0, one.first_week)
        for day in one.weeks:
            used[day.body, day.skill, day.week] = used.get((day.body, day.skill, day.week), 0.0) + day.days
    for (body, skill, week), days in used.items():
        assert days <= problem.capacity[body, skill][week - 1] + 1e-6
    assert all(one.reasons for one in plan.left_out)
