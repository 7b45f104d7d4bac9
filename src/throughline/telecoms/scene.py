"""The part of the calls that bears on a change of number: who fell silent, who came to life, and their contacts.

At national scale nobody compares all with all. From the numbers asked about we walk to their contacts, to those of
them that fell silent at the time too, and to the numbers that came to life among any of these. What is left is small
enough to be compared as a whole (`MOST_NUMBERS` on each side, or `AT_ONCE`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import numpy as np
from numpy.typing import NDArray

from throughline.telecoms.arrays import Floats, Ints
from throughline.telecoms.turning import turn_of

MOST_NUMBERS: Final = 800
AT_ONCE: Final = 1_600
"""The same where many changed phones, or are asked about, at once: each of them needs its newcomer in the scene."""
MANY: Final = 40
MOST_CONTACTS: Final = 12_000
"""Columns of the comparison: of more, the rarest contacts are taken."""
DAY: Final = 86_400.0
_BEFORE: Final = 30 * DAY
"""An associate whose phone fell silent this long before may have changed it in the same turn."""
_NEARLY: Final = 0.01
"""Of the span of the data: so far the moment of a turn may be out."""
_FADES: Final = 7.0
"""Days after which a contact says half as much: of an old number since their last call, of a newcomer up to their
first. Who was rung last week is rung again next week (Cortes, Pregibon and Volinsky fade signatures alike).
"""
TOO_COMMON: Final = 5_000
"""A contact of so many numbers leads nowhere: no walk goes on through a bank or a helpline."""


@dataclass(frozen=True, slots=True)
class Side:
    """Numbers of one side, row by row: their names, lives in seconds, calls, and contacts as a matrix of weights."""

    numbers: tuple[str, ...]
    first: Floats
    last: Floats
    calls: Floats
    degree: Floats
    weights: NDArray[np.float32]
    """(numbers, contacts): 1 for each way in which they were in touch, and a little more where it was often."""
    total: Floats
    """The sum of weights over all contacts, those without a column as well."""
    column: Ints
    """The column in which the number itself is a contact, -1 where it is nobody's."""

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class Scene:
    """The silent and the newcomers over one set of contacts; `commonness` is each contact's share of all contact."""

    silent: Side
    born: Side
    commonness: Floats
    contacts: tuple[str, ...]
    asked: Mapping[str, int]
    """The row of each number that was asked about."""
    turn: float | None
    """The moment at which many changed their phones at once, where there was one after the silence."""


def scene_around(
    engine: duckdb.DuckDBPyConnection, numbers: Sequence[str], *, at: float | None = None
) -> Scene | None:
    """The scene around numbers that fell silent, at their last call or at a moment given in seconds.

    None where no call of any of them is known.
    """
    engine.execute(LIVES)
    engine.execute("create or replace temp table asked (number varchar, ended double)")
    engine.execute(
        "insert into asked select number, least(last, coalesce($at, last)) from lives "
        "where number in (select unnest($numbers))",
        {"at": at, "numbers": list(numbers)},
    )
    known = [row[0] for row in engine.execute("select number from asked order by number").fetchall()]
    if not known:
        return None
    turn = _turn(engine)
    room = MOST_NUMBERS if turn is None and len(known) < MANY else AT_ONCE
    engine.execute(
        "create or replace temp table turned as select $turn::double as moment, "
        "$turn - $late * (max(last) - min(first)) as soonest, $room::bigint as room from lives",
        {"turn": turn, "late": _NEARLY, "room": room},
    )
    for step in (_SILENT, _BORN, _COLUMNS, _ROWS):
        engine.execute(step)
    return _scene(engine, known, turn)


LIVES: Final = """
create or replace temp table lives as
select number, epoch(min(first)) as first, epoch(max(last)) as last, sum(calls)::double as calls,
  sum(contacts)::double as degree
from numbers group by number
"""


def _turn(engine: duckdb.DuckDBPyConnection) -> float | None:
    """The turn of the data, if all that is asked about had fallen silent by then, or very nearly."""
    lives = engine.execute("select first, last from lives").fetchnumpy()
    first, last = _plain(lives["first"]), _plain(lives["last"])
    turn = turn_of(first, last)
    ended = float(engine.execute("select max(ended) from asked").fetchall()[0][0])
    if turn is None or ended > turn + _NEARLY * (last.max() - first.min()):
        return None
    return max(turn, ended + 1e-3)


