"""Which pairs of records are worth comparing: those that share a whole key, where not too many share it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

CROWD = 100
"""A value that more records than this share tells hardly anything, and would cost its square in comparisons."""
FEWEST_PAIRS, PAIRS_EACH = 2_000_000, 20
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
    """Fill the table ``into`` with pairs ``l`` < ``r`` and the place of their first key, and say what each key gave.

    The narrowest keys first, so that those that cost most for what they tell are left out where pairs run short. A pair
    stands as one number, so that a nation's fit into the memory.
    """
    told: dict[int, Key] = {}
    engine.execute("create or replace temp table found (pair ubigint, tag utinyint)")
    (records,) = engine.execute(f"select count(*) from {people}").fetchall()[0]  # noqa: S608 our own names
    left = allowed(records)
    for place in narrowest_first([_width(engine, key, people=people) for key in keys]):
        told[place] = _add_key(engine, keys[place], people=people, left=left, place=place)
        left -= told[place].pairs
    engine.execute(
        f"create or replace temp table {into} as select (pair >> 32)::bigint as l, "  # noqa: S608 our own names
        "(pair & 4294967295)::bigint as r, min(tag) as tag from found group by pair"
    )
    engine.execute("drop table found")
    fresh = dict(engine.execute(f"select tag, count(*) from {into} group by tag").fetchall())  # noqa: S608
    return [replace(told[place], pairs=fresh.get(place, 0)) for place in sorted(told)]


def allowed(records: int) -> int:
    """How many pairs of so many records are compared at most."""
    return max(FEWEST_PAIRS, PAIRS_EACH * records)


def narrowest_first(widths: Sequence[int | None]) -> list[int]:
    """The places of the keys in the order in which they are used: those that nobody has, not at all."""
    return sorted(
        (place for place, width in enumerate(widths) if width is not None),
        key=lambda place: (widths[place] or 0, place),
    )


def _width(engine: duckdb.DuckDBPyConnection, key: tuple[str, ...], *, people: str) -> int | None:
    """How many pairs a key would give by itself; None where no record says all of it."""
    said, pairs = engine.execute(
        f"select count(*), coalesce(sum(many * (many - 1) // 2) filter (many <= {CROWD}), 0)::bigint "  # noqa: S608
        f"from (select count(*) as many from {people} where {whole(key)} group by hash({', '.join(key)}))"
    ).fetchall()[0]
    return int(pairs) if said else None


def whole(key: Sequence[str]) -> str:
    """The condition that a record says every value of a key."""
    return " and ".join(f"{value} is not null" for value in key)


def keyed(key: Sequence[str], *, people: str) -> str:
    """The records that have a whole key: their number ``n``, the key as a number ``h``, and how ``many`` share it."""
    return (
        f"select n, hash({', '.join(key)}) as h, count(*) over (partition by hash({', '.join(key)})) as many "  # noqa: S608
        f"from {people} where {whole(key)}"
    )


def _add_key(
    engine: duckdb.DuckDBPyConnection, key: tuple[str, ...], *, people: str, left: int, place: int
) -> Key:
    engine.execute(f"create or replace temp table keyed as {keyed(key, people=people)}")
    ((crowds, crowded, pairs),) = engine.execute(
        "select coalesce(sum(1.0 / many) filter (many > $1), 0)::bigint, count(*) filter (many > $1), "
        "coalesce(sum((many - 1) / 2.0) filter (many <= $1), 0)::bigint from keyed",
        [CROWD],
    ).fetchall()
    if pairs > left:
        return Key(key, 0, crowds, crowded, is_left_out=True)
    engine.execute(
        "insert into found select (one.n::ubigint << 32) | other.n::ubigint, $2 from keyed one "
        "join keyed other on one.h = other.h and one.n < other.n where one.many between 2 and $1",
        [CROWD, place],
    )
    return Key(key, pairs, crowds, crowded)
