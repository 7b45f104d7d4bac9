# Clocks that run, each with the term under which it was started.

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0003_sessions"),
    ]

    operations = [
        migrations.CreateModel(
            name="RunningClock",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("owner", models.SmallIntegerField()),
                ("released", models.BooleanField(default=False)),
                ("classification", models.SmallIntegerField(default=1)),
                ("conditions", models.SmallIntegerField(default=0)),
                ("everyone", models.BooleanField(default=False)),
                (
                    "bodies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "people",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "teams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("compartment", models.SmallIntegerField(default=0)),
                ("silent", models.BooleanField(default=False)),
                ("ref", models.TextField(unique=True)),
                ("term", models.TextField()),
                ("name", models.TextField()),
                ("basis", models.TextField()),
                ("is_unverified", models.BooleanField(default=False)),
                ("unit", models.TextField()),
                ("length", models.PositiveSmallIntegerField(default=0)),
                ("nation", models.TextField()),
                (
                    "warn_hours",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), default=list, size=None
                    ),
                ),
                ("thing", models.TextField()),
                ("thing_ref", models.TextField()),
                ("what", models.TextField()),
                ("needs", models.TextField(default="")),
                ("escalates", models.TextField(default="")),
                ("start_event", models.TextField()),
                ("started_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("paused_at", models.DateTimeField(null=True)),
                ("paused_why", models.TextField(default="")),
                (
                    "pauses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateTimeField(), default=list, size=None
                    ),
                ),
                ("made_by", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_how", models.TextField(default="")),
                ("ended_why", models.TextField(default="")),
                ("ended_by", models.TextField(default="")),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
            ],
            options={
                "db_table": "clocks_clock",
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)), fields=["due_at", "id"], name="clock_by_due"
                    ),
                    models.Index(fields=["thing", "thing_ref"], name="clock_of_a_thing"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("thing", "thing_ref", "term"),
                        name="one_clock_of_a_term_runs",
                    )
                ],
            },
        ),
    ]
