"""Backups of the embedded database and of what stands beside it, and their restore to a chosen moment.

A backup folder holds `log/`, the write-ahead log as it is written; `calls/`, what the call store holds; and in `bases/`
whole copies of the rest, each with the moment at which it was whole. A restore takes the last base before the moment
asked for and plays the log up to it (PostgreSQL's manual, *Continuous Archiving and Point-in-Time Recovery*). An
outside server has its own means: see the guide.
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import psycopg

from throughline.config import postgres
from throughline.config.home import home
from throughline.config.postgres import PostgresProblem
from throughline.config.postgres_server import Server

SLOT: Final = "throughline_backup"
"""Until the log has been kept, the server does not throw it away, up to its
`max_slot_wal_keep_size`."""
CALLS: Final = "calls"
_EVERY: Final = 60
"""Seconds between two looks at the call store, and between two moments in the log of a quiet server."""
_NOT_COPIED: Final = {"postgres", "socket", postgres.LOCK, postgres.NOTE, "nation", CALLS}
"""What of the data folder belongs to the server, can be invented anew, or is copied by itself."""
_WHAT: Final = "base.json"
_PLAYING: Final = ("restore_command", "recovery_target_action", "hot_standby", "recovery_target_time")
"""What a server is told only while it plays the log."""
_PATIENCE: Final = 3_600
"""Seconds that a restore may play the log."""


class BackupProblem(Exception):
    """A backup or restore cannot be done; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Base:
    """A whole copy: its name, when it was begun and when it was whole, and its size in bytes."""

    name: str
    begun: datetime
    whole: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore gave: the base, the moment of the last transaction, and the seconds it took."""

    base: Base
    last_at: datetime | None
    seconds: float


# --- Keeping --------------------------------------------------------------------------------------------------------


def take_base(folder: Path) -> Base:
    """Copy the whole database, and the files beside it, while people work; it is checked before it counts.

    The log from here on waits for `follow_log`.

    Raises:
        BackupProblem: the folder cannot be used, or the copy is not whole.
    """
    server, begun = _running(), datetime.now(UTC)
    folder = _folder(folder, server)
    bases = folder / "bases"
    for stale in bases.glob("*.part"):
        shutil.rmtree(stale)
    part = bases / f"{begun:%Y-%m-%dT%H%M%SZ}.part"
    _private(part, server)
    _keep_from_now_on(server)
    _do(
        server, "pg_basebackup", "-D", part / "postgres", "-X", "stream", "-c", "fast", *_socket_of(server),
        refused="The copy was not made",
    )  # fmt: skip
    _do(server, "pg_verifybackup", "-q", part / "postgres", refused="The copy is not whole")
    _copy_beside(home(), part / "beside")
    _mirror_calls(folder)
    size = sum(path.stat().st_size for path in part.rglob("*") if path.is_file())
    made = Base(part.stem, begun, datetime.now(UTC), size)
    (part / _WHAT).write_text(json.dumps(asdict(made), default=str), encoding="utf-8")
    part.rename(part.with_suffix(""))
    return made


def follow_log(folder: Path) -> int:
    """Keep the log as it is written, and calls as they are loaded, until told to stop; the exit status of the first."""
    server = _running()
    folder = _folder(folder, server)
    _keep_from_now_on(server)
    keeping = server.account.begin(
        server.programs / "pg_receivewal",
        "-D",
        folder / "log",
        "-S",
        SLOT,
        "--synchronous",
        "--no-password",
        *_socket_of(server),
    )
    signal.signal(signal.SIGTERM, lambda *_: keeping.terminate())
    while True:
        try:
            _mirror_calls(folder)
            _show_life(server)
            return keeping.wait(_EVERY)
        except subprocess.TimeoutExpired:
            continue
        except KeyboardInterrupt:
            keeping.terminate()


def bases_of(folder: Path) -> list[Base]:
    """The bases that are whole, the oldest first."""
    return [_read(path) for path in _whole_ones(folder / "bases")]


def prune(folder: Path, *, keep: int) -> list[Base]:
    """Delete all but the newest bases, and the log that only those needed. Returns what was deleted.

    Raises:
        BackupProblem: fewer than one base would stay.
    """
    if keep < 1:
        raise BackupProblem("Keep one base at least: without a base the log restores nothing.")
    found = _whole_ones(folder / "bases")
    going, staying = found[:-keep], found[-keep:]
    deleted = [_read(path) for path in going]
    for path in going:
        shutil.rmtree(path)
    if staying:
        first = _first_segment(staying[0])
        for segment in (folder / "log").iterdir():
            if re.match(r"[0-9A-F]{24}", segment.name) and segment.name[:24] < first:
                segment.unlink()
    return deleted


# --- Restoring ------------------------------------------------------------------------------------------------------


def restore(folder: Path, *, into: Path, until: datetime | None = None) -> Restored:
    """Make a data folder as it stood at a moment, or as late as the log goes; its database runs afterwards.

    Nothing is ever restored over a data folder in use: it goes into a new one, and nothing of the backup is changed.

    Raises:
        BackupProblem: no base is old enough, the log ends before the moment, or the folder is in use.
    """
    begun, folder, into = time.monotonic(), folder.expanduser().resolve(), into.expanduser().resolve()
    base = _base_for(folder, until)
    path = folder / "bases" / base.name
    with postgres.alone(into):
        server = postgres.server_of(into)
        if server.is_made():
            raise BackupProblem(f"{into} holds a database: restore into a folder of its own.")
        _do(server, "pg_verifybackup", "-q", path / "postgres", refused=f"The base {base.name} is damaged")
        part = server.data.with_name("postgres.part")
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(path / "postgres", part, symlinks=True)
        _to_play(part, folder / "log", path / "postgres" / "pg_wal", until)
        for one in (part, *part.rglob("*")):
            os.chown(one, server.account.uid, server.account.gid)
        part.chmod(0o700)
        part.rename(server.data)
        try:
            last = _play(server, until)
        except BaseException:
            server.stop()
            shutil.rmtree(server.data)
            raise
        _copy_beside(path / "beside", into)
        _calls_back(folder / CALLS, into / CALLS, until)
    return Restored(base, last, time.monotonic() - begun)


def _base_for(folder: Path, until: datetime | None) -> Base:
    found = [base for base in bases_of(folder) if until is None or base.whole <= until]
    if not found:
        first = next(iter(bases_of(folder)), None)
        raise BackupProblem(
            f"The first base was whole at {first.whole:%Y-%m-%d %H:%M:%S} UTC: choose a later moment."
            if first
            else f"{folder} holds no base: 'throughline backup take' makes one."
        )
    return found[-1]


def _to_play(data: Path, log: Path, own: Path, until: datetime | None) -> None:
    """Tell a copied server where the log is, and the base's own part of it, and how far it is to be played."""
    kept, held = (shlex.quote(str(path)).replace("%", "%%") for path in (log, own))
    whole, begun = f"cp {kept}/%f %p", f"cp {kept}/%f.partial %p"
    # What is being written has a name of its own, and may get its last one meanwhile. It must not take the place of the
    # same segment in the base, which may go further.
    fetch = f"{{ {whole} || {{ test ! -e {held}/%f && {begun}; }} || {whole}; }} 2>/dev/null"
    target = until.isoformat(sep=" ") if until else ""
    settings = dict(zip(_PLAYING, (fetch, "promote", "off", target), strict=True))
    with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
        for name, value in settings.items():
            quoted = value.replace("'", "''")
            if value:
                file.write(f"{name} = '{quoted}'\n")
    (data / "recovery.signal").touch()
    (data / "server.log").unlink(missing_ok=True)


