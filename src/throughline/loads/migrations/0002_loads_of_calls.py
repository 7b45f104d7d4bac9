from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loads", "0001_initial")]

    operations = [
        migrations.AddField("columnmap", "kind", models.TextField(default="reports")),
        migrations.AddField("load", "kind", models.TextField(default="reports")),
        migrations.AddField("load", "authority", models.TextField(default="")),
        migrations.RemoveConstraint("columnmap", "map_name_once_a_body"),
        migrations.AddConstraint(
            "columnmap",
            models.UniqueConstraint(fields=("body", "kind", "name"), name="map_name_once_a_body"),
        ),
    ]
