"""``python -m benchmarks.workbooks``: how long an Excel workbook takes to read and to load, and how much memory."""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter

from benchmarks.instance import benched
from throughline.intelligence.report_columns import COLUMNS

ITEMS = 4
"""Rows of the file that make one report."""
BAD_EVERY = 1_000
"""One row in so many is a phone number that the spreadsheet has shortened."""

_READ = (
    "import sys, time; from pathlib import Path; from throughline.intelligence.report_files import read_rows; "
    "print(sum(1 for _ in read_rows(Path(sys.argv[1]))))"
)


def write_workbook(path: Path, *, rows: int) -> None:
    """Reports of four rows with real dates and numbers, one report in 250 with a damaged number in it."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet("Reports"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, COLUMNS)
        for number in range(rows):
            phone = "4.47701E+11" if number % BAD_EVERY == 0 else f"07700 9{number % 100_000:05}"
            values = {
                "report": f"R-{number // ITEMS}", "title": "A report of the load", "item": number % ITEMS + 1,
                "text": f"Calls are arranged by number {number} and deals follow at the station.", "source": 2,
                "assessment": "B", "handling": "P", "marking": "OFFICIAL", "selectors": f"phone:{phone}",
            }  # fmt: skip
            sheet.write_datetime(number + 1, 1, datetime(2026, 10, 1), day)  # noqa: DTZ001 a cell has no time zone
            for place, column in enumerate(COLUMNS):
                if column in values:
                    sheet.write(number + 1, place, values[column])


@dataclass(frozen=True, slots=True)
class Measured:
    """A process that ended: what it said, its seconds by the clock and of the processor, its highest memory."""

    said: str
    seconds: float
    cpu_seconds: float
    peak_mb: float


def measured(*words: str) -> Measured:
    """Run a process of our own to its end. The processor's seconds hold on a busy machine too."""
    begun, before, peak = time.monotonic(), _children(), 0.0
    with tempfile.TemporaryFile() as out, subprocess.Popen([sys.executable, *words], stdout=out) as process:  # noqa: S603
        while process.poll() is None:
            peak = max(peak, _peak_of(process.pid))
            time.sleep(0.1)
        out.seek(0)
        said = out.read().decode().strip()
    return Measured(said, time.monotonic() - begun, _children() - before, peak)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak_of(process: int) -> float:
    """The high-water mark of its memory in megabytes; what it had of us before it began is not counted."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def main() -> int:
    """Write the workbook, read it, load it; one line of JSON for each."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.workbooks", description=__doc__)
    parser.add_argument("--rows", type=int, default=500_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder, benched(None):
        from throughline.access.services import load_cast  # noqa: PLC0415 the database must be named first
        from throughline.organisations.services import load_reference_bodies  # noqa: PLC0415

        load_reference_bodies()
        load_cast()
        path = Path(folder) / "reports.xlsx"
        write_workbook(path, rows=rows)
        _say("workbook", rows=rows, megabytes=path.stat().st_size / 1e6)
        read = measured("-c", _READ, str(path))
        _say("read alone", rows=int(read.said), **_used(read))
        loaded = measured(
            "-m", "throughline.cli", "load", "reports", str(path), "--as", "analyst@norf", "--json"
        )
        _say("load", **json.loads(loaded.said), **_used(loaded))
    return 0


def _used(process: Measured) -> dict[str, float]:
    return {"seconds": process.seconds, "cpu_seconds": process.cpu_seconds, "peak_mb": process.peak_mb}


def _say(what: str, **figures: object) -> None:
    shown = {name: round(value, 1) if isinstance(value, float) else value for name, value in figures.items()}
    print(json.dumps({"what": what, **shown}), flush=True)  # noqa: T201 figures are for the person who runs it


if __name__ == "__main__":
    sys.exit(main())
