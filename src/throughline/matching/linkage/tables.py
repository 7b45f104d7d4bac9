"""Prepared records as tables that an engine reads, written part by part so that they never all stand in memory."""

from collections.abc import Iterable, Sequence
from itertools import islice

import duckdb
import pyarrow as pa

from throughline.matching.linkage.preparing import Prepared
from throughline.matching.linkage.quick import letters_of, spelt

_LISTS = frozenset(("given_ways", "middle", "initials", "street_words"))
_WHOLE = frozenset(("year", "month", "day", "person", "beyond"))
_TRUE = frozenset(("is_told", "is_fullest"))
AT_ONCE = 20_000


def fill(engine: duckdb.DuckDBPyConnection, people: Iterable[Prepared], *, into: str) -> int:
    """Write prepared records into a new table, each with its number ``n`` from 0 and the letters of what is compared
    letter by letter. Gives how many there are."""
    rows, count = iter(people), 0
    while part := list(islice(rows, AT_ONCE)):
        table = table_of(part, first=count)
        engine.register("part", table)
        said = ", ".join(("*", *(letters_of(name) for name in spelt() if name in table.column_names)))
        whither = f"insert into {into}" if count else f"create or replace table {into} as"
        engine.execute(f"{whither} select {said} from part")  # noqa: S608 our own names
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
