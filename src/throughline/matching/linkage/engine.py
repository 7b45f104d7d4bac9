"""An engine on this machine for one linkage: its bounds, and the levels that pairs of records reach, part by part."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import numpy as np

from throughline.matching.linkage.model import Comparison
from throughline.matching.linkage.quick import quick
from throughline.matching.linkage.weighing import Pairs

MEMORY, CORES = "1GB", 2
"""What it may take; beyond, it writes to disk."""
AT_ONCE = 500_000
"""Pairs handed on at a time, to bound the memory."""


@contextmanager
def opened() -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty engine, gone with all that it wrote when this ends."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as engine:
        engine.execute(
            f"set memory_limit = '{MEMORY}'; set threads = {CORES}; set temp_directory = '{folder}'"
        )
        engine.execute("set enable_progress_bar = false; set preserve_insertion_order = false")
        yield engine


def compared(
    engine: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison], *, people: str, pairs: str
) -> Iterator[tuple[Pairs, Any]]:
    """The pairs ``l`` and ``r`` of a table with the level that each reaches, so many at a time, and their ``tag``.

    The conditions of the model as one statement, which keeps no more of a pair than its levels. In no order.
    """
    decided = quick(tuple(comparisons))
    reads = sorted({value for one in decided for value in one.reads})
    both = ", ".join(f"one.{value} as {value}_l, other.{value} as {value}_r" for value in reads)
    engine.execute(
        f"create or replace temp table reached as select l, r, tag, {', '.join(map(_level, decided))} "  # noqa: S608
        f"from (select p.l, p.r, p.tag, {both} from {pairs} p "
        f"join {people} one on one.n = p.l join {people} other on other.n = p.r)"
    )
    # First written, then read: a result that is read as it comes is worked out by one core alone.
    found: Any = engine.sql("from reached").to_arrow_reader(AT_ONCE)
    for part in found:
        column = {name: part.column(name).to_numpy(zero_copy_only=False) for name in part.schema.names}
        levels = {one.name: np.asarray(column[one.name], dtype=np.int8) for one in comparisons}
        yield Pairs(column["l"].astype(np.int64), column["r"].astype(np.int64), levels), column["tag"]


def _level(one: Comparison) -> str:
    found = " ".join(f"when {level.when} then {place}" for place, level in enumerate(one.levels[:-1]))
    return f"(case when {one.nothing_said} then -1 {found} else {len(one.levels) - 1} end)::tinyint as {one.name}"
