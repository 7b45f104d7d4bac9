"""The SQL that a service sends, written down once and played again on a raw connection.

The service runs inside a transaction that is rolled back. The sequences are then put back, so that the statements,
with the same values, do in the second place exactly what they did in the first.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection, transaction

from benchmarks.instance import Connection


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement and its values."""

    sql: str
    values: tuple[Any, ...] | dict[str, Any] = ()


def sequences(owner: Connection) -> dict[str, int]:
    """Where every sequence stands, by its name; 0 for one that was never drawn from."""
    rows = owner.execute(
        "select sequencename, coalesce(last_value, 0) from pg_sequences where schemaname = 'public'"
    ).fetchall()
    return dict(rows)


def write_down(service: Callable[[], object], *, owner: Connection) -> list[Statement]:
    """The statements that a service sends; nothing of this run stays."""
    before: dict[str, int] = sequences(owner)
    sent: list[Statement] = []
    inside: list[str] = []

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 Django's
        assert not many  # noqa: S101 the services send no such call
        text = _savepoint(sql, inside) if "SAVEPOINT" in sql else sql
        if text:
            sent.append(Statement(text, params if isinstance(params, dict) else tuple(params or ())))
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(keep):
            service()
        transaction.set_rollback(True)
    for name, value in before.items():
        owner.execute("select setval(%s, greatest(%s, 1), %s)", [name, value, value > 0])
    return sent


def _savepoint(sql: str, inside: list[str]) -> str:
    """A savepoint under the same name every time, so that it is prepared once; none for a service's own transaction."""
    verb, _, name = sql.rpartition(" ")
    if verb == "SAVEPOINT":
        inside.append(name)
    depth = inside.index(name)
    if verb == "RELEASE SAVEPOINT":
        inside.remove(name)
    return f"{verb} s{depth}" if depth else ""


def play(statements: Sequence[Statement], *, on: Connection) -> float:
    """Run the statements one by one, prepared, in a transaction, and commit; gives the seconds."""
    begun = time.perf_counter()
    with on.transaction():
        for statement in statements:
            on.execute(statement.sql.encode(), statement.values or None, prepare=True)
    return time.perf_counter() - begun


def stream(statements: Sequence[Statement], *, on: Connection) -> float:
    """The same without waiting for each answer, so that the client's turns are not counted; gives the seconds."""
    begun = time.perf_counter()
    with on.pipeline(), on.transaction():
        for statement in statements:
            on.execute(statement.sql.encode(), statement.values or None, prepare=True)
    return time.perf_counter() - begun


def pour(statements: Sequence[Statement], *, on: Connection) -> float:
    """The same as ``play`` with every value written into the text beforehand: binding a large batch takes long."""
    binder = psycopg.ClientCursor(on)
    texts = [
        binder.mogrify(s.sql.encode(), s.values).encode() if s.values else s.sql.encode() for s in statements
    ]
    begun = time.perf_counter()
    with on.transaction():
        for text in texts:
            on.execute(text)
    return time.perf_counter() - begun
