"""From rows as text to calls: each is good and goes into ``clean``, or has its reasons."""

from collections.abc import Sequence
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
    "cell varchar, imei varchar, imsi varchar, forwarded_to varchar, forwarded_by varchar)"
)


def judge(engine: duckdb.DuckDBPyConnection, source: Source, *, opaque: bool) -> list[tuple[Any, ...]]:
    """Put the good rows of ``raw`` into ``clean``; the others with a fault, a reason or nothing for each column."""
    engine.execute(_sided(source), {"own": source.layout.own} if source.layout.own else None)
    _key_numbers(engine, ["from_said", "to_said", *_third(source)], opaque=opaque)
    engine.execute(_judged(source))
    bad = engine.execute(_BAD).fetchall()
    engine.execute(
        "insert into clean select moment, caller, callee, seconds, kind, cell, imei, imsi, forwarded_to, forwarded_by "
        "from judged where ok"
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


_THIRD: Final = ("forwarded_to", "forwarded_by")


def _third(source: Source) -> list[str]:
    """The columns of third numbers that the file has."""
    return [use for use in _THIRD if use in source.places]


def _key_numbers(engine: duckdb.DuckDBPyConnection, columns: Sequence[str], *, opaque: bool) -> None:
    """Each distinct number of the file once through the rules, however many calls it has."""
    engine.execute("create or replace temp table keyed (said varchar, key varchar, reason varchar)")
    spoken = " union all ".join(f"select {column} as said from sided" for column in columns)  # noqa: S608 our names
    engine.execute(
        f"create or replace temp table spoken as select distinct coalesce(said, '') as said from ({spoken})"  # noqa: S608
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
    has = _third(source)
    third = "".join(
        f", {use}.key as {use}, {use}.reason as why_{use}"
        if use in has
        else f", '' as {use}, '' as why_{use}"
        for use in _THIRD
    )
    keyed = "".join(f" join keyed {use} on {use}.said = coalesce(row_said.{use}, '')" for use in has)
    said = cleaning.said_at(has_date="date" in source.places and "time" not in source.places)
    return f"""
create or replace temp table judged as
select *, moment is not null and seconds is not null and kind is not null and why_caller = '' and why_callee = ''
  and why_forwarded_to = '' and why_forwarded_by = '' and way <> '' and not rounded
  and (caller <> '' or callee <> '') as ok
from (select row, {cleaning.moment_of(zone=layout.zone)} as moment, a.key as caller, b.key as callee,
         {cleaning.SECONDS} as seconds, {cleaning.KIND} as kind, {cleaning.CELL} as cell, {cleaning.IMEI} as imei,
         {cleaning.IMSI} as imsi, way, a.reason as why_caller, b.reason as why_callee,
         regexp_matches(coalesce(imei, ''), '{cleaning.ROUNDED}') or regexp_matches(coalesce(imsi, ''),
           '{cleaning.ROUNDED}') as rounded{third}
    from (select *, {cleaning.moment_parts(month_first=layout.month_first)}
      from (select *, {said} as written from sided)) row_said
      join keyed a on a.said = coalesce(from_said, '') join keyed b on b.said = coalesce(to_said, ''){keyed})
"""  # noqa: S608 our names


_BAD: Final = """
select j.row, j.moment is null, j.why_caller, j.why_callee, j.seconds is null, j.kind is null, j.way = '', j.rounded,
  j.why_forwarded_to, j.why_forwarded_by,
  concat_ws(',', raw.time, raw.date, raw.clock, raw.caller, raw.callee, raw.number, raw.other, raw.direction,
    raw.duration, raw.cell, raw.kind, raw.forwarded_to, raw.forwarded_by)
from judged j join raw using (row) where not j.ok order by j.row
"""
