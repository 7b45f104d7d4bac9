"""``throughline init | demo | serve | migrate | stop``: an instance, from nothing to a sign-in page."""

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from throughline.cli.words import Refused, give, progress, say

ADDRESS = "127.0.0.1:8000"
WEB_WORKERS = 2
LAST_ORDERS = 35
"""Seconds for pages under way to be finished; the web server gives its own workers 30."""


def add_commands(commands: Any) -> None:
    """Add the commands of an instance to the parser."""
    init = commands.add_parser("init", help="make an empty instance",
                               epilog="Example: throughline init --cast")  # fmt: skip
    init.add_argument("--cast", action="store_true", help="one person for each role and body, for trials")
    init.add_argument("--administrator", metavar="USERNAME", help="appoint the first administrator of a body")
    init.add_argument("--body", metavar="CODE", help="the body of that administrator, such as NORF")
    init.set_defaults(run=run_init)
    demo = commands.add_parser("demo", help="make an instance with a nation and a story in it, and serve it",
                               epilog="Example: throughline demo")  # fmt: skip
    demo.add_argument("--address", default=ADDRESS)
    demo.add_argument("--no-serve", action="store_true", help="load it and return")
    demo.set_defaults(run=run_demo)
    serve = commands.add_parser("serve", help="serve the pages and do the flow's steps",
                                epilog="Example: throughline serve --address 127.0.0.1:8000")  # fmt: skip
    serve.add_argument("--address", default=ADDRESS)
    serve.set_defaults(run=run_serve)
    migrate = commands.add_parser("migrate", help="bring the database up to date",
                                  epilog="Example: throughline migrate")  # fmt: skip
    migrate.add_argument("--beside", action="store_true",
                         help="leave the version before what it needs, as its pages still run")  # fmt: skip
    migrate.set_defaults(run=run_migrate)
    stop = commands.add_parser("stop", help="stop the embedded database", epilog="Example: throughline stop")
    stop.set_defaults(run=run_stop, without_database=True)


def _prepare(*, beside: bool = False) -> None:
    from throughline.config.database import DatabaseProblem, prepare  # noqa: PLC0415
    from throughline.organisations.services import load_reference_bodies  # noqa: PLC0415

    try:
        prepare(beside=beside)
    except DatabaseProblem as problem:
        raise Refused(str(problem)) from problem
    load_reference_bodies()


def run_init(chosen: argparse.Namespace) -> int:
    """Make the database, its rules and the bodies; with ``--cast`` also people to try it as."""
    from throughline.access.services import CAST_PASSWORD, load_cast  # noqa: PLC0415

    _prepare()
    give("Throughline is ready.")
    if chosen.cast:
        added = load_cast()
        give(f"{added:,} people for trials, such as analyst@norf. Their password is {CAST_PASSWORD}")
    if chosen.administrator:
        _appoint(chosen.administrator, chosen.body or "")
    return 0


def _appoint(username: str, body: str) -> None:
    from throughline.access.services import appoint_administrator  # noqa: PLC0415
    from throughline.kernel.problems import FieldProblem  # noqa: PLC0415

    try:
        password = appoint_administrator(username=username, body=body)
    except FieldProblem as problem:
        raise Refused(str(problem)) from problem
    give(f"{username} is the administrator of {body.upper()}. The password, shown this once, is {password}")


def run_migrate(chosen: argparse.Namespace) -> int:
    """Bring the database and its rules up to date."""
    _prepare(beside=chosen.beside)
    more = " Run 'throughline migrate' once no process of the version before runs." if chosen.beside else ""
    give(f"The database is up to date.{more}")
    return 0


def run_demo(chosen: argparse.Namespace) -> int:
    """Invent a nation and load it, tell the story, print the tour, and serve."""
    from throughline.config.home import home  # noqa: PLC0415
    from throughline.demo.meeting import hold_meeting  # noqa: PLC0415
    from throughline.demo.nation import discovered_line, invent_nation, load_nation  # noqa: PLC0415
    from throughline.demo.response import respond  # noqa: PLC0415
    from throughline.demo.story import tell_story  # noqa: PLC0415
    from throughline.demo.tour import tour  # noqa: PLC0415

    _prepare()
    folder = home() / "nation"
    with progress("Inventing a nation, day by day") as show:
        invent_nation(folder, progress=show)
    with progress("Loading what its bodies send") as show:
        load_nation(folder, progress=show)
    tell_story()
    with progress("Holding a tasking meeting"):
        hold_meeting()
        respond()
    give(tour(f"http://{chosen.address}", discovered_line(folder)))
    return 0 if chosen.no_serve else run_serve(chosen)


def run_serve(chosen: argparse.Namespace) -> int:
    """Run the web server and one worker until stopped; if either ends, so does the other."""
    handed = _handed_over()
    at = [word for fd in handed for word in ("--bind", f"fd://{fd}")] or ["--bind", chosen.address]
    web = [sys.executable, "-m", "gunicorn", "throughline.config.wsgi:application", *at,
           "--config", "python:throughline.config.web_server",
           "--workers", str(WEB_WORKERS), "--threads", "4", "--timeout", "60", "--no-control-socket"]  # fmt: skip
    worker = [sys.executable, "-m", "throughline.cli", "worker"]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    running: list[subprocess.Popen[bytes]] = []
    try:
        env = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(_figures())}
        running.append(subprocess.Popen(web, env=env, pass_fds=handed))  # noqa: S603 our own programs
        running.append(subprocess.Popen(worker, env=env))  # noqa: S603
        while all(process.poll() is None for process in running):
            time.sleep(0.2)
        say("A part of Throughline ended, so the rest was stopped. Look above for the reason.")
        return 1
    except (KeyboardInterrupt, SystemExit):
        return 0
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for process in running:
            process.terminate()
        for process in running:
            _see_out(process)


def _handed_over() -> tuple[int, ...]:
    """The sockets that systemd holds for this process, if it does: what comes while we are replaced waits in them.

    By the protocol of sd_listen_fds(3): so many, from descriptor 3, for the process of this number alone.
    """
    if os.environ.pop("LISTEN_PID", "") != str(os.getpid()):
        return ()
    return tuple(range(3, 3 + int(os.environ.pop("LISTEN_FDS", "0"))))


def _figures() -> Path:
    """The folder in which the web processes count together, without the counts of those that have ended.

    Two services of one site share it while one is replaced by the next, so what still counts is left alone.
    """
    from throughline.config.home import home  # noqa: PLC0415

    folder = home() / "figures"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for counts in folder.glob("*.db"):
        if not _lives(counts.stem.rpartition("_")[2]):
            counts.unlink(missing_ok=True)
    return folder


def _lives(process: str) -> bool:
    """Whether a process of this number runs."""
    try:
        os.kill(int(process), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def _see_out(process: "subprocess.Popen[bytes]") -> None:
    """Wait until a part has stopped; one that does not is ended, so that nothing is left behind."""
    try:
        process.wait(timeout=LAST_ORDERS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def run_stop(_: argparse.Namespace) -> int:
    """Stop the embedded database of this data folder."""
    from throughline.config.home import home  # noqa: PLC0415
    from throughline.config.postgres import PostgresProblem, stop  # noqa: PLC0415

    try:
        was_running = stop(home())
    except PostgresProblem as problem:
        raise Refused(str(problem)) from problem
    give("The database has stopped." if was_running else "No database was running.")
    return 0
