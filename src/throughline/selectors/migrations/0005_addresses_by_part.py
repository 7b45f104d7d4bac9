"""Addresses are found again by their line alone, or by their postcode alone."""

from django.db import migrations, models


def _part(number: int) -> models.Func:
    return models.Func(
        "key", models.Value("|"), models.Value(number), function="split_part", output_field=models.TextField()
    )


class Migration(migrations.Migration):
    dependencies = [("selectors", "0004_newest_of_a_body")]

    operations = [
        migrations.AddIndex(
            "sighting",
            models.Index(_part(1), condition=models.Q(kind="address"), name="sighting_by_line"),
        ),
        migrations.AddIndex(
            "sighting",
            models.Index(_part(2), condition=models.Q(kind="address"), name="sighting_by_postcode"),
        ),
    ]
