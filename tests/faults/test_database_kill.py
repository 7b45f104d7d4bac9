"""SIGKILL to the embedded PostgreSQL itself in the middle of a load: it recovers, and the load is taken up."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.databases import assert_same, picture, reports_held
from tests.faults.stage import load_words, url
from tests.faults.story import ACKNOWLEDGED, DISTURBED, write_files
from tests.instance import Instance
from throughline.config import postgres

ALL = (ACKNOWLEDGED, *DISTURBED)
ENV_OF_THE_SUITE = ("THROUGHLINE_OWNER_URL", "THROUGHLINE_APP_URL", "DATABASE_URL")

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def home() -> Iterator[Path]:
    """A data folder with a cluster of its own, that any account may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="tl-kill-"))
    folder.chmod(0o711)
    write_files(folder)
    yield folder / "home"
    postgres.stop(folder / "home")
    shutil.rmtree(folder)


def start(home: Path, *words: str) -> "subprocess.Popen[str]":
    env = {name: value for name, value in os.environ.items() if name not in ENV_OF_THE_SUITE}
    return subprocess.Popen(
        [sys.executable, "-m", "throughline.cli", *words],
        env=env | {"THROUGHLINE_HOME": str(home)}, cwd=home.parent, text=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip


def run(home: Path, *words: str) -> None:
    process = start(home, *words)
    _, trouble = process.communicate(timeout=120)
    assert process.returncode == 0, trouble


def url_of(home: Path) -> str:
    cluster = postgres.ensure_running(home)
    return f"postgresql://postgres@/throughline?host={cluster.socket_dir}&port={cluster.port}"


def wait_for_some(place: str, before: int) -> None:
    until = time.monotonic() + 60
    while len(reports_held(place)) == before:
        assert time.monotonic() < until, "the load never began"
        time.sleep(0.01)


def test_it_recovers_and_the_load_is_taken_up(home: Path, instance: Instance) -> None:
    run(home, "init", "--cast")
    run(home, *load_words(ACKNOWLEDGED))
    acknowledged = reports_held(url_of(home))

    load = start(home, *load_words(DISTURBED[0]))
    wait_for_some(url_of(home), len(acknowledged))
    held = reports_held(url_of(home))
    postmaster = int((postgres.ensure_running(home).data / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    _, sentence = load.communicate(timeout=120)

    assert load.returncode == 1
    assert sentence.count("\n") == 1, sentence
    assert sentence.startswith("The database does not answer")
    for force in DISTURBED:
        run(home, *load_words(force))
    run(home, "journal", "verify")
    assert acknowledged < held <= reports_held(url_of(home))
    write_files(instance.folder)
    for force in ALL:
        instance.run(*load_words(force))
    assert_same(picture(url_of(home)), picture(url(instance)))
