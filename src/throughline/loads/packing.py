"""How rows that were read, but not yet recorded, are written down and read again."""

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final

from throughline.intelligence.report_columns import RejectedRow, Row
from throughline.intelligence.report_groups import Group

ROWS_AT_ONCE: Final = 500
"""Rows in one block, more only where a report has more: what is done in one transaction."""
_NOT_STORED: Final = re.compile(r"[\x00\ud800-\udfff]")

Held = Row | RejectedRow


def blocks_of(found: Iterator[Group | RejectedRow], columns: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """Whole reports, and rows refused already, in blocks: how many rows each has, and what is written down."""
    rows: list[Held] = []
    refused: list[Held] = []
    for one in found:
        if isinstance(one, Group):
            rows += one.rows
        else:
            refused.append(one)
        if len(rows) + len(refused) >= ROWS_AT_ONCE:
            yield len(rows) + len(refused), _pack(rows, refused, columns)
            rows, refused = [], []
    if rows or refused:
        yield len(rows) + len(refused), _pack(rows, refused, columns)


def _pack(rows: Sequence[Held], refused: Sequence[Held], columns: Sequence[str]) -> bytes:
    plain = {
        "rows": [_plain(row, columns) for row in rows],
        "refused": [_plain(row, columns) for row in refused],
    }
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode("ascii"), 1)


def _plain(row: Held, columns: Sequence[str]) -> list[Any]:
    values = [row.values.get(column, "") for column in columns] if row.values else []
    if isinstance(row, Row):
        return [row.line, values, row.raw]
    return [
        row.line,
        values,
        row.raw,
        row.column,
        row.reason,
        row.report,
        [list(fault) for fault in row.faults],
    ]


def unpack(content: bytes, columns: Sequence[str]) -> tuple[list[Held], list[RejectedRow]]:
    """The rows of a block that go on to be recorded, and those refused already."""
    plain = json.loads(zlib.decompress(content))
    return (
        [_held(row, columns) for row in plain["rows"]],
        [_rejected(row, columns) for row in plain["refused"]],
    )


def _held(plain: list[Any], columns: Sequence[str]) -> Held:
    is_row = len(plain) == len(("line", "values", "raw"))
    return Row(plain[0], _values(plain[1], columns), plain[2]) if is_row else _rejected(plain, columns)


def _rejected(plain: list[Any], columns: Sequence[str]) -> RejectedRow:
    line, values, raw, column, reason, report, faults = plain
    return RejectedRow(
        line, column, reason, raw, report, _values(values, columns), tuple((c, r) for c, r in faults)
    )


def _values(plain: list[str], columns: Sequence[str]) -> dict[str, str]:
    return dict(zip(columns, plain, strict=True)) if plain else {}


def storable(text: str) -> str:
    """The text without what a database cannot hold: NUL, and halves of characters."""
    return _NOT_STORED.sub("\ufffd", text)
