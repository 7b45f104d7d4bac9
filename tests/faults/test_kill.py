"""SIGKILL at fifty points of a load, of matching and of serving: what stands afterwards is as if undisturbed."""

from collections.abc import Iterator

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.faults.databases import assert_same, clone, picture, reports_held, standing
from tests.faults.kills import kill_after, moments, work_waits
from tests.faults.stage import Stage, finish, load_words, staged, url
from tests.faults.story import DISTURBED

LOADS, DRAINS, WORKERS, SERVED = 24, 10, 8, 4
"""Kills that must land while the process still runs: fifty in all, with the four of `test_web_kill`."""

DIFFERENT = 3
"""Kills go on until they have left things standing in at least so many stages."""

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("kill"), django_db_blocker) as made:
        yield made


def test_a_load_killed_anywhere_is_taken_up_by_the_next(stage: Stage) -> None:
    landed = 0
    seen: set[tuple[int, int, int]] = set()
    while landed < LOADS or len(seen) < DIFFERENT:
        with clone(stage.acknowledged) as instance:
            held = reports_held(url(instance))
            for force in DISTURBED:
                for moment in moments(stage.load, stage.dice):
                    landed += kill_after(instance, moment, load_words(force))
                    seen.add(standing(url(instance)))
                    assert held <= reports_held(url(instance)), "a report that stood is gone"
                    held = reports_held(url(instance))
            finish(stage, instance)
            assert_same(picture(url(instance)), stage.undisturbed)


def test_matching_killed_anywhere_is_taken_up_by_the_next_drain(stage: Stage) -> None:
    assert_matching_survives(stage, ("flow", "drain"), DRAINS)


def test_a_worker_killed_anywhere_is_followed_by_another(stage: Stage) -> None:
    assert_matching_survives(stage, ("worker",), WORKERS)


def test_the_server_killed_while_it_matches_leaves_nothing_half_done(stage: Stage) -> None:
    assert_matching_survives(stage, ("serve", "--address", "127.0.0.1:0"), SERVED)


def assert_matching_survives(stage: Stage, words: tuple[str, ...], kills: int) -> None:
    """Kill a command twice over the same waiting work, then finish, until enough kills have landed.

    How long a drain took is but a first guess of how long this command works: a machine is now quick and now
    slow. Where the work was over before the second kill, the next come sooner; where it was not, later.
    """
    landed = 0
    span = 1.5 * stage.drain
    seen: set[tuple[int, int, int]] = set()
    while landed < kills or len(seen) < DIFFERENT:
        with clone(stage.waiting) as instance:
            for moment in moments(span, stage.dice):
                landed += kill_after(instance, moment, words)
                seen.add(standing(url(instance)))
            span *= 1.3 if work_waits(instance) else 0.7
            finish(stage, instance)
            assert_same(picture(url(instance)), stage.undisturbed)
