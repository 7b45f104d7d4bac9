import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0002_second_factor"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authority",
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
                ("ref", models.TextField()),
                ("grounds", models.TextField(default="")),
                ("necessity", models.TextField(default="")),
                ("proportionality", models.TextField(default="")),
                ("starts_on", models.DateField(null=True)),
                ("ends_on", models.DateField(null=True)),
                ("keep_until", models.DateField()),
                ("is_awaited", models.BooleanField(default=False)),
                ("folder", models.TextField(unique=True)),
                ("calls", models.BigIntegerField(default=0)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.TextField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.TextField(default="")),
                (
                    "marking",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="access.marking"
                    ),
                ),
            ],
            options={
                "db_table": "telecoms_authority",
                "indexes": [models.Index(fields=["owner", "-id"], name="authority_by_body")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("owner", "ref", "compartment"),
                        name="authority_stands_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ends_on__isnull", True), ("starts_on__isnull", True)),
                            ("starts_on__lte", models.F("ends_on")),
                            _connector="OR",
                        ),
                        name="authority_ends_after_its_start",
                    ),
                ],
            },
        ),
    ]
