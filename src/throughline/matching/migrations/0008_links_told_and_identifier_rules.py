"""Which sides were told of a link, and the rules by which bodies let an identifier join two records."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_people_links")]

    operations = [
        migrations.AddField("linkside", "told", models.BooleanField(db_default=False, default=False)),
        migrations.CreateModel(
            name="IdentifierRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.TextField(unique=True)),
                ("body", models.SmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(null=True)),
                ("why", models.TextField()),
                ("stated_by", models.TextField()),
                ("stated_at", models.DateTimeField()),
                ("ended_by", models.TextField(default="")),
                ("ended_why", models.TextField(default="")),
            ],
            options={
                "db_table": "matching_identifier_rule",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(ends_on__isnull=True),
                        fields=["body"],
                        name="identifier_rule_once_a_body",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(ends_on__isnull=True)
                        | models.Q(ends_on__gte=models.F("starts_on")),
                        name="identifier_rule_ends_after_it_starts",
                    ),
                ],
            },
        ),
    ]
