"""The weight of a pair of records, at once: the levels of the batch by their very SQL, and its very weights.

No second copy of a rule stands here. The conditions of the model file are what Splink runs over a nation; here DuckDB
runs them over a handful of records in the same process, without Splink's preparations.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from throughline.matching.linkage.model import Comparison
from throughline.matching.linkage.preparing import Prepared
from throughline.matching.linkage.tables import table_of
from throughline.matching.linkage.weighing import Levels, Pairs, log_odds
from throughline.matching.people.model import Learnt, people_model

Pair = tuple[int, int]
"""Two records by their places."""
_engines = threading.local()


@dataclass(frozen=True, slots=True)
class Weighed:
    """One pair's bits, the prior included, and for each comparison its level (-1 for nothing said) and its bits."""

    bits: float
    parts: dict[str, tuple[int, float]]


def weigh(learnt: Learnt, records: Sequence[Prepared], pairs: Sequence[Pair]) -> list[Weighed]:
    """The weights of these pairs, in their order."""
    if not pairs:
        return []
    ends = np.array(pairs, dtype=np.int64)
    return weighed(learnt, records, Pairs(ends[:, 0], ends[:, 1], levels_of(records, pairs)))


def weighed(learnt: Learnt, records: Sequence[Prepared], pairs: Pairs) -> list[Weighed]:
    """The weights of pairs whose levels are known."""
    weights = learnt.weights(records)
    bits = weights.evidence(pairs) + log_odds(learnt.prior)
    parts = {one.name: weights.part(one, pairs).tolist() for one in weights.comparisons}
    reached = {name: each.tolist() for name, each in pairs.levels.items()}
    return [
        Weighed(total, {name: (reached[name][place], parts[name][place]) for name in parts})
        for place, total in enumerate(bits.tolist())
    ]


def levels_of(records: Sequence[Prepared], pairs: Sequence[Pair]) -> Levels:
    """The level that each pair reaches in each comparison."""
    ends = np.array(pairs, dtype=np.int64)
    people = table_of(records, range(len(records)))
    both = pa.table({"l": ends[:, 0], "r": ends[:, 1], "k": np.arange(len(ends))})
    engine = _engine(people, both)
    engine.register("these", people)
    engine.register("those", both)
    engine.execute("delete from people; delete from pairs")
    engine.execute("insert into people select * from these; insert into pairs select * from those")
    found = engine.execute("execute levels").fetchnumpy()
    return {one.name: np.asarray(found[one.name], dtype=np.int8) for one in people_model().comparisons}


def _engine(people: pa.Table, pairs: pa.Table) -> duckdb.DuckDBPyConnection:
    """An engine in memory for each thread, with the statement planned once: planning takes longer than the work."""
    if not hasattr(_engines, "engine"):
        engine = duckdb.connect()
        engine.execute("set threads = 1; set enable_progress_bar = false")
        for name, like in (("people", people), ("pairs", pairs)):
            engine.register("like_this", like)
            engine.execute(f"create table {name} as select * from like_this limit 0")  # noqa: S608 our own names
        engine.execute(f"prepare levels as {_statement()}")
        _engines.engine = engine
    kept: duckdb.DuckDBPyConnection = _engines.engine
    return kept


def _statement() -> str:
    comparisons = people_model().comparisons
    reads = sorted({value for one in comparisons for value in one.reads})
    both = ", ".join(f"l.{value} as {value}_l, r.{value} as {value}_r" for value in reads)
    return (
        f"select {', '.join(map(_level, comparisons))} from (select p.k, {both} from pairs p "  # noqa: S608 our model
        "join people l on l.n = p.l join people r on r.n = p.r) order by k"
    )


def _level(one: Comparison) -> str:
    found = " ".join(f"when {level.when} then {place}" for place, level in enumerate(one.levels[:-1]))
    return f"case when {one.nothing_said} then -1 {found} else {len(one.levels) - 1} end as {one.name}"
