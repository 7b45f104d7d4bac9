"""What holds for the whole house: every table locked, every door pinned, every label true, every floor below."""

import ast
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models, transaction

import throughline
from tests.inside import dice_of, file_report, sight, someone
from tests.instance import Instance
from throughline.access import rule
from throughline.access.models import Marked, Marking
from throughline.access.permissions import ROLE_PERMISSIONS, ROLE_SUMMARY, Permission, Role
from throughline.config.database import APP_ROLE, ENGINE_ROLE, put_rules_in_force
from throughline.config.rules import FLOORS, LOCKED, OPEN, WORKFLOWS, all_tables, marked_tables, rules
from throughline.kernel import outbox
from throughline.selectors.models import Sighting

SOURCE = Path(throughline.__file__).parent


def unlocked_tables(held: "psycopg.Connection[Any]") -> list[str]:
    """Tables that neither stand in OPEN with a reason nor are locked: forced row security and a policy to see by."""
    rows = held.execute(
        """select c.relname from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'm', 'v', 'f')
              and not (c.relrowsecurity and c.relforcerowsecurity and exists (
                select 1 from pg_policy p where p.polrelid = c.oid and p.polcmd = 'r'))"""
    ).fetchall()
    return sorted(name for (name,) in rows if not OPEN.get(name))


def test_every_table_is_locked_or_open_for_a_reason(shared_instance: Instance) -> None:
    with shared_instance.as_owner() as owner:
        assert unlocked_tables(owner) == []
        named = {
            name for (name,) in owner.execute("select tablename from pg_tables where schemaname = 'public'")
        }
    assert named == set(all_tables())
    assert not set(OPEN) & {*LOCKED, *marked_tables(), "access_marking"}
    assert set(OPEN) <= named


@pytest.mark.parametrize(
    "making",
    [
        ["create table tomorrow (id int)"],
        ["create table tomorrow (id int)", "alter table tomorrow enable row level security"],
        [
            "create table tomorrow (id int)",
            "alter table tomorrow enable row level security",
            "create policy tl_see on tomorrow for select using (false)",
        ],
        ["create view tomorrow as select * from intelligence_report"],
        ["create materialized view tomorrow as select * from intelligence_report"],
    ],
)
def test_a_new_table_without_its_lock_is_found(shared_instance: Instance, making: list[str]) -> None:
    with shared_instance.as_owner() as owner, owner.transaction(force_rollback=True):
        for statement in making:
            owner.execute(statement.encode())
        assert unlocked_tables(owner) == ["tomorrow"]


def test_a_lock_taken_off_is_found(shared_instance: Instance) -> None:
    for statement in (
        "alter table intelligence_item no force row level security",
        "alter table intelligence_item disable row level security",
        "drop policy tl_see on intelligence_item",
    ):
        with shared_instance.as_owner() as owner, owner.transaction(force_rollback=True):
            owner.execute(statement.encode())
            assert unlocked_tables(owner) == ["intelligence_item"]


def test_no_policy_opens_a_table_to_everything(shared_instance: Instance) -> None:
    with shared_instance.as_owner() as owner:
        rows = owner.execute(
            "select tablename, policyname, cmd, coalesce(qual, with_check) from pg_policies where schemaname = 'public'"
        ).fetchall()
    for table, name, command, condition in rows:
        assert command != "ALL", (table, name)
        assert "tl_" in condition or condition == "false", (table, name, condition)


def test_the_application_owns_nothing_and_is_bound_by_the_policies(shared_instance: Instance) -> None:
    with shared_instance.as_owner() as owner:
        powers = owner.execute(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles "
            "where rolname = %s",
            [APP_ROLE],
        ).fetchone()
        owned = owner.execute(
            "select count(*) from pg_shdepend d join pg_roles r on r.oid = d.refobjid "
            "where d.deptype = 'o' and r.rolname = %s",
            [APP_ROLE],
        ).fetchone()
        joined = owner.execute(
            "select count(*) from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname = %s",
            [APP_ROLE],
        ).fetchone()
        engine = owner.execute(
            "select rolcanlogin, rolsuper from pg_roles where rolname = %s", [ENGINE_ROLE]
        ).fetchone()
    assert powers == (False, False, False, False, False)
    assert owned == (0,)
    assert joined == (0,)
    assert engine == (False, False)


def test_every_door_belongs_to_the_engine_and_keeps_its_search_path(shared_instance: Instance) -> None:
    with shared_instance.as_owner() as owner:
        doors = owner.execute(
            """select p.proname, r.rolname, p.proconfig, has_function_privilege('public', p.oid, 'execute')
                 from pg_proc p join pg_roles r on r.oid = p.proowner
                where p.pronamespace = 'public'::regnamespace and p.prosecdef"""
        ).fetchall()
    assert len(doors) >= 15
    for name, owned_by, settings, for_anyone in doors:
        assert owned_by == ENGINE_ROLE, name
        assert "search_path=public, pg_temp" in (settings or []), name
        assert not for_anyone, name


