"""Prepared records as a table that the engine reads without copying."""

from collections.abc import Sequence

import pyarrow as pa

from throughline.matching.linkage.preparing import Prepared

_LISTS, _WHOLE = frozenset(("given_ways", "middle", "initials")), frozenset(("year", "month", "day"))


def table_of(people: Sequence[Prepared], kept: Sequence[int]) -> pa.Table:
    """The prepared records of these places as a table, each with its place as ``n``."""
    columns = {name: pa.array([people[place][name] for place in kept], _type(name)) for name in people[0]}
    return pa.table({"n": pa.array(kept, pa.int64()), **columns})


def _type(name: str) -> pa.DataType:
    if name in _LISTS:
        return pa.list_(pa.string())
    return pa.int64() if name in _WHOLE else pa.string()
