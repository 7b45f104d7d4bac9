"""An instance is copied while it works, and restored to a chosen second: every row of every table, and its calls."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest

from throughline.config import postgres

Rows = dict[str, tuple[int, str]]
"""Of each table how many rows it has, and a digest of them all."""


class Place:
    """A data folder with a database server of its own, and a backup folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.home, self.kept = folder / "home", folder / "kept"

    def begin(self, *words: str, home: Path | None = None) -> "subprocess.Popen[str]":
        env = {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}
        return subprocess.Popen(
            [sys.executable, "-m", "throughline.cli", *words], env=env | {"THROUGHLINE_HOME": str(home or self.home)},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *words: str, status: int = 0, home: Path | None = None) -> str:
        """What a command said, on either stream."""
        command = self.begin(*words, home=home)
        out, err = command.communicate(timeout=240)
        assert command.returncode == status, f"{words}: {command.returncode}\n{out}\n{err}"
        return out if status == 0 else err

    def look(self, why: str) -> None:
        """Something to be written: a look leaves an entry in the journal, and hits are counted."""
        self.run("check", "07700900123", "--as", "analyst@norf", "--why", why)

    def restored(self, until: datetime | None = None, *, name: str = "again") -> tuple[Path, Any]:
        into = self.home.with_name(name)
        words = ["backup", "restore", str(self.kept), "--into", str(into), "--json"]
        return into, json.loads(self.run(*words, *(["--until", until.isoformat()] if until else [])))


@contextmanager
def asked(home: Path) -> Iterator["psycopg.Connection[Any]"]:
    cluster = postgres.ensure_running(home)
    with psycopg.connect(
        host=str(cluster.socket_dir), port=cluster.port, user="postgres", dbname="throughline"
    ) as owner:
        yield owner


def rows_of(home: Path) -> Rows:
    """Every row of every table."""
    with asked(home) as owner:
        tables = owner.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        return {
            table: owner.execute(
                f"select count(*), coalesce(md5(string_agg(t::text, e'\\n' order by t::text)), '') from {table} t"
            ).fetchone()  # type: ignore[misc]  # a count is one row
            for (table,) in tables
        }


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """An instance with a base of it, a load of calls before and one after, and a log that is kept."""
    # As root the server runs as another account, which must pass through: pytest's own folders let nobody else in.
    with TemporaryDirectory(prefix="throughline-backup-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        found = Place(folder)
        found.run("init", "--cast")
        _load(found.home, "before")
        found.run("backup", "take", str(found.kept))
        following = found.begin("backup", "follow", str(found.kept))
        yield found
        following.send_signal(signal.SIGTERM)
        following.communicate(timeout=60)
        for home in folder.iterdir():
            if (home / postgres.LOCK).exists():
                postgres.stop(home)


def _load(home: Path, name: str) -> Path:
    """What a load of calls leaves in the store: a folder in that of its authority, which never changes."""
    load = home / "calls" / "authority" / name
    load.mkdir(parents=True)
    (load / "sides.parquet").write_bytes(name.encode())
    return load


def moment(home: Path) -> datetime:
    """Now as the server's clock has it, with nothing under way."""
    time.sleep(0.2)
    with asked(home) as owner:
        now = owner.execute("select clock_timestamp()").fetchone()
    time.sleep(0.2)
    assert now
    return now[0]  # type: ignore[no-any-return]


def test_a_restore_gives_every_row_as_it_stood_at_the_second_asked_for(place: Place) -> None:
    place.look("before the moment")
    at, then = moment(place.home), rows_of(place.home)
    place.look("after the moment")
    after, now = moment(place.home), rows_of(place.home)
    place.look("later still: a restore reaches no moment after which nothing was written")
    assert then != now
    into, said = place.restored(at, name="then")
    assert rows_of(into) == then
    assert said["journal"] == {"entries": then["access_journal_entry"][0], "faults": []}
    assert datetime.fromisoformat(said["last"]) <= at
    assert (into / "calls" / "authority" / "before" / "sides.parquet").read_bytes() == b"before"
    later, _ = place.restored(after, name="later")
    assert rows_of(later) == now
    latest = rows_of(place.home)
    # What was restored is an instance like any other: it is worked in, and its own journal goes on whole.
    place.run("check", "07700900123", "--as", "analyst@norf", "--why", "restored", home=into)
    assert "none changed" in place.run("journal", "verify", home=into)
    assert rows_of(place.home) == latest


def test_calls_come_back_as_they_were_held_and_none_whose_authority_has_ended(place: Place) -> None:
    load = _load(place.home, "later")
    place.run("backup", "take", str(place.kept))
    shutil.rmtree(place.home / "calls" / "authority" / "before")
    place.run("backup", "take", str(place.kept))
    into, _ = place.restored(name="calls")
    assert sorted(path.name for path in (into / "calls" / "authority").iterdir()) == [load.name]
    assert not (place.kept / "calls" / "authority" / "before").exists()


def test_only_the_newest_stay_and_the_log_that_they_need(place: Place) -> None:
    place.run("backup", "take", str(place.kept))
    before = json.loads(place.run("backup", "list", str(place.kept), "--json"))
    assert len(before) > 1
    said = place.run("backup", "prune", str(place.kept), "--keep", "1")
    assert before[0]["name"] in said
    (left,) = json.loads(place.run("backup", "list", str(place.kept), "--json"))
    assert left == before[-1]
    place.look("after pruning")
    at, then = moment(place.home), rows_of(place.home)
    place.look("and after that")
    into, _ = place.restored(at, name="pruned")
    assert rows_of(into) == then
    assert "one base at least" in place.run("backup", "prune", str(place.kept), "--keep", "0", status=1)


def test_a_drill_verifies_the_newest_copy_and_leaves_nothing(place: Place) -> None:
    before = sorted(path.name for path in place.kept.iterdir())
    said = place.run("backup", "drill", str(place.kept))
    assert "none changed" in said
    assert sorted(path.name for path in place.kept.iterdir()) == before


def test_what_cannot_be_restored_is_said_and_harms_nothing(place: Place, tmp_path: Path) -> None:
    now = rows_of(place.home)
    into = place.home.with_name("not")
    words = ("backup", "restore", str(place.kept), "--into", str(into))
    early, late = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=1)
    assert "choose a later moment" in place.run(*words, "--until", early.isoformat(), status=1)
    assert "The log ends before" in place.run(*words, "--until", late.isoformat(), status=1)
    assert not (into / "postgres").exists()
    assert "holds a database" in place.run(*words[:-1], str(place.home), status=1)
    assert "no moment" in place.run(*words, "--until", "soon", status=2)
    assert "holds no base" in place.run("backup", "restore", str(tmp_path), "--into", str(into), status=1)
    assert "lost with it" in place.run("backup", "take", str(place.home / "kept"), status=1)
    assert rows_of(place.home) == now


def test_a_damaged_copy_is_not_restored(place: Place) -> None:
    newest = json.loads(place.run("backup", "list", str(place.kept), "--json"))[-1]["name"]
    part = next((place.kept / "bases" / newest / "postgres" / "base").rglob("[1-9]*[0-9]"))
    while part.is_dir() or not part.stat().st_size:
        part = next(path for path in part.rglob("*") if path.is_file() and path.stat().st_size)
    held = part.read_bytes()
    part.write_bytes(bytes([held[0] ^ 1]) + held[1:])
    said = place.run(
        "backup", "restore", str(place.kept), "--into", str(place.home.with_name("bad")), status=1
    )
    assert "is damaged" in said
    part.write_bytes(held)
