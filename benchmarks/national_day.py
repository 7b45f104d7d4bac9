"""``python -m benchmarks.national_day``: the busiest hour of a national day, over HTTP against a server of its own.

Deeds begin at their own moments whether or not earlier ones are answered (open arrivals, Poisson), and an answer's time
counts from the moment at which it was due: a queue in front of the server is part of the wait. Beside it the worker
matches and links what is written, and a file of calls is loaded again and again.
"""

import argparse
import heapq
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Final

from benchmarks.figures import Figure, milliseconds, show, write_json
from benchmarks.instance import as_owner, benched
from benchmarks.national_acts import DEEDS, Drawn, Failed, Visitor, draw
from benchmarks.national_seed import CALLS_BODY, Nation, is_seeded, seed

NATIONS: Final = {
    "full": Nation(reports=1_000_000, lines=10_000, people=100_000, calls=100_000_000),
    "quick": Nation(reports=10_000, lines=200, people=1_000, calls=1_000_000),
}
SESSIONS_A_DAY: Final = 30_000
"""Of 100,000 people, those who sign in on a working day. Our assumption, as are the next two."""
BUSIEST_HOUR: Final = 0.15
"""The share of a day's sessions that falls in its busiest hour."""
NATIONAL: Final = SESSIONS_A_DAY * BUSIEST_HOUR / 3600
"""Sessions begun a second in the nation's busiest hour: 1.25."""
PORT: Final = 8796
CLIENTS: Final = 64
SIGNED_IN: Final = 150
"""People signed in at the start; each sign-in lets the one who has been there longest go."""
CALLS_EVERY, CALLS_ROWS = 120.0, 5_000
LOOK_EVERY: Final = 5.0
PAGE_MOST, CHECK_MOST = 300.0, 100.0
"""Milliseconds at the 95th percentile."""


@dataclass(slots=True)
class Seen:
    """What was seen of the day: seconds of each deed, failures in words, and memory in MB by the second."""

    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float, float]] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    loads: list[float] = field(default_factory=list)


class Crowd:
    """The people who are signed in; deeds are theirs in turn."""

    def __init__(self, drawn: Drawn) -> None:
        self.drawn, self.lock = drawn, threading.Lock()
        self.rng = random.Random(11)  # noqa: S311 repeatable, not secret
        self.signed_in: list[Visitor] = []
        self.next_person = iter(range(10**9))

    def enter(self) -> None:
        """The next person signs in; whoever has been there longest leaves once all places are taken."""
        from throughline.access.services import CAST_PASSWORD  # noqa: PLC0415 needs Django

        with self.lock:
            n = next(self.next_person)
        username, role, body = self.drawn.people[n % len(self.drawn.people)]
        who = Visitor(PORT, f"127.1.{1 + n // 250 % 250}.{1 + n % 250}", body, role)
        who.sign_in(username, CAST_PASSWORD)
        with self.lock:
            self.signed_in.append(who)
            gone = self.signed_in.pop(0) if len(self.signed_in) > SIGNED_IN else None
        if gone:
            gone.post("/sign-out", [])

    def fill(self) -> None:
        """Everybody comes in before the hour begins, and each deed is done once."""
        with ThreadPoolExecutor(4) as doors:
            list(doors.map(lambda _: self.enter(), range(SIGNED_IN)))
        for name in DEEDS:
            self.do(name)

    def do(self, name: str) -> None:
        """One deed, by somebody who may do it."""
        deed = DEEDS[name]
        with self.lock:
            able = [
                who for who in self.signed_in[1:]
                if (not deed.roles or who.role in deed.roles) and (not deed.body or who.body == deed.body)
            ]  # fmt: skip
            who, rng = self.rng.choice(able), random.Random(self.rng.getrandbits(32))  # noqa: S311
        deed.act(who, self.drawn, rng)


def held(seconds: float, rate: float, crowd: Crowd) -> Seen:
    """Let deeds come for so long at so many sessions a second."""
    seen, rng = Seen(), random.Random(17)  # noqa: S311 repeatable, not secret
    rates = {"a sign-in": rate} | {name: rate * deed.a_session for name, deed in DEEDS.items()}
    queue = [(rng.expovariate(each), name) for name, each in rates.items()]
    heapq.heapify(queue)
    begun = time.monotonic()

    def play(due: float, name: str) -> None:
        try:
            crowd.enter() if name == "a sign-in" else crowd.do(name)
        except (Failed, OSError) as problem:
            seen.failures[f"{name}: {problem}"[:200]] += 1
        seen.taken[name].append(time.monotonic() - begun - due)

    with ThreadPoolExecutor(CLIENTS) as clients, _watching(seen, begun), _calls_loading(seen):
        while queue[0][0] < seconds:
            due, name = heapq.heappop(queue)
            heapq.heappush(queue, (due + rng.expovariate(rates[name]), name))
            time.sleep(max(0.0, due - (time.monotonic() - begun)))
            clients.submit(play, due, name)
    return seen


@contextmanager
def served() -> Iterator[int]:
    """Web server and worker as ``throughline serve`` runs them; gives the number of its process."""
    command = [sys.executable, "-m", "throughline.cli", "serve", "--address", f"127.0.0.1:{PORT}"]
    server = subprocess.Popen(command, start_new_session=True)  # noqa: S603 our own program
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                Visitor(PORT, "127.0.0.1").get("/alive")
                break
            except (Failed, OSError):
                time.sleep(0.2)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _watching(seen: Seen, begun: float) -> Iterator[None]:
    """Look at the memory of every process of the web server, the worker and the database while the block runs."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_EVERY):
            ours, database = _sizes()
            seen.memory.append((time.monotonic() - begun, ours, database))
            with as_owner() as owner:
                row = owner.execute("select count(*) from kernel_step where state = 'waiting'").fetchone()
            seen.waiting.append(row[0] if row else 0)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def _sizes() -> tuple[float, float]:
    """MB of our processes (proportional) and of the database's own memory beside its shared buffers."""
    ours = database = 0.0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ")
            if b"throughline.config.wsgi" in words or b"throughline.cli worker" in words:
                ours += _kilobytes(process / "smaps_rollup", "Pss:") / 1024
            elif words.startswith((b"postgres:", b"/")) and b"postgres" in words:
                database += _kilobytes(process / "status", "RssAnon:") / 1024
        except OSError:
            continue
    return ours, database


