"""The rule of need-to-know, written once, and the database policies made from it.

Each clause is one line of SQL over the label columns of a row and the settings of a reader. The same clauses make
the row-level security policies, the doors of the matching engine and the explanation that auditors read.
"""

from dataclasses import dataclass

READER_IN_POLICY = {
    "body": "(select tl_body())",
    "person": "(select tl_person())",
    "clearance": "(select tl_clearance())",
    "conditions": "(select tl_conditions())",
    "compartments": "(select tl_compartments())::smallint[]",
    "teams": "(select tl_teams())",
}
"""In a policy the settings are read once a query, in sub-selects: a per-row call cost 20 times more."""

READER_IN_FUNCTION = {name: f"r_{name}" for name in READER_IN_POLICY}
"""In an engine function they are variables, read once at its start."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One test of the rule, with the sentence that explains it."""

    name: str
    sql: str
    sentence: str


COMPARTMENT = Clause(
    "compartment", "({row}.compartment = 0 or {row}.compartment = any({compartments}))",
    "The record is in no closed compartment, or the reader is on the compartment's list.",
)  # fmt: skip
CLASSIFICATION = Clause(
    "classification", "{row}.classification <= {clearance}",
    "The reader's role and clearance reach the classification.",
)  # fmt: skip
OWNER = Clause("owner", "{row}.owner = {body}", "The record belongs to the reader's own body.")
RELEASED = Clause("released", "{row}.released", "The record has been circulated.")
CONDITIONS = Clause(
    "conditions", "({row}.conditions & ~{conditions}) = 0",
    "The reader's role is trained to open material under its action code.",
)  # fmt: skip
CIRCULATION = Clause(
    "circulation",
    "({row}.everyone or {body} = any({row}.bodies) or {person} = any({row}.people) or {row}.teams && {teams})",
    "The circulation names everyone, the reader's body, a team of theirs, or the reader.",
)  # fmt: skip
CLAUSES = (COMPARTMENT, CLASSIFICATION, OWNER, RELEASED, CONDITIONS, CIRCULATION)

RULE = (
    f"({COMPARTMENT.sql} and {CLASSIFICATION.sql} and ({OWNER.sql} or "
    f"({RELEASED.sql} and {CONDITIONS.sql} and {CIRCULATION.sql})))"
)
OWN = f"({COMPARTMENT.sql} and {CLASSIFICATION.sql} and {OWNER.sql})"
"""What a reader may add or change: records of their own body that they may know."""

LABELS = ("owner", "released", "classification", "conditions", "everyone", "bodies", "people", "teams",
          "compartment", "silent")  # fmt: skip


def in_policy(sql: str, row: str) -> str:
    """A rule or clause as a policy on the table ``row``."""
    return sql.format(row=row, **READER_IN_POLICY)


def in_function(sql: str, row: str) -> str:
    """A rule or clause inside an engine function that has declared the reader's variables."""
    return sql.format(row=row, **READER_IN_FUNCTION)


def fill(template: str) -> str:
    """Put the rule into a SQL file: ``{{may_know:s}}`` becomes the rule over the alias ``s``."""
    parts = template.split("{{may_know:")
    return parts[0] + "".join(
        in_function(RULE, part.split("}}", 1)[0]) + part.split("}}", 1)[1] for part in parts[1:]
    )


def policy(
    table: str, *, see: str, add: str | None = None, change: str | None = None, remove: str | None = None
) -> list[str]:
    """Statements that lock a table: forced row-level security with one policy for each verb allowed."""
    out = [
        f"alter table {table} enable row level security", f"alter table {table} force row level security",
        f"drop policy if exists tl_see on {table}", f"drop policy if exists tl_add on {table}",
        f"drop policy if exists tl_change on {table}", f"drop policy if exists tl_remove on {table}",
        f"create policy tl_see on {table} for select using ({see})",
    ]  # fmt: skip
    if add:
        out.append(f"create policy tl_add on {table} for insert with check ({add})")
    if change:
        out.append(f"create policy tl_change on {table} for update using ({change}) with check ({change})")
    if remove:
        out.append(f"create policy tl_remove on {table} for delete using ({remove})")
    return out


