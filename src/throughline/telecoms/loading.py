"""Loading calls: each row is kept, refused with its reason, or held already, and none is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import pyarrow

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.selectors.registry import NotASelector
from throughline.telecoms import cleaning
from throughline.telecoms.authorities import authority_for_load
from throughline.telecoms.columns import COLUMNS, CallsProblem, Source, source_of
from throughline.telecoms.models import Authority, CallLoad
from throughline.telecoms.numbers import NOBODY, key_of
from throughline.telecoms.refusals import write_refusals
from throughline.telecoms.shapes import EDGES_OF, NUMBERS_OF, SIDES_OF, SUBJECT
from throughline.telecoms.store import EDGES, NUMBERS, SIDES, database, new_part, parts
from throughline.telecoms.torn_files import Torn, stage_slowly

_BATCH: Final = 50_000


@dataclass(frozen=True, slots=True)
class CallsLoaded:
    """What became of the rows: ``read`` is the sum of the other three."""

    read: int
    kept: int
    rejected: int
    unchanged: int
    is_new_authority: bool
    keep_until: str
    error_files: tuple[Path, ...] = field(default=())


@writes
def load_calls(
    *, by: Reader, paths: Sequence[Path], authority: str, opaque: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
) -> CallsLoaded:  # fmt: skip
    """Load files of calls under an authority of the reader's body. The same files twice change nothing.

    An authority that is not recorded yet is recorded now, with its particulars awaited (decision on call data).

    Raises:
        CallsProblem: a file cannot be read as calls; nothing is changed.
        AuthorityProblem: the reference is no reference.
    """
    by.require(Permission.CALLS_LOAD)
    sources = [source_of(path) for path in paths]
    held, is_new = authority_for_load(by, authority)
    read, error_files = 0, []
    with database() as engine, new_part(held.folder) as part:
        engine.execute(_CLEAN_TABLE)
        try:
            for source in sources:
                rows, error_file = _stage(engine, source, opaque=opaque)
                read += rows
                error_files += [error_file] if error_file else []
                progress(read)
            good = _count(engine, "clean")
            kept = _write(engine, held, part)
        except duckdb.Error as problem:
            raise CallsProblem(f"The files cannot be read: {str(problem).splitlines()[0]}") from problem
        Authority.objects.filter(pk=held.pk).update(calls=held.calls + kept)
        CallLoad.objects.create(
            marking=held.marking, owner=held.owner, authority=held, kind="calls",
            files=", ".join(path.name for path in paths), read=read, kept=kept, rejected=read - good,
            unchanged=good - kept, loaded_at=clock.now(), loaded_by=by.name,
        )  # fmt: skip
        journal.note(
            Verb.COLLECT, "calls of an authority", held.ref, why="loaded", read=read, kept=kept, files=len(paths)
        )  # fmt: skip
    return CallsLoaded(
        read, kept, read - good, good - kept, is_new, held.keep_until.isoformat(), tuple(error_files)
    )


_CLEAN_TABLE: Final = (
    "create temp table clean (moment timestamp, caller varchar, callee varchar, seconds integer, kind varchar, "
    "cell varchar, imei varchar, imsi varchar)"
)


def _stage(engine: duckdb.DuckDBPyConnection, source: Source, *, opaque: bool) -> tuple[int, Path | None]:
    """Put the good rows of one file into ``clean``; how many rows there were, and where the others are written."""
    torn = _read(engine, source)
    _key_numbers(engine, opaque=opaque)
    engine.execute(_JUDGED)
    bad = engine.execute(_BAD).fetchall()
    engine.execute(
        "insert into clean select moment, caller, callee, seconds, kind, cell, imei, imsi from judged where ok"
    )
    read = _count(engine, "raw") + len(torn)
    return read, write_refusals(source, torn, bad) if torn or bad else None


def _read(engine: duckdb.DuckDBPyConnection, source: Source) -> Torn:
    """Fill the table ``raw`` from a file; what rows of it were torn."""
    try:
        engine.execute(f"create or replace temp table raw as {_raw(source)}", [str(source.path)])
    except duckdb.InvalidInputException:
        if not source.delimiter:
            raise
        return stage_slowly(engine, source)
    return _torn(engine) if source.delimiter else {}


def _raw(source: Source) -> str:
    """A query for the rows as text, numbered from 1."""
    if source.delimiter:
        columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(source.headings)))
        reading = (
            f"read_csv(?, auto_detect=false, delim='{source.delimiter}', quote='\"', escape='\"', header=true, "
            f"columns={{{columns}}}, ignore_errors=true, store_rejects=true, strict_mode=true)"
        )
        names = {name: f"c{place}" for name, place in source.places.items()}
    else:
        reading = "read_parquet(?)"
        names = {
            name: '"' + source.headings[place].replace('"', '""') + '"'
            for name, place in source.places.items()
        }
    cells = ", ".join(
        f'{names[name]}::varchar as "{name}"' if name in names else f'null::varchar as "{name}"'
        for name in COLUMNS
    )
    return f"select row_number() over () as row, {cells} from {reading}"  # noqa: S608 our names


def _torn(engine: duckdb.DuckDBPyConnection) -> Torn:
    rows = engine.execute(
        "select line, any_value(error_type), any_value(csv_line) from reject_errors group by line order by line"
    ).fetchall()
    engine.execute("delete from reject_errors")
    engine.execute("delete from reject_scans")
    return {int(line): (str(kind), str(text or "")) for line, kind, text in rows}


def _key_numbers(engine: duckdb.DuckDBPyConnection, *, opaque: bool) -> None:
    """Each distinct number of the file once through the rules, however many calls it has."""
    engine.execute("create or replace temp table keyed (said varchar, key varchar, reason varchar)")
    engine.execute(
        "create or replace temp table spoken as select distinct said from ("
        "select coalesce(caller, '') as said from raw union all select coalesce(callee, '') from raw)"
    )
    for first in range(0, _count(engine, "spoken"), _BATCH):
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


_JUDGED: Final = f"""
create or replace temp table judged as
select *, moment is not null and seconds is not null and kind is not null and why_caller = '' and why_callee = ''
  and (caller <> '' or callee <> '') as ok
