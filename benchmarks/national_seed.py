"""The nation that a day is played in: reports and sightings, a register of lines, people with accounts, and calls.

Written set by set, past the triggers: it measures nothing. Nobody in it is a person and no number is one in use.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from benchmarks import instance, line_scale
from benchmarks.call_scale import keep, simulate
from benchmarks.instance import as_owner, tidy

CALLS_BODY = "analyst@nclcc"
"""Whose authority the calls are held under."""
AUTHORITY = "DAY-1"


@dataclass(frozen=True, slots=True)
class Nation:
    """How much of a nation there is."""

    reports: int
    lines: int
    people: int
    calls: int


def seed(nation: Nation) -> None:
    """Fill an empty database and call store."""
    instance.seed(reports=nation.reports)
    line_scale.seed(lines=nation.lines)
    _give_accounts(nation.people)
    _keep_calls(nation.calls)
    tidy()


def is_seeded() -> bool:
    """Whether an earlier run came to the end of all of it."""
    with as_owner() as owner:
        row = owner.execute(
            "select exists (select from access_person where username like 'day-%')"
        ).fetchone()
    return bool(row and row[0])


def _give_accounts(people: int) -> None:
    """So many accounts over the bodies, with the roles and the password of the cast."""
    with as_owner() as owner:
        owner.execute("select set_config('bench.people', %s, false)", [str(people)])
        owner.execute(
            files("benchmarks").joinpath("national_people.sql").read_text(encoding="utf-8").encode()
        )


def _keep_calls(rows: int) -> None:
    """An authority with a first row of its own, then the many rows in its folder, as a load keeps them."""
    from throughline.access.queries import reader_named  # noqa: PLC0415 needs Django
    from throughline.telecoms.loading import load_calls  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as place:
        first = Path(place) / "calls.csv"
        first.write_text(
            "time,caller,callee,duration\n2026-10-01 10:00:00,07700900001,07700900002,60\n", encoding="utf-8"
        )
        load_calls(by=reader_named(CALLS_BODY), paths=[first], authority=AUTHORITY)
    with as_owner() as owner:
        row = owner.execute("select folder from telecoms_authority where ref = %s", [AUTHORITY]).fetchone()
        owner.execute("update telecoms_authority set calls = calls + %s where ref = %s", [rows, AUTHORITY])
    if row is None:
        raise RuntimeError("no authority was recorded")
    # The engine's memory is given back when its process ends.
    command = [sys.executable, "-m", "benchmarks.national_seed", row[0], str(rows)]
    subprocess.run(command, check=True, env=os.environ)  # noqa: S603 our own program


def _write_calls(folder: str, rows: int) -> None:
    from throughline.telecoms.store import store  # noqa: PLC0415 needs the settings

    raw = Path(tempfile.mkdtemp(prefix="day-calls-", dir=store().parent))
    try:
        simulate(raw, rows)
        keep(raw)
        for part in (store() / "bench").iterdir():
            part.rename(store() / folder / part.name)
        (store() / "bench").rmdir()
    finally:
        shutil.rmtree(raw, ignore_errors=True)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    django.setup()
    _write_calls(sys.argv[1], int(sys.argv[2]))
