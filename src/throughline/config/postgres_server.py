"""One PostgreSQL server: its data on disk, its settings, its start and its end."""

import os
import shlex
import shutil
import stat
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from throughline.config.postgres_programs import Account, Outcome, PostgresProblem, short_hash

PORT = 5432  # only names the socket file: each cluster has a socket folder to itself
LONGEST_SOCKET_PATH = 100  # bytes; the kernel stops at 107, macOS at 103
PATIENCE = 120  # seconds for a start, a stop, or the repair after a crash
ORPHANS_LEAVE_IN = 10  # seconds for the children of a killed server to see that it is gone


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running database server: its data, and where to reach it."""

    data: Path
    socket_dir: Path
    port: int


@dataclass(frozen=True, slots=True)
class Server:
    """One cluster on disk, the account that runs it, and the programs to do so with."""

    data: Path
    account: Account
    programs: Path

    def is_made(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def make(self) -> None:
        """Make an empty cluster beside its place, then move it in whole: a try broken off leaves nothing."""
        part = self.data.with_name("postgres.part")
        shutil.rmtree(part, ignore_errors=True)
        _private_folder(part, self.account)
        # Everyone who reaches the socket is trusted, and only the database's account (and root) can enter the
        # socket's folder. Nothing is trusted over the network, should anyone ever open a port.
        trust = ("--auth-local=trust", "--auth-host=reject")
        made = self._run("initdb", "-D", part, "-U", "postgres", "--no-locale", "-E", "UTF8", *trust)
        if made.returncode:
            raise PostgresProblem(f"The database could not be made in {self.data}: {_last_line(made.stderr)}")
        part.rename(self.data)

    def answers(self) -> bool:
        """Say whether the server takes connections, waiting while it is starting or repairing itself."""
        if not self._lock_file().exists():
            return False
        cluster = self.cluster()
        for _ in range(PATIENCE * 10):
            ready = self._run(
                "pg_isready", "-q", "-h", cluster.socket_dir, "-p", str(cluster.port)
            ).returncode
            if ready != 1:
                return ready == 0
            time.sleep(0.1)
        raise PostgresProblem(f"The database in {self.data} is still starting: try again in a few minutes.")

    def start(self, *, patience: int = PATIENCE) -> None:
        """Start it, and wait so many seconds at most until it takes connections."""
        socket_dir = _socket_dir(self.data)
        self._clear_remains(socket_dir)
        _private_folder(socket_dir, self.account)
        started = self._pg_ctl(
            "start", "-w", "-t", str(patience), "-l", self.log(), "-o", _settings(socket_dir)
        )
        if started.returncode:
            said = self.said() if self.log().exists() else started.stderr
            raise PostgresProblem(
                f"The database in {self.data} did not start: {_last_line(said)} (more in {self.log()})"
            )

    def log(self) -> Path:
        return self.data / "server.log"

    def said(self) -> str:
        """What it has said since it was made; nothing where it never ran."""
        return self.log().read_text(errors="replace") if self.log().exists() else ""

    def stop(self) -> bool:
        if not self._lock_file().exists() or not self.lives():
            return False
        stopped = self._pg_ctl("stop", "-w", "-t", str(PATIENCE), "-m", "fast")
        if stopped.returncode:
            raise PostgresProblem(f"The database in {self.data} did not stop: {_last_line(stopped.stderr)}")
        return True

    def cluster(self) -> Cluster:
        """Return where the server says it listens: the fourth and fifth lines of its lock file."""
        *_, port, socket_dir = self._lock_file().read_text().splitlines()[:5]
        return Cluster(self.data, Path(socket_dir), int(port))

    def _clear_remains(self, socket_dir: Path) -> None:
        """Drop the lock files of a server that was killed, once nothing of it lives.

        PostgreSQL takes any process with the number in those files for the server, and after a restart of the
        machine that may be anyone. They must not go sooner: an orphan of the server may still be writing.
        """
        for _ in range(ORPHANS_LEAVE_IN * 10):
            if not self.lives():
                self._lock_file().unlink(missing_ok=True)
                (socket_dir / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
                return
            time.sleep(0.1)
        raise PostgresProblem(
            f"A database runs in {self.data} but does not answer: run 'throughline stop' and try again."
        )

    def lives(self) -> bool:
        """Say whether any process works in the data folder; a database process does so from start to end."""
        if not Path("/proc/self/cwd").exists():
            return self._pg_ctl("status").returncode == 0
        return any(_works_in(self.data, process) for process in Path("/proc").glob("[0-9]*"))

    def _lock_file(self) -> Path:
        return self.data / "postmaster.pid"

    def _pg_ctl(self, verb: str, *options: str | Path) -> Outcome:
        return self._run("pg_ctl", verb, "-s", "-D", self.data, *options)

    def _run(self, program: str, *options: str | Path) -> Outcome:
        return self.account.run(self.programs / program, *options)


def _settings(socket_dir: Path) -> str:
    """Return the server's settings as options of its command line."""
    settings = {
        "listen_addresses": "",  # the socket is the only way in
        "unix_socket_directories": f'"{socket_dir}"',  # quoted, or a comma in the path would part it
        "port": PORT,
        "max_connections": 100,
        "shared_buffers": os.environ.get("THROUGHLINE_PG_SHARED_BUFFERS") or "256MB",
        "jit": "off",  # compiling a query takes longer than our queries
        "random_page_cost": 1.1,  # solid-state disks
        "password_encryption": "scram-sha-256",
        "timezone": "UTC",
        # A segment of the log that is used again keeps what it held before, for as long as nothing is written over it.
        "wal_recycle": "off",
        # A backup whose log nobody fetches must not fill the disk of those who work.
        "max_slot_wal_keep_size": "16GB",
        # What people wrote must not reach the log: it is outside need-to-know.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
    }
    return " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())


def _socket_dir(data: Path) -> Path:
    near = data.with_name("socket")
    if len(bytes(near / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
        return near
    return Path(tempfile.gettempdir()) / f"throughline-{short_hash(str(data))}"


def _private_folder(folder: Path, account: Account) -> None:
    """Make a folder that only the account can enter; refuse one that somebody else has put there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.uid}:
        raise PostgresProblem(f"{folder} is not a folder of this user: remove it and try again.")
    folder.chmod(0o700)
    if found.st_uid != account.uid:
        os.chown(folder, account.uid, account.gid)


def _works_in(data: Path, process: Path) -> bool:
    try:
        return (process / "cwd").readlink() == data
    except OSError:  # it ended meanwhile, or is another user's
        return False


def _last_line(text: str) -> str:
    """Return the last line that says what is wrong, or the last there is."""
    lines = [line for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "FATAL" in line or "error" in line.lower()]
    return (telling or lines or ["it gave no reason"])[-1].strip()
