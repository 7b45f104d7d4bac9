from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_outlines_for_the_map")]

    operations = [migrations.AddField("outline", "body", models.TextField(default=""))]
