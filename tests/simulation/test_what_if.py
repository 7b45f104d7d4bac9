"""What if: policies compared on the same seeds. What is tested is the arithmetic and the model's own logic."""

from dataclasses import fields, replace
from statistics import NormalDist, mean

import numpy as np
import pytest

from throughline.simulation.assumed import ASSUMED, DIFFERENTLY, Assumed
from throughline.simulation.planned import PlannedPolice
from throughline.simulation.policies import (
    ALONE,
    AS_NOW,
    BESIDE,
    COMPARED,
    ORDERS,
    ORDERS_WITH_ARRESTS,
    PLANNED,
    PLANNED_APART,
    SHARED,
    TASKED,
)
from throughline.simulation.what_if import ASSUMPTIONS, OUTCOMES, WHAT_IF, Run, effects, interval, run, runs
from throughline.simulation.world import World

A_SMALL_ONE = replace(WHAT_IF, lines=120, days=150)


def test_the_same_seed_and_policy_give_the_same_outcome() -> None:
    assert run(TASKED, 4, A_SMALL_ONE) == run(TASKED, 4, A_SMALL_ONE)


def test_processes_do_not_change_what_comes_out() -> None:
    policies, seeds = (ALONE, TASKED), (1, 2)
    alone = list(runs(seeds, policies, scale=A_SMALL_ONE, workers=1))
    together = list(runs(seeds, policies, scale=A_SMALL_ONE, workers=2))
    assert alone == together
    assert [(one.policy, one.seed) for one in alone] == [(p.name, s) for p in policies for s in seeds]


def test_every_policy_starts_from_the_same_lines() -> None:
    first = []
    for policy in COMPARED:
        world = World(A_SMALL_ONE, 1, policy=policy, calls=False, told=False)
        next(world.days())
        first.append([(line.id, line.hub.key, line.born) for line in world.nation.fleet.living()[:60]])
    assert all(len(set(lines) & set(first[0])) > 50 for lines in first)


def test_tasking_across_borders_lowers_harm_in_the_model_on_each_seed() -> None:
    for seed in (1, 2, 3):
        assert (
            run(TASKED, seed, A_SMALL_ONE).values["harm days"]
            < run(ALONE, seed, A_SMALL_ONE).values["harm days"]
        )


def test_what_if_runs_the_real_planner_and_one_plan_for_the_nation_lowers_harm_in_the_model() -> None:
    small = replace(WHAT_IF, lines=60, days=120)
    found = {
        policy.name: [run(policy, seed, small).values["harm days"] for seed in (1, 2)]
        for policy in (PLANNED_APART, PLANNED)
    }
    assert mean(found[PLANNED.name]) < mean(found[PLANNED_APART.name])
    world = World(small, 1, policy=PLANNED, calls=False, told=False)
    for _ in world.days():
        pass
    assert isinstance(world.police, PlannedPolice)
    assert world.police.operations > 10


def test_orders_alone_end_few_lines() -> None:
    ended = {}
    for policy in (ORDERS, AS_NOW):
        world = World(A_SMALL_ONE, 1, policy=policy, calls=False, told=False)
        for _ in world.days():
            pass
        ended[policy.name] = world.outcomes.ended
    assert ended["orders alone"] < ended["as now"]


def test_more_is_known_of_a_line_where_intelligence_is_shared() -> None:
    world = World(A_SMALL_ONE, 1, calls=False, told=False)
    for _, _ in zip(range(30), world.days(), strict=False):
        pass
    fleet = world.nation.fleet
    alone, shared = fleet.known(ALONE.shared), fleet.known(SHARED.shared)
    assert (shared >= alone - 1e-9).all()
    assert shared[fleet.alive].mean() > 1.2 * alone[fleet.alive].mean()


def test_the_policies_differ_by_what_is_known_tasked_and_used_alone() -> None:
    assert len({policy.name for policy in COMPARED}) == len(COMPARED) == 9
    for policy in COMPARED:
        assert all(0 <= share <= 1 for share in (policy.shared, policy.tasked, policy.orders))


def test_an_interval_is_students() -> None:
    found = interval([1.0, 2.0, 3.0, 4.0])
    assert found.mean == 2.5
    assert found.high == pytest.approx(2.5 + 3.182 * 1.2909944 / 2, abs=0.01)
    assert found.mean - found.low == pytest.approx(found.high - found.mean)


def test_an_interval_of_many_is_the_normal_one_and_covers_the_mean_as_often_as_it_says() -> None:
    thrown = np.random.default_rng(1)
    covered = mean(
        (found := interval(thrown.normal(5, 2, 20).tolist())).low <= 5 <= found.high for _ in range(2_000)
    )
    assert 0.93 < covered < 0.97
    many = thrown.normal(0, 1, 400).tolist()
    reach = NormalDist().inv_cdf(0.975) * np.std(many, ddof=1) / 20
    assert interval(many).high - interval(many).mean == pytest.approx(reach, rel=0.01)


def test_differences_are_paired_by_seed() -> None:
    values = dict.fromkeys(OUTCOMES, 1.0)
    noisy = [100.0, 200.0, 300.0]
    found = [
        Run(policy.name, seed, values | {"harm days": base * factor})
        for policy, factor in ((ALONE, 1.0), (TASKED, 0.9))
        for seed, base in enumerate(noisy)
    ]
    second = effects(found, (ALONE, TASKED))[1]
    assert second.difference["harm days"].mean == pytest.approx(-0.1)
    assert second.outcomes["harm days"].mean == pytest.approx(180)
    assert second.difference["line-days alive"].mean == 0


def test_each_policy_is_held_against_one_from_which_its_own_choice_alone_differs() -> None:
    assert BESIDE.keys() == set(COMPARED)
    for policy in (ORDERS, ORDERS_WITH_ARRESTS):
        beside = BESIDE[policy]
        assert (beside.shared, beside.tasked) == (policy.shared, policy.tasked)
        assert beside.orders < policy.orders
    assert BESIDE[TASKED] is BESIDE[SHARED] is ALONE


def test_an_assumption_made_otherwise_changes_what_comes_out() -> None:
    usual = run(TASKED, 1, A_SMALL_ONE).values["harm days"]
    found = {
        words: run(TASKED, 1, A_SMALL_ONE, assumed).values["harm days"]
        for words, assumed in DIFFERENTLY.items()
    }
    assert usual not in found.values()
    assert found["no new line is drawn in by demand"] != found["new lines are drawn in twice as strongly"]


def test_each_assumption_is_tried_otherwise_one_at_a_time() -> None:
    tried = set()
    for assumed in DIFFERENTLY.values():
        changed = {
            one.name for one in fields(Assumed) if getattr(assumed, one.name) != getattr(ASSUMED, one.name)
        }
        assert len(changed) == 1
        tried |= changed
    assert tried == {one.name for one in fields(Assumed)}


def test_it_says_what_it_assumes() -> None:
    assert len(ASSUMPTIONS) >= 8
    assert {"harm days", "children drawn in", "line-days alive"} < set(OUTCOMES)
