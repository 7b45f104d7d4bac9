# Arrests, the stages of their bail, its conditions, and breaches.

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0003_sessions"),
        ("lines", "0002_lines_that_are_one"),
    ]

    operations = [
        migrations.CreateModel(
            name="Arrest",
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
                ("suspect", models.TextField()),
                ("offence", models.TextField()),
                ("arrested_at", models.DateTimeField()),
                ("place", models.TextField(default="")),
                ("nation", models.TextField()),
                ("case", models.TextField()),
                ("law_version", models.PositiveSmallIntegerField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
                ("state", models.TextField(default="in custody")),
                ("starts_on", models.DateField(null=True)),
                ("stage", models.TextField(default="")),
                ("ends_at", models.DateTimeField(null=True)),
                ("necessity", models.TextField(default="")),
                ("victims", models.TextField(default="")),
                ("victims_said", models.TextField(default="")),
                ("decided_by", models.TextField(default="")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrests",
                        to="lines.countyline",
                    ),
                ),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
            ],
            options={
                "db_table": "custody_arrest",
            },
        ),
        migrations.CreateModel(
            name="BailCondition",
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
                ("words", models.TextField()),
                ("because", models.TextField()),
                ("set_at", models.DateTimeField()),
                ("set_by", models.TextField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_why", models.TextField(default="")),
                (
                    "arrest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions_set",
                        to="custody.arrest",
                    ),
                ),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
            ],
            options={
                "db_table": "custody_condition",
            },
        ),
        migrations.CreateModel(
            name="BailStage",
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
                ("stage", models.TextField()),
                ("rank", models.TextField(default="")),
                ("court", models.TextField(default="")),
                ("applied_on", models.DateField(null=True)),
                ("is_longer", models.BooleanField(default=False)),
                ("satisfied", models.JSONField(default=dict)),
                ("representations", models.TextField(default="")),
                ("dpp", models.TextField(default="")),
                ("why", models.TextField()),
                ("ends_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField()),
                ("decided_by", models.TextField()),
                (
                    "arrest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="custody.arrest",
                    ),
                ),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
            ],
            options={
                "db_table": "custody_stage",
            },
        ),
        migrations.CreateModel(
            name="Breach",
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
                ("what", models.TextField()),
                ("done", models.TextField()),
                ("at", models.DateTimeField()),
                ("noted_by", models.TextField()),
                (
                    "arrest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breaches",
                        to="custody.arrest",
                    ),
                ),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
            ],
            options={
                "db_table": "custody_breach",
            },
        ),
        migrations.AddIndex(
            model_name="arrest",
            index=models.Index(fields=["owner", "state", "-id"], name="arrest_by_state"),
        ),
        migrations.AddIndex(
            model_name="arrest",
            index=models.Index(
                condition=models.Q(("line__isnull", False)), fields=["line"], name="arrest_of_line"
            ),
        ),
        migrations.AddConstraint(
            model_name="bailstage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage", "47ZG"), _negated=True),
                fields=("arrest", "stage"),
                name="a_stage_once_an_arrest",
            ),
        ),
    ]
