"""The newest sightings of one body are found at once: a search may be narrowed to a body."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("selectors", "0003_interest_ends_on")]

    operations = [
        migrations.AddIndex(
            model_name="sighting",
            index=models.Index(fields=["owner", "-id"], name="sighting_by_owner"),
        ),
    ]
