"""Prepared records as tables that an engine reads, written part by part so that they never all stand in memory."""

from collections.abc import Iterable, Sequence
from itertools import islice

import duckdb
import pyarrow as pa

from throughline.matching.linkage.preparing import Prepared

_LISTS = frozenset(("given_ways", "middle", "initials"))
_WHOLE = frozenset(("year", "month", "day", "person", "beyond"))
_TRUE = frozenset(("is_told", "is_fullest"))
AT_ONCE = 20_000


def fill(engine: duckdb.DuckDBPyConnection, people: Iterable[Prepared], *, into: str) -> int:
    """Write prepared records into a new table, each with its number ``n`` from 0. Gives how many there are."""
    rows, count = iter(people), 0
    while part := list(islice(rows, AT_ONCE)):
        engine.register("part", table_of(part, first=count))
        engine.execute(
            f"insert into {into} from part" if count else f"create or replace table {into} as from part"
        )
        count += len(part)
    return count


def table_of(people: Sequence[Prepared], *, first: int = 0) -> pa.Table:
    """These prepared records as a table, numbered as ``n``."""
    columns = {name: pa.array([person[name] for person in people], _type(name)) for name in people[0]}
    return pa.table({"n": pa.array(range(first, first + len(people)), pa.int64()), **columns})


def _type(name: str) -> pa.DataType:
    if name in _LISTS:
        return pa.list_(pa.string())
    return pa.int64() if name in _WHOLE else pa.bool_() if name in _TRUE else pa.string()
