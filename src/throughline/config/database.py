"""The database of this instance: which server, which roles, and how it is made and kept up to date."""

import os
import secrets
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from throughline.config.home import home
from throughline.config.postgres import ensure_running

NAME = "throughline"
APP_ROLE = "throughline_app"
ENGINE_ROLE = "throughline_engine"


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


def prepare() -> None:
    """Make the database and its roles, run the migrations, and put the rules in force. Safe to repeat."""
    connect()
    _make_database(os.environ["THROUGHLINE_OWNER_URL"])
    from django.core.management import call_command  # noqa: PLC0415 settings must exist first

    call_command("migrate", database="owner", verbosity=0, interactive=False)
    put_rules_in_force()


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


def put_rules_in_force() -> None:
    """Write the policies, triggers, doors and grants anew from their one source, in one transaction."""
    from throughline.config.rules import rules  # noqa: PLC0415 needs the models, so the settings first

    with psycopg.connect(os.environ["THROUGHLINE_OWNER_URL"]) as owner:
        owner.execute("select pg_advisory_xact_lock(7300)")
        for statement in rules(engine=ENGINE_ROLE, app=APP_ROLE):
            owner.execute(statement)
