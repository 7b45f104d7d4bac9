"""Call data at a nation's volume, beside a bare group-by over the raw rows and beside pandas and Polars.

``python -m benchmarks.call_scale --rows 10000000``: simulated calls of one number a hundred rows, with 500 numbers that
are replaced by others on day 60, written as raw Parquet in order of time; then kept as a load keeps them.
"""

# ruff: noqa: S608, S101, T201 our own paths and data; what it finds goes to its output

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb

DAYS, BLOCKED, BLOCK_DAY = 90, 500, 60
ROWS_A_NUMBER: Final = 100

# Each number rings some sixty others, some ten times as often as the rest; one call in fifty is to anybody.
_RAW: Final = """
copy (
  with thrown as (
    select i, hash(i, 1) % $numbers as a, hash(i, 2) / 18446744073709551616.0 as u, hash(i, 3) % $numbers as anybody,
      hash(i, 4) % 50 = 0 as is_far, hash(i, 5) % 3 = 0 as is_text, hash(i, 6) % 600 as seconds,
      hash(i, 7) % 1000 as jitter
    from range($first, $last) t(i)
  ), paired as (
    select *, if(is_far, anybody, (a + 1 + hash(a, (60 * u * u)::int) % 997) % $numbers) as b,
      1767225600 + i * $span / $rows + jitter as stamp from thrown
  )
  select make_timestamp((stamp * 1000000)::bigint) as moment,
    '+447' || lpad((if(a < $blocked and stamp >= $blocked_at, $numbers + a, a))::varchar, 9, '0') as caller,
    '+447' || lpad((if(b < $blocked and stamp >= $blocked_at, $numbers + b, b))::varchar, 9, '0') as callee,
    if(is_text, 0, seconds)::integer as seconds, if(is_text, 'text', 'call') as kind,
    'C' || (a // 500) as cell, null::varchar as imei, null::varchar as imsi
  from paired where a <> b order by moment
) to $to (format parquet, compression zstd)
"""
BARE: Final = """
select number, count(*) as calls, count(distinct other) as contacts, avg(outgoing::int) as out_share,
  count(*) filter (where kind = 'text') as texts, sum(seconds) as seconds, min(moment) as first, max(moment) as last
from (select caller as number, callee as other, true as outgoing, kind, seconds, moment from raw
      union all select callee, caller, false, kind, seconds, moment from raw) group by number
"""


def simulate(folder: Path, rows: int) -> None:
    """Write the raw rows, in order of time, a file for each tenth."""
    span, numbers, part = DAYS * 86_400, rows // ROWS_A_NUMBER, rows // 10
    with duckdb.connect(
        config={"memory_limit": "4GB", "threads": 2, "temp_directory": str(folder / "spill")}
    ) as engine:
        for place in range(10):
            engine.execute(_RAW, {
                "numbers": numbers, "first": place * part, "last": (place + 1) * part, "span": span, "rows": rows,
                "blocked": BLOCKED, "blocked_at": 1767225600 + BLOCK_DAY * 86_400,
                "to": str(folder / f"raw-{place}.parquet"),
            })  # fmt: skip


def keep(folder: Path) -> None:
    """Keep the rows as a load keeps them: both sides by number, pairs, numbers."""
    from throughline.telecoms.loading import write_part  # noqa: PLC0415 needs the settings
    from throughline.telecoms.store import database, new_part  # noqa: PLC0415

    with database() as engine, new_part("bench") as part:
        engine.execute(f"create view fresh as select * from read_parquet('{folder}/raw-*.parquet')")
        write_part(engine, part)


