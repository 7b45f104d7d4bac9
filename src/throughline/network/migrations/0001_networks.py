import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Network",
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
                ("name", models.TextField()),
                ("name_key", models.TextField()),
                ("is_directed", models.BooleanField(default=False)),
                ("is_two_mode", models.BooleanField(default=False)),
                (
                    "phases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("happenings", models.JSONField(default=list)),
                ("clusters", models.JSONField(default=dict)),
                ("loaded_at", models.DateTimeField()),
                ("loaded_by", models.TextField()),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
            ],
            options={
                "db_table": "network_network",
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "name_key"), name="network_named_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Node",
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
                ("kind", models.TextField(default="")),
                ("key", models.TextField()),
                ("is_person", models.BooleanField(default=True)),
                (
                    "phases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("attributes", models.JSONField(default=dict)),
                ("community", models.IntegerField(null=True)),
                ("x", models.SmallIntegerField(null=True)),
                ("y", models.SmallIntegerField(null=True)),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nodes",
                        to="network.network",
                    ),
                ),
            ],
            options={
                "db_table": "network_node",
                "constraints": [
                    models.UniqueConstraint(fields=("network", "kind", "key"), name="network_node_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tie",
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
                ("phase", models.TextField(default="")),
                ("role", models.TextField(default="")),
                ("weight", models.FloatField(default=1)),
                ("attributes", models.JSONField(default=dict)),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties",
                        to="network.network",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties_out",
                        to="network.node",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ties_in",
                        to="network.node",
                    ),
                ),
            ],
            options={
                "db_table": "network_edge",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("network", "phase", "source", "target", "role"), name="network_edge_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight__gt", 0)), name="network_edge_has_a_weight"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
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
                ("phase", models.TextField(default="")),
                ("rank", models.IntegerField()),
                ("score", models.FloatField()),
                ("measures", models.JSONField()),
                ("points", models.JSONField()),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="network.network",
                    ),
                ),
                (
                    "node",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="standings",
                        to="network.node",
                    ),
                ),
            ],
            options={
                "db_table": "network_standing",
                "indexes": [
                    models.Index(fields=["network", "phase", "rank"], name="network_standing_by_rank")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("network", "phase", "node"), name="network_standing_once")
                ],
            },
        ),
    ]
