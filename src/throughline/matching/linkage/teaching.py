"""What a table of records teaches about how people differ: how rare each value is, and what each level is worth."""

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np
import pyarrow as pa

from throughline.matching.linkage.blocking import CROWD, keyed
from throughline.matching.linkage.model import Comparison
from throughline.matching.linkage.quick import quick
from throughline.matching.linkage.splinking import compare
from throughline.matching.linkage.weighing import BEFORE, Numbers, Pairs, Weights, learn

DRAWN = 100_000
"""Pairs drawn at random to count how often two people agree."""
TAUGHT = 60_000
"""Pairs that one session learns from at most."""
FEWEST_TO_LEARN = 10
SEED = 1969  # of the samples: any number would do
_DRAWN = -1
"""The tag of pairs drawn at random."""


def frequencies(
    engine: duckdb.DuckDBPyConnection, comparisons: Sequence[Comparison], *, people: str, records: int
) -> dict[str, Numbers]:
    """How often the value of each record stands among the others, leaned on the model file; 1 where it has none."""
    found = {}
    for level in (level for one in comparisons for level in one.levels if level.frequency_of):
        name, often = level.frequency_of, np.ones(records)
        counted = engine.execute(
            f"select n, many from {people} join (select {name} as v, count(*) as many from {people} "  # noqa: S608
            f"where {name} is not null group by v) on {name} = v"
        ).fetchnumpy()
        others = max(len(counted["n"]) - 1, 0) + BEFORE
        often[counted["n"]] = (counted["many"] - 1 + BEFORE * level.u) / others
        found[name] = often
    return found


def bearers(
    engine: duckdb.DuckDBPyConnection, values: Sequence[str], *, people: str, records: int
) -> Numbers:
    """How many others say the very same of all these values as each record does; 0 where it does not say them all."""
    others = np.zeros(records)
    counted = engine.execute(keyed(values, people=people)).fetchnumpy()
    others[counted["n"]] = counted["many"] - 1
    return others


def taught(
    engine: duckdb.DuckDBPyConnection, comparisons: tuple[Comparison, ...], sessions: Sequence[Sequence[str]],
    often: Mapping[str, Numbers], *, people: str,
) -> Weights:  # fmt: skip
    """Weights learnt from pairs drawn at random, and from those of ``pairs`` that agree on the values of a session."""
    engine.execute("create or replace temp table taught (l bigint, r bigint, tag tinyint)")
    for place, values in enumerate(sessions):
        _add_session(engine, values, place, people=people)
    _add_drawn(engine, people=people)
    engine.execute(
        "create or replace temp table sample as select *, row_number() over (order by tag, l, r) - 1 as k from taught"
    )
    ends = engine.execute("select l, r, tag from sample order by k").fetchnumpy()
    levels = compare(engine, quick(comparisons), people=people, pairs="sample")
    every, tags = Pairs(ends["l"], ends["r"], levels), ends["tag"]
    agreeing = [(frozenset(values), every[tags == place]) for place, values in enumerate(sessions)]
    drawn = every[tags == _DRAWN]
    enough = [one for one in agreeing if len(one[1].left) >= FEWEST_TO_LEARN]
    return learn(comparisons, often=often, drawn=drawn, sessions=enough)


def _add_session(
    engine: duckdb.DuckDBPyConnection, values: Sequence[str], place: int, *, people: str
) -> None:
    """Of the pairs those that have the same of every one of these values; where many do, a sample of the values."""
    engine.execute(f"create or replace temp table keyed as {keyed(values, people=people)}")
    (pairs,) = engine.execute(
        "select coalesce(sum((many - 1) / 2.0), 0)::bigint from keyed where many <= $1", [CROWD]
    ).fetchall()[0]
    engine.execute(
        "insert into taught select l, r, $3 from (select one.n as l, other.n as r from keyed one join keyed other "
        "on one.h = other.h and one.n < other.n where one.many between 2 and $1 and one.h % $2 = 0) "
        "semi join pairs using (l, r)",
        [CROWD, max(1, pairs // TAUGHT), place],
    )


def _add_drawn(engine: duckdb.DuckDBPyConnection, *, people: str) -> None:
    """Pairs drawn at random, every pair as likely; the same for the same number of records."""
    numbers = np.sort(engine.execute(f"select n from {people}").fetchnumpy()["n"])  # noqa: S608 our own names
    drawing, records = np.random.default_rng(SEED), len(numbers)
    each = min(DRAWN, records * (records - 1) // 2)
    one, step = drawing.integers(0, records, each), drawing.integers(1, records, each)
    other = (one + step) % records
    left, right = numbers[np.minimum(one, other)], numbers[np.maximum(one, other)]
    engine.register("drawn", pa.table({"l": left, "r": right}))
    engine.execute(f"insert into taught select l, r, {_DRAWN} from drawn")  # noqa: S608 a number