@contextmanager
def opened(*views: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """The kept files as a question has them: all of them, or the views that it needs."""
    from throughline.telecoms.queries import KINDS, as_views  # noqa: PLC0415 needs the settings
    from throughline.telecoms.store import database, parts  # noqa: PLC0415

    with database() as engine:
        as_views(engine, {name: parts(["bench"], name) for name in views or KINDS})
        yield engine


def bare(folder: Path) -> None:
    """A bare group-by over the raw rows, with as much memory as the house has."""
    with duckdb.connect(
        config={"memory_limit": "4GB", "threads": 2, "temp_directory": str(folder / "spill")}
    ) as engine:
        engine.execute(f"create view raw as select * from read_parquet('{folder}/raw-*.parquet')")
        engine.execute(f"create temp table found as {BARE}")


def scan(folder: Path) -> None:
    """Read every row once: the contacts of one number, over the raw rows."""
    with duckdb.connect(config={"memory_limit": "4GB", "threads": 2}) as engine:
        engine.execute(f"create view raw as select * from read_parquet('{folder}/raw-*.parquet')")
        engine.execute(
            "create temp table found as select other, count(*) from (select caller as number, callee as other from raw "
            "union all select callee, caller from raw) where number = '+447000000007' group by other"
        )


def ours(_: Path) -> None:
    """The features of every number, from what is kept."""
    from throughline.telecoms.features import FEATURES  # noqa: PLC0415 needs the settings

    with opened() as engine:
        engine.execute(f"create temp table found as {FEATURES}")


def profile(_: Path) -> None:
    """One number's profile, opening the files included."""
    from throughline.telecoms.profile import profile_in  # noqa: PLC0415 needs the settings
    from throughline.telecoms.store import FORWARDS, SIDES, SITES  # noqa: PLC0415

    with opened(SIDES, FORWARDS, SITES) as engine:
        assert profile_in(engine, "+447000000777")


def successors_of_many(_: Path) -> None:
    """The successors of all the blocked numbers; says how many are found first."""
    from throughline.telecoms.many import rank_many  # noqa: PLC0415 needs the settings

    asked = [f"+447{n:09}" for n in range(BLOCKED)]
    with opened() as engine:
        numbers = engine.execute("select count(*) from numbers").fetchall()[0][0]
        found = rank_many(engine, asked)
    least = numbers // 1000 * 1000
    right = sum(
        found[one].numbers[:1] == (f"+447{least + n:09}",) for n, one in enumerate(asked) if one in found
    )
    print(json.dumps({"found_first": right}))


def with_pandas(folder: Path) -> None:
    """The same features by pandas."""
    import pandas  # noqa: PLC0415 the peer alone needs it

    raw = pandas.concat([pandas.read_parquet(path) for path in sorted(folder.glob("raw-*.parquet"))])
    out = raw.rename(columns={"caller": "number", "callee": "other"}).assign(outgoing=1)
    back = raw.rename(columns={"callee": "number", "caller": "other"}).assign(outgoing=0)
    both = pandas.concat([out, back]).assign(is_text=lambda rows: rows.kind == "text")
    both.groupby("number").agg(
        calls=("other", "size"), contacts=("other", "nunique"), out_share=("outgoing", "mean"),
        texts=("is_text", "sum"), seconds=("seconds", "sum"), first=("moment", "min"), last=("moment", "max"),
    )  # fmt: skip


def with_polars(folder: Path) -> None:
    """The same features by Polars, streaming."""
    import polars as pl  # noqa: PLC0415 the peer alone needs it

    raw = pl.scan_parquet(str(folder / "raw-*.parquet"))
    out = raw.select(
        number="caller", other="callee", outgoing=pl.lit(1), kind="kind", seconds="seconds", moment="moment"
    )
    back = raw.select(
        number="callee", other="caller", outgoing=pl.lit(0), kind="kind", seconds="seconds", moment="moment"
    )
    pl.concat([out, back]).group_by("number").agg(
        calls=pl.len(), contacts=pl.col("other").n_unique(), out_share=pl.col("outgoing").mean(),
        texts=(pl.col("kind") == "text").sum(), seconds=pl.col("seconds").sum(), first=pl.col("moment").min(),
        last=pl.col("moment").max(),
    ).collect(engine="streaming")  # fmt: skip


WORKS: Final[dict[str, Callable[[Path], None]]] = {
    "simulate": lambda folder: simulate(folder, int(os.environ["BENCH_ROWS"])), "keep": keep, "scan": scan,
    "bare": bare, "features": ours, "profile": profile, "successors": successors_of_many, "pandas": with_pandas,
    "polars": with_polars,
}  # fmt: skip


def measured(work: str, folder: Path, rows: int) -> dict[str, Any]:
    """One piece of work in a process of its own: seconds without its start, and the peak of its memory."""
    env = {
        **os.environ,
        "THROUGHLINE_HOME": str(folder / "home"),
        "BENCH_ROWS": str(rows),
        "BENCH_FOLDER": str(folder),
    }
    done = subprocess.run(  # noqa: S603 our own module
        [sys.executable, "-m", "benchmarks.call_scale", "--work", work],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        return {"work": work, "fault": done.stderr.strip().splitlines()[-1:]}
    out: dict[str, Any] = {"work": work}
    for line in done.stdout.splitlines():
        out |= json.loads(line)
    return out


def _work(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    import django  # noqa: PLC0415 needs the settings

    django.setup()
    folder, times = Path(os.environ["BENCH_FOLDER"]), 5 if name == "profile" else 1
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        WORKS[name](folder)
        taken.append(time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"seconds": round(sorted(taken)[len(taken) // 2], 3), "peak_gb": round(peak, 2)}))


def run(rows: int, works: Sequence[str], folder: Path) -> Iterator[dict[str, Any]]:
    """Each piece of work in turn."""
    for work in works:
        yield {"rows": rows, **measured(work, folder, rows)}


def main() -> int:
    """Measure, and remove the data."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--only", nargs="*", default=list(WORKS), choices=list(WORKS))
    parser.add_argument("--folder", type=Path, help="use the data of this folder, and leave it there")
    parser.add_argument("--work", choices=list(WORKS), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.work:
        _work(chosen.work)
        return 0
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="throughline-calls-"))
    (folder / "home").mkdir(parents=True, exist_ok=True)
    try:
        for figure in run(chosen.rows, chosen.only, folder):
            print(json.dumps(figure), flush=True)
    finally:
        if not chosen.folder:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
