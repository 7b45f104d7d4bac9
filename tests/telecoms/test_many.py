"""Many numbers asked about at once: the same answers from those stretches of the files that can hold them."""

from pathlib import Path

import duckdb

from tests.telecoms.calling import acquaintances, renamed
from tests.telecoms.test_succession import CUT, engine_of
from throughline.telecoms.many import rank_many
from throughline.telecoms.queries import KINDS, as_views
from throughline.telecoms.store import EDGES, SIDES
from throughline.telecoms.stretches import within

WHO = ("p2", "p15", "p30", "p44")


def filed(folder: Path) -> duckdb.DuckDBPyConnection:
    """Invented calls in files of small groups of rows, as a question opens them."""
    source, engine = engine_of(renamed(acquaintances(8, a_day=400), set(WHO), CUT)), duckdb.connect()
    for name in KINDS:
        table = name.removesuffix(".parquet")
        source.execute(
            f"copy (from {table} order by number) to '{folder / name}' (format parquet, row_group_size 2048)"
        )
    as_views(engine, {name: [str(folder / name)] for name in KINDS})
    return engine


def test_each_of_many_has_its_successor(tmp_path: Path) -> None:
    found = rank_many(filed(tmp_path), [*WHO, "nobody"])
    assert {old: ranked.numbers[0] for old, ranked in found.items()} == {old: f"new-{old}" for old in WHO}
    assert all(ranked.chances[0] > 0.5 for ranked in found.values())


def test_no_row_of_a_number_is_outside_its_stretches(tmp_path: Path) -> None:
    engine = filed(tmp_path)
    asked = "select unnest(['p2', 'new-p15', 'nobody'])"
    for name in (SIDES, EDGES):
        view = name.removesuffix(".parquet")
        count = f"select count(*) from {view} where number in ({asked})"
        condition = within(engine, view, asked)
        assert engine.execute(f"{count} and {condition}").fetchall() == engine.execute(count).fetchall()
    assert within(engine, "sides", asked) != "true", "the groups are small enough for some to be left out"
    assert within(engine, "sides", "select 'zz'") == "(false)"
