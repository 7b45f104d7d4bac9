"""Who took over from each of many numbers that were blocked one by one: all of them in a few passes over the pairs.

Where `successors` maps phones together that were changed together, each number here is looked at by itself, so that a
thousand cost little more than one: shared contacts find its newcomers, and the same score and evidence rank them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np

from throughline.telecoms.arrays import Floats, Ints
from throughline.telecoms.evidence import TRACED, TRACED_NUMBERS, Traces, features, traces_of_pairs
from throughline.telecoms.scene import LIVES, TOO_COMMON, WEIGHT, Scene, Side
from throughline.telecoms.stretches import within
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
    _draw(engine, _OLD_PAIRS, _BLOCKED)
    engine.execute(_CONTACTS)
    _draw(engine, _SHORTLIST, _NEWCOMERS)
    _draw(engine, _NEW_PAIRS, _SHORTLISTED)
    engine.execute(_SEEN)
    held = _held(engine)
    asked_rows = engine.execute(
        "select number, ended, place from blocked join seen using (number) order by 1"
    )
    return {old: _rank(held, old, ended, row) for old, ended, row in asked_rows.fetchall()}


def _draw(engine: duckdb.DuckDBPyConnection, query: str, numbers: str) -> None:
    """Draw a table from the pairs of some numbers, reading those stretches of the files alone that hold them."""
    engine.execute(query.format(numbers=numbers, within=within(engine, "edges", numbers)))


_ASKED: Final = """
create or replace temp table blocked as
select number, least(last, coalesce($at, last)) as ended from lives where number in (select unnest($asked))
"""
_BLOCKED: Final = "select number from blocked"
_NEWCOMERS: Final = "select number from lives where first > (select min(ended) from blocked)"
_SHORTLISTED: Final = "select born from shortlist"
_PAIRS: Final = """
select number, other, epoch(e.first) as first, {weight} as weight
from edges e join {near} using (number) where number in ({{numbers}}) and {{within}}
"""
_OLD_PAIRS: Final = "create or replace temp table old_pairs as " + _PAIRS.format(
    near="blocked b", weight=WEIGHT.format(away="b.ended - epoch(e.last)")
)
_NEW_PAIRS: Final = "create or replace temp table new_pairs as " + _PAIRS.format(
    near="lives l", weight=WEIGHT.format(away="epoch(e.first) - l.first")
)
_CONTACTS: Final = f"""
create or replace temp table blocked_contacts as
select b.number as old, b.ended, e.other as contact, 1 / ln(2 + l.degree) as rarity
from old_pairs e join blocked b on b.number = e.number join lives l on l.number = e.other
where e.first <= b.ended and l.degree <= {TOO_COMMON}
"""  # noqa: S608 our number
# From the newcomers' side, since they are fewer than contacts: of all others' pairs the first column alone is read.
_SHORTLIST: Final = f"""
create or replace temp table shortlist as
with met as (
  select number as born, other as contact from edges
  where number in ({{numbers}}) and {{within}} and other in (select contact from blocked_contacts))
select old, born, sum(rarity) as near
from met join blocked_contacts using (contact) join lives l on l.number = met.born
where l.first > ended group by old, born
qualify row_number() over (partition by old order by near desc, born) <= {SHORTLIST}
"""  # noqa: S608 our number
# A place for every number that bears on the question, so that the rest is done with places and not with names.
_SEEN: Final = """
create or replace temp table seen as
select row_number() over (order by number) - 1 as place, number, first, last, calls, degree from lives
where number in (select number from old_pairs union all select other from old_pairs
  union all select born from shortlist union all select other from new_pairs)
"""
_PLACED: Final = """
select s.place as number, o.place as other, o.degree, weight, e.first
from (from old_pairs union all from (select * from new_pairs where number not in (select number from old_pairs))) e
  join seen s on s.number = e.number join seen o on o.number = e.other
order by s.place, o.place
"""


@dataclass(frozen=True, slots=True)
class _Held:
    """What bears on the question: numbers by place with their lives, pairs as columns, and where each one's begin."""

    numbers: Sequence[str]
    lives: dict[str, Floats]
    pairs: dict[str, Any]
    starts: Ints
    whole: float
    newcomers: dict[str, list[int]]
    traces: dict[tuple[str, str], Traces]

    def of(self, place: int) -> slice:
        """Where the pairs of a number stand."""
        return slice(int(self.starts[place]), int(self.starts[place + 1]))


def _held(engine: duckdb.DuckDBPyConnection) -> _Held:
    engine.execute(TRACED)
    engine.execute(
        "insert into traced select old, ended, born from shortlist join blocked on blocked.number = old"
    )
    traces = traces_of_pairs(engine, within=within(engine, "sides", TRACED_NUMBERS))
    lives = engine.execute("select number, first, last, calls, degree from seen order by place").fetchnumpy()
    pairs = engine.execute(_PLACED).fetchnumpy()
    newcomers: dict[str, list[int]] = {}
    for old, place in engine.execute(
        "select old, place from shortlist join seen on seen.number = born order by old, near desc, born"
    ).fetchall():
        newcomers.setdefault(old, []).append(place)
    whole = float(engine.execute("select sum(degree) from lives").fetchall()[0][0])
    numbers = list(map(str, lives.pop("number")))
    starts = np.searchsorted(pairs["number"], np.arange(len(numbers) + 1))
    return _Held(numbers, lives, pairs, starts, whole, newcomers, traces)


def _rank(held: _Held, old: str, ended: float, place: int) -> Ranked:
    born = held.newcomers.get(old, [])
    if not born:
        return Ranked((), ())
    scene = _scene(held, place, ended, born)
    names = [held.numbers[one] for one in born]
    told = [held.traces.get((old, one), Traces()) for one in names]
    # Nobody else is looked for here, so that there is nothing to be carried over from round to round.
    found = match(scene, rounds=0)
    chances = probabilities(features(scene, found, 0, np.arange(len(born)), told))
    order = np.argsort(-chances, kind="stable")
    return Ranked(tuple(names[one] for one in order), tuple(round(float(chances[one]), 4) for one in order))


def _scene(held: _Held, old: int, ended: float, born: Sequence[int]) -> Scene:
    rows = np.concatenate([np.r_[held.of(one)] for one in (old, *born)])
    contacts, first = np.unique(held.pairs["other"][rows], return_index=True)
    commonness = (held.pairs["degree"][rows][first] + 1) / (held.whole + 1)
    silent, newcomers = _side(held, [old], contacts, until=ended), _side(held, born, contacts)
    return Scene(silent, newcomers, commonness, (), {held.numbers[old]: 0}, None)


def _side(held: _Held, places: Sequence[int], contacts: Ints, *, until: float | None = None) -> Side:
    weights = np.zeros((len(places), len(contacts)), np.float32)
    for row, place in enumerate(places):
        here = held.of(place)
        known = slice(None) if until is None else held.pairs["first"][here] <= until
        columns = np.searchsorted(contacts, held.pairs["other"][here][known])
        weights[row, columns] = held.pairs["weight"][here][known]
    first, last, calls, degree = (held.lives[name][places] for name in ("first", "last", "calls", "degree"))
    column = np.searchsorted(contacts, places)
    is_there = contacts[np.minimum(column, len(contacts) - 1)] == places
    return Side(
        tuple(held.numbers[place] for place in places), first, last if until is None else np.minimum(last, until),
        calls, degree, weights, weights.sum(axis=1).astype(np.float64), np.where(is_there, column, -1),
    )  # fmt: skip
