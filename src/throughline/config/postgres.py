"""The embedded PostgreSQL: made, started and stopped inside the data folder."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from throughline.config.postgres_programs import (
    Account,
    PostgresProblem,
    account_for,
    find_programs,
    shared_place,
    short_hash,
)
from throughline.config.postgres_server import Cluster, Server

__all__ = ["Cluster", "PostgresProblem", "alone", "ensure_running", "server_of", "status", "stop"]

LOCK = "database.lock"  # in the data folder; held while its database is started, looked at or stopped
NOTE = "database-is-in.txt"  # in the data folder, where its database is elsewhere


def ensure_running(home: Path) -> Cluster:
    """Start the database of this data folder, making it if there is none, and return where it is.

    Safe to call from several processes at once; one that already runs is left alone.
    Raises PostgresProblem when it cannot be made or started.
    """
    with alone(home):
        server = server_of(home)
        if not server.is_made():
            server.make()
        if not server.answers():
            server.start()
        return server.cluster()


def status(home: Path) -> Cluster | None:
    """Return where the database of this data folder is, or None when it does not run."""
    if not (home / LOCK).exists():
        return None
    with alone(home):
        server = server_of(home)
        return server.cluster() if server.answers() else None


def stop(home: Path) -> bool:
    """Stop the database of this data folder; say whether there was one to stop."""
    if not (home / LOCK).exists():
        return False
    with alone(home):
        return server_of(home).stop()


def server_of(home: Path) -> Server:
    """Return the server of a data folder, made or not; refuse one that another user made."""
    home = home.resolve()
    account = account_for(home)
    programs = find_programs(account)
    server = Server(_place(home, account, programs) / "postgres", account, programs)
    if server.data.exists() and server.data.stat().st_uid != account.uid:
        raise PostgresProblem(
            f"The database in {server.data} belongs to another user: run this as that user, "
            "or set THROUGHLINE_HOME to a folder of your own."
        )
    return server


def _place(home: Path, account: Account, programs: Path) -> Path:
    """Return the folder for the cluster: the data folder, or a shared place if the account cannot enter that.

    A note in the data folder says where. A place without a note is from an earlier data folder of this path,
    since removed by hand: it is set aside, so that its data is neither lost nor taken for this folder's.
    """
    note = home / NOTE
    if note.exists():
        return shared_place() / Path(note.read_text().strip()).name
    if account.can_enter(home):
        return home
    place = shared_place() / short_hash(str(home))
    if place.exists():
        Server(place / "postgres", account, programs).stop()
        place.rename(place.with_name(f"{place.name}.before-{time.time_ns()}"))
    place.mkdir()
    place.chmod(0o755)  # the folders within are private
    note.write_text(f"{place}\n")
    return place


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Make the data folder, and hold off every other process that would start or stop this database."""
    try:
        # Root's database runs as another account, which must pass through.
        home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        lock = (home / LOCK).open("a")
    except OSError as problem:
        raise PostgresProblem(
            f"The data folder {home} cannot be written ({problem.strerror}): "
            "set THROUGHLINE_HOME to a folder of your own."
        ) from problem
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
