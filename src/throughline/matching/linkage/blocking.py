"""Which pairs of records are worth comparing: those that share a whole key, where not too many share it."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

CROWD = 100
"""A value that more records than this share tells hardly anything, and would cost its square in comparisons."""
FEWEST_PAIRS, PAIRS_EACH = 2_000_000, 60
"""How many pairs are compared at most: this many, or so many for each record where that is more."""


@dataclass(frozen=True, slots=True)
class Key:
    """What came of one key: the pairs it gave that no earlier key gave, and the crowds that it passed over."""

    values: tuple[str, ...]
    pairs: int
    crowds: int
    crowded: int
    """Records in those crowds."""
    is_left_out: bool = False
    """The pairs allowed were used up by the keys before it."""


def find_pairs(
    engine: duckdb.DuckDBPyConnection, keys: Sequence[tuple[str, ...]], *, people: str, into: str
) -> list[Key]:
    """Fill the table ``into`` with pairs ``l`` < ``r`` and their number ``k``, and say what each key gave."""
    told = []
    engine.execute("create or replace temp table found (l bigint, r bigint, primary key (l, r))")
    (records,) = engine.execute(f"select count(*) from {people}").fetchall()[0]  # noqa: S608 our own names
    left = max(FEWEST_PAIRS, PAIRS_EACH * records)
    for key in keys:
        if _is_held(engine, key, people=people):
            told.append(_add_key(engine, key, people=people, left=left))
            left -= told[-1].pairs
    engine.execute(
        f"create or replace temp table {into} as select l, r, row_number() over (order by l, r) - 1 as k from found"  # noqa: S608
    )
    return told


def _is_held(engine: duckdb.DuckDBPyConnection, key: tuple[str, ...], *, people: str) -> bool:
    said = " and ".join(f"{value} is not null" for value in key)
    return bool(engine.execute(f"select 1 from {people} where {said} limit 1").fetchall())  # noqa: S608 our own names


def _add_key(engine: duckdb.DuckDBPyConnection, key: tuple[str, ...], *, people: str, left: int) -> Key:
    said = " and ".join(f"{value} is not null" for value in key)
    engine.execute(
        f"create or replace temp table keyed as select n, hash({', '.join(key)}) as h, "  # noqa: S608 our own names
        f"count(*) over (partition by hash({', '.join(key)})) as many from {people} where {said}"
    )
    ((crowds, crowded, pairs),) = engine.execute(
        "select coalesce(sum(1.0 / many) filter (many > $1), 0)::bigint, count(*) filter (many > $1), "
        "coalesce(sum((many - 1) / 2.0) filter (many <= $1), 0)::bigint from keyed",
        [CROWD],
    ).fetchall()
    if pairs > left:
        return Key(key, 0, crowds, crowded, is_left_out=True)
    before = engine.execute("select count(*) from found").fetchall()[0][0]
    engine.execute(
        "insert or ignore into found select one.n, other.n from keyed one join keyed other "
        "on one.h = other.h and one.n < other.n where one.many between 2 and $1", [CROWD],
    )  # fmt: skip
    after = engine.execute("select count(*) from found").fetchall()[0][0]
    return Key(key, after - before, crowds, crowded)
