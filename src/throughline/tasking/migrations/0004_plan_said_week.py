from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tasking", "0003_set_aside"),
    ]

    operations = [
        migrations.AddField(
            model_name="plansaid",
            name="week",
            field=models.DateField(null=True),
        ),
    ]
