from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interop", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("xact", models.BigIntegerField()),
                ("kind", models.TextField()),
                ("thing", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "interop_change",
                "indexes": [models.Index(fields=["xact", "id"], name="changes_in_order")],
            },
        ),
    ]
