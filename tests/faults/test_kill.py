"""SIGKILL at fifty points of a load, of matching and of serving: what stands afterwards is as if undisturbed."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.faults.databases import assert_same, clone, picture, reports_held
from tests.faults.kills import Span, kill_after
from tests.faults.stage import Stage, finish, load_words, staged, url
from tests.faults.story import DISTURBED
from tests.instance import Instance

LOADS, DRAINS, WORKERS, SERVED = 24, 10, 8, 8
"""Kills that must land while the process still runs: fifty in all."""

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("kill"), django_db_blocker) as made:
        yield made


def test_a_load_killed_anywhere_is_taken_up_by_the_next(stage: Stage) -> None:
    landed = 0
    points = iter(stage.load.points(10 * LOADS, stage.dice))
    while landed < LOADS:
        with clone(stage.acknowledged) as instance:
            held = reports_held(url(instance))
            for force in DISTURBED:
                landed += kill_after(instance, next(points), load_words(force))
                landed += kill_after(instance, next(points), load_words(force))
                assert held <= reports_held(url(instance)), "a report that stood is gone"
                held = reports_held(url(instance))
            finish(instance)
            assert_same(picture(url(instance)), stage.undisturbed)


def test_matching_killed_anywhere_is_taken_up_by_the_next_drain(stage: Stage) -> None:
    assert_matching_survives(stage, stage.drain, ("flow", "drain"), DRAINS)


def test_a_worker_killed_anywhere_is_followed_by_another(stage: Stage) -> None:
    assert_matching_survives(stage, stage.drain, ("worker",), WORKERS)


def test_the_server_killed_while_it_matches_leaves_nothing_half_done(stage: Stage) -> None:
    # Pages and worker start up side by side, each a little slower than the worker alone.
    span = Span(stage.drain.begins, 1.5 * stage.drain.ends)
    assert_matching_survives(stage, span, ("serve", "--address", "127.0.0.1:0"), SERVED)


def assert_matching_survives(stage: Stage, span: Span, words: tuple[str, ...], kills: int) -> None:
    """Kill a command twice over the same waiting work, then finish, until enough kills have landed."""
    landed = 0
    points = iter(span.points(10 * kills, stage.dice))
    while landed < kills:
        with clone(stage.waiting) as instance:
            landed += kill_after(instance, next(points), words)
            landed += kill_after(instance, next(points), words)
            instance.run("flow", "drain")
            assert_same(picture(url(instance)), stage.undisturbed)