def _kilobytes(path: Path, name: str) -> float:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((float(line.split()[1]) for line in lines if line.startswith(name)), 0.0)


@contextmanager
def _calls_loading(seen: Seen) -> Iterator[None]:
    """A file of calls loaded by the command, over and over."""
    ended = threading.Event()

    def load() -> None:
        for nth in range(10_000):
            if ended.wait(CALLS_EVERY):
                return
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f"calls-{nth}.csv"
                path.write_text(_calls(nth), encoding="utf-8")
                began = time.monotonic()
                done = subprocess.run(  # noqa: S603 our own program
                    [sys.executable, "-m", "throughline.cli", "load", "calls", str(path), "--authority", "DAY-2",
                     "--as", CALLS_BODY],
                    capture_output=True, text=True, check=False,
                )  # fmt: skip
                if done.returncode:
                    seen.failures[f"a load of calls: {done.stderr[-150:]}"] += 1
                seen.loads.append(time.monotonic() - began)

    loader = threading.Thread(target=load, daemon=True)
    loader.start()
    try:
        yield
    finally:
        ended.set()
        loader.join()


def _calls(nth: int) -> str:
    rng, rows = random.Random(nth), ["time,caller,callee,duration"]  # noqa: S311
    for _ in range(CALLS_ROWS):
        one, other = rng.sample(range(1_000), 2)
        rows.append(f"2026-10-{1 + rng.randrange(28):02d} {rng.randrange(24):02d}:{rng.randrange(60):02d}:"
                    f"{rng.randrange(60):02d},07700900{one:03d},07700900{other:03d},{rng.randrange(600)}")  # fmt: skip
    return "\n".join(rows) + "\n"


def figures_of(seen: Seen, seconds: float) -> Iterator[Figure]:
    """Each kind of page, all pages together, checks, errors and memory."""
    by_kind: dict[str, list[float]] = defaultdict(list)
    for name, taken in seen.taken.items():
        by_kind[DEEDS[name].kind if name in DEEDS else "sign-in"] += taken
    pages, checks = by_kind["page"], by_kind["check"]
    yield Figure("all pages, p50", "ms", milliseconds(pages, 0.5))
    yield Figure("all pages, p95", "ms", p95 := milliseconds(pages, 0.95), judged=p95, most=PAGE_MOST)
    yield Figure("checks, p50", "ms", milliseconds(checks, 0.5))
    yield Figure("checks, p95", "ms", p95 := milliseconds(checks, 0.95), judged=p95, most=CHECK_MOST)
    for name, taken in sorted(seen.taken.items()):
        yield Figure(f"{name}, {len(taken):,} times, p50", "ms", milliseconds(taken, 0.5))
        yield Figure(f"{name}, p95", "ms", milliseconds(taken, 0.95))
    done = sum(len(taken) for taken in seen.taken.values())
    yield Figure("deeds done", "a second", done / seconds)
    failed = float(seen.failures.total())
    yield Figure("errors", "", failed, judged=failed, most=0)
    third = max(1, len(seen.memory) // 3)
    for place, name in ((1, "web and worker"), (2, "database beside its buffers")):
        sizes = [one[place] for one in seen.memory]
        first, last = fmean(sizes[third : 2 * third] or sizes), fmean(sizes[-third:])
        yield Figure(
            f"memory of {name}, last third", "MB", last, first, "the middle third", last / first, most=1.05
        )
    yield Figure("most steps of the flow that waited", "", float(max(seen.waiting, default=0)))
    if seen.loads:
        yield Figure(f"{len(seen.loads)} loads of {CALLS_ROWS:,} calls, the slowest", "s", max(seen.loads))


def main() -> int:
    """Seed if need be, let people in, hold the hour, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.national_day", description=__doc__)
    parser.add_argument(
        "--scale", choices=NATIONS, default="full", help="quick is one hundredth, to try it out"
    )
    parser.add_argument("--home", type=Path, help="keep the database in this folder for another run")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument(
        "--share", type=float, default=1.0, help="of the nation's busiest hour, all of it on here"
    )
    parser.add_argument("--seed-only", action="store_true")
    parser.add_argument("--json", type=Path, default=Path("build/national-day.json"))
    chosen = parser.parse_args()
    with benched(chosen.home):
        if not is_seeded():
            seed(NATIONS[chosen.scale])
        if chosen.seed_only:
            return 0
        crowd = Crowd(draw())
        with served():
            crowd.fill()
            seen = held(60 * chosen.minutes, NATIONAL * chosen.share, crowd)
    figures = list(figures_of(seen, 60 * chosen.minutes))
    about = {"scale": chosen.scale, "minutes": chosen.minutes, "sessions a second": NATIONAL * chosen.share,
             "of the nation's busiest hour": chosen.share, "cores": os.cpu_count(),
             "failures": dict(seen.failures.most_common(20))}  # fmt: skip
    show(figures, about)
    write_json(chosen.json, figures, about)
    return 0


if __name__ == "__main__":
    sys.exit(main())
