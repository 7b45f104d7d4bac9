"""From rows as text to calls: each is good and goes into ``clean``, or has its reasons."""

from typing import Any, Final

import duckdb
import pyarrow

from throughline.selectors.registry import NotASelector
from throughline.telecoms import cleaning
from throughline.telecoms.columns import Source
from throughline.telecoms.numbers import NOBODY, key_of

_BATCH: Final = 50_000
CLEAN_TABLE: Final = (
    "create temp table clean (moment timestamp, caller varchar, callee varchar, seconds integer, kind varchar, "
    "cell varchar, imei varchar, imsi varchar)"
)


def judge(engine: duckdb.DuckDBPyConnection, source: Source, *, opaque: bool) -> list[tuple[Any, ...]]:
    """Put the good rows of ``raw`` into ``clean``; the others with a fault, a reason or nothing for each column."""
    engine.execute(_sided(source), {"own": source.layout.own} if source.layout.own else None)
    _key_numbers(engine, opaque=opaque)
    engine.execute(_judged(source))
    bad = engine.execute(_BAD).fetchall()
    engine.execute(
        "insert into clean select moment, caller, callee, seconds, kind, cell, imei, imsi from judged where ok"
    )
    return bad


def _sided(source: Source) -> str:
    """Who rang whom: as two columns say, or as in and out say of the number whose records these are."""
    if "caller" in source.places and "callee" in source.places:
        return _SIDED.format(caller="caller", callee="callee", way="'out'")
    own = 'coalesce("number", $own)' if source.layout.own else '"number"'
    return _SIDED.format(
        caller=f"if(way = 'out', {own}, other)",
        callee=f"if(way = 'out', other, {own})",
        way=cleaning.DIRECTION,
    )


_SIDED: Final = """
create or replace temp table sided as
select *, {caller} as from_said, {callee} as to_said from (select *, {way} as way from raw)
"""


def _key_numbers(engine: duckdb.DuckDBPyConnection, *, opaque: bool) -> None:
    """Each distinct number of the file once through the rules, however many calls it has."""
    engine.execute("create or replace temp table keyed (said varchar, key varchar, reason varchar)")
    engine.execute(
        "create or replace temp table spoken as select distinct said from ("
        "select coalesce(from_said, '') as said from sided union all select coalesce(to_said, '') from sided)"
    )
    count = engine.execute("select count(*) from spoken").fetchall()[0][0]
    for first in range(0, count, _BATCH):
        said = [row[0] for row in engine.execute(
            "select said from spoken where rowid >= ? and rowid < ?", [first, first + _BATCH]
        ).fetchall()]  # fmt: skip
        keys, reasons = zip(*(_keyed(one, opaque=opaque) for one in said), strict=True)
        engine.register("batch", pyarrow.table({"said": said, "key": keys, "reason": reasons}))
        engine.execute("insert into keyed select said, key, reason from batch")
        engine.unregister("batch")


def _keyed(raw: str, *, opaque: bool) -> tuple[str, str]:
    try:
        return key_of(raw, opaque=opaque), ""
    except NotASelector as problem:
        return NOBODY, str(problem)


def _judged(source: Source) -> str:
    layout = source.layout
    said = cleaning.said_at(has_date="date" in source.places and "time" not in source.places)
    return f"""
create or replace temp table judged as
select *, moment is not null and seconds is not null and kind is not null and why_caller = '' and why_callee = ''
  and way <> '' and not rounded and (caller <> '' or callee <> '') as ok
from (select row, {cleaning.moment_of(zone=layout.zone)} as moment, a.key as caller, b.key as callee,
         {cleaning.SECONDS} as seconds, {cleaning.KIND} as kind, {cleaning.CELL} as cell, {cleaning.IMEI} as imei,
         {cleaning.IMSI} as imsi, way, a.reason as why_caller, b.reason as why_callee,
         regexp_matches(coalesce(imei, ''), '{cleaning.ROUNDED}') or regexp_matches(coalesce(imsi, ''),
           '{cleaning.ROUNDED}') as rounded
    from (select *, {cleaning.moment_parts(month_first=layout.month_first)}
      from (select *, {said} as written from sided))
      join keyed a on a.said = coalesce(from_said, '') join keyed b on b.said = coalesce(to_said, ''))
"""  # noqa: S608 our names


_BAD: Final = """
select j.row, j.moment is null, j.why_caller, j.why_callee, j.seconds is null, j.kind is null, j.way = '', j.rounded,
  concat_ws(',', raw.time, raw.date, raw.clock, raw.caller, raw.callee, raw.number, raw.other, raw.direction,
    raw.duration, raw.cell, raw.kind)
from judged j join raw using (row) where not j.ok order by j.row
"""
