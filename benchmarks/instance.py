"""A Throughline of the benchmarks' own: made in a temporary folder, seeded by set-wise SQL, removed at the end."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import psycopg

Connection = psycopg.Connection[tuple[Any, ...]]

SHARED_BUFFERS = "4GB"


@contextmanager
def benched(kept: Path | None) -> Iterator[None]:
    """Run the house on a database of its own; with ``kept`` that folder is used, and stays for another run."""
    folder = kept or Path(tempfile.mkdtemp(prefix="throughline-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    os.environ["THROUGHLINE_HOME"] = str(folder)
    os.environ.setdefault("THROUGHLINE_PG_SHARED_BUFFERS", SHARED_BUFFERS)
    for name in ("DATABASE_URL", "THROUGHLINE_APP_URL", "THROUGHLINE_OWNER_URL"):
        os.environ.pop(name, None)
    from throughline.config.database import connect  # noqa: PLC0415 the folder must be named first
    from throughline.config.postgres import stop  # noqa: PLC0415

    connect()
    try:
        _start_django()
        yield
    finally:
        stop(folder)
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def _start_django() -> None:
    import django  # noqa: PLC0415 needs the database's address

    from throughline.config.database import prepare  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    django.setup()
    prepare()


def as_owner(*, autocommit: bool = True) -> Connection:
    """A connection past every policy, as the database's superuser has it."""
    return psycopg.connect(os.environ["THROUGHLINE_OWNER_URL"], autocommit=autocommit)


def as_app() -> Connection:
    """A raw connection of the application's own role, under every policy."""
    return psycopg.connect(os.environ["THROUGHLINE_APP_URL"])


def is_seeded() -> bool:
    """Whether an earlier run has filled this database."""
    with as_owner() as owner:
        return bool(owner.execute("select exists (select 1 from selectors_sighting)").fetchone()[0])  # type: ignore[index]


def seed(*, reports: int) -> None:
    """Fill the database: bodies, people, and ``reports`` reports with some ten sightings each."""
    from throughline.access.services import load_cast  # noqa: PLC0415 needs Django
    from throughline.organisations.services import load_reference_bodies  # noqa: PLC0415

    load_reference_bodies()
    load_cast()
    with as_owner() as owner:
        owner.execute("select set_config('bench.reports', %s, false)", [str(reports)])
        _set_log_size(owner, "'16GB'")
        owner.execute(files("benchmarks").joinpath("seed.sql").read_text(encoding="utf-8").encode())
        _set_log_size(owner, "default")
    tidy()


def _set_log_size(owner: Connection, size: str) -> None:
    """Let the log grow while the seed is written, so that it is not checkpointed over and over; then as installed."""
    owner.execute(f"alter system set max_wal_size = {size}".encode())
    owner.execute("select pg_reload_conf()")


def tidy() -> None:
    """Vacuum and analyse, so that no measurement pays for an earlier one."""
    with as_owner() as owner:
        owner.execute("set maintenance_work_mem = '1GB'")
        owner.execute("vacuum (analyze)")
        owner.execute("checkpoint")
