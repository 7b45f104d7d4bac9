"""Loading calls: each row is kept, refused with its reason, or held already, and none is lost."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

import duckdb

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, writes
from throughline.kernel import clock
from throughline.kernel.outbox import announce
from throughline.telecoms.authorities import authority_for_load, checked_ref, standing_authority
from throughline.telecoms.columns import CallsProblem, Source, source_of
from throughline.telecoms.events import CallsArrived
from throughline.telecoms.judging import CLEAN_TABLE, judge
from throughline.telecoms.models import Authority, CallLoad
from throughline.telecoms.refusals import Keep, beside_the_file, refusals_of
from throughline.telecoms.shapes import (
    EDGES_OF,
    EDGES_WITHIN,
    FORWARDS_NOT_HELD,
    FORWARDS_OF,
    FRESH,
    NOT_HELD,
    NUMBERS_OF,
    SIDES_OF,
    SUBJECT,
)
from throughline.telecoms.staging import stage
from throughline.telecoms.store import EDGES, FORWARDS, NUMBERS, SIDES, database, new_part, parts


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


def load_calls(
    *, by: Reader, paths: Sequence[Path], authority: str, opaque: bool = False, dry_run: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
) -> CallsLoaded:  # fmt: skip
    """The same as `load_sources`, of CSV and Parquet files whose columns are known by their headings."""
    sources = [source_of(path) for path in paths]
    return load_sources(
        by=by, sources=sources, authority=authority, opaque=opaque, dry_run=dry_run, progress=progress
    )


@writes
def load_sources(
    *, by: Reader, sources: Sequence[Source], authority: str, opaque: bool = False, dry_run: bool = False,
    keep_refused: Keep = beside_the_file, progress: Callable[[int], None] = lambda rows: None,
) -> CallsLoaded:  # fmt: skip
    """Load files of calls under an authority of the reader's body. The same files twice change nothing.

    An authority that is not recorded yet is recorded now, with its particulars awaited (decision on call data). A dry
    run says what a load would do, writes no call and records nothing.

    Raises:
        CallsProblem: a file cannot be read as calls; nothing is changed.
        AuthorityProblem: the reference is no reference.
    """
    held, is_new = authority_of(by, authority, dry_run=dry_run)
    read, error_files = 0, list[Path]()
    with database() as engine, _reading_files():
        engine.execute(CLEAN_TABLE)
        for source in sources:
            rows, error_file = _take(engine, source, opaque=opaque, keep_refused=keep_refused)
            read += rows
            error_files += [error_file] if error_file else []
            progress(read)
        good = _count(engine, "clean")
        kept = _find_fresh(engine, held, opaque=opaque)
        done = CallsLoaded(
            read, kept, read - good, good - kept, is_new, held.keep_until.isoformat() if held else "",
            tuple(error_files),
        )  # fmt: skip
        if held and not dry_run:
            with new_part(held.folder, opaque=opaque) as part:
                if kept:
                    write_part(engine, part)
                _write_forwards(engine, part)
                note_load(by, held, "calls", [source.path.name for source in sources], done)
    return done


def authority_of(by: Reader, ref: str, *, dry_run: bool) -> tuple[Authority | None, bool]:
    """The authority under which somebody loads, and whether it is new; a trial records none. Inside a writing."""
    by.require(Permission.CALLS_LOAD)
    if not dry_run:
        return authority_for_load(by, ref)
    held = standing_authority(by, checked_ref(ref))
    return held, held is None


@contextmanager
def _reading_files() -> Iterator[None]:
    try:
        yield
    except duckdb.Error as problem:
        raise CallsProblem(f"The files cannot be read: {str(problem).splitlines()[0]}") from problem


def note_load(by: Reader, held: Authority, kind: str, files: Sequence[str], done: CallsLoaded) -> None:
    """Write down that something was loaded under an authority."""
    Authority.objects.filter(pk=held.pk).update(calls=held.calls + (done.kept if kind == "calls" else 0))
    CallLoad.objects.create(
        marking=held.marking, owner=held.owner, authority=held, kind=kind, files=", ".join(files), read=done.read,
        kept=done.kept, rejected=done.rejected, unchanged=done.unchanged, loaded_at=clock.now(), loaded_by=by.name,
    )  # fmt: skip
    counts = {"read": done.read, "kept": done.kept, "files": len(files)}
    journal.note(Verb.COLLECT, "calls of an authority", held.ref, why="loaded", **counts)
    if kind == "calls" and done.kept:
        announce(CallsArrived(authority=held.pk, person=by.person))


def _take(
    engine: duckdb.DuckDBPyConnection, source: Source, *, opaque: bool, keep_refused: Keep
) -> tuple[int, Path | None]:
    """Put the good rows of one file into ``clean``; how many rows there were, and where the others are written."""
    torn, by_line = stage(engine, source)
    bad = judge(engine, source, opaque=opaque)
    read = _count(engine, "raw") + len(torn)
    if not torn and not bad:
        return read, None
    return read, keep_refused(source.path, refusals_of(source, torn, bad, by_line=by_line))


def _count(engine: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(engine.execute(f"select count(*) from {table}").fetchall()[0][0])  # noqa: S608 our names


def _find_fresh(engine: duckdb.DuckDBPyConnection, held: Authority | None, *, opaque: bool) -> int:
    """The calls that are not held yet, each once, in ``fresh``; how many they are. So ``fresh_forwards``."""
    engine.execute(FRESH)
    engine.execute(FORWARDS_OF)
    if held and (forwards := parts([held.folder], FORWARDS, opaque=opaque)):
        engine.execute(FORWARDS_NOT_HELD, {"before": forwards})
    if held and (before := parts([held.folder], SIDES, opaque=opaque)):
        engine.execute(NOT_HELD, {"before": before})
    return _count(engine, "fresh")


def write_part(engine: duckdb.DuckDBPyConnection, part: Path) -> None:
    """Write the calls in ``fresh`` sorted by number, with the pairs and the numbers drawn from them."""
    engine.execute(SUBJECT)
    _copy(engine, part / SIDES, SIDES_OF)
    _draw_pairs(engine, part / SIDES)
    _copy(engine, part / EDGES, "select * from pairs")
    engine.execute("drop table pairs")
    _copy(engine, part / NUMBERS, NUMBERS_OF)


def _write_forwards(engine: duckdb.DuckDBPyConnection, part: Path) -> None:
    """Write the forwards of a load, if there are any: also of calls that are held, whose third number is new."""
    if _count(engine, "fresh_forwards"):
        _copy(engine, part / FORWARDS, "select * from fresh_forwards order by number, moment, onto")


def _copy(engine: duckdb.DuckDBPyConnection, to: Path, query: str) -> None:
    engine.execute(_COPY.format(query=query), {"to": str(to)})
    # What comes next is drawn from the file, not from memory.
    engine.execute(f"create view {to.stem} as select * from read_parquet('{_quoted(to)}')")  # noqa: S608 our names


def _draw_pairs(engine: duckdb.DuckDBPyConnection, sides: Path) -> None:
    """Fill ``pairs``, range after range of numbers: a nation's pairs do not fit into memory at once."""
    marks = engine.execute(_MARKS, {"sides": str(sides)}).fetchall()
    bounds = ["", *dict.fromkeys(str(row[0]) for row in marks), _LAST]
    engine.execute(f"create temp table pairs as select * from ({EDGES_OF}) limit 0")  # noqa: S608 our names
    for low, high in pairwise(bounds):
        engine.execute(f"insert into pairs {EDGES_WITHIN}", {"low": low, "high": high})


_AT_A_TIME: Final = 10_000_000
_MARKS: Final = f"""
select number from read_parquet($sides, file_row_number = true)
where file_row_number > 0 and file_row_number % {_AT_A_TIME} = 0 order by file_row_number
"""  # noqa: S608 our number
_LAST: Final = "\U0010ffff"
"""Sorts after every number."""
# Fewer, larger groups of rows: what a file says of its groups is read before the first row, for each question anew.
_COPY: Final = "copy ({query}) to $to (format parquet, compression zstd, row_group_size 500000)"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
