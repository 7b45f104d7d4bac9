from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loads", "0002_loads_of_calls")]

    operations = [
        migrations.AddField("load", "lines", models.IntegerField(default=0)),
        migrations.AddField("load", "resembling", models.JSONField(default=list)),
    ]
