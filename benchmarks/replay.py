"""The SQL that a service sends, written down once and played again on a raw connection.

The service runs inside a transaction that is rolled back. The sequences are then put back, so that the statements,
with every value written into them, do in the second place exactly what they did in the first.
"""

import time
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection, transaction

from benchmarks.instance import Connection

Statements = list[bytes]


def sequences(owner: Connection) -> dict[str, int]:
    """Where every sequence stands, by its name; 0 for one that was never drawn from."""
    rows = owner.execute(
        "select sequencename, coalesce(last_value, 0) from pg_sequences where schemaname = 'public'"
    ).fetchall()
    return dict(rows)


def write_down(service: Callable[[], object], *, app: Connection, owner: Connection) -> Statements:
    """The statements of a service, ready to be played by ``app``; nothing of this run stays."""
    before, sent = sequences(owner), []
    binder = psycopg.ClientCursor(app)

    def keep(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 Django's
        assert not many  # noqa: S101 the services send no such call
        sent.append((binder.mogrify(sql.encode(), params) if params else sql).encode())
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(keep):
            service()
        transaction.set_rollback(True)
    for name, value in before.items():
        owner.execute("select setval(%s, greatest(%s, 1), %s)", [name, value, value > 0])
    return sent


def play(statements: Statements, *, on: Connection) -> float:
    """Run the statements in one transaction and commit; gives the seconds."""
    begun = time.perf_counter()
    with on.transaction():
        for statement in statements:
            on.execute(statement)
    return time.perf_counter() - begun
