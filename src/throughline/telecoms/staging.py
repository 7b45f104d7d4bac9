"""The rows of one file, as text, in the table ``raw``: one column for each use, numbered by row."""

from collections.abc import Iterator, Sequence
from itertools import islice

import duckdb
import pyarrow

from throughline.telecoms.columns import Source, Torn
from throughline.telecoms.layout import USES
from throughline.telecoms.torn_files import rows_of_torn_csv

_BATCH = 20_000


def stage(engine: duckdb.DuckDBPyConnection, source: Source) -> tuple[list[Torn], bool]:
    """Fill ``raw`` from a file. Gives the rows that are no rows, and whether rows are numbered by their line.

    A CSV is numbered by the place of each row among those that could be read: the engine does not tell the lines.
    """
    if source.rows:
        return _stage_rows(engine, source, source.rows()), True
    try:
        engine.execute(f"create or replace temp table raw as {_raw(source)}", [str(source.path)])
    except duckdb.InvalidInputException:
        if not source.delimiter:
            raise
        return _stage_rows(engine, source, rows_of_torn_csv(source)), True
    return (_torn(engine), False) if source.delimiter else ([], True)


def _stage_rows(
    engine: duckdb.DuckDBPyConnection, source: Source, rows: Iterator[tuple[int, Sequence[str | None]] | Torn]
) -> list[Torn]:  # fmt: skip
    columns = ", ".join(f'"{use}" varchar' for use in USES)
    engine.execute(f"create or replace temp table raw (row bigint, {columns})")
    torn: list[Torn] = []
    while batch := list(islice(rows, _BATCH)):
        whole = [one for one in batch if not isinstance(one, Torn)]
        torn += [one for one in batch if isinstance(one, Torn)]
        cells = {use: [_cell(row[1], source.places.get(use)) for row in whole] for use in USES}
        table = pyarrow.table(
            {"row": pyarrow.array([row[0] for row in whole], pyarrow.int64())}
            | {use: pyarrow.array(values, pyarrow.string()) for use, values in cells.items()}
        )
        engine.register("batch", table)
        engine.execute("insert into raw select * from batch")
        engine.unregister("batch")
    return torn


def _cell(cells: Sequence[str | None], place: int | None) -> str | None:
    """A cell as text that the engine can hold; none where the row has no such column."""
    if place is None or place >= len(cells) or (text := cells[place]) is None:
        return None
    return text.encode(errors="replace").decode()


def _raw(source: Source) -> str:
    """A query for the rows as text, numbered from 1."""
    if source.delimiter:
        columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(source.headings)))
        reading = (
            f"read_csv(?, auto_detect=false, delim='{source.delimiter}', quote='\"', escape='\"', header=true, "
            f"columns={{{columns}}}, ignore_errors=true, store_rejects=true, strict_mode=true)"
        )
        names = {use: f"c{place}" for use, place in source.places.items()}
    else:
        reading = "read_parquet(?)"
        names = {
            use: '"' + source.headings[place].replace('"', '""') + '"' for use, place in source.places.items()
        }
    cells = ", ".join(
        f'{names[use]}::varchar as "{use}"' if use in names else f'null::varchar as "{use}"' for use in USES
    )
    return f"select row_number() over () as row, {cells} from {reading}"  # noqa: S608 our names


def _torn(engine: duckdb.DuckDBPyConnection) -> list[Torn]:
    rows = engine.execute(
        "select line, any_value(error_type), any_value(csv_line) from reject_errors group by line order by line"
    ).fetchall()
    engine.execute("delete from reject_errors")
    engine.execute("delete from reject_scans")
    return [Torn(int(line), str(kind), str(text or "")) for line, kind, text in rows]