def _all_rules() -> str:
    return "\n".join(rules(engine=ENGINE_ROLE, app=APP_ROLE))


def test_every_door_states_its_purpose() -> None:
    text = _all_rules()
    opened = re.findall(
        r"((?:^--[^\n]*\n)*)create (?:or replace )?function (\w+)(.*?)\$\$", text, re.S | re.M
    )
    doors = {name: comment for comment, name, head in opened if "security definer" in head}
    assert len(doors) >= 15
    assert [name for name, comment in doors.items() if "-- Purpose: " not in comment] == []


def test_every_marked_table_copies_its_labels(shared_instance: Instance) -> None:
    with shared_instance.as_owner() as owner:
        rows = owner.execute(
            "select tgrelid::regclass::text from pg_trigger t join pg_proc p on p.oid = t.tgfoid "
            "where p.proname = 'access_copy_labels' and t.tgenabled = 'O'"
        ).fetchall()
    marked = {m._meta.db_table for m in apps.get_models() if issubclass(m, Marked)}
    assert {name for (name,) in rows} == marked == set(marked_tables())


def test_the_rules_can_be_put_in_force_again(
    shared_instance: Instance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def catalogue() -> list[Any]:
        with shared_instance.as_owner() as owner:
            return [
                owner.execute("select tablename, policyname, cmd, qual, with_check from pg_policies order by 1, 2")
                .fetchall(),
                owner.execute(
                    "select proname, pg_get_functiondef(p.oid), proowner, proacl::text from pg_proc p "
                    "where pronamespace = 'public'::regnamespace and prokind = 'f' and probin is null order by 1, 2"
                ).fetchall(),
                owner.execute("select tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal order by 1")
                .fetchall(),
                owner.execute("select relname, relacl::text from pg_class where relnamespace = 'public'::regnamespace "
                              "and relkind = 'r' order by 1").fetchall(),
            ]  # fmt: skip

    before = catalogue()
    monkeypatch.setenv("THROUGHLINE_OWNER_URL", shared_instance.env["THROUGHLINE_OWNER_URL"])
    with shared_instance.as_owner() as owner:
        owner.execute(
            "create function matching_door_of_an_earlier_version() returns int language sql as 'select 1'"
        )
    put_rules_in_force()
    assert catalogue() == before, "and a door of an earlier version is closed"


def test_a_marking_stays_as_long_as_a_row_points_at_it(shared_house: Instance) -> None:
    file_report(someone("analyst@norf"), "Kept", selectors=["phone:07700900123"])
    with shared_house.as_owner() as owner:
        kept = "select marking_id from intelligence_report where origin_ref = 'Kept' and ref is not null"
        with pytest.raises(psycopg.errors.ForeignKeyViolation, match="rows point at marking"):
            owner.execute(f"delete from access_marking where id in ({kept})".encode())
    with shared_house.as_owner() as owner, pytest.raises(psycopg.errors.NoDataFound):
        owner.execute(
            "insert into intelligence_item_selector (marking_id, item_id, kind, key) "
            "select -1, id, 'phone', 'x' from intelligence_item limit 1"
        )


# --- Labels -------------------------------------------------------------------------------------------------------


def false_labels(held: "psycopg.Connection[Any]") -> list[tuple[Any, ...]]:
    """Rows whose labels are not those of their marking, and markings that do not follow their parent."""
    labels, found = ", ".join(rule.LABELS), []
    for table in marked_tables():
        own = ", ".join(f"t.{label}" for label in rule.LABELS)
        its = ", ".join(f"m.{label}" for label in rule.LABELS)
        found += held.execute(
            f"select '{table}', t.id from {table} t join access_marking m on m.id = t.marking_id "
            f"where ({own}) is distinct from ({its})".encode()
        ).fetchall()
    follows = [label for label in labels.split(", ") if label != "conditions"]
    child, parent = (", ".join(f"{row}.{label}" for label in follows) for row in "cp")
    found += held.execute(
        f"select 'access_marking', c.id from access_marking c join access_marking p on p.id = c.parent_id "
        f"where ({child}) is distinct from ({parent})".encode()
    ).fetchall()
    return found


def _random_change(dice: random.Random, *, is_noted: bool) -> dict[str, Any]:
    """A change of one label; what selectors are noted under keeps its compartment and its silence."""
    kept = [] if is_noted else ["compartment", "silent"]
    label = dice.choice(["released", "everyone", "bodies", "people", "teams", "classification", *kept])
    if label in ("released", "everyone", "silent"):
        return {label: dice.random() < 0.5}
    if label in ("classification", "compartment"):
        return {label: dice.randint(0, 1)}
    return {label: dice.sample(range(1, 30), dice.randint(0, 3))}


def test_labels_stay_those_of_the_marking_whatever_changes(shared_house: Instance) -> None:
    dice, norfolk = dice_of(5), someone("analyst@norf")
    for n in range(4):
        selectors = ["phone:07700900123"] if n % 2 else []
        file_report(norfolk, f"P{n}", selectors=selectors, everyone=True)
        file_report(norfolk, f"C{n}", grade="1AC", instructions="Ask first.", selectors=selectors)
    outbox.drain()
    assert Marking.objects.using("owner").filter(parent__isnull=False).count() == 4
    markings = list(Marking.objects.using("owner").order_by("id"))
    noted = set(Sighting.objects.using("owner").values_list("marking", flat=True))
    noted |= {m.parent_id for m in markings if m.parent_id and m.pk in noted}
    assert 0 < len(noted) < len(markings)
    with shared_house.as_owner() as owner:
        for _ in range(150):
            one = dice.choice(markings).pk
            change = _random_change(dice, is_noted=one in noted)
            Marking.objects.using("owner").filter(pk=one).update(**change)
            assert false_labels(owner) == []
        # A row that lies of its own labels is put right as it is written.
        owner.execute(
            "update intelligence_report set everyone = not everyone, bodies = '{9}', released = true"
        )
        assert false_labels(owner) == []


def test_a_row_written_while_its_marking_changes_gets_the_new_labels(shared_house: Instance) -> None:
    """A report is circulated at the very moment at which the worker notes its sightings."""
    norfolk = someone("analyst@norf")
    sight(norfolk, "phone:07700900125", ref="RACE-1")
    columns = ("owner, released, classification, conditions, everyone, bodies, people, teams, compartment, silent, "
               "kind, key, source, grade, seen_on, noted_at, marking_id")  # fmt: skip
    copy = (f"insert into selectors_sighting (source_ref, {columns}) select 'RACE-2', {columns} "
            "from selectors_sighting where source_ref = 'RACE-1'").encode()  # fmt: skip
    change = (b"update access_marking set released = true, everyone = true where id = "
              b"(select marking_id from selectors_sighting where source_ref = 'RACE-1')")  # fmt: skip
    with (
        shared_house.as_owner() as writer,
        shared_house.as_owner() as changer,
        shared_house.as_owner() as watcher,
    ):
        writer.execute("begin")
        writer.execute(copy)
        changer.execute("set lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            changer.execute(change)
        writer.execute("commit")
        changer.execute(change)
        assert false_labels(watcher) == []


# --- Floors, words and workflows ----------------------------------------------------------------------------------


def _app_of(model: Any) -> str:
    return str(model._meta.app_label)


def test_foreign_keys_point_down_a_floor() -> None:
    height = {name: n for n, name in enumerate(FLOORS)}
    beside = {frozenset({"selectors", "notices"}), frozenset({"intelligence", "matching"}),
              frozenset({"intelligence", "clashes"}), frozenset({"matching", "clashes"})}  # fmt: skip
    ours = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label in height]
    assert len(ours) > 20
    for model in ours:
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey | models.ManyToManyField):
                here, there = model._meta.app_label, _app_of(field.related_model)
                assert height[there] <= height[here], (model, field)
                assert frozenset({here, there}) not in beside, (model, field)


