"""How much memory a load of a large file takes, in the loading process and in the database."""

import csv
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.instance import as_owner
from throughline.intelligence.report_columns import COLUMNS
from throughline.kernel import clock

ITEMS = 4
"""Rows of the file that make one report."""


def write_file(path: Path, *, rows: int) -> None:
    """A file of reports of four items, two selectors an item, half of them seen in the nation already."""
    rng = random.Random(13)  # noqa: S311 a sample, not a secret
    day = clock.today().isoformat()
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        for n in range(rows):
            seen = f"opaque:P-{4_000_000_000 + rng.randrange(500_000)}"
            writer.writerow({
                "report": f"L-{n // ITEMS}", "date_of_intelligence": day, "title": "A report of the load",
                "item": n % ITEMS + 1, "text": f"phone seen station number {n}", "source": "1", "assessment": "B",
                "handling": "P", "marking": "OFFICIAL", "circulation": "KENT;MPS",
                "selectors": f"{seen};email:u{rng.getrandbits(40)}@mail.example",
            })  # fmt: skip


def memory_figures(*, rows: int) -> Iterator[Figure]:
    """Load the file by the command line and watch both sides."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.csv"
        write_file(path, rows=rows)
        command = [
            sys.executable,
            "-m",
            "throughline.cli",
            "load",
            "reports",
            str(path),
            "--as",
            "analyst@mers",
        ]
        begun = time.perf_counter()
        with _Watch() as watch:
            loader = subprocess.Popen([*command, "--json"], stdout=subprocess.DEVNULL)  # noqa: S603 our own program
            _, status, used = os.wait4(loader.pid, 0)
        seconds = time.perf_counter() - begun
    if status:
        raise RuntimeError(f"the load ended with status {os.waitstatus_to_exitcode(status)}")
    name = f"load of {rows:,} rows ({rows // ITEMS:,} reports)"
    yield Figure(
        f"{name}, peak memory of the loader", "MB", used.ru_maxrss / 1024, note="largest resident set"
    )
    yield Figure(
        f"{name}, peak memory of the database", "MB", watch.peak / 2**20,
        note="proportional set size of every process of the server, its shared buffers included",
    )  # fmt: skip
    yield Figure(
        f"{name}, peak memory of the database beside its buffers", "MB", watch.peak_own / 2**20,
        note="anonymous memory of every process of the server, without the shared buffers",
    )  # fmt: skip
    yield Figure(f"{name}, matched and told", "s", seconds, note="the whole command, start-up included")


class _Watch:
    """Looks at the server's processes twice a second and keeps the most it sees."""

    def __init__(self) -> None:
        self.peak = self.peak_own = 0
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Watch":
        with as_owner() as owner:
            row = owner.execute("select pg_backend_pid()").fetchone()
            self._postmaster = _parent(int(row[0]) if row else 0)
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._watcher.join()

    def _look(self) -> None:
        while not self._ended.wait(0.5):
            sizes = [_memory(process) for process in self._processes()]
            self.peak = max(self.peak, sum(pss for pss, _ in sizes))
            self.peak_own = max(self.peak_own, sum(own for _, own in sizes))

    def _processes(self) -> list[Path]:
        every = [p for p in Path("/proc").glob("[0-9]*") if int(p.name) == self._postmaster]
        return every + [p for p in Path("/proc").glob("[0-9]*") if _parent(int(p.name)) == self._postmaster]


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _memory(process: Path) -> tuple[int, int]:
    """Proportional bytes of one process, and those that are its own; nothing of one that has just ended."""
    try:
        shared, own = (_bytes(process / "smaps_rollup", "Pss"), _bytes(process / "status", "RssAnon"))
    except OSError:
        return 0, 0
    return shared, own


def _bytes(path: Path, name: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), 0)
