"""What the database itself enforces: who owns what, which rows open to whom, and which moves are legal."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from django.apps import apps

from throughline.access.models import Marked
from throughline.access.rule import (
    OWN,
    RULE,
    explain_sql,
    fill,
    in_policy,
    policy,
    propagate_sql,
    protect_marked,
)
from throughline.intelligence.workflow import REPORT
from throughline.kernel.workflow import Workflow
from throughline.matching.workflow import HIT
from throughline.search.workflow import SAVED_SEARCH
from throughline.selectors.workflow import INTEREST

FLOORS = ("kernel", "organisations", "access", "selectors", "notices", "intelligence", "matching", "search")
WORKFLOWS: tuple[Workflow, ...] = (INTEREST, REPORT, HIT, SAVED_SEARCH)

NOBODY = "false"
_KNOWS = "(select tl_clearance()) >= 0"
_COMPARTMENT = "({t}.compartment = 0 or {t}.compartment = any((select tl_compartments())::smallint[]))"
_OTHER = "(compartment_{s} = 0 or compartment_{s} = any((select tl_compartments())::smallint[]))"

_ALERT = (
    "(select tl_clearance()) >= 0 and person = (select tl_person()) and case thing "
    "when 'report' then exists (select from intelligence_report r where r.id = thing_id) "
    "else exists (select from selectors_sighting s where s.id = thing_id) end"
)

LOCKED: dict[str, dict[str, str]] = {
    "access_journal_entry": {
        "see": "(select tl_may('journal:read')) and (body = (select tl_body()) or owner = (select tl_body()))",
    },
    "notices_notice": {
        "see": f"body = (select tl_body()) and {_KNOWS} and {_COMPARTMENT.format(t='notices_notice')}",
        "change": f"body = (select tl_body()) and {_KNOWS} and {_COMPARTMENT.format(t='notices_notice')}",
    },
    "kernel_history": {
        "see": f"(select tl_body()) = any(bodies) and {_KNOWS} and {_COMPARTMENT.format(t='kernel_history')}",
        "add": "(select tl_body()) = any(bodies) and by_person = (select tl_person())",
    },
    "matching_holding": {"see": NOBODY},
    "matching_hit": {
        "see": f"{_KNOWS} and ((body_a = (select tl_body()) and told_a and {_OTHER.format(s='a')}) "
        f"or (body_b = (select tl_body()) and told_b and {_OTHER.format(s='b')}))",
    },
    "matching_hit_side": {
        "see": f"{_KNOWS} and ((body = (select tl_body()) and told and {_COMPARTMENT.format(t='matching_hit_side')}) "
        "or (other = (select tl_body()) and other_told and (other_compartment = 0 "
        "or other_compartment = any((select tl_compartments())::smallint[]))))",
        "change": f"{_KNOWS} and body = (select tl_body()) and told and "
        f"{_COMPARTMENT.format(t='matching_hit_side')}",
    },
    "matching_enquiry": {
        "see": f"{_KNOWS} and body = (select tl_body())",
        "add": "body = (select tl_body()) and person = (select tl_person())",
    },
    "search_value": {"see": NOBODY},
    "search_saved": {
        "see": f"{_KNOWS} and person = (select tl_person())",
        "add": f"{_KNOWS} and person = (select tl_person()) and body = (select tl_body())",
        "change": f"{_KNOWS} and person = (select tl_person())",
    },
    # What an alert points at passes its own policy first: one that the person may not know any more is gone.
    "search_alert": {"see": _ALERT, "add": _ALERT, "change": _ALERT},
}
"""Tables that carry no marking of their own, and the condition under which each verb is open."""

OPEN: dict[str, str] = {
    "access_person": "the directory of colleagues: names, bodies and log-in names, no intelligence",
    "access_credential": "read before anyone has signed in; holds argon2 hashes and counters",
    "access_role_grant": "who holds which role is for everyone to see",
    "access_team": "names of teams",
    "access_team_person": "who is in which team",
    "access_compartment": "names of compartments, never what is in them",
    "access_compartment_person": "who is on which list; read to know the reader before anyone reads",
    "access_journal_lane": "heads of the hash chains: counts and digests",
    "organisations_body": "public",
    "organisations_succession": "public",
    "kernel_fact": "ids of records for the flow, no content",
    "kernel_step": "the queue of the flow, no content",
    "django_migrations": "which migrations ran",
    "django_session": "signed-in sessions, by random key: the id of the person and what was typed into forms",
}
"""Tables without a policy, each with the reason; a test holds this list against the database."""

_APP_GRANTS = {
    "access_journal_lane": "", "access_journal_entry": "select", "matching_holding": "",
    "matching_hit": "select", "matching_hit_side": "select, update (state, reason, decided_by, decided_at)",
    "notices_notice": "select, update (read_at, read_by)", "django_migrations": "select",
    "django_session": "select, insert, update, delete", "kernel_history": "select, insert",
    "access_team_person": "select, insert, delete", "access_compartment_person": "select, insert, delete",
    "organisations_body": "select, insert, update", "matching_enquiry": "select, insert",
    "search_value": "",
}  # fmt: skip
_DEFAULT_GRANT = "select, insert, update"


def marked_tables() -> list[str]:
    """The tables whose rows carry a marking's labels."""
    return sorted(m._meta.db_table for m in apps.get_models() if issubclass(m, Marked))


