"""Running the house's own processes from any revision of its code, behind one socket that outlives them.

The socket is what ``deploy/throughline.socket`` is under systemd: whoever asks while a process is replaced waits in its
queue, and is not refused.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BUILT = Path("src/throughline/web/static/build")
_AS_SYSTEMD = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1'); "
    "os.execv(sys.executable, [sys.executable, *sys.argv[2:]])"
)
"""Hands a socket over as systemd does: as the third descriptor, with the number of the process that it is for."""
STOPS_WITHIN = 90
"""Seconds; TimeoutStopSec of the units."""


@contextmanager
def code_of(revision: str) -> Iterator[Path]:
    """The source of a revision, in a folder of its own, with today's built assets; without a name the code as it is."""
    if not revision:
        yield ROOT / "src"
        return
    folder = Path(tempfile.mkdtemp(prefix="throughline-code-"))
    folder.chmod(0o755)
    try:
        pack = ["git", "archive", revision, "src"]
        packed = subprocess.run(pack, cwd=ROOT, check=True, capture_output=True).stdout  # noqa: S603 a revision of ours
        with tarfile.open(fileobj=BytesIO(packed)) as archive:
            archive.extractall(folder, filter="data")
        shutil.copytree(ROOT / _BUILT, folder / _BUILT, dirs_exist_ok=True)
        yield folder / "src"
    finally:
        shutil.rmtree(folder)


@dataclass
class Site:
    """One installation: a data folder, a socket, and the processes that run on them."""

    home: Path
    listener: socket.socket
    env: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where its pages are."""
        host, port = self.listener.getsockname()
        return f"http://{host}:{port}"

    def command(self, code: Path, *words: str) -> None:
        """Run a command of this code to its end; its errors are raised."""
        done = subprocess.run(  # noqa: S603 our own programs
            [sys.executable, "-m", "throughline.cli", *words], env=self._env(code), cwd=self.home, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{words}: {done.stdout}{done.stderr}")

    def _env(self, code: Path) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if name
            not in (
                "DATABASE_URL",
                "THROUGHLINE_APP_URL",
                "THROUGHLINE_OWNER_URL",
                "PROMETHEUS_MULTIPROC_DIR",
            )
        }
        return kept | {"PYTHONPATH": str(code), "THROUGHLINE_HOME": str(self.home)} | self.env

    def serve(self, code: Path) -> "Unit":
        """Start ``throughline serve`` of this code, and wait until it answers."""
        if "LISTEN_FDS" in (code / "throughline/cli/instance.py").read_text(encoding="utf-8"):
            return self._serve_as_a_unit(code)
        return self._serve_by_parts(code)

    def _serve_as_a_unit(self, code: Path) -> "Unit":
        place = self.home / f"ready-{time.monotonic_ns()}"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready:
            ready.bind(str(place))
            ready.settimeout(60)
            unit = Unit((self._start(code, ["-m", "throughline.cli", "serve"], NOTIFY_SOCKET=str(place)),))
            if ready.recv(100) != b"READY=1":
                raise RuntimeError("it said something else than that it is ready")
        place.unlink()
        return unit

    def _serve_by_parts(self, code: Path) -> "Unit":
        """The web server, which takes the socket itself, and the worker of a release that hands none on."""
        web = ["-m", "gunicorn", "throughline.config.wsgi:application", "--workers", "2",
               "--threads", "4", "--timeout", "60", "--no-control-socket"]  # fmt: skip
        if (code / "throughline/config/web_server.py").exists():
            web += ["--config", "python:throughline.config.web_server"]
        unit = Unit((self._start(code, web), self._start(code, ["-m", "throughline.cli", "worker"])))
        self.wait(unit)
        return unit

    def _start(self, code: Path, words: Sequence[str], **told: str) -> "subprocess.Popen[bytes]":
        with (self.home / "server.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 our own programs
                [sys.executable, "-c", _AS_SYSTEMD, str(self.listener.fileno()), *words],
                env=self._env(code) | told, cwd=self.home, pass_fds=[self.listener.fileno()],
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def wait(self, unit: "Unit") -> None:
        """Wait until pages are answered."""
        until = time.monotonic() + 60
        while not answers(f"{self.address}/help"):
            if time.monotonic() > until or not unit.lives():
                raise RuntimeError(f"nothing answers: see {self.home}/server.log")
            time.sleep(0.1)

    def errors(self) -> "list[str]":
        """What its processes logged as errors."""
        said = (self.home / "server.log").read_text(encoding="utf-8", errors="replace")
        return re.findall(r'^.*"level": "error".*$', said, re.M)


@dataclass(frozen=True, slots=True)
class Unit:
    """The processes of one service."""

    processes: "tuple[subprocess.Popen[bytes], ...]"

    def lives(self) -> bool:
        """Whether all of it runs."""
        return all(process.poll() is None for process in self.processes)

    def stop(self) -> None:
        """As ``systemctl stop`` does: told to end, and waited for."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=STOPS_WITHIN)


def answers(address: str) -> bool:
    """Whether a page is answered there."""
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310 our own address
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def site(**env: str) -> Iterator[Site]:
    """A site without anything in it, removed at the end with its database."""
    from throughline.config.postgres import stop  # noqa: PLC0415 what it imports need not be there for the rest

    folder = Path(tempfile.mkdtemp(prefix="throughline-site-"))
    folder.chmod(0o711)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(2048)
        try:
            yield Site(folder / "home", listener, env)
        finally:
            stop(folder / "home")
            shutil.rmtree(folder, ignore_errors=True)
