from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interop", "0002_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="StixName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.UUIDField()),
                ("report", models.BigIntegerField()),
            ],
            options={
                "db_table": "interop_stix_name",
            },
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["kind", "at", "id"], name="changes_by_moment"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["kind", "thing", "at", "id"], name="changes_of_a_thing"),
        ),
        migrations.AddConstraint(
            model_name="stixname",
            constraint=models.UniqueConstraint(fields=("name", "report"), name="stix_name_once_a_report"),
        ),
    ]
