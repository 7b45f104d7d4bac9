"""Making what was deleted leave the disk: PostgreSQL keeps the bytes of deleted rows until it is told not to."""

import os
import time
from typing import Any, Final

import psycopg
from psycopg import sql

from throughline.config.database import DatabaseProblem, connect
from throughline.config.rules import all_tables

_NEVER_DELETED: Final = {"access_journal_entry"}
"""The journal is only added to, so nothing deleted can lie in it; it is also the largest table."""
_STATISTICS: Final = ("pg_catalog.pg_statistic", "pg_catalog.pg_statistic_ext_data")
"""The planner keeps the commonest values of a column, and they may be of rows that are gone."""
PATIENCE: Final = 60
"""Seconds for transactions that may still see what was deleted."""


def scrub_database() -> int:
    """Rewrite every table and index that rows are deleted from, and let the log that holds them go. Returns how many.

    Tables are locked one after another while they are rewritten.

    Raises:
        DatabaseProblem: a transaction stays open that may still see what was deleted, or the server keeps its log.
    """
    connect()
    try:
        with psycopg.connect(os.environ["THROUGHLINE_OWNER_URL"], autocommit=True) as owner:
            _wait_for_others(owner)
            owner.execute(f"set lock_timeout = '{PATIENCE}s'")
            tables = sorted(set(all_tables()) - _NEVER_DELETED)
            for table in tables:
                # In full: the indexes are built anew too, and a text index never forgets a word otherwise.
                owner.execute(sql.SQL("vacuum (full, analyze) {}").format(sql.Identifier(table)))
            for table in _STATISTICS:
                owner.execute(f"vacuum full {table}")
            _let_the_log_go(owner)
    except psycopg.errors.LockNotAvailable as problem:
        raise DatabaseProblem(
            "Somebody's transaction holds a table that is to be rewritten: try again once it has ended."
        ) from problem
    except psycopg.Error as problem:
        raise DatabaseProblem(
            f"The database server refused: {problem}. The account that owns the database must be a superuser for this."
        ) from problem
    return len(tables)


def _wait_for_others(owner: "psycopg.Connection[Any]") -> None:
    """Rows that another transaction may still see would be copied, dead as they are."""
    now = _one(owner, "select pg_current_xact_id()::text::bigint % 4294967296")
    waits = (
        "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() "
        "and greatest(age(backend_xmin), age(backend_xid)) > age(%s::text::xid)"
    )
    for _ in range(PATIENCE * 2):
        if not owner.execute(waits, [str(now)]).fetchone()[0]:  # type: ignore[index]  # a count is one row
            return
        time.sleep(0.5)
    raise DatabaseProblem(
        "Somebody's transaction has been open since before this began: try again once it has ended."
    )


def _let_the_log_go(owner: "psycopg.Connection[Any]") -> None:
    """Have the write-ahead log of what was deleted removed and not used again under another name."""
    if _one(owner, "show wal_recycle") != "off":
        raise DatabaseProblem(
            "The tables are rewritten, but the server uses its write-ahead log again, with what was deleted in it. "
            "Set wal_recycle to off on the server, and run this again."
        )
    segments = _one(owner, "select count(*) from pg_ls_waldir()")
    owner.execute("select pg_switch_wal()")
    clean = _one(owner, "select pg_walfile_name(pg_current_wal_insert_lsn())")
    # Segments that were kept for later use before the setting was off are walked through, so that they go as well.
    for _ in range(segments + 1):
        owner.execute("select pg_logical_emit_message(false, 'throughline', 'scrub')")
        owner.execute("select pg_switch_wal()")
    for _ in range(2):
        owner.execute("checkpoint")
    kept = "select count(*) from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' and name < %s"
    if owner.execute(kept, [clean]).fetchone()[0]:  # type: ignore[index]  # a count is one row
        raise DatabaseProblem(
            "The tables are rewritten, but the server still keeps its write-ahead log: for a standby, an archive, "
            "a slot, or because wal_keep_size says so. Run this again once that has gone."
        )


def _one(owner: "psycopg.Connection[Any]", question: str) -> Any:
    row = owner.execute(question.encode()).fetchone()
    return row[0] if row else None
