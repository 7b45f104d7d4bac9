"""Who took over from each of many numbers that were blocked one by one: all of them in a few passes over the pairs.

Where `successors` maps phones together that were changed together, each number here is looked at by itself, so that a
thousand cost little more than one: shared contacts find its newcomers, and the same score and evidence rank them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np

from throughline.telecoms.arrays import Floats, Ints
from throughline.telecoms.evidence import TRACED, Traces, features, traces_of_pairs
from throughline.telecoms.scene import LIVES, TOO_COMMON, Scene, Side
from throughline.telecoms.succession import match
from throughline.telecoms.weighing import probabilities

SHORTLIST: Final = 12
"""Newcomers of each number that are looked at closely: those that share most of its rare contacts."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """The newcomers of one number, likeliest first, each with its chance; what is left of 1 is that nobody did."""

    numbers: tuple[str, ...]
    chances: tuple[float, ...]


def rank_many(
    engine: duckdb.DuckDBPyConnection, asked: Sequence[str], *, at: float | None = None
) -> dict[str, Ranked]:
    """Rank the newcomers of each number, which fell silent at its last call or at ``at`` (seconds).

    Numbers without a call are left out.
    """
    engine.execute(LIVES)
    engine.execute(_ASKED, {"asked": list(asked), "at": at})
    for step in (_CONTACTS, _SHORTLIST, _SEEN, _PAIRS):
        engine.execute(step)
    engine.execute(TRACED)
    engine.execute(
        "insert into traced select old, ended, born from shortlist join blocked on blocked.number = old"
    )
    traces = traces_of_pairs(engine)
    whole = float(engine.execute("select sum(degree) from lives").fetchall()[0][0])
    found = engine.execute("select * from lives semi join seen using (number)").fetchall()
    held = _Held(*_pairs_of(engine), {row[0]: row[1:] for row in found}, whole, traces)
    lists = _lists(engine)
    return {one: _rank(held, one, ended, lists.get(one, [])) for one, ended in _ends(engine).items()}


_ASKED: Final = """
create or replace temp table blocked as
select number, least(last, coalesce($at, last)) as ended from lives where number in (select unnest($asked))
"""
_CONTACTS: Final = f"""
create or replace temp table blocked_contacts as
select b.number as old, b.ended, e.other as contact, 1 / ln(2 + l.degree) as rarity
from edges e join blocked b on b.number = e.number join lives l on l.number = e.other
where epoch(e.first) <= b.ended and l.degree <= {TOO_COMMON}
"""  # noqa: S608 our number
_SHORTLIST: Final = f"""
create or replace temp table shortlist as
with met as (
  select number as contact, other as born from edges where number in (select contact from blocked_contacts)
    and other in (select number from lives where first > (select min(ended) from blocked)))
select old, born, sum(rarity) as near
from met join blocked_contacts using (contact) join lives l on l.number = met.born
where l.first > ended group by old, born
qualify row_number() over (partition by old order by near desc, born) <= {SHORTLIST}
"""  # noqa: S608 our number
_SEEN: Final = """
create or replace temp table seen as
select number from blocked union select born from shortlist
"""
_PAIRS: Final = """
create or replace temp table some_edges as
select e.number, e.other, l.degree, (sent > 0)::int + (received > 0)::int + 0.1 * (ln(1 + sent) + ln(1 + received))
  as weight, epoch(e.first) as first
from edges e join lives l on l.number = e.other where e.number in (select number from seen)
order by e.number, e.other
"""


def _lists(engine: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for old, born in engine.execute(
        "select old, born from shortlist order by old, near desc, born"
    ).fetchall():
        out.setdefault(old, []).append(born)
    return out


def _ends(engine: duckdb.DuckDBPyConnection) -> dict[str, float]:
    return dict(engine.execute("select number, ended from blocked order by number").fetchall())


@dataclass(frozen=True, slots=True)
class _Held:
    """What bears on the question: pairs as columns, where those of each number stand, lives, and traces."""

    where: Mapping[str, slice]
    pairs: Mapping[str, Any]
    lives: Mapping[str, tuple[float, ...]]
    whole: float
    traces: Mapping[tuple[str, str], Traces]


def _pairs_of(engine: duckdb.DuckDBPyConnection) -> tuple[dict[str, slice], Mapping[str, Any]]:
    """The pairs of all that is seen, as columns, and where those of each number stand."""
    found = engine.execute("select * from some_edges order by number, other").fetchnumpy()
    names, starts, counts = np.unique(found["number"], return_index=True, return_counts=True)
    places = zip(map(str, names), starts, counts, strict=True)
    return {name: slice(int(start), int(start + count)) for name, start, count in places}, found


def _rank(held: _Held, old: str, ended: float, born: Sequence[str]) -> Ranked:
    if not born:
        return Ranked((), ())
    scene = _scene(held, old, ended, born)
    told = [held.traces.get((old, one), Traces()) for one in born]
    chances = probabilities(features(scene, match(scene), 0, np.arange(len(born)), told))
    order = np.argsort(-chances, kind="stable")
    return Ranked(
        tuple(born[place] for place in order), tuple(round(float(chances[place]), 4) for place in order)
    )


def _scene(held: _Held, old: str, ended: float, born: Sequence[str]) -> Scene:
    rows = np.concatenate([np.arange(held.where[one].start, held.where[one].stop) for one in (old, *born)])
    contacts, first = np.unique(held.pairs["other"][rows], return_index=True)
    commonness = (held.pairs["degree"][rows][first].astype(np.float64) + 1) / (held.whole + 1)
    silent, newcomers = _side(held, (old,), contacts, until=ended), _side(held, tuple(born), contacts)
    return Scene(silent, newcomers, commonness, tuple(map(str, contacts)), {old: 0}, None)


def _side(held: _Held, numbers: tuple[str, ...], contacts: Any, *, until: float | None = None) -> Side:
    weights = np.zeros((len(numbers), len(contacts)), np.float32)
    for row, number in enumerate(numbers):
        here = held.where[number]
        known = slice(None) if until is None else held.pairs["first"][here] <= until
        weights[row, np.searchsorted(contacts, held.pairs["other"][here][known])] = held.pairs["weight"][
            here
        ][known]
    first, last, calls, degree = (
        np.array([held.lives[one][n] for one in numbers], np.float64) for n in range(4)
    )
    column: Ints = np.array([_place(contacts, number) for number in numbers], np.int64)
    total: Floats = weights.sum(axis=1).astype(np.float64)
    ends = last if until is None else np.minimum(last, until)
    return Side(numbers, first, ends, calls, degree, weights, total, column)


def _place(contacts: Any, number: str) -> int:
    place = int(np.searchsorted(contacts, number))
    return place if place < len(contacts) and contacts[place] == number else -1
