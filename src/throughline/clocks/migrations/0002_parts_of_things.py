# A clock may be of a part of its thing: one of several providers, one of several suspects.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_sessions"),
        ("clocks", "0001_clocks_that_run"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="runningclock",
            name="one_clock_of_a_term_runs",
        ),
        migrations.AddField(
            model_name="runningclock",
            name="part",
            field=models.TextField(default=""),
        ),
        migrations.AddConstraint(
            model_name="runningclock",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("thing", "thing_ref", "part", "term"),
                name="one_clock_of_a_term_runs",
            ),
        ),
    ]
