"""An outside server named by DATABASE_URL serves as well as the embedded one."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.instance import OWNER_URL, on


def _run(home: Path, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("THROUGHLINE_")}
    env |= {"THROUGHLINE_HOME": str(home), "DATABASE_URL": url}
    command = [sys.executable, "-m", "throughline.cli", *words]
    return subprocess.run(
        command, env=env, cwd=home, capture_output=True, text=True, timeout=120, check=False
    )


def test_it_makes_an_instance_on_the_server_that_database_url_names(tmp_path: Path) -> None:
    name = f"outside_{os.urandom(4).hex()}"
    url = on(OWNER_URL, name)
    try:
        made = _run(tmp_path, url, "init", "--cast")
        assert (made.returncode, made.stderr) == (0, "")
        checked = _run(
            tmp_path, url, "check", "07700900123", "--as", "officer@kent", "--why", "trial", "--json"
        )
        assert checked.returncode == 0, checked.stderr
        assert '"holdings": []' in checked.stdout
        assert not (tmp_path / "postgres").exists(), "no embedded database was started"
    finally:
        with psycopg.connect(on(OWNER_URL, "postgres"), autocommit=True) as server:
            server.execute(f"drop database if exists {name} with (force)")


def test_it_says_what_is_needed_when_the_server_does_not_answer(tmp_path: Path) -> None:
    done = _run(tmp_path, f"postgresql://nobody@/x?host={tmp_path}", "init")
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
