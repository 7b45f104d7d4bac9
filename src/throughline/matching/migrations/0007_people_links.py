"""People as the engine finds them again, proposed links with their weights, and judgements of them."""

from typing import Any

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


def _number() -> Any:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _pair(*names: str) -> Any:
    return models.CompositePrimaryKey(*names, blank=True, editable=False, primary_key=True, serialize=False)


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_sessions"),
        ("matching", "0006_enquiry_keeps_its_pointers"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonKnown",
            fields=[("id", _number()), ("key", models.TextField(unique=True))],
            options={"db_table": "matching_person"},
        ),
        migrations.CreateModel(
            name="PersonCode",
            fields=[
                ("pk", _pair("code", "person")),
                ("code", models.BigIntegerField()),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="matching.personknown"),
                ),
            ],
            options={"db_table": "matching_person_code"},
        ),
        migrations.CreateModel(
            name="PersonLink",
            fields=[
                ("id", _number()),
                ("ref", models.TextField(unique=True)),
                ("key_a", models.TextField()),
                ("key_b", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "matching_link",
                "indexes": [models.Index(fields=["key_b"], name="link_by_second")],
                "constraints": [
                    models.UniqueConstraint(fields=("key_a", "key_b"), name="link_once_a_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("key_a", models.F("key_b")), _negated=True), name="link_of_two"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkWeight",
            fields=[
                ("id", _number()),
                ("sighting_a", models.BigIntegerField(default=0)),
                ("sighting_b", models.BigIntegerField(default=0)),
                ("bits", models.FloatField()),
                ("parts", models.JSONField()),
                ("model", models.TextField()),
                (
                    "link",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="weights",
                        to="matching.personlink",
                    ),
                ),
            ],
            options={
                "db_table": "matching_link_weight",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("link", "sighting_a", "sighting_b"), name="link_weight_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkSide",
            fields=[
                ("pk", _pair("body", "link")),
                ("body", models.SmallIntegerField()),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sides",
                        to="matching.personlink",
                    ),
                ),
            ],
            options={"db_table": "matching_link_side"},
        ),
        migrations.CreateModel(
            name="LinkModel",
            fields=[
                ("id", _number()),
                ("name", models.TextField(unique=True)),
                ("learnt", models.TextField()),
                ("people", models.IntegerField()),
                ("made_at", models.DateTimeField()),
            ],
            options={"db_table": "matching_link_model"},
        ),
        migrations.CreateModel(
            name="LinkJudgement",
            fields=[
                ("id", _number()),
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
                ("link", models.TextField()),
                ("key_a", models.TextField()),
                ("key_b", models.TextField()),
                (
                    "verdict",
                    models.TextField(
                        choices=[
                            ("same", "same"),
                            ("different", "different"),
                            ("unsure", "unsure"),
                            ("taken back", "taken back"),
                        ]
                    ),
                ),
                ("why", models.TextField()),
                ("by_person", models.IntegerField()),
                ("by_name", models.TextField()),
                ("at", models.DateTimeField()),
                ("model", models.TextField()),
                ("bits", models.FloatField()),
                ("parts", models.JSONField()),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="access.marking",
                    ),
                ),
            ],
            options={
                "db_table": "matching_link_judgement",
                "indexes": [
                    models.Index(fields=["link", "id"], name="link_judgement_by_link"),
                    models.Index(fields=["key_a"], name="link_judgement_by_a"),
                    models.Index(fields=["key_b"], name="link_judgement_by_b"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ("same", "different", "unsure", "taken back"))),
                        name="link_verdict_is_known",
                    )
                ],
            },
        ),
    ]
