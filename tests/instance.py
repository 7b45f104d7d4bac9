"""A database for the tests: started before Django reads its settings, and thrown away at the end.

Tests in one process run on it inside a transaction that is rolled back. Tests of whole commands, of several
processes and of the browser get a database of their own, cloned in a tenth of a second: see ``Instance``.
"""

import atexit
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from throughline.config import database
from throughline.config.postgres import stop

HOME = Path(tempfile.mkdtemp(prefix="tl-test-"))
HOME.chmod(0o755)
os.environ["THROUGHLINE_HOME"] = str(HOME)
# When several processes share out the tests, each has a server of its own, not that of the process that began them.
for address in ("THROUGHLINE_OWNER_URL", "THROUGHLINE_APP_URL"):
    os.environ.pop(address, None)
os.environ.setdefault("THROUGHLINE_PG_SHARED_BUFFERS", "128MB")
database.connect()
OWNER_URL, APP_URL = os.environ["THROUGHLINE_OWNER_URL"], os.environ["THROUGHLINE_APP_URL"]
TEMPLATE = "throughline_template"


def _leave() -> None:
    stop(HOME)
    shutil.rmtree(HOME, ignore_errors=True)


atexit.register(_leave)


def on(url: str, name: str) -> str:
    """The same server, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def make_hasty() -> None:
    """Only a machine that loses its power needs what is written to be on the disk itself; no test pulls that plug."""
    with psycopg.connect(on(OWNER_URL, "postgres"), autocommit=True) as server:
        server.execute("alter system set fsync = off")
        server.execute("select pg_reload_conf()")


make_hasty()


def make_template() -> None:
    """Keep a copy of the freshly made database, with the cast in it, to clone."""
    with psycopg.connect(on(OWNER_URL, "postgres"), autocommit=True) as server:
        server.execute(f"create database {TEMPLATE} template {database.NAME}")


@dataclass(frozen=True)
class Instance:
    """One Throughline with a database of its own, spoken to from outside: commands, SQL and pages."""

    name: str
    folder: Path
    told: dict[str, str] = field(default_factory=dict)
    """What its commands are told besides, as variables of their environment."""

    @property
    def env(self) -> dict[str, str]:
        return (
            os.environ
            | self.told
            | {
                "THROUGHLINE_OWNER_URL": on(OWNER_URL, self.name),
                "THROUGHLINE_APP_URL": on(APP_URL, self.name),
            }
        )

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "throughline.cli", *words]

    def run(self, *words: str, status: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; with ``status`` None any exit status will do."""
        done = subprocess.run(
            self.command(*words),
            env=self.env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        if status is not None:
            assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def json(self, *words: str, status: int | None = 0) -> Any:
        """Run a command with ``--json`` and read what it gives."""
        return json.loads(self.run(*words, "--json", status=status).stdout)

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start a command and leave it running."""
        return subprocess.Popen(
            self.command(*words), env=self.env, cwd=self.folder, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def as_owner(self) -> "psycopg.Connection[Any]":
        """A connection past every policy, as the database's superuser has it."""
        return psycopg.connect(on(OWNER_URL, self.name), autocommit=True)

    def as_app(self) -> "psycopg.Connection[Any]":
        """A raw connection of the application's own role."""
        return psycopg.connect(on(APP_URL, self.name), autocommit=True)

    @contextmanager
    def served(self, port: int = 0) -> Iterator[str]:
        """Serve the pages and the worker, on a port that is free unless one is named; gives the address."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", port))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        server = self.start("serve", "--address", address)
        try:
            _wait_for(f"http://{address}/help", server)
            yield f"http://{address}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(url: str, server: "subprocess.Popen[str]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.poll() is None, "the server ended at once"
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"nothing answered at {url}")


@contextmanager
def fresh_instance(folder: Path) -> Iterator[Instance]:
    """An instance cloned from the template, dropped at the end."""
    name = f"tl_{os.urandom(6).hex()}"
    with psycopg.connect(on(OWNER_URL, "postgres"), autocommit=True) as server:
        server.execute(f"create database {name} template {TEMPLATE}")
        try:
            yield Instance(name, folder)
        finally:
            server.execute(f"drop database {name} with (force)")
