"""The calls under those authorities that the reader may know, opened for one question."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Final, Protocol

import duckdb

from throughline.access import journal
from throughline.access.journal import Verb
from throughline.access.permissions import Permission
from throughline.access.reader import Reader, reading
from throughline.telecoms.models import Authority
from throughline.telecoms.store import EDGES, FORWARDS, NUMBERS, SIDES, SITES, database, parts

KINDS: Final = (SIDES, EDGES, NUMBERS)


class NoCalls(Exception):
    """The reader may know no call data; the text says what to do."""


class Asks(Protocol):
    """Whatever answers the SQL of a step of all numbers at once: DuckDB here, or Spark on many machines."""

    def execute(self, query: str, /) -> Any: ...


Files = dict[str, list[str]]
Opens = Callable[[duckdb.DuckDBPyConnection, Files], AbstractContextManager[Any]]
"""Makes views over files, and gives what answers over them."""


@contextmanager
def here(engine: duckdb.DuckDBPyConnection, files: Files) -> Iterator[duckdb.DuckDBPyConnection]:
    """The views on this machine."""
    as_views(engine, files)
    yield engine


@contextmanager
def known_calls(
    reader: Reader, *, why: str, numbers: int, asked: Sequence[str] = (), views: Sequence[str] = KINDS,
    on: Opens = here,
) -> Iterator[Any]:  # fmt: skip
    """The views ``sides``, ``edges`` and ``numbers`` over what the reader may know, for one question, journalled.

    PostgreSQL says which authorities those are, under its own policy; the files of no others are opened, so that
    nothing found, counted or ranked can rest on them. A pseudonym means something within the data that it came with,
    and nothing beside it: a question is put to real numbers, or to the pseudonyms of one authority, wherever most of
    what is ``asked`` stands; without anything asked, to real numbers where there are any. A question that needs some of
    the views alone, or ``sites`` as well, says so: to open one costs a look at each of its files. Lists of cell sites
    are those of the same authorities.

    Raises:
        NoCalls: there are none.
    """
    reader.require(Permission.CALLS_READ)
    with reading(reader):
        held = list(Authority.objects.filter(ended_at__isnull=True).order_by("-pk"))
        # One entry for each owner: its auditor sees who looked, as well as the looker's own.
        for owner in sorted({row.owner for row in held}):
            refs = [row.ref for row in held if row.owner == owner]
            journal.note(
                Verb.CONSULT, "calls of an authority", why=why, owner=owner, refs=refs, numbers=numbers
            )
    spaces = [files for files in _spaces([row.folder for row in held]) if files[SIDES]]
    if not spaces:
        raise NoCalls("There is no call data that you may know. Load some with 'throughline load calls'.")
    with database() as engine:
        files = _where(engine, spaces, asked)
        with on(engine, {name: files[name] for name in views}) as answering:
            yield answering


def as_views(engine: duckdb.DuckDBPyConnection, files: Files) -> None:
    """A view over the files of each kind, such as ``sides``, and the files of each in ``call_files``."""
    engine.execute("create temp table call_files (view varchar, path varchar)")
    for name, paths in files.items():
        engine.execute(
            "insert into call_files select $view, unnest($paths)",
            {"view": name.removesuffix(".parquet"), "paths": paths},
        )
        said = once(name, f"read_parquet({_list(paths)})", files=len(paths)) if paths else _NONE[name]
        engine.execute(f"create view {name.removesuffix('.parquet')} as {said}")


def once(name: str, source: str, *, files: int) -> str:
    """The statement of one view over so many files: where loads overlap each call and each pair stands once."""
    return _AS_ONE[name].format(source=source) if files > 1 else f"select * from {source}"  # noqa: S608 our names


def _spaces(folders: Sequence[str]) -> Iterator[Files]:
    """The files of real numbers, then those of the pseudonyms of each authority, the newest first."""
    yield {name: parts(folders, name) for name in (*KINDS, FORWARDS, SITES)}
    for folder in folders:
        files = {name: parts([folder], name, opaque=True) for name in (*KINDS, FORWARDS)}
        # Cells are no pseudonyms: a list of sites stands beside both.
        yield files | {SITES: parts([folder], SITES)}


def _where(engine: duckdb.DuckDBPyConnection, spaces: Sequence[Files], asked: Sequence[str]) -> Files:
    """The space in which most of these numbers stand; the first of several."""
    if len(spaces) == 1 or not asked:
        return spaces[0]

    def known(files: Files) -> int:
        query = f"select count(distinct number) from read_parquet({_list(files[NUMBERS])}) where number in (select unnest($asked))"  # noqa: S608, E501 our paths
        return int(engine.execute(query, {"asked": list(asked)}).fetchall()[0][0])

    return max(spaces, key=known)


def _list(paths: list[str]) -> str:
    return "[" + ", ".join("'" + path.replace("'", "''") + "'" for path in paths) + "]"


# Loads overlap: the same call may come under two authorities, and a pair of numbers stands in each load's edges.
_AS_ONE: Final = {
    SIDES: "select number, other, moment, outgoing, kind, max(seconds) as seconds, max(cell) as cell, "
    "max(imei) as imei, max(imsi) as imsi from {source} group by number, other, moment, outgoing, kind",
    EDGES: "select number, other, sum(sent) as sent, sum(received) as received, sum(texts) as texts, "
    "sum(seconds) as seconds, min(first) as first, max(last) as last from {source} group by number, other",
    NUMBERS: "select number, min(first) as first, max(last) as last, sum(calls) as calls, max(contacts) as contacts "
    "from {source} group by number",
    FORWARDS: "select distinct * from {source}",
    SITES: "select distinct * from {source}",
}
_NONE: Final = {
    FORWARDS: "select '' as number, '' as onto, null::timestamp as moment where false",
    SITES: "select '' as cell, null::double as latitude, null::double as longitude, null::double as easting, "
    "null::double as northing, null::double as azimuth, '' as postcode, '' as place where false",
}
"""The view of a kind of which there need not be a file."""
