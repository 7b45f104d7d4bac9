"""Bringing a database up to date beside people at work, and beside the version before."""

import time
from threading import Thread

from tests.instance import Instance

DOOR = "create or replace function of_the_version_before() returns int language sql as 'select 1'"


def test_what_the_version_before_needs_stays_until_it_has_gone(instance: Instance) -> None:
    with instance.as_owner() as owner:
        owner.execute(DOOR)
        owner.execute("grant delete on matching_enquiry to throughline_app")

        def left() -> tuple[bool, bool]:
            found = owner.execute(
                "select to_regprocedure('of_the_version_before()') is not null, "
                "has_table_privilege('throughline_app', 'matching_enquiry', 'delete')"
            ).fetchone()
            assert found
            return found[0], found[1]

        assert "once no process" in instance.run("migrate", "--beside").stdout
        assert left() == (True, True)
        instance.run("migrate")
        assert left() == (False, False)


def test_it_gives_way_to_whoever_is_at_work_on_a_table(instance: Instance) -> None:
    with instance.as_owner() as worker, instance.as_owner() as onlooker:
        with worker.transaction():
            worker.execute("select count(*) from intelligence_report")
            migrate = instance.start("migrate")
            until = time.monotonic() + 60
            given_way, wanted = 0, False
            while given_way < 2:
                assert time.monotonic() < until, "it never gave way"
                assert migrate.poll() is None, "it did not wait"
                wants = onlooker.execute("select 1 from pg_locks where not granted").fetchone() is not None
                given_way += wanted and not wants
                wanted = wants
                time.sleep(0.01)
            # Nobody who comes meanwhile is held up for longer than it waits at a time.
            reader = Thread(target=onlooker.execute, args=["select count(*) from intelligence_report"])
            reader.start()
            reader.join(timeout=30)
            assert not reader.is_alive()
        assert migrate.wait(timeout=60) == 0
