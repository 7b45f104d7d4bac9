import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("safeguarding", "0004_missing_episode"),
    ]

    operations = [
        migrations.AddField(
            model_name="concernstep",
            name="details",
            field=models.JSONField(default=dict),
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.TextField(unique=True)),
                ("body", models.SmallIntegerField()),
                ("name", models.TextField()),
                ("kind", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("made_by", models.TextField()),
            ],
            options={
                "db_table": "safeguarding_agency",
                "constraints": [
                    models.UniqueConstraint(fields=("body", "name"), name="an_agency_once_a_body")
                ],
            },
        ),
        migrations.CreateModel(
            name="AgencyPerson",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.SmallIntegerField()),
                ("person", models.IntegerField(unique=True)),
                ("name", models.TextField()),
                ("added_at", models.DateTimeField()),
                ("added_by", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="safeguarding.agency",
                    ),
                ),
            ],
            options={
                "db_table": "safeguarding_agency_person",
            },
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.TextField(unique=True)),
                ("body", models.SmallIntegerField()),
                ("to_name", models.TextField()),
                ("words", models.TextField()),
                ("regime", models.TextField()),
                ("basis", models.TextField()),
                ("at", models.DateTimeField()),
                ("by_person", models.IntegerField()),
                ("by_name", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosures",
                        to="safeguarding.agency",
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disclosures",
                        to="safeguarding.concern",
                    ),
                ),
            ],
            options={
                "db_table": "safeguarding_disclosure",
                "indexes": [models.Index(fields=["agency", "-at"], name="disclosed_to_an_agency")],
            },
        ),
        migrations.CreateModel(
            name="PartnerMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.TextField(unique=True)),
                ("body", models.SmallIntegerField()),
                ("from_name", models.TextField()),
                ("words", models.TextField()),
                ("sent_at", models.DateTimeField()),
                ("person", models.IntegerField()),
                ("by_name", models.TextField()),
                ("concern_ref", models.TextField(default="")),
                ("answer", models.TextField(default="")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.TextField(default="")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="safeguarding.agency",
                    ),
                ),
            ],
            options={
                "db_table": "safeguarding_partner_message",
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at", None)),
                        fields=["body"],
                        name="partner_message_waits",
                    )
                ],
            },
        ),
    ]
