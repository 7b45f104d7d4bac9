"""``throughline flow`` and ``throughline worker``: doing the steps that wait."""

import argparse
import select
import signal
import time
from typing import Any

from throughline.cli.words import give, give_json, say

NAP = 2.0
"""Seconds that an idle worker sleeps at most; the database wakes it sooner."""

CLEARS_EVERY = 3600.0
"""Seconds between two clearings of sessions that ended or ran out; the first is at once."""


def add_commands(commands: Any) -> None:
    """Add ``flow`` and ``worker`` to the parser."""
    flow = commands.add_parser("flow", help="the steps that wait between one desk and the next",
                               epilog="Example: throughline flow drain")  # fmt: skip
    actions = flow.add_subparsers(required=True, metavar="ACTION")
    drain = actions.add_parser("drain", help="run every step that waits, then return",
                               epilog="Example: throughline flow drain --json")  # fmt: skip
    drain.add_argument("--json", action="store_true")
    drain.set_defaults(run=run_drain)
    retry = actions.add_parser("retry", help="put failed steps back in the queue",
                               epilog="Example: throughline flow retry")  # fmt: skip
    retry.set_defaults(run=run_retry)
    worker = commands.add_parser("worker", help="do steps as they come, until stopped",
                                 epilog="Example: throughline worker")  # fmt: skip
    worker.set_defaults(run=run_worker)


def run_drain(chosen: argparse.Namespace) -> int:
    """Do all that waits. Status 1 when a step has given up and waits for its owner."""
    from throughline.kernel import outbox  # noqa: PLC0415

    done, failed = outbox.drain(), outbox.failed()
    if chosen.json:
        give_json({"done": done, "failed": failed, "waiting": outbox.waiting()})
    else:
        give(f"{done:,} steps done.")
    return say_failed(failed)


def say_failed(failed: int) -> int:
    """Say how many steps gave up, if any did, and give the exit status."""
    if failed:
        some = f"{failed:,} steps failed and wait for their owner"
        one = "1 step failed and waits for its owner"
        say(f"{one if failed == 1 else some}. Mend the cause, then run 'throughline flow retry'.")
    return 1 if failed else 0


def run_retry(_: argparse.Namespace) -> int:
    """Put failed steps back."""
    from throughline.kernel import outbox  # noqa: PLC0415

    give(f"{outbox.retry_failed():,} steps wait again.")
    return 0


def run_worker(_: argparse.Namespace) -> int:
    """Do steps until SIGTERM. A kill at any point leaves the step that was under way waiting."""
    from django.db import connection  # noqa: PLC0415

    from throughline.access.sessions import clear_sessions  # noqa: PLC0415
    from throughline.kernel import outbox  # noqa: PLC0415
    from throughline.kernel.collecting import collect_seldom  # noqa: PLC0415

    def leave(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, leave)
    collect_seldom()
    cleared = -CLEARS_EVERY
    while True:
        if time.monotonic() - cleared >= CLEARS_EVERY:
            clear_sessions()
            cleared = time.monotonic()
        if outbox.work_once():
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"listen {outbox.WAKE}")
        raw = connection.connection
        select.select([raw.fileno()], [], [], NAP)
        list(raw.notifies(timeout=0))