def _play(server: Server, until: datetime | None) -> datetime | None:
    """Have the log played, then forget where it was; the moment of the last transaction."""
    try:
        server.start(patience=_PATIENCE)
    except PostgresProblem as problem:
        raise BackupProblem(_why_not(server, until, str(problem))) from problem
    with _once_it_answers(server, until) as owner:
        for name in _PLAYING:
            owner.execute(f"alter system reset {name}".encode())
        owner.execute("select pg_reload_conf()")
    return _last_in(server)


def _once_it_answers(server: Server, until: datetime | None) -> "psycopg.Connection[Any]":
    """A server that plays its log takes no connection, and one that cannot reach the moment ends."""
    for _ in range(_PATIENCE * 5):
        try:
            return _asked(server)
        except (psycopg.OperationalError, FileNotFoundError) as problem:
            if not server.lives():
                raise BackupProblem(_why_not(server, until, str(problem))) from problem
        time.sleep(0.2)
    raise BackupProblem(f"The log was not played within {_PATIENCE // 60} minutes: take copies more often.")


def _last_in(server: Server) -> datetime | None:
    """The moment of the last transaction that was played, as the server says in its own log."""
    found = re.findall(r"last completed transaction was at log time (\S+ \S+)", server.said())
    return datetime.fromisoformat(found[-1]) if found else None


def _why_not(server: Server, until: datetime | None, problem: str) -> str:
    if "before configured recovery target was reached" not in server.said() or until is None:
        return problem
    last = _last_in(server)
    known = f" The last change in it is of {last:%Y-%m-%d %H:%M:%S} UTC." if last else ""
    return f"The log ends before {until:%Y-%m-%d %H:%M:%S} UTC.{known} Choose an earlier moment, or none for all of it."


# --- Files ----------------------------------------------------------------------------------------------------------


