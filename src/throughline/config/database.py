"""The database of this instance: which server, which roles, and how it is made and kept up to date."""

import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import OperationalError
from psycopg import sql

from throughline.config.home import home
from throughline.config.postgres import ensure_running

NAME = "throughline"
APP_ROLE = "throughline_app"
ENGINE_ROLE = "throughline_engine"
PATIENCE_MS = 250
"""Milliseconds that a change of tables waits for people at work, and so holds up those who come after."""
TRIES = 120


class DatabaseProblem(Exception):
    """The database cannot be used; the text says what to do."""


def connect() -> None:
    """Make sure that a database answers, and put its two addresses into the environment for the settings.

    ``DATABASE_URL`` names an outside server and an account that may create roles; without it the embedded server is
    started. The application itself always connects as a role that owns nothing.
    """
    if os.environ.get("THROUGHLINE_APP_URL"):
        return
    outside = os.environ.get("DATABASE_URL")
    if outside:
        owner, app = outside, _as_app(outside, _app_password())
    else:
        cluster = ensure_running(home())
        place = f"host={quote(str(cluster.socket_dir), safe='')}&port={cluster.port}"
        owner, app = f"postgresql://postgres@/{NAME}?{place}", f"postgresql://{APP_ROLE}@/{NAME}?{place}"
    os.environ["THROUGHLINE_OWNER_URL"], os.environ["THROUGHLINE_APP_URL"] = owner, app


def _as_app(url: str, password: str) -> str:
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{APP_ROLE}:{quote(password)}@{place}"))


def _app_password() -> str:
    """The password of the application's role on an outside server, made once and kept for the owner alone."""
    path = home() / "app-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return path.read_text()


def prepare(*, beside: bool = False) -> None:
    """Make the database and its roles, run the migrations, and put the rules in force. Safe to repeat.

    With ``beside`` what the version before needs is left to it, since its pages still run: its doors and its grants.
    What may be known is the new version's at once.
    """
    connect()
    _make_database(os.environ["THROUGHLINE_OWNER_URL"])
    with _alone():
        _migrate()
        put_rules_in_force(beside=beside)


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time brings a database up to date; the next waits, and finds nothing left to do."""
    with psycopg.connect(os.environ["THROUGHLINE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("select pg_advisory_lock(7301)")
        yield


def _migrate() -> None:
    """Run what was not run yet, one after the other, giving way to people who are at work."""
    from django.core.management import call_command  # noqa: PLC0415 settings must exist first
    from django.db import connections  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if executor.loader.applied_migrations:
        for migration, _ in plan:
            run = partial(call_command, "migrate", migration.app_label, migration.name, database="owner",
                          verbosity=0, interactive=False)  # fmt: skip
            if migration.atomic:
                _give_way(lambda run=run: _hastily(owner, run))  # type: ignore[misc]
            else:
                _drop_half_made_indexes()
                run()
    call_command("migrate", database="owner", verbosity=0, interactive=False)


def _hastily(owner: BaseDatabaseWrapper, run: Callable[[], object]) -> None:
    with owner.cursor() as cursor:
        cursor.execute(f"set lock_timeout = '{PATIENCE_MS}ms'")
    try:
        run()
    finally:
        with owner.cursor() as cursor:
            cursor.execute("reset lock_timeout")


def _drop_half_made_indexes() -> None:
    """An index that was being built beside people's work when the build was killed is there, and is of no use."""
    with psycopg.connect(os.environ["THROUGHLINE_OWNER_URL"], autocommit=True) as owner:
        found = owner.execute(
            "select indexrelid::regclass::text from pg_index where not indisvalid"
        ).fetchall()
        for (name,) in found:
            owner.execute(f"drop index concurrently {name}".encode())


def _make_database(url: str) -> None:
    parts = urlsplit(url)
    name = parts.path.lstrip("/") or NAME
    try:
        with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as server:
            if not server.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
                server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
            _make_roles(server)
    except psycopg.Error as problem:
        raise DatabaseProblem(
            f"The database server refused: {problem}. DATABASE_URL must name an account that may create roles."
        ) from problem


def _make_roles(server: psycopg.Connection) -> None:
    password = _app_password() if os.environ.get("DATABASE_URL") else None
    wanted = {APP_ROLE: "login nobypassrls", ENGINE_ROLE: "nologin bypassrls"}
    for role, powers in wanted.items():
        verb = (
            "alter"
            if server.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone()
            else "create"
        )
        server.execute(sql.SQL("{} role {} {}").format(sql.SQL(verb), sql.Identifier(role), sql.SQL(powers)))
    if password:
        server.execute(
            sql.SQL("alter role {} password {}").format(sql.Identifier(APP_ROLE), sql.Literal(password))
        )
    server.execute(sql.SQL("grant {} to current_user").format(sql.Identifier(ENGINE_ROLE)))


def put_rules_in_force(*, beside: bool = False) -> None:
    """Write the policies, triggers, doors and grants anew from their one source, in one transaction."""
    from throughline.config.rules import all_tables, rules  # noqa: PLC0415 needs the models, so the settings first

    # All at once: taken one by one as they are changed, some would always be held by whoever waits for another.
    tables = sql.SQL(", ").join(sql.Identifier(table) for table in all_tables())
    statements = list(rules(engine=ENGINE_ROLE, app=APP_ROLE, beside=beside))

    def write() -> None:
        with psycopg.connect(os.environ["THROUGHLINE_OWNER_URL"]) as owner:
            owner.execute("select pg_advisory_xact_lock(7300)")
            owner.execute(f"set local lock_timeout = '{PATIENCE_MS}ms'".encode())
            owner.execute(sql.SQL("lock table {} in access exclusive mode").format(tables))
            for statement in statements:
                owner.execute(statement)

    _give_way(write)


def _give_way(change: Callable[[], object]) -> None:
    """Try a change of tables until it finds none of them in use.

    Whoever waits for a table holds up all who come after; and of two that wait for each other PostgreSQL ends the one
    that has waited for a second. So the change gives up sooner than that and begins anew, and no page is ended for it.

    Raises:
        DatabaseProblem: the tables were in use, by work that takes long, at every try.
    """
    for attempt in range(TRIES):
        try:
            change()
            return
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            pass
        except OperationalError as problem:
            if not isinstance(
                problem.__cause__, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected
            ):
                raise
        time.sleep(min(0.05 * 2**attempt, 1))
    raise DatabaseProblem(
        "The tables are in use by work that takes long, such as a large load. Nothing was changed: "
        "run 'throughline migrate' again when it is over."
    )
