from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clocks", "0002_parts_of_things"),
    ]

    operations = [
        migrations.AddField(
            model_name="runningclock",
            name="pause_basis",
            field=models.TextField(default=""),
        ),
    ]