def _copy_beside(of: Path, to: Path) -> None:
    """Copy the files beside the database, such as its keys."""
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in of.iterdir():
        if path.name in _NOT_COPIED:
            continue
        if path.is_dir():
            shutil.copytree(path, to / path.name, dirs_exist_ok=True)
        else:
            shutil.copy2(path, to / path.name)


def _mirror_calls(folder: Path) -> None:
    """Copy each load of calls once, since it never changes, and delete those that the store no longer holds."""
    there, here = folder / CALLS, home() / CALLS
    there.mkdir(mode=0o700, exist_ok=True)
    held, kept = _loads_in(here), _loads_in(there)
    for load in kept - held:
        shutil.rmtree(there / load)
    for load in held - kept:
        draft = (there / load).with_name(f".{load.name}")
        shutil.rmtree(draft, ignore_errors=True)
        draft.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            shutil.copytree(here / load, draft)
        except shutil.Error:  # its authority ended meanwhile
            shutil.rmtree(draft)
        else:
            draft.rename(there / load)


def _calls_back(kept: Path, to: Path, until: datetime | None) -> None:
    """Copy the loads that there were at a moment."""
    for load in _loads_in(kept):
        made = datetime.fromtimestamp((kept / load).stat().st_mtime, UTC)
        if until is None or made <= until:
            shutil.copytree(kept / load, to / load)


def _loads_in(store: Path) -> set[Path]:
    """The folders of whole loads, each in that of its authority."""
    return {path.relative_to(store) for path in store.glob("[!.]*/[!.]*") if path.is_dir()}


def _folder(folder: Path, server: Server) -> Path:
    """The backup folder with its parts, which the database's account alone may enter."""
    folder = folder.expanduser().resolve()
    if folder == home() or home() in folder.parents:
        raise BackupProblem("A backup inside the data folder is lost with it: name a folder on another disk.")
    try:
        if not folder.exists():
            folder.mkdir(parents=True)
            folder.chmod(0o711)  # the account passes through to its own parts
        for part in ("log", "bases"):
            _private(folder / part, server)
    except OSError as problem:
        raise BackupProblem(f"{folder} cannot be written: {problem.strerror}.") from problem
    if not server.account.can_enter(folder / "log"):
        raise BackupProblem(f"The account of the database cannot enter {folder}: name a folder that it can.")
    return folder


def _private(folder: Path, server: Server) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != server.account.uid:
        os.chown(folder, server.account.uid, server.account.gid)


def _whole_ones(bases: Path) -> list[Path]:
    return sorted(path.parent for path in bases.glob(f"*/{_WHAT}") if path.parent.suffix != ".part")


def _read(path: Path) -> Base:
    said = json.loads((path / _WHAT).read_text(encoding="utf-8"))
    return Base(
        path.name, datetime.fromisoformat(said["begun"]), datetime.fromisoformat(said["whole"]), said["size"]
    )


def _first_segment(base: Path) -> str:
    """The first file of the log that a base needs, by its label."""
    found = re.search(r"\(file ([0-9A-F]{24})\)", (base / "postgres" / "backup_label").read_text())
    if found is None:
        raise BackupProblem(f"The base {base.name} does not say where it begins: take another.")
    return found.group(1)


# --- The server -----------------------------------------------------------------------------------------------------


def _running() -> Server:
    if os.environ.get("DATABASE_URL"):
        raise BackupProblem(
            "DATABASE_URL names a server of yours: back it up by its own means, as the guide says."
        )
    try:
        postgres.ensure_running(home())
        return postgres.server_of(home())
    except PostgresProblem as problem:
        raise BackupProblem(str(problem)) from problem


def _socket_of(server: Server) -> tuple[str | Path, ...]:
    cluster = server.cluster()
    return ("-h", cluster.socket_dir, "-p", str(cluster.port), "-U", "postgres")


def _asked(server: Server) -> "psycopg.Connection[Any]":
    cluster = server.cluster()
    return psycopg.connect(
        host=str(cluster.socket_dir), port=cluster.port, user="postgres", dbname="postgres", autocommit=True
    )


def _keep_from_now_on(server: Server) -> None:
    with _asked(server) as owner:
        owner.execute(
            "select pg_create_physical_replication_slot(%(slot)s, true) "
            "where not exists (select from pg_replication_slots where slot_name = %(slot)s)",
            {"slot": SLOT},
        )


def _show_life(server: Server) -> None:
    """Write a moment into the log though nobody works: a restore reaches no moment after which nothing was written."""
    with suppress(psycopg.OperationalError), _asked(server) as owner:
        owner.execute("select pg_current_xact_id()")


def _do(server: Server, program: str, *options: str | Path, refused: str) -> None:
    done = server.account.run(server.programs / program, *options)
    if done.returncode:
        last = next(
            (line for line in reversed(done.stderr.splitlines()) if line.strip()), "it gave no reason"
        )
        raise BackupProblem(f"{refused}: {last.strip()}")
