"""Which stretches of the files, which are sorted by number, hold some numbers: so that no others are read."""

from typing import Final

import duckdb

MOST: Final = 100
"""Stretches that a condition names at most: of more, all is read."""


def within(engine: duckdb.DuckDBPyConnection, view: str, numbers: str) -> str:
    """A condition on ``number`` that every row of a view satisfies whose number is among these (a query of one column).

    Parquet keeps the least and greatest value of each group of rows. The engine skips groups for a few numbers by
    itself, and for hundreds reads them all: the condition names the groups that can hold any. Where these are most of
    all groups, or a group does not say, it is ``true``.
    """
    files = [
        row[0] for row in engine.execute("select path from call_files where view = ?", [view]).fetchall()
    ]
    found = engine.execute(_HIT.format(numbers=numbers), {"files": files}).fetchall() if files else []
    hit = [(low, high) for low, high, is_hit in found if is_hit]
    if len(hit) > min(MOST, len(found) / 2) or any(low is None for low, *_ in found):
        return "true"
    said = (f"number between {_quoted(low)} and {_quoted(high)}" for low, high in hit)
    return f"({' or '.join(said) or 'false'})"


_HIT: Final = """
select stats_min_value, stats_max_value,
  exists (select 1 from ({numbers}) asked(number) where asked.number between stats_min_value and stats_max_value)
from parquet_metadata($files) where path_in_schema = 'number'
"""


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
