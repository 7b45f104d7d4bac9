"""Starting a command and killing it, with all its processes, at a moment of its work."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Sequence

import psycopg

from tests.instance import OWNER_URL, Instance, on


def moments(seconds: float, dice: random.Random) -> tuple[float, float]:
    """A random moment of a span, and one of what is then left of it: when to kill a command and its successor."""
    first = dice.uniform(0, seconds)
    return first, dice.uniform(0, seconds - first)


def seconds_of_work(instance: Instance, *words: str) -> float:
    """How long a command works, from when it first works on the database until it ends."""
    process = instance.start(*words)
    _wait_for_work(instance, process)
    begun = time.perf_counter()
    assert process.wait(timeout=120) == 0
    return time.perf_counter() - begun


def kill_after(instance: Instance, seconds: float, words: Sequence[str]) -> bool:
    """Start a command and kill its process group after so many seconds of work; says whether it still ran."""
    process = instance.start(*words)
    try:
        _wait_for_work(instance, process)
        process.wait(timeout=seconds)
    except BaseException as stopped:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(stopped, subprocess.TimeoutExpired):
            return True
        raise
    return False


def work_waits(instance: Instance) -> bool:
    """Whether a step is due that nobody has done yet."""
    with psycopg.connect(on(OWNER_URL, instance.name), autocommit=True) as owner:
        due = "select 1 from kernel_step where state = 'waiting' and due_at <= now() limit 1"
        return owner.execute(due).fetchone() is not None


_SPOKEN = "select 1 from pg_stat_activity where datname = %s"
_AT_WORK = """select 1 from pg_locks l join pg_database d on d.oid = l.database
               where d.datname = %s and l.locktype = 'relation' and l.mode in ('RowShareLock', 'RowExclusiveLock')"""


def _wait_for_work(instance: Instance, process: "subprocess.Popen[str]") -> None:
    """Starting Python is no part of the work: until rows are held, nothing has happened that a kill could spoil.

    Where no step waits for it, a command is at work as soon as it speaks to the database.
    """
    waits = work_waits(instance)
    with psycopg.connect(on(OWNER_URL, "postgres"), autocommit=True) as server:
        until = time.monotonic() + 60
        while (
            process.poll() is None
            and not server.execute(_AT_WORK if waits else _SPOKEN, [instance.name]).fetchone()
        ):
            assert time.monotonic() < until, "it never spoke to the database"
            time.sleep(0.002)
