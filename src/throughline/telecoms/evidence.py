"""What speaks for a newcomer beside its contacts: time, volume, first texts, a cell, handset or SIM carried over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np

from throughline.telecoms.arrays import Floats
from throughline.telecoms.scene import Scene
from throughline.telecoms.succession import IMPOSSIBLE, Match
from throughline.telecoms.weighing import SURE_ENOUGH, rooted

CONSIDERED: Final = 40
"""Candidates of each number that are looked at closely: the best by contacts and time."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What one candidate's calls show beside the old number's."""

    same_handset: bool = False
    same_sim: bool = False
    cells: float | None = None
    """The likeness of the cells used, 0 to 1; None where either side has none."""
    first_texts: int = 0
    told: int = 0
    """How many texts it sent on its first day, and how many of them to the old number's contacts."""


TEXTS_THAT_TELL: Final = 5
"""Texts of a first day from which the share that went to old contacts counts in full."""


@dataclass(frozen=True, slots=True)
class CloseLook:
    """The candidates of one number, best first by contacts and time: names, columns in the scene, and features."""

    names: tuple[str, ...]
    columns: Any
    traces: tuple[Traces, ...]
    features: Floats


def close_look(engine: duckdb.DuckDBPyConnection, scene: Scene, found: Match, key: str) -> CloseLook:
    """Look closely at the best candidates of one of the numbers asked about."""
    row = scene.asked[key]
    columns = considered(scene, found, row)
    names = tuple(scene.born.numbers[column] for column in columns)
    traces = traces_of(engine, key, float(scene.silent.last[row]), names)
    return CloseLook(names, columns, tuple(traces), features(scene, found, row, columns, traces))


def considered(scene: Scene, found: Match, row: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The columns of the candidates of one silent number, best first."""
    possible = np.flatnonzero(found.score[row] > IMPOSSIBLE)
    order = np.argsort(-found.score[row, possible], kind="stable")
    return possible[order[:CONSIDERED]]


def features(scene: Scene, found: Match, row: int, columns: Any, traces: Sequence[Traces]) -> Floats:
    """One row of features for each candidate, in the order of `FEATURES` of `weighing.py`."""
    root = rooted(found.score[row, columns])
    return np.column_stack([
        root,
        [float(trace.same_handset) for trace in traces], [float(trace.same_sim) for trace in traces],
        [trace.cells or 0.0 for trace in traces], [_told(trace) for trace in traces],
        (scene.born.weights[columns] > 0) @ found.now[row], np.clip(root, 0, SURE_ENOUGH),
        found.left[row, columns],
    ])  # fmt: skip


def _told(trace: Traces) -> float:
    """The share of the first day's texts that went to the old number's contacts; less where there are few."""
    if not trace.first_texts:
        return 0.0
    return trace.told / trace.first_texts * min(1.0, trace.first_texts / TEXTS_THAT_TELL)


def traces_of(
    engine: duckdb.DuckDBPyConnection, old: str, until: float, candidates: Sequence[str]
) -> list[Traces]:
    """What the calls of each candidate show beside those of the old number up to its last moment (seconds)."""
    engine.execute(TRACED)
    engine.execute("insert into traced select $old, $until, unnest($new)",
                   {"old": old, "until": until, "new": [one for one in candidates if one != old]})  # fmt: skip
    found = traces_of_pairs(engine)
    return [found.get((old, one), Traces()) for one in candidates]


TRACED: Final = "create or replace temp table traced (old varchar, until double, new varchar)"
"""The pairs to be traced: old numbers with their last moment (seconds), and newcomers."""


def traces_of_pairs(
    engine: duckdb.DuckDBPyConnection, *, within: str = "true"
) -> dict[tuple[str, str], Traces]:
    """The same for every pair in the table ``traced``, all at once; ``within`` says where their calls stand."""
    engine.execute(_SIDES.format(within=within))
    engine.execute(_OLD)
    engine.execute(_NEW)
    return {
        (old, new): Traces(bool(handset), bool(sim), cells, int(texts), int(told))
        for old, new, handset, sim, cells, texts, told in engine.execute(_TRACES).fetchall()
    }


TRACED_NUMBERS: Final = "select old from traced union select new from traced"
_SIDES: Final = f"""
create or replace temp table traced_sides as
select * from sides where number in ({TRACED_NUMBERS}) and {{within}}
"""  # noqa: S608 our names
_OLD: Final = """
create or replace temp table traced_old as
select s.* from traced_sides s join (select distinct old, until from traced) t
  on s.number = t.old and epoch(s.moment) <= t.until
"""
_NEW: Final = """
create or replace temp table traced_new as select t.old, s.* from traced_sides s join traced t on s.number = t.new
"""
# A text that is not told from a call has no duration.
_TRACES: Final = """
with before as (
  select number as old, cell, count(*)::double as n from traced_old where cell is not null group by 1, 2),
size as (select old, sum(n * n) as n from before group by old),
after as (select old, number, cell, count(*)::double as n from traced_new where cell is not null group by 1, 2, 3),
cells as (
  select a.old, a.number, coalesce(sum(a.n * b.n), 0) / sqrt(sum(a.n * a.n) * any_value(size.n)) as alike
  from after a join size on size.old = a.old left join before b on b.old = a.old and b.cell = a.cell group by 1, 2),
early as (select old, number, min(moment) + interval 1 day as day from traced_new group by 1, 2),
known as (select distinct number as old, other from traced_old),
texts as (
  select n.old, n.number, count(*) as sent, count(k.other) as told
  from traced_new n join early e on e.old = n.old and e.number = n.number
    left join known k on k.old = n.old and k.other = n.other
  where n.outgoing and n.moment < e.day and (n.kind = 'text' or n.seconds = 0) group by 1, 2),
handsets as (select distinct number as old, imei from traced_old where imei is not null),
sims as (select distinct number as old, imsi from traced_old where imsi is not null),
alike as (
  select n.old, n.number, bool_or(h.imei is not null) as handset, bool_or(s.imsi is not null) as sim
  from traced_new n left join handsets h on h.old = n.old and h.imei = n.imei
    left join sims s on s.old = n.old and s.imsi = n.imsi group by 1, 2)
select a.old, a.number, a.handset, a.sim, c.alike, coalesce(t.sent, 0), coalesce(t.told, 0)
from alike a left join cells c on c.old = a.old and c.number = a.number
  left join texts t on t.old = a.old and t.number = a.number
"""
