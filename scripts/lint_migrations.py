"""Refuses a migration that would break pages that run while it does, unless it says why it may.

An upgrade without a pause has the code of before and the tables of after together for a while: first what is new is
added (expand), and a release later, when no code of before runs any more, what is old is taken away (contract). This is
the *parallel change* of Ambler and Sadalage 2006, Refactoring Databases. What locks a table that people write to for as
long as it takes to read it through counts as a break too.

A migration that has to break sets ``pause = "why, and for how long"`` in its class: the release says that pages stop.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED

RELEASED: Mapping[str, int] = {
    "access": 7, "clashes": 2, "clocks": 3, "custody": 1, "intelligence": 7, "interop": 3, "kernel": 1, "lines": 1,
    "loads": 3, "matching": 10, "network": 2, "notices": 4, "operations": 2, "orders": 2, "organisations": 3,
    "retention": 1, "safeguarding": 5, "search": 1, "selectors": 5, "sharing": 1, "tasking": 6, "telecoms": 4,
}  # fmt: skip
"""The last migration of each app from before this rule: what any installation has is past mending."""
_GONE = "the code of before still reads it. Take it away a release after the last code that does"
_RENAMED = (
    "the code of before knows it by its old name. Add the new one, fill it, and take the old away later"
)
_CHANGED = "it changes a column under the code of before. Add another, fill it, and take this one away later"
_LOCKS = "it locks the table against writing while it reads it through. Use the form that does not"
_UNSEEN = "what it does cannot be read from here"
_WHY: Mapping[type[Operation], str] = {
    migrations.RemoveField: _GONE, migrations.DeleteModel: _GONE, migrations.RenameField: _RENAMED,
    migrations.RenameModel: _RENAMED, migrations.AlterModelTable: _RENAMED, migrations.AlterField: _CHANGED,
    migrations.AddIndex: f"{_LOCKS}: AddIndexConcurrently",
    migrations.AddConstraint: f"{_LOCKS}: AddConstraintNotValid, then ValidateConstraint",
    migrations.RunPython: _UNSEEN, migrations.RunSQL: _UNSEEN,
}  # fmt: skip


def breaks(operations: Sequence[Operation]) -> Iterator[str]:
    """What of these would break pages that run, each with the reason and what to do instead.

    Tables that are made by the same migration are nobody's yet, and may be changed at will.
    """
    fresh = {one.name.lower() for one in operations if isinstance(one, migrations.CreateModel)}
    for one in operations:
        table = getattr(one, "model_name", getattr(one, "name", "")).lower()
        if table in fresh:
            continue
        # Exactly these: the forms that lock nothing are children of those that do.
        if why := _WHY.get(type(one)):
            yield f"{one.describe()}: {why}."
        elif isinstance(one, migrations.AddField) and not _fills_itself(one):
            yield (
                f"{one.describe()}: the code of before adds rows without it. "
                "Let it be null, or give it a db_default."
            )


def _fills_itself(one: migrations.AddField) -> bool:
    field = one.field
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED


def refused(held: Iterable[tuple[str, str, migrations.Migration]]) -> list[str]:
    """A sentence for each break in these migrations (app, name, migration), of those that are not released."""
    return [
        f"{app}.{name}: {said}"
        for app, name, one in sorted(held, key=lambda row: row[:2])
        if int(name[:4]) > RELEASED.get(app, 0) and not getattr(one, "pause", "")
        for said in breaks(one.operations)
    ]


def ours() -> list[tuple[str, str, migrations.Migration]]:
    """Every migration of our own apps."""
    import django  # noqa: PLC0415 the settings come first
    from django.apps import apps  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.config.settings")
    django.setup()
    labels = {one.label for one in apps.get_app_configs() if one.name.startswith("throughline.")}
    held = MigrationLoader(None).disk_migrations
    return [(app, name, one) for (app, name), one in held.items() if app in labels]


def main() -> int:
    """Status 1 where a migration would break pages that run."""
    found = refused(ours())
    for said in found:
        sys.stderr.write(f"{said}\n")
    if found:
        sys.stderr.write("Mend it, or say in its class why pages must stop: pause = '...'.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
