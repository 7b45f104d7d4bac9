from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0004_more_about_reports")]

    operations = [
        migrations.CreateModel(
            name="SavedDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.IntegerField()),
                ("body", models.SmallIntegerField()),
                ("ref", models.TextField()),
                ("typed", models.TextField()),
                ("begun_at", models.DateTimeField()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "db_table": "intelligence_saved_draft",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "ref"), name="draft_once_a_person")
                ],
            },
        ),
    ]
