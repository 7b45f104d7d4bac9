"""Reports in bulk over HTTP, both ways: the rate, and how much memory the web server's process takes at its most."""

import argparse
import csv
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, show
from benchmarks.instance import benched
from benchmarks.memory import ITEMS, write_file

PORT = 8797
AT_ONCE = 10_000
"""Reports that are asked for in one answer."""


@contextmanager
def _served() -> Iterator[Path]:
    """A web server of one process; the folder where the system says what that process takes."""
    server = subprocess.Popen(  # noqa: S603 our own program
        [sys.executable, "-m", "gunicorn", "throughline.config.wsgi:application", "--bind", f"127.0.0.1:{PORT}",
         "--workers", "1", "--threads", "4", "--timeout", "60", "--no-control-socket"]
    )  # fmt: skip
    try:
        children, until = Path(f"/proc/{server.pid}/task/{server.pid}/children"), time.monotonic() + 60
        while time.monotonic() < until and not _is_up():
            time.sleep(0.2)
        yield Path("/proc") / children.read_text(encoding="ascii").split()[0]
    finally:
        server.terminate()
        server.wait()


def _is_up() -> bool:
    try:
        connection = HTTPConnection("127.0.0.1", PORT)
        connection.request("GET", "/api/v1/openapi.json")
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False


def _most(process: Path) -> float:
    """The largest resident set that the process ever had, in MB."""
    lines = (process / "status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def _token() -> str:
    from throughline.access.machines import add_machine, issue_token  # noqa: PLC0415 needs Django
    from throughline.access.permissions import Role  # noqa: PLC0415
    from throughline.access.queries import reader_named  # noqa: PLC0415

    made = add_machine(
        by=reader_named("admin@mers"), username="bulk@mers", name="Bulk", roles=frozenset({Role.ANALYST}),
        scopes={"report:read", "report:load"},
    )  # fmt: skip
    return issue_token(client=made.client, secret=made.secret).token


def _rows(folder: Path, rows: int) -> Path:
    """The file of the benchmark of memory as NDJSON."""
    table, lines = folder / "rows.csv", folder / "rows.ndjson"
    write_file(table, rows=rows)
    with table.open(encoding="utf-8", newline="") as read, lines.open("w", encoding="utf-8") as write:
        write.writelines(f"{json.dumps(row)}\n" for row in csv.DictReader(read))
    return lines


def bulk_figures(*, rows: int) -> Iterator[Figure]:
    """Send so many rows at once, then take all reports; the queue of matching waits meanwhile."""
    headers = {"Authorization": f"Bearer {_token()}", "Content-Type": "application/x-ndjson"}
    with TemporaryDirectory() as folder, _served() as process:
        lines, before = _rows(Path(folder), rows), _most(process)
        yield Figure("web process before, peak memory", "MB", before)
        begun, connection = time.perf_counter(), HTTPConnection("127.0.0.1", PORT)
        with lines.open("rb") as stream:
            size = {"Content-Length": str(lines.stat().st_size)}
            connection.request("POST", "/api/v1/reports.ndjson", body=stream, headers=headers | size)
            kept = json.load(connection.getresponse())
        seconds = time.perf_counter() - begun
        if kept["kept"] != rows:
            raise RuntimeError(f"not all was kept: {kept}")
        size_mb = lines.stat().st_size / 1e6
        yield Figure(f"{rows:,} rows in, {size_mb:.0f} MB", "rows a second", rows / seconds)
        yield Figure("web process after that, peak memory", "MB", _most(process))
        begun = time.perf_counter()
        reports = _take(headers)
        seconds = time.perf_counter() - begun
        if reports != len(range(0, rows, ITEMS)):
            raise RuntimeError(f"{reports:,} reports came out")
        yield Figure(f"{reports:,} reports of {ITEMS} items out", "reports a second", reports / seconds)
        yield Figure("web process after both, peak memory", "MB", _most(process))


def _take(headers: dict[str, str]) -> int:
    """All reports, line by line, each answer after the last line of the one before; how many different ones."""
    seen, after = set[str](), ""
    while True:
        connection, count = HTTPConnection("127.0.0.1", PORT), len(seen)
        connection.request("GET", f"/api/v1/reports.ndjson?why=bulk&size={AT_ONCE}{after}", headers=headers)
        for line in connection.getresponse():
            seen.add(ref := json.loads(line)["ref"])
            after = f"&after={ref}"
        if len(seen) == count:
            return count


def main() -> int:
    """Measure in an instance of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    chosen = parser.parse_args()
    with benched(None):
        from throughline.access.services import load_cast  # noqa: PLC0415 needs Django
        from throughline.organisations.services import load_reference_bodies  # noqa: PLC0415

        load_reference_bodies()
        load_cast()
        show(list(bulk_figures(rows=chosen.rows)), {})
    return 0


if __name__ == "__main__":
    sys.exit(main())
