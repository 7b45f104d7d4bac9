"""``throughline serve`` and ``worker``: they stop when told, leave nothing running, and work beside a load."""

import os
import signal
import time
from pathlib import Path

from tests.cli.files import write_csv
from tests.instance import Instance


def processes_of(group: int) -> list[int]:
    """The processes of a process group that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(int(entry.name))
    return found


def wait_until(done: "object", what: str) -> None:
    """Wait for a condition, for a minute at most."""
    assert callable(done)
    until = time.monotonic() + 60
    while not done():
        assert time.monotonic() < until, what
        time.sleep(0.05)


def test_serve_stops_cleanly_and_leaves_no_children(instance: Instance) -> None:
    with instance.served():
        pass
    # The same by hand, to see the exit status and every process.
    server = instance.start("serve", "--address", "127.0.0.1:0")
    wait_until(lambda: len(processes_of(server.pid)) >= 5, "web server and worker did not all start")
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=60) == 0
    assert processes_of(server.pid) == []


def test_serve_ends_when_a_part_of_it_is_killed(instance: Instance) -> None:
    server = instance.start("serve", "--address", "127.0.0.1:0")
    wait_until(lambda: len(processes_of(server.pid)) >= 5, "web server and worker did not all start")
    worker = next(pid for pid in processes_of(server.pid) if b"\0worker\0" in command_of(pid))
    os.kill(worker, signal.SIGKILL)
    assert server.wait(timeout=60) == 1
    assert processes_of(server.pid) == []


def command_of(pid: int) -> bytes:
    return (Path("/proc") / str(pid) / "cmdline").read_bytes()


def test_a_worker_stops_when_told(instance: Instance) -> None:
    worker = instance.start("worker")
    wait_until(lambda: has_session(instance, doing="listen %"), "the worker never waited for a step")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) in (0, 1)


def has_session(instance: Instance, *, doing: str = "%") -> bool:
    """Whether somebody speaks to the database; a worker that listens is there, and no program that is only starting."""
    with instance.as_owner() as owner:
        return bool(
            owner.execute(
                "select 1 from pg_stat_activity where datname = %s and pid <> pg_backend_pid() and query ilike %s",
                [instance.name, doing],
            ).fetchone()
        )


def test_a_load_counts_its_hits_even_when_a_worker_does_the_matching(instance: Instance) -> None:
    worker = instance.start("worker")
    try:
        wait_until(lambda: has_session(instance), "the worker never spoke to the database")
        rows = [{"report": f"R{n}", "selectors": f"opaque:P{n}"} for n in range(450)]
        path = write_csv(instance.folder, *rows)
        instance.run("load", "reports", str(path), "--as", "analyst@norf")
        given = instance.json("load", "reports", str(path), "--as", "analyst@kent")
        assert given["hits_raised"] == 450
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def test_two_loads_of_one_file_at_one_moment_keep_it_once(instance: Instance) -> None:
    rows = [{"report": f"R{n}", "selectors": f"opaque:P{n}"} for n in range(450)]
    path = write_csv(instance.folder, *rows)
    words = ("load", "reports", str(path), "--as", "analyst@norf")
    both = [instance.start(*words), instance.start(*words)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    with instance.as_owner() as owner:
        row = owner.execute("select count(*), count(distinct origin_ref) from intelligence_report").fetchone()
        assert row == (450, 450)
        assert owner.execute("select count(*) from selectors_sighting").fetchone() == (450,)
