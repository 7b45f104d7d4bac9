"""A migration that would break pages that run is refused, with what to do instead; one that only adds is not."""

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from scripts.lint_migrations import RELEASED, breaks, ours, refused

INDEX = models.Index(fields=["name"], name="by_name")
CHECK = models.CheckConstraint(condition=models.Q(name__gt=""), name="has_name")
TEXT: "models.TextField[str, str]" = models.TextField()


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (migrations.RemoveField("line", "name"), "still reads it"),
        (migrations.DeleteModel("line"), "still reads it"),
        (migrations.RenameField("line", "name", "brand"), "old name"),
        (migrations.RenameModel("line", "countyline"), "old name"),
        (migrations.AlterField("line", "name", TEXT), "under the code of before"),
        (migrations.AddField("line", "name", TEXT), "Let it be null"),
        (migrations.AddField("line", "name", models.TextField(default="x")), "Let it be null"),
        (migrations.AddIndex("line", INDEX), "AddIndexConcurrently"),
        (migrations.AddConstraint("line", CHECK), "AddConstraintNotValid"),
        (migrations.RunPython(migrations.RunPython.noop), "cannot be read"),
        (migrations.RunSQL("select 1"), "cannot be read"),
    ],
)
def test_what_breaks_is_refused(operation: Operation, why: str) -> None:
    (said,) = breaks([operation])
    assert why in said


@pytest.mark.parametrize(
    "operations",
    [
        [migrations.AddField("line", "name", models.TextField(null=True))],
        [migrations.AddField("line", "name", models.TextField(db_default=""))],
        [AddIndexConcurrently("line", INDEX)],
        [AddConstraintNotValid("line", CHECK)],
        [migrations.CreateModel("Line", [("name", TEXT)]), migrations.AddIndex("line", INDEX)],
        [migrations.CreateModel("Line", []), migrations.AddField("line", "name", TEXT)],
    ],
)
def test_what_only_adds_is_not(operations: list[Operation]) -> None:
    assert list(breaks(operations)) == []


def test_a_migration_may_say_why_pages_stop_and_what_is_released_is_let_be() -> None:
    drops = type("Drops", (migrations.Migration,), {"operations": [migrations.DeleteModel("line")]})
    told = type("Told", (drops,), {"pause": "Two minutes: the table is of no use any more."})
    number = RELEASED["lines"]
    named = f"{number + 1:04}_drop"
    assert refused([("lines", named, drops(named, "lines"))]) == [
        f"lines.{named}: Delete model line: the code of before still reads it. "
        "Take it away a release after the last code that does."
    ]
    assert refused([("lines", named, told(named, "lines"))]) == []
    assert refused([("lines", f"{number:04}_drop", drops("x", "lines"))]) == []
    assert refused([("brand_new", "0001_initial", drops("x", "brand_new"))])


def test_ours_are_found_and_break_nothing() -> None:
    held = ours()
    assert {app for app, _, _ in held} >= RELEASED.keys()
    assert refused(held) == []