def all_tables() -> list[str]:
    """Every table of the house."""
    models = apps.get_models(include_auto_created=True)
    return sorted({m._meta.db_table for m in models} | {"django_migrations"})


def rules(*, engine: str, app: str) -> Iterator[str]:
    """Every statement, in order. Running them twice changes nothing."""
    marked = marked_tables()
    yield "set client_min_messages = warning"
    for text in _sql_of_the_floors():
        yield fill(text)
    yield propagate_sql(marked)
    yield explain_sql()
    for table in marked:
        yield from protect_marked(table)
    own = in_policy(OWN, "access_marking")
    yield from policy("access_marking", see=in_policy(RULE, "access_marking"), add=own, change=own)
    for table, verbs in LOCKED.items():
        yield from policy(table, **verbs)
    for workflow in WORKFLOWS:
        yield workflow.trigger_sql()
    yield _DROP_STALE
    yield from _ownership(engine, app)


def _sql_of_the_floors() -> Iterator[str]:
    """Each floor's own SQL, from the ground up, its files in order of name."""
    for floor in FLOORS:
        folder = files(f"throughline.{floor}").joinpath("sql")
        if folder.is_dir():
            named = sorted(
                (f for f in folder.iterdir() if Path(f.name).suffix == ".sql"), key=lambda f: f.name
            )
            yield from (f.read_text(encoding="utf-8") for f in named)


_DROP_STALE = """
do $$ declare f record; begin
  for f in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.xmin <> pg_current_xact_id()::xid and not exists (
      select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
    execute format('drop function %s', f.name);
  end loop;
end $$"""
"""A door of an earlier version must not stay open: every function that this transaction did not write goes."""


def _ownership(engine: str, app: str) -> Iterator[str]:
    yield f"grant usage on schema public to {engine}, {app}"
    yield f"grant create on schema public to {engine}"
    yield f"grant all on all tables in schema public to {engine}"
    yield f"grant usage, select on all sequences in schema public to {engine}, {app}"
    yield f"revoke all on all tables in schema public from {app}, public"
    for table in all_tables():
        grant = _APP_GRANTS.get(table, _DEFAULT_GRANT)
        if grant:
            yield f"grant {grant} on {table} to {app}"
    yield f"""
    do $$ declare f record; begin
      for f in select p.oid::regprocedure as name, p.prosecdef from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'public' and not exists (
          select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') loop
        execute format('revoke all on function %s from public', f.name);
        execute format('grant execute on function %s to {engine}, {app}', f.name);
        if f.prosecdef then execute format('alter function %s owner to {engine}', f.name); end if;
      end loop;
    end $$"""  # noqa: S608 the roles are named by us
    yield f"revoke create on schema public from {engine}"
