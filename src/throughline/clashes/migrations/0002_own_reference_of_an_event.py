from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clashes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="plannedevent",
            name="origin_ref",
            field=models.TextField(default=""),
        ),
        migrations.AddConstraint(
            model_name="plannedevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("origin_ref", ""), _negated=True),
                fields=("owner", "origin_ref"),
                name="event_origin_once",
            ),
        ),
    ]