WEIGHT: Final = (
    "((sent > 0)::int + (received > 0)::int + 0.1 * (ln(1 + sent) + ln(1 + received))) "
    f"/ (1 + greatest({{away}}, 0) / {DAY * _FADES})"
)
"""What a contact weighs, by the seconds that it is away from the change."""
_EDGES_OF: Final = """
  select e.number, e.other, sum(e.sent) as sent, sum(e.received) as received, epoch(min(e.first)) as first,
    epoch(max(e.last)) as last
  from edges e where e.number in (select number from {table}) group by e.number, e.other
"""
# At a turn everybody may be concerned: those that no walk reaches come last, as far as there is room.
# An associate is silent when the quiet is longer than chance would have it at the pace of its calls.
# At a turn, whoever was not seen since.
_QUIET: Final = """
  case when (select moment from turned) is not null then l.last < (select moment from turned)
  else (select max(last) from lives) - l.last > 1.5 * (l.last - l.first + 86400.0) / l.calls end
"""
_NEW: Final = (
    "{life}.first > {ended} and {life}.first >= coalesce((select soonest from turned), {life}.first)"
)
_SILENT: Final = f"""
create or replace temp table silent as
with recursive since as (select min(ended) - {_BEFORE} as s from asked),
near as (
  select number, 0 as hop from asked
  union
  select e.other, near.hop + 1 from near join lives n on n.number = near.number and n.degree <= {TOO_COMMON}
    join edges e on e.number = near.number join lives l on l.number = e.other
  where near.hop < 3 and l.last >= (select s from since) and {_QUIET}
)
select number, min(hop) as hop, any_value(coalesce(a.ended, l.last)) as ended
from (
  from near union all select number, 9 from lives where last < (select moment from turned)) near
  join lives l using (number) left join asked a using (number)
group by number order by hop, any_value(l.calls) desc limit (select room from turned)
"""  # noqa: S608 our names and numbers
_BORN: Final = f"""
create or replace temp table born as
with old as (
  select e.other as contact, min(s.ended) as ended, min(s.hop) as hop
  from silent s join edges e on e.number = s.number group by 1
), around as (
  select e.number, min(old.hop) as hop, sum(1 / ln(2 + c.degree)) as near
  from old join lives c on c.number = old.contact and c.degree <= {TOO_COMMON}
    join edges e on e.other = old.contact join lives l on l.number = e.number
  where {_NEW.format(life="l", ended="old.ended")} group by 1
), further as (
  select e.other as number, 3 as hop, sum(1 / ln(2 + l.degree)) as near
  from around join lives l on l.number = around.number and l.degree <= {TOO_COMMON}
    join edges e on e.number = around.number join lives o on o.number = e.other
  where {_NEW.format(life="o", ended="(select min(ended) from silent)")} group by 1
)
select number, min(hop) as hop, max(near) as near from (
  from around union all from further
  union all select number, 9, calls from lives where first >= (select soonest from turned))
where number not in (select number from asked)
group by number order by hop, near desc limit (select room from turned)
"""  # noqa: S608 our numbers
_COLUMNS: Final = f"""
create or replace temp table columns as
select row_number() over (order by other) - 1 as place, other as contact, degree from (
  select e.other, any_value(l.degree) as degree
  from edges e join lives l on l.number = e.other
  where e.number in (select number from silent union all select number from born)
  group by e.other
  having (bool_or(e.number in (select number from silent)) and bool_or(e.number in (select number from born)))
    or e.other in (select number from silent union all select number from born)
  order by degree, e.other limit {MOST_CONTACTS})
"""  # noqa: S608 our numbers
_ROWS: Final = f"""
create or replace temp table rows as
with all_edges as (
  select 'silent' as side, x.*, s.ended - x.last as away from ({_EDGES_OF.format(table="silent")}) x
    join silent s on s.number = x.number where x.first <= s.ended
  union all
  select 'born', x.*, x.first - l.first from ({_EDGES_OF.format(table="born")}) x join lives l on l.number = x.number)
select side, number, place, {WEIGHT.format(away="away")} as weight
from all_edges left join columns on columns.contact = all_edges.other
"""  # noqa: S608 our names


def _scene(engine: duckdb.DuckDBPyConnection, known: Sequence[str], turn: float | None) -> Scene:
    columns = engine.execute("select contact, degree from columns order by place").fetchnumpy()
    contacts = tuple(map(str, columns["contact"]))
    place_of = {contact: place for place, contact in enumerate(contacts)}
    silent = _side(engine, "silent", place_of)
    born = _side(engine, "born", place_of)
    everyone = engine.execute("select sum(degree) from lives").fetchall()[0][0]
    commonness = (np.asarray(columns["degree"], np.float64) + 1) / (float(everyone) + 1)
    rows = {number: row for row, number in enumerate(silent.numbers)}
    return Scene(silent, born, commonness, contacts, {number: rows[number] for number in known}, turn)


def _side(engine: duckdb.DuckDBPyConnection, name: str, place_of: Mapping[str, int]) -> Side:
    ended = "s.ended" if name == "silent" else "l.last"
    lives = engine.execute(
        f"select number, l.first, {ended} as last, l.calls, l.degree from {name} s join lives l using (number) "  # noqa: S608 our names
        "order by number"
    ).fetchnumpy()
    numbers = tuple(map(str, lives["number"]))
    row_of = {number: row for row, number in enumerate(numbers)}
    found = engine.execute("select number, place, weight from rows where side = ?", [name]).fetchnumpy()
    rows = np.fromiter((row_of[number] for number in found["number"]), np.int64, len(found["number"]))
    weights = np.zeros((len(numbers), len(place_of)), np.float32)
    total: Floats = np.bincount(rows, weights=_plain(found["weight"]), minlength=len(numbers)).astype(float)
    places = np.ma.filled(np.ma.asarray(found["place"]), -1).astype(np.int64)
    has = places >= 0
    weights[rows[has], places[has]] = _plain(found["weight"])[has]
    column = np.array([place_of.get(number, -1) for number in numbers], np.int64)
    plain = {key: _plain(lives[key]) for key in ("first", "last", "calls", "degree")}
    return Side(
        numbers, plain["first"], plain["last"], plain["calls"], plain["degree"], weights, total, column
    )


def _plain(values: Any) -> Floats:
    return np.ma.filled(np.ma.asarray(values), 0).astype(np.float64)