from (select raw.row, {cleaning.AT} as moment, a.key as caller, b.key as callee, {cleaning.SECONDS} as seconds,
         {cleaning.KIND} as kind, {cleaning.CELL} as cell, {cleaning.IMEI} as imei, {cleaning.IMSI} as imsi,
         a.reason as why_caller, b.reason as why_callee
    from raw join keyed a on a.said = coalesce(raw.caller, '') join keyed b on b.said = coalesce(raw.callee, ''))
"""  # noqa: S608 our names
_BAD: Final = """
select j.row, j.moment is null, j.why_caller, j.why_callee, j.seconds is null, j.kind is null,
  concat_ws(',', raw.time, raw.caller, raw.callee, raw.duration, raw.cell, raw.kind)
from judged j join raw using (row) where not j.ok order by j.row
"""


def _count(engine: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(engine.execute(f"select count(*) from {table}").fetchall()[0][0])  # noqa: S608 our names


def _write(engine: duckdb.DuckDBPyConnection, held: Authority, part: Path) -> int:
    """Write what is not held yet, sorted by number, with the edges drawn from it; how many calls that is."""
    engine.execute(_FRESH)
    if before := parts([held.folder], SIDES):
        engine.execute(_NOT_HELD, {"before": before})
    kept = _count(engine, "fresh")
    if kept:
        engine.execute(SUBJECT)
        for name, query in ((SIDES, SIDES_OF), (EDGES, EDGES_OF), (NUMBERS, NUMBERS_OF)):
            engine.execute(_COPY.format(query=query), {"to": str(part / name)})
            # What comes next is drawn from the file, not from memory.
            view = name.removesuffix(".parquet")
            engine.execute(f"create view {view} as select * from read_parquet('{_quoted(part / name)}')")  # noqa: S608 our names
    return kept


# One call may come from both ends and from two providers: the same second and numbers are the same call.
_FRESH: Final = """
create temp table fresh as
select moment, caller, callee, kind, max(seconds) as seconds, max(cell) as cell, max(imei) as imei, max(imsi) as imsi
from clean group by moment, caller, callee, kind
"""
_NOT_HELD: Final = """
delete from fresh using (
  select moment, case when outgoing then number else other end as caller,
    case when outgoing then other else number end as callee, kind
  from read_parquet($before) where outgoing or other = '') held
where (fresh.moment, fresh.caller, fresh.callee, fresh.kind) = (held.moment, held.caller, held.callee, held.kind)
"""
_COPY: Final = "copy ({query}) to $to (format parquet, compression zstd, row_group_size 100000)"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
