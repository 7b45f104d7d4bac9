"""The match index built again from every sighting, beside the table of pairs that it replaces."""

import time
from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.instance import Connection, as_owner

MOST = 300.0
"""Seconds."""
SAMPLE = 20
"""The table of pairs is made for one value in so many, and scaled up."""
PAIRS = """
create unlogged table bench_pair as
  select a.id as one, b.id as other from selectors_sighting a
    join selectors_sighting b on b.key = a.key and b.kind = a.kind and b.id > a.id and b.owner <> a.owner
   where hashtext(a.key) % %s = 0 and hashtext(b.key) % %s = 0
"""


def rebuild_figures() -> Iterator[Figure]:
    """Seconds to rebuild with the hits standing, and with none: each in a transaction that is rolled back."""
    with as_owner(autocommit=False) as owner:
        sightings = _number(owner, "select count(*) from selectors_sighting")
        hits = _number(owner, "select count(*) from matching_hit")
        owner.execute("set local statement_timeout = '20min'")
        pair_seconds, pairs, size = _pairs(owner)
        seconds = _rebuilt(owner)
        yield Figure(
            f"rebuild over {sightings:,} sightings, hits standing", "s", seconds, pair_seconds, "the table of pairs",
            seconds, most=MOST,
            note=f"matching_rebuild(); the peer, a table of every pair of sightings in two bodies, is made for 1 value "
            f"in {SAMPLE} and scaled: {pairs:,} pairs, {size / 2**30:.1f} GB without an index",
        )  # fmt: skip
        owner.execute("truncate matching_hit, matching_hit_side cascade")
        seconds = _rebuilt(owner)
        yield Figure(
            f"rebuild and raise {hits:,} hits from nothing", "s", seconds, judged=seconds, most=MOST,
            note="as after the loss of every hit: each is raised anew, with both sides",
        )  # fmt: skip


def _rebuilt(owner: Connection) -> float:
    """Rebuild, undo it and what came before it, and give the seconds of the rebuilding alone."""
    begun = time.perf_counter()
    owner.execute("select matching_rebuild()")
    seconds = time.perf_counter() - begun
    owner.rollback()
    return seconds


def _pairs(owner: Connection) -> tuple[float, int, int]:
    """Seconds, rows and bytes of the table of pairs: measured on a sample, scaled by the exact count of pairs."""
    begun = time.perf_counter()
    owner.execute(PAIRS.replace("% %s", f"% {SAMPLE}").encode())
    seconds = time.perf_counter() - begun
    size = _number(owner, "select pg_total_relation_size('bench_pair')")
    made = _number(owner, "select count(*) from bench_pair")
    owner.rollback()
    pairs = _number(
        owner,
        "select sum(pairs) from (select (power(sum(times), 2) - sum(power(times, 2))) / 2 as pairs "
        "from matching_holding group by key, kind) counted",
    )
    return seconds * pairs / made, pairs, round(size * pairs / made)


def _number(owner: Connection, query: str) -> int:
    row = owner.execute(query.encode()).fetchone()
    return int(row[0]) if row else 0
