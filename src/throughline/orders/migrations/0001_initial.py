# Court orders, what they cut off, their evidence, and questions about them.

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
            name="CourtOrder",
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
                ("kind", models.TextField()),
                ("law_version", models.PositiveSmallIntegerField()),
                ("title", models.TextField()),
                ("nation", models.TextField()),
                ("provider", models.TextField()),
                ("provider_contact", models.TextField(default="")),
                (
                    "offences",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("used", models.TextField()),
                ("prevents", models.TextField()),
                ("plan", models.TextField(default="")),
                ("affected", models.TextField()),
                ("innocent", models.TextField()),
                ("proportionate", models.TextField()),
                ("without_notice", models.TextField(default="")),
                ("duration", models.TextField(default="")),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
                ("state", models.TextField(default="drafted")),
                ("rank", models.TextField(default="")),
                ("loss_decision", models.TextField(default="")),
                ("authorised_by", models.TextField(default="")),
                ("court", models.TextField(default="")),
                ("ordered_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("comply_by", models.DateTimeField(null=True)),
                ("comply_why", models.TextField(default="")),
                ("served_at", models.DateTimeField(null=True)),
                ("complied_at", models.DateTimeField(null=True)),
                ("replaced_key", models.TextField(default="")),
                ("replaced_at", models.DateTimeField(null=True)),
                ("replaced_by", models.TextField(default="")),
                (
                    "follows",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="orders.courtorder",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
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
                "db_table": "orders_order",
            },
        ),
        migrations.CreateModel(
            name="OrderItem",
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
                ("kind", models.TextField()),
                ("key", models.TextField()),
                ("attribution", models.TextField()),
                ("first_seen", models.DateField(null=True)),
                ("last_seen", models.DateField(null=True)),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="orders.courtorder",
                    ),
                ),
            ],
            options={
                "db_table": "orders_item",
            },
        ),
        migrations.CreateModel(
            name="OrderEvidence",
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
                ("source_ref", models.TextField()),
                ("grade", models.TextField(default="")),
                ("says", models.TextField()),
                ("disclosure", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="orders.courtorder",
                    ),
                ),
            ],
            options={
                "db_table": "orders_evidence",
            },
        ),
        migrations.CreateModel(
            name="LossQuestion",
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
                ("kind", models.TextField()),
                ("key", models.TextField()),
                ("body", models.SmallIntegerField()),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.TextField()),
                ("answer_by", models.DateTimeField()),
                ("answer", models.TextField(default="")),
                ("words", models.TextField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.TextField(default="")),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="orders.courtorder",
                    ),
                ),
            ],
            options={
                "db_table": "orders_question",
            },
        ),
        migrations.AddIndex(
            model_name="courtorder",
            index=models.Index(fields=["owner", "state", "-id"], name="order_by_state"),
        ),
        migrations.AddIndex(
            model_name="lossquestion",
            index=models.Index(
                condition=models.Q(("answered_at", None)), fields=["body", "asked_at"], name="question_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="lossquestion",
            constraint=models.UniqueConstraint(
                fields=("order", "kind", "key", "body"), name="a_body_asked_once_of_an_item"
            ),
        ),
    ]