def _modules() -> Iterator[Path]:
    yield from (p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)


def test_every_module_says_what_it_knows() -> None:
    silent = [
        str(p.relative_to(SOURCE)) for p in _modules() if not ast.get_docstring(ast.parse(p.read_text()))
    ]
    assert silent == []


def test_every_permission_is_asked_for_and_held() -> None:
    text = "\n".join(p.read_text() for p in _modules() if p.name != "permissions.py")
    text += _all_rules()
    for permission in Permission:
        assert f"Permission.{permission.name}" in text or f"'{permission}'" in text, (
            f"nobody asks for {permission}"
        )
        assert any(permission in held for held in ROLE_PERMISSIONS.values()), f"no role holds {permission}"
    assert set(ROLE_PERMISSIONS) == set(ROLE_SUMMARY) == set(Role)
    assert list(Permission) == sorted(Permission)


def test_the_database_enforces_each_workflow_as_its_table_says(shared_instance: Instance) -> None:
    with shared_instance.as_owner() as owner:
        rows = owner.execute(
            "select tgrelid::regclass::text, array_remove(string_to_array(encode(tgargs, 'escape'), '\\000'), '') "
            "from pg_trigger t join pg_proc p on p.oid = t.tgfoid where p.proname = 'kernel_enforce_moves'"
        ).fetchall()
        stateful = owner.execute(
            "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'state'"
        ).fetchall()
    held = dict(rows)
    assert held == {
        w.table: [w.name, " or ".join(w.starts), *(f"{m.before}>{m.after}" for m in w.moves)] for w in WORKFLOWS
    }  # fmt: skip
    # The queue's own steps are machinery, not things with a life that people move.
    assert {name for (name,) in stateful} - {"kernel_step"} == set(held)
    for workflow in WORKFLOWS:
        model = next(m for m in apps.get_models() if m._meta.db_table == workflow.table)
        state: Any = model._meta.get_field("state")
        assert state.get_default() == workflow.start
        assert all(isinstance(move.needs, Permission) for move in workflow.moves)


def test_migrations_are_those_of_the_models(shared_house: Instance) -> None:
    with transaction.atomic():
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
