from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasking", "0004_plan_said_week"),
    ]

    operations = [
        migrations.AddField(
            model_name="bid",
            name="child_at_risk",
            field=models.TextField(default=""),
        ),
    ]