def protect_marked(table: str) -> list[str]:
    """Lock a table of marked rows, and keep its labels equal to the marking's."""
    own, columns = in_policy(OWN, table), ", ".join(("marking_id", *LABELS))
    return [
        *policy(table, see=in_policy(RULE, table), add=own, change=own),
        f"create or replace trigger {table}_labels before insert or update of {columns} on {table} "
        "for each row execute function access_copy_labels()",
    ]


def propagate_sql(tables: list[str]) -> str:
    """The triggers that carry a change of a marking to every row that points at it, and keep it as long as one does."""
    # The table names are the house's own, from its models.
    updates = "".join(f"update {t} set marking_id = marking_id where marking_id = new.id; " for t in tables)  # noqa: S608
    pointing = " union all ".join(f"select 1 from {t} where marking_id = old.id" for t in tables)  # noqa: S608
    return f"""
-- Purpose: to carry a change of a marking to all that follows it or points at it.
create or replace function access_spread_labels() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  update access_marking set parent_id = parent_id where parent_id = new.id;
  {updates}
  return null;
end $$;
create or replace trigger access_marking_spread after update on access_marking
for each row execute function access_spread_labels();

-- Purpose: a marking stays as long as a row points at it. That every row points at one, its own trigger sees to.
create or replace function access_keep_marking() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  if exists ({pointing}) then
    raise exception 'rows point at marking %', old.id using errcode = '23503';
  end if;
  return old;
end $$;
create or replace trigger access_marking_keep before delete on access_marking
for each row execute function access_keep_marking();
"""  # noqa: S608


READER_SUPPOSED = {
    "body": "s.body", "person": "s.person", "clearance": "s.clearance", "conditions": "s.conditions",
    "compartments": "s.compartments", "teams": "s.teams",
}  # fmt: skip
"""Readers that are only supposed: the columns of a list of them."""
SUPPOSED = (
    "rows from (jsonb_to_recordset(p_readers) as (body smallint, person integer, clearance smallint, "
    "conditions smallint, compartments smallint[], teams integer[])) with ordinality "
    "as s(body, person, clearance, conditions, compartments, teams, place)"
)


def of_supposed(sql: str, row: str) -> str:
    """A rule or clause asked of each supposed reader."""
    return sql.format(row=row, **READER_SUPPOSED)


def supposed(policy: str) -> str:
    """A policy as it stands in force, asked of each supposed reader instead of the present one."""
    for name, setting in READER_IN_POLICY.items():
        policy = policy.replace(setting, READER_SUPPOSED[name])
    return policy


def who_can_see_sql() -> str:
    """The function that asks the rule of readers that are only supposed: by which clause would each know a marking."""
    columns = ", ".join(f"coalesce({of_supposed(c.sql, 'm')}, false)" for c in CLAUSES)
    names = ", ".join(f"{c.name} boolean" for c in CLAUSES)
    return f"""
drop function if exists access_who_can_see(bigint, jsonb);
-- Purpose: to say who could know a marking of the present reader's own body, for people who know it and for auditors.
create function access_who_can_see(p_marking bigint, p_readers jsonb) returns table (may_know boolean, {names})
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce({of_supposed(RULE, "m")}, false), {columns}
    from access_marking m cross join {SUPPOSED}
   where m.id = p_marking and m.owner = tl_body()
     and (coalesce({in_policy(RULE, "m")}, false) or tl_may('journal:read'))
   order by s.place $$;
"""  # noqa: S608


def explain_sql() -> str:
    """The function that says which clause opens or shuts a marking to the present reader."""
    columns = ", ".join(f"coalesce({in_policy(c.sql, 'm')}, false)" for c in CLAUSES)
    names = ", ".join(f"{c.name} boolean" for c in CLAUSES)
    return f"""
drop function if exists access_explain(bigint);
-- Purpose: to say which clause opens or shuts a marking to the present reader.
create function access_explain(p_marking bigint) returns table ({names}) language sql stable security definer
set search_path = public, pg_temp as $$ select {columns} from access_marking m where m.id = p_marking $$;
"""  # noqa: S608
