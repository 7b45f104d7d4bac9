"""``throughline link run`` over everyone whom the database knows: its time, and the memory of the command."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.figures import Figure


def link_run_figures() -> Iterator[Figure]:
    """The command as it is typed, start-up included."""
    begun = time.perf_counter()
    run = subprocess.Popen(
        [sys.executable, "-m", "throughline.cli", "link", "run", "--json"], stdout=subprocess.PIPE, text=True
    )
    said = run.stdout.read() if run.stdout else ""
    _, status, used = os.wait4(run.pid, 0)
    if status:
        raise RuntimeError(f"the run ended with status {os.waitstatus_to_exitcode(status)}")
    found, seconds = json.loads(said), time.perf_counter() - begun
    note = (
        f"{found['people']:,} people, {found['pairs']:,} pairs weighed, {found['weights']:,} links proposed"
    )
    yield Figure("link run over everyone", "s", seconds, note=note)
    yield Figure("link run over everyone, peak memory of the command", "MB", used.ru_maxrss / 1024, note=note)
