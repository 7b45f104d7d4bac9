"""Encodings of bodies that may not send clear text, pairs found among them, and how right linkage was measured."""

from typing import Any

from django.db import migrations, models


def _number() -> Any:
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("matching", "0008_links_told_and_identifier_rules")]

    operations = [
        migrations.CreateModel(
            name="BlindRecord",
            fields=[
                ("id", _number()),
                ("body", models.SmallIntegerField()),
                ("record", models.TextField()),
                ("packed", models.BinaryField()),
                ("made_by", models.TextField()),
                ("loaded_at", models.DateTimeField()),
            ],
            options={
                "db_table": "matching_blind_record",
                "constraints": [
                    models.UniqueConstraint(fields=["body", "record"], name="blind_record_once_a_body")
                ],
            },
        ),
        migrations.CreateModel(
            name="BlindLink",
            fields=[
                ("id", _number()),
                ("ref", models.TextField(unique=True)),
                ("body_a", models.SmallIntegerField()),
                ("record_a", models.TextField()),
                ("body_b", models.SmallIntegerField()),
                ("record_b", models.TextField()),
                ("likeness", models.FloatField()),
                ("probability", models.FloatField()),
                ("made_by", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "matching_blind_link",
                "indexes": [models.Index(fields=["body_b"], name="blind_link_by_second")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["body_a", "record_a", "body_b", "record_b"], name="blind_link_once_a_pair"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(body_a__lt=models.F("body_b")), name="blind_link_pair_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BlindAnswer",
            fields=[
                ("id", _number()),
                ("link", models.TextField()),
                ("body", models.SmallIntegerField()),
                ("other", models.SmallIntegerField()),
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
            ],
            options={
                "db_table": "matching_blind_answer",
                "indexes": [models.Index(fields=["link", "id"], name="blind_answer_by_link")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(verdict__in=["same", "different", "unsure", "taken back"]),
                        name="blind_verdict_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkageCheck",
            fields=[
                ("id", _number()),
                ("name", models.TextField()),
                ("measured_at", models.DateTimeField()),
                ("model", models.TextField()),
                ("records", models.IntegerField()),
                ("figures", models.JSONField()),
            ],
            options={"db_table": "matching_linkage_check"},
        ),
    ]
